//! Splicing: a record without some of its text, and back.

use std::ops::Range;

use super::cursor::Cursor;
use super::fault::SpliceFault;
use super::raw_text::{RawText, check_content};

/// A record without some spans of its text.
#[derive(Clone, Debug)]
pub struct Without<'l> {
    text: RawText<'l>,
    /// What goes, in bytes of the raw text; in order, none over another.
    gone: Vec<Range<usize>>,
}

/// A piece that was taken out of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GonePiece<'p> {
    /// Where it began in the text as it was, in decoded bytes.
    pub at: usize,
    /// How it was written there, with its escapes.
    pub raw: &'p [u8],
}

impl<'l> RawText<'l> {
    /// The record without these spans of the decoded text, which are in order. All that stays is written as it was.
    /// Goes over the raw text once, up to the last span.
    ///
    /// # Errors
    /// Spans overlap, are not in order or lie after the end; one begins or ends inside a character that is written as
    /// an escape; or two lone surrogates would become a pair.
    pub fn without(&self, spans: impl IntoIterator<Item = Range<usize>>) -> Result<Without<'l>, SpliceFault> {
        let mut cursor = Cursor::new(self.raw());
        let mut gone = Vec::new();
        let mut kept_high = false;
        for span in spans {
            if span.start < cursor.decoded() || span.end < span.start {
                return Err(SpliceFault::OutOfOrder { at: span.start });
            }
            if span.start > cursor.decoded() {
                check_joint(kept_high, &cursor, 0)?;
                cursor.go_to(span.start)?;
                kept_high = cursor.is_after_high();
            }
            let start = cursor.at();
            cursor.go_to(span.end)?;
            gone.push(start..cursor.at());
        }
        check_joint(kept_high, &cursor, 0)?;
        Ok(Without { text: *self, gone })
    }

    /// The line as it was before `pieces` went, which are in order: undoes [`without`](RawText::without).
    ///
    /// # Errors
    /// The pieces do not fit this text: they are not in order, lie after its end or inside an escape, or are not the
    /// inside of a JSON string. Offsets are bytes of the decoded text as it was.
    pub fn restore<'p>(&self, pieces: impl IntoIterator<Item = GonePiece<'p>>) -> Result<Vec<u8>, SpliceFault> {
        let mut out = self.line[..self.span().start].to_vec();
        let mut kept = Cursor::new(self.raw());
        let mut restored = 0;
        let mut after_high = false;
        for piece in pieces {
            let at = piece.at;
            let target = at.checked_sub(restored).filter(|&target| target >= kept.decoded());
            let target = target.ok_or(SpliceFault::OutOfOrder { at })?;
            if target > kept.decoded() {
                check_joint(after_high, &kept, restored)?;
                let start = kept.at();
                kept.go_to(target).map_err(|fault| fault.moved(restored))?;
                out.extend_from_slice(&self.raw()[start..kept.at()]);
                after_high = kept.is_after_high();
            }
            check_content(piece.raw).map_err(|fault| SpliceFault::BadPiece { at, fault })?;
            let mut back = Cursor::new(piece.raw);
            check_joint(after_high, &back, at)?;
            back.go_to_end();
            out.extend_from_slice(piece.raw);
            restored += back.decoded();
            after_high = back.is_after_high() || after_high && piece.raw.is_empty();
        }
        check_joint(after_high, &kept, restored)?;
        out.extend_from_slice(&self.line[self.span().start + kept.at()..]);
        Ok(out)
    }
}

impl<'l> Without<'l> {
    /// What stays of the raw text, in order.
    pub fn kept(&self) -> impl Iterator<Item = &'l [u8]> {
        let raw = self.text.raw();
        let starts = std::iter::once(0).chain(self.gone.iter().map(|gone| gone.end));
        let ends = self.gone.iter().map(|gone| gone.start).chain(std::iter::once(raw.len()));
        starts.zip(ends).map(|(start, end)| &raw[start..end])
    }

    /// What goes of the raw text, one piece a span.
    pub fn gone(&self) -> impl Iterator<Item = &'l [u8]> {
        let raw = self.text.raw();
        self.gone.iter().map(|gone| &raw[gone.clone()])
    }

    /// Appends the line to `out`, with its end if it has one.
    pub fn write_line(&self, out: &mut Vec<u8>) {
        let (line, Range { start, end }) = (self.text.line, self.text.span());
        out.reserve(line.len());
        out.extend_from_slice(&line[..start]);
        self.kept().for_each(|piece| out.extend_from_slice(piece));
        out.extend_from_slice(&line[end..]);
    }
}

/// How many bytes of text the inside of a JSON string says.
pub fn decoded_len(raw: &[u8]) -> usize {
    let mut cursor = Cursor::new(raw);
    cursor.go_to_end();
    cursor.decoded()
}

