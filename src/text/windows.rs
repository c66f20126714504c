//! Windows: how a document that is longer than [`WINDOW_BYTES`] or [`WINDOW_LINES`] is cut, so that it
//! is cleaned in bounded memory and in parallel. Where it is cut depends on its bytes alone, never on
//! how they arrive.

use super::markup::Markup;

/// A document up to this many bytes, and up to [`WINDOW_LINES`], is decided as a whole; a longer one is
/// cut at a line's end into windows of at most this size, each decided by itself.
pub const WINDOW_BYTES: usize = 8 << 20;

/// A document of more lines than this, blank ones too, is cut as well: what is known of a line takes
/// memory, however short the line is.
pub const WINDOW_LINES: usize = 1 << 16;

/// A line of more bytes than this passes through unlooked at.
pub const LINE_LIMIT: usize = 1 << 20;

/// Binary data shows itself by a zero byte among so many first bytes.
const BINARY_PROBE_BYTES: usize = 8192;

/// Whether a document that begins with these bytes is no text: a zero byte stands among the first
/// 8192. Such a document passes through untouched. (UTF-16 is no text in this sense.)
pub fn is_binary(beginning: &[u8]) -> bool {
    memchr::memchr(0, &beginning[..beginning.len().min(BINARY_PROBE_BYTES)]).is_some()
}

/// A part of a document that is decided by itself; the whole document where that is short enough.
#[derive(Clone, Copy, Debug)]
pub struct Window<'t> {
    /// Its text: whole lines, at most [`WINDOW_LINES`] of them and [`WINDOW_BYTES`].
    pub text: &'t [u8],
    /// The site of its document, as a host in lower case.
    pub site: Option<&'t str>,
    /// How its document is written; a window for which that is left open is looked at by itself.
    pub markup: Markup,
    /// Whether the document begins with it.
    pub opens: bool,
    /// Whether the document ends with it.
    pub closes: bool,
}

/// What the next bytes of a document are, as [`next_cut`] finds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// So many bytes are one window.
    Window(usize),
    /// So many bytes belong to a line that fits no window: they pass through as they are.
    /// `line_ends` says whether the line ends with them; if not, what follows belongs to it too.
    Pass {
        /// Length in bytes.
        len: usize,
        /// Whether the last of them ends the line.
        line_ends: bool,
    },
    /// More of the document must be read before that can be said.
    NeedMore,
}

/// Says what the first bytes of `rest` are: a window, or part of a line too long for one.
///
/// `rest` is what is known of the document from here on, and `complete` whether that is all of it.
/// `inside_line` is true after a [`Cut::Pass`] whose line did not end.
///
/// ```
/// use dechrome::{Cut, next_cut};
/// assert_eq!(next_cut(b"a\nb\n", true, false), Cut::Window(4));
/// assert_eq!(next_cut(b"a\nb\n", false, false), Cut::NeedMore);
/// ```
pub fn next_cut(rest: &[u8], complete: bool, inside_line: bool) -> Cut {
    if inside_line {
        return pass(rest, complete);
    }
    // Only where more follows: the last window is the one that closes the document.
    if let Some(end) = end_of_lines(&rest[..rest.len().min(WINDOW_BYTES)]).filter(|&end| end < rest.len()) {
        return Cut::Window(end);
    }
    if rest.len() <= WINDOW_BYTES {
        return if complete { Cut::Window(rest.len()) } else { Cut::NeedMore };
    }
    match memchr::memrchr(b'\n', &rest[..WINDOW_BYTES]) {
        Some(end) => Cut::Window(end + 1),
        None => pass(rest, complete),
    }
}

/// Where as many lines end as fit a window, if there are as many.
fn end_of_lines(text: &[u8]) -> Option<usize> {
    const BLOCK_BYTES: usize = 64 << 10;
    // Most documents are too short for as many.
    if text.len() < WINDOW_LINES {
        return None;
    }
    let mut lines = 0;
    for (number, block) in text.chunks(BLOCK_BYTES).enumerate() {
        // Counting is several times faster than looking at each line feed.
        let in_block = memchr::memchr_iter(b'\n', block).count();
        if lines + in_block >= WINDOW_LINES {
            let last = memchr::memchr_iter(b'\n', block).nth(WINDOW_LINES - lines - 1)?;
            return Some(number * BLOCK_BYTES + last + 1);
        }
        lines += in_block;
    }
    None
}

fn pass(rest: &[u8], complete: bool) -> Cut {
    match memchr::memchr(b'\n', rest) {
        Some(end) => Cut::Pass { len: end + 1, line_ends: true },
        None if rest.is_empty() && !complete => Cut::NeedMore,
        None => Cut::Pass { len: rest.len(), line_ends: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts `text` as if it came in pieces of `piece` bytes.
    fn cuts(text: &[u8], piece: usize) -> Vec<(bool, usize)> {
        let (mut cuts, mut at, mut known, mut inside) = (Vec::new(), 0, 0, false);
        while at < text.len() {
            match next_cut(&text[at..known], known == text.len(), inside) {
                Cut::NeedMore => known = text.len().min(known + piece),
                Cut::Window(len) => {
                    cuts.push((true, len));
                    at += len;
                }
                Cut::Pass { len, line_ends } => {
                    match cuts.last_mut() {
                        Some((false, total)) if inside => *total += len,
                        _ => cuts.push((false, len)),
                    }
                    inside = !line_ends;
                    at += len;
                }
            }
        }
        cuts
    }

    #[test]
    fn cuts_do_not_depend_on_how_the_bytes_arrive() {
        let mut text = b"first\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', WINDOW_BYTES + 10));
        text.extend_from_slice(b"\nsecond\n");
        let (long, short) = ([&[b'y'; 200][..], b"\n"].concat(), b"short\n");
        let long_lines = WINDOW_BYTES / long.len() + 1000;
        text.extend(long.repeat(long_lines));
        text.extend(short.repeat(WINDOW_LINES + 1000));
        let whole = cuts(&text, text.len());
        // The first of these windows is full of bytes, the second of lines.
        let in_first = (WINDOW_BYTES - 7) / long.len();
        let after = long_lines - in_first;
        let lens = [
            (true, 6),
            (false, WINDOW_BYTES + 11),
            (true, 7 + in_first * long.len()),
            (true, after * long.len() + (WINDOW_LINES - after) * short.len()),
            (true, (1000 + after) * short.len()),
        ];
        assert_eq!(whole, lens);
        for piece in [1 << 16, 1_000_003, WINDOW_BYTES] {
            assert_eq!(cuts(&text, piece), whole, "pieces of {piece}");
        }
    }

    #[test]
    fn a_document_of_just_one_window_is_not_cut() {
        let text = vec![b'x'; WINDOW_BYTES];
        assert_eq!(cuts(&text, 1 << 20), [(true, WINDOW_BYTES)]);
    }

    #[test]
    fn a_document_of_too_many_lines_is_cut_and_one_of_just_as_many_is_not() {
        let just = b"Share\n".repeat(WINDOW_LINES);
        let more = [&just[..], b"x"].concat();
        for piece in [5000, 1 << 16, 1 << 20] {
            assert_eq!(cuts(&just, piece), [(true, just.len())], "pieces of {piece}");
            assert_eq!(cuts(&more, piece), [(true, just.len()), (true, 1)], "pieces of {piece}");
        }
        assert_eq!(cuts(&[b'\n'; 3 * WINDOW_LINES], 5000).len(), 3);
    }
}
