//! What is shown of a removal.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

/// Removed text is shown whole up to so many characters...
const WHOLE: usize = 300;

/// ...else so many from its start...
const HEAD: usize = 200;

/// ...and so many from its end: where a block ends is what one wants to see.
const TAIL: usize = WHOLE - HEAD;

/// So many characters are shown before and after.
const CONTEXT: usize = 120;

/// Removed text in its context. Bytes that are not UTF-8 are shown as U+FFFD.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Excerpt {
    /// Whether the document begins before `before`.
    pub before_cut: bool,
    /// What stands before, at most 120 characters.
    pub before: String,
    /// What went, or the first 200 characters of it.
    pub removed: String,
    /// So many bytes of it are not shown.
    pub omitted_bytes: u64,
    /// If some are not shown, its last 100 characters.
    pub removed_end: String,
    /// What stands after, at most 120 characters.
    pub after: String,
    /// Whether the document goes on after `after`.
    pub after_cut: bool,
}

impl Excerpt {
    /// Cuts it out of a document. The span lies inside the text.
    pub(super) fn of(text: &[u8], span: Range<usize>) -> Excerpt {
        let (before, before_bytes) = tail(&text[..span.start], CONTEXT);
        let (after, after_bytes) = head(&text[span.end..], CONTEXT);
        let context = Excerpt {
            before_cut: before_bytes < span.start,
            before,
            after,
            after_cut: after_bytes < text.len() - span.end,
            ..Excerpt::default()
        };
        let gone = &text[span];
        let (removed, removed_bytes) = head(gone, WHOLE);
        if removed_bytes == gone.len() {
            return Excerpt { removed, ..context };
        }
        let (removed, removed_bytes) = head(gone, HEAD);
        let rest = &gone[removed_bytes..];
        let (removed_end, end_bytes) = tail(rest, TAIL);
        Excerpt { removed, omitted_bytes: (rest.len() - end_bytes) as u64, removed_end, ..context }
    }
}

/// At most `limit` characters of a name, with an ellipsis if it is longer.
pub(super) fn shortened(name: &str, limit: usize) -> Cow<'_, str> {
    if name.len() <= limit {
        return Cow::Borrowed(name);
    }
    match name.char_indices().nth(limit) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// The first characters, and how many bytes they stand for.
fn head(bytes: &[u8], limit: usize) -> (String, usize) {
    decoded(bytes).take(limit).fold((String::new(), 0), |(mut shown, length), (c, size)| {
        shown.push(c);
        (shown, length + size)
    })
}

/// The last characters, and how many bytes they stand for.
fn tail(bytes: &[u8], limit: usize) -> (String, usize) {
    // No character is longer than four bytes. The first of the window may be cut through, and up to
    // three bytes of it are not shown then.
    let mut start = bytes.len().saturating_sub(4 * limit);
    if start > 0 {
        let is_inside = |byte: &&u8| **byte & 0b1100_0000 == 0b1000_0000;
        start += bytes[start..].iter().take(3).take_while(is_inside).count();
    }
    let characters: Vec<(char, usize)> = decoded(&bytes[start..]).collect();
    let last = &characters[characters.len().saturating_sub(limit)..];
    (last.iter().map(|(c, _)| c).collect(), last.iter().map(|(_, size)| size).sum())
}

/// Characters with the bytes that each stands for.
fn decoded(bytes: &[u8]) -> impl Iterator<Item = (char, usize)> {
    bytes.utf8_chunks().flat_map(|chunk| {
        let broken = chunk.invalid().len();
        let replacement = (broken > 0).then_some((char::REPLACEMENT_CHARACTER, broken));
        chunk.valid().chars().map(|c| (c, c.len_utf8())).chain(replacement)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CONTEXT, Excerpt, HEAD, TAIL, WHOLE, shortened};

    #[test]
    fn a_short_document_is_shown_whole() {
        let text = b"The ferry sails.\nShare\nIt is late.\n";
        let excerpt = Excerpt::of(text, 17..23);
        let wanted = Excerpt {
            before: "The ferry sails.\n".into(),
            removed: "Share\n".into(),
            after: "It is late.\n".into(),
            ..Excerpt::default()
        };
        assert_eq!(excerpt, wanted);
    }

    #[test]
    fn context_is_cut_at_characters() {
        let text = format!("{}|{}", "é".repeat(500), "読".repeat(500));
        let excerpt = Excerpt::of(text.as_bytes(), 1000..1001);
        assert_eq!(excerpt.before, "é".repeat(CONTEXT));
        assert_eq!(excerpt.after, "読".repeat(CONTEXT));
        assert!(excerpt.before_cut && excerpt.after_cut);
    }

    #[test]
    fn a_long_removal_shows_its_start_and_its_end() {
        let gone = format!("{}{}{}", "a".repeat(HEAD), "é".repeat(40), "z".repeat(TAIL));
        let excerpt = Excerpt::of(gone.as_bytes(), 0..gone.len());
        assert_eq!((excerpt.removed, excerpt.removed_end), ("a".repeat(HEAD), "z".repeat(TAIL)));
        assert_eq!(excerpt.omitted_bytes, 80);
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_shown_as_replacements() {
        let excerpt = Excerpt::of(b"ok \xff\xfe|\xe8\xaa|\x80 end", 5..9);
        assert_eq!(excerpt.before, "ok \u{fffd}\u{fffd}");
        assert_eq!(excerpt.removed, "|\u{fffd}|");
        assert_eq!(excerpt.after, "\u{fffd} end");
    }

    #[test]
    fn a_long_name_ends_in_an_ellipsis() {
        assert_eq!(shortened("čapek", 5), "čapek");
        assert_eq!(shortened("čapek", 4), "čape…");
    }

    proptest! {
        #[test]
        fn any_bytes_at_any_span_give_an_excerpt_within_its_limits(
            text in proptest::collection::vec(any::<u8>(), 0..2000), one in 0..2001usize, other in 0..2001usize,
        ) {
            let (one, other) = (one.min(text.len()), other.min(text.len()));
            let excerpt = Excerpt::of(&text, one.min(other)..one.max(other));
            prop_assert!(excerpt.before.chars().count() <= CONTEXT && excerpt.after.chars().count() <= CONTEXT);
            prop_assert!(excerpt.removed.chars().count() + excerpt.removed_end.chars().count() <= WHOLE);
        }

        #[test]
        fn text_comes_back_less_what_was_cut(text in "\\PC{0,900}", start in 0..300usize, length in 0..700usize) {
            let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
            let (start, end) = (at(start), at(start + length));
            let excerpt = Excerpt::of(text.as_bytes(), start..end);
            prop_assert!(text[..start].ends_with(&excerpt.before) && text[end..].starts_with(&excerpt.after));
            prop_assert_eq!(excerpt.before_cut, excerpt.before.len() < start);
            prop_assert_eq!(excerpt.after_cut, excerpt.after.len() < text.len() - end);
            let shown = (excerpt.removed.len() + excerpt.removed_end.len()) as u64;
            prop_assert_eq!(shown + excerpt.omitted_bytes, (end - start) as u64);
        }
    }
}