/// The first half of a surrogate pair that was alone must not meet a second one.
fn check_joint(after_high: bool, next: &Cursor<'_>, base: usize) -> Result<(), SpliceFault> {
    match after_high && next.is_before_low() {
        true => Err(SpliceFault::JoinsSurrogates { at: base + next.decoded() }),
        false => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one span is meant")]
mod tests {
    use super::*;

    fn raw(raw: &str) -> RawText<'_> {
        RawText::new(raw.as_bytes()).unwrap()
    }

    fn without(text: &str, spans: &[Range<usize>]) -> Result<String, SpliceFault> {
        let mut out = Vec::new();
        raw(text).without(spans.iter().cloned())?.write_line(&mut out);
        Ok(String::from_utf8(out).unwrap())
    }

    fn restore(text: &str, pieces: &[(usize, &str)]) -> Result<String, SpliceFault> {
        let pieces = pieces.iter().map(|&(at, raw)| GonePiece { at, raw: raw.as_bytes() });
        Ok(String::from_utf8(raw(text).restore(pieces)?).unwrap())
    }

    #[test]
    fn what_stays_keeps_its_spelling() {
        assert_eq!(without(r"a\nShare\n\u0062", &[2..8]).unwrap(), r"a\n\u0062");
        assert_eq!(without(r"\u0410\u0411\u0412", &[2..4]).unwrap(), r"\u0410\u0412");
        assert_eq!(without(r"x\ud83d\ude00y", &[1..5]).unwrap(), "xy");
        assert_eq!(without(r"\/\/ab", &[0..1, 1..2, 3..3]).unwrap(), "ab");
        assert_eq!(without("ab", &[0..2]).unwrap(), "");
        assert_eq!(without(r"a\tb", &[]).unwrap(), r"a\tb");
    }

    #[test]
    fn the_pieces_are_what_stays_and_what_goes() {
        let text = raw(r"a\nb\nc");
        let without = text.without([0..2, 3..4]).unwrap();
        assert_eq!(without.kept().collect::<Vec<_>>(), [b"".as_slice(), b"b", b"c"]);
        assert_eq!(without.gone().collect::<Vec<_>>(), [b"a\\n".as_slice(), b"\\n"]);
    }

    #[test]
    fn spans_that_cannot_go_are_refused() {
        assert_eq!(without(r"a\u0411b", &[2..3]), Err(SpliceFault::SplitsEscape { at: 2 }));
        assert_eq!(without(r"a\u0411b", &[1..2]), Err(SpliceFault::SplitsEscape { at: 2 }));
        assert_eq!(without(r"\ud83d\ude00", &[0..3]), Err(SpliceFault::SplitsEscape { at: 3 }));
        assert_eq!(without("abc", &[1..2, 1..3]), Err(SpliceFault::OutOfOrder { at: 1 }));
        #[expect(clippy::reversed_empty_ranges, reason = "it is what is refused")]
        let reversed = [2..1];
        assert_eq!(without("abc", &reversed), Err(SpliceFault::OutOfOrder { at: 2 }));
        assert_eq!(without(r"a\n", &[1..3]), Err(SpliceFault::BeyondEnd { at: 3 }));
        assert_eq!(without("", &[0..usize::MAX]), Err(SpliceFault::BeyondEnd { at: usize::MAX }));
        assert_eq!(without("", &[7..7]), Err(SpliceFault::BeyondEnd { at: 7 }));
    }

    #[test]
    fn lone_surrogates_do_not_become_a_pair() {
        let text = r"\ud83dab\ude00";
        assert_eq!(without(text, &[3..5]), Err(SpliceFault::JoinsSurrogates { at: 5 }));
        assert_eq!(without(text, &[3..4, 4..5]), Err(SpliceFault::JoinsSurrogates { at: 5 }));
        assert_eq!(without(text, &[3..4, 4..5, 8..8]), Err(SpliceFault::JoinsSurrogates { at: 5 }));
        assert_eq!(without(text, &[3..4]).unwrap(), r"\ud83db\ude00");
        assert_eq!(without(text, &[4..5]).unwrap(), r"\ud83da\ude00");
        assert_eq!(without(r"\ud83d\nb\ude00", &[4..5]).unwrap(), r"\ud83d\n\ude00");
        assert_eq!(without(text, &[3..5, 5..8]).unwrap(), r"\ud83d");
        assert_eq!(without(text, &[0..5]).unwrap(), r"\ude00");
        assert_eq!(restore(r"\ud83d", &[(3, r"\ude00")]), Err(SpliceFault::JoinsSurrogates { at: 3 }));
        assert_eq!(restore(r"\ude00", &[(0, r"\ud83d")]), Err(SpliceFault::JoinsSurrogates { at: 3 }));
        assert_eq!(
            restore("", &[(0, r"\ud83d"), (3, ""), (3, r"\ude00")]),
            Err(SpliceFault::JoinsSurrogates { at: 3 })
        );
    }

    #[test]
    fn pieces_go_back_to_where_they_were() {
        assert_eq!(restore(r"a\n\u0062", &[(2, r"Share\n")]).unwrap(), r"a\nShare\n\u0062");
        assert_eq!(restore("", &[(0, r"\u0041"), (1, "b")]).unwrap(), r"\u0041b");
        assert_eq!(restore(r"\u0410\u0412", &[(2, r"\u0411"), (6, "!")]).unwrap(), r"\u0410\u0411\u0412!");
        assert_eq!(restore("ab", &[]).unwrap(), "ab");
    }

    #[test]
    fn pieces_of_another_text_are_refused() {
        assert_eq!(restore(r"\u0410", &[(1, "x")]), Err(SpliceFault::SplitsEscape { at: 1 }));
        assert_eq!(restore(r"a\u0410", &[(0, "x"), (3, "x")]), Err(SpliceFault::SplitsEscape { at: 3 }));
        assert_eq!(restore("ab", &[(3, "x")]), Err(SpliceFault::BeyondEnd { at: 3 }));
        assert_eq!(restore("ab", &[(1, "xy"), (2, "z")]), Err(SpliceFault::OutOfOrder { at: 2 }));
        assert_eq!(restore("ab", &[(2, "x"), (1, "y")]), Err(SpliceFault::OutOfOrder { at: 1 }));
        assert!(matches!(restore("ab", &[(1, "\"")]), Err(SpliceFault::BadPiece { at: 1, .. })));
    }
}
