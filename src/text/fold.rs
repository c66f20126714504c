//! Folding: the form in which patterns and text are compared. Nothing folded is ever written out.
//!
//! Unicode simple case folding (CaseFolding.txt, statuses C and S); curly quotes, dashes, the
//! ellipsis and every kind of space become ASCII; zero-width characters, soft hyphens and
//! variation selectors vanish; a run of spaces becomes one, at the ends none. There is no
//! normalisation: a combining mark stays a character of its own. Bytes that are not UTF-8 stay as
//! they are.

use super::case::Case;
use super::fold_block::{BLOCK, Gap, ascii_block, letter_block};
use super::fold_char::{FoldedChar, TwoByteTable, fold_char};
use super::fold_sink::{FoldBuffer, Sink, Tracked};

/// Folds `raw` into the buffer.
pub(crate) fn fold(raw: &[u8], case: Case, out: &mut FoldBuffer) {
    fold_into::<false>(raw, case, out);
}

/// Folds each line of `raw` without case into the buffer, with the line feeds between them.
pub(crate) fn fold_lines(raw: &[u8], out: &mut FoldBuffer) {
    fold_into::<true>(raw, Case::Folded, out);
}

fn fold_into<const LINES: bool>(raw: &[u8], case: Case, out: &mut FoldBuffer) {
    out.begin(raw.len());
    let mut at = push_ascii::<LINES>(raw, 0, case, out);
    while at < raw.len() {
        at += match raw[at] {
            b'\n' if LINES => {
                drop_last_space(out);
                out.push([b'\n'], at, 1);
                1
            }
            _ => push_beyond_ascii(raw, at, case, out),
        };
        at += push_ascii::<LINES>(raw, at, case, out);
    }
    drop_last_space(out);
    out.end();
}

/// The folded form of `raw`, on its own.
pub(crate) fn folded(raw: &[u8], case: Case) -> Vec<u8> {
    let mut buffer = FoldBuffer::default();
    fold(raw, case, &mut buffer);
    buffer.text().to_vec()
}

/// The folded form of `raw`, and for each of its bytes where the character that gave it begins in
/// `raw`; one more entry says where the last one ends.
pub(crate) fn folded_with_offsets(raw: &[u8], case: Case) -> (Vec<u8>, Vec<u32>) {
    let mut sink = Tracked::default();
    let mut at = 0;
    while at < raw.len() {
        at += fold_one(raw, at, case, &mut sink);
    }
    drop_last_space(&mut sink);
    sink.offsets.push(sink.end);
    (sink.out, sink.offsets)
}

#[inline]
fn drop_last_space(sink: &mut impl Sink) {
    if sink.last() == Some(b' ') {
        sink.drop_last();
    }
}

/// Folds as much as is printable ASCII without two spaces in a row, which most lines are to their end, and says how many
/// bytes that is.
#[inline]
fn push_ascii<const LINES: bool>(raw: &[u8], from: usize, case: Case, out: &mut FoldBuffer) -> usize {
    // A space at the beginning is dropped, as if one stood before it.
    let mut before = Gap { any: ends_in_gap(out), space: out.last() == Some(b' ') };
    let (blocks, rest) = raw[from..].as_chunks();
    let (places, _) = out.room().as_chunks_mut();
    let mut len = 0;
    for (block, place) in blocks.iter().zip(places) {
        let folded = ascii_block::<LINES>(block, before, case);
        *place = folded.bytes;
        len += folded.plain;
        if folded.plain < BLOCK {
            out.grow(len);
            return len;
        }
        before = folded.last;
    }
    out.grow(len);
    if !rest.is_empty() {
        let folded = ascii_block::<LINES>(&last_block(raw, from + len), before, case);
        out.push_some(folded.bytes, folded.plain);
        len += folded.plain;
    }
    len
}

/// Whether a space that follows would vanish.
#[inline]
fn ends_in_gap(sink: &impl Sink) -> bool {
    matches!(sink.last(), None | Some(b' ' | b'\n'))
}

/// The bytes from `at` on, fewer than a block has, and zeros.
#[inline]
fn last_block(raw: &[u8], at: usize) -> [u8; BLOCK] {
    if let Some(last) = raw.last_chunk() {
        return (u128::from_le_bytes(*last) >> (8 * (at + BLOCK - raw.len()))).to_le_bytes();
    }
    let word = |bytes: &[u8; 8]| u128::from(u64::from_le_bytes(*bytes));
    if let (Some(first), Some(last)) = (raw.first_chunk(), raw.last_chunk()) {
        // Both words share some bytes.
        return ((word(first) | word(last) << (8 * (raw.len() - 8))) >> (8 * at)).to_le_bytes();
    }
    let mut block = [0; BLOCK];
    block[..raw.len() - at].copy_from_slice(&raw[at..]);
    block
}

/// Folds what stands at `at` and is not plain, with the letters of two bytes that follow, and says how many bytes that is.
#[inline]
fn push_beyond_ascii(raw: &[u8], at: usize, case: Case, out: &mut FoldBuffer) -> usize {
    match raw[at..] {
        // Latin letters stand between those of ASCII.
        [first @ 0xC3, second @ 0x80..=0xBF, ..] if second != 0x97 && second != 0xB7 => {
            let is_upper = case == Case::Folded && second < 0x9F;
            out.push([first, if is_upper { second | 0x20 } else { second }], at, 2);
            2
        }
        // Signs, which stay as they are: what follows may go in blocks.
        [0xC2, second @ (0xA1..=0xAC | 0xAE..=0xB3 | 0xB6..=0xBF), ..] => {
            out.push([0xC2, second], at, 2);
            2
        }
        [0xC2..=0xDF, ..] => push_letters(raw, at, case, out),
        _ => fold_one(raw, at, case, out),
    }
}

fn push_letters(raw: &[u8], at: usize, case: Case, out: &mut FoldBuffer) -> usize {
    let in_blocks = if matches!(raw[at], 0xD0 | 0xD1) { push_letter_blocks(raw, at, case, out) } else { 0 };
    if in_blocks > 0 {
        return in_blocks;
    }
    match push_pairs(raw, at, TwoByteTable::of(case), out) {
        0 => fold_one(raw, at, case, out),
        in_pairs => in_pairs,
    }
}

/// Folds as much of Cyrillic text as goes in blocks.
fn push_letter_blocks(raw: &[u8], from: usize, case: Case, out: &mut FoldBuffer) -> usize {
    let mut at = from;
    loop {
        let (folded, len) = letter_block(raw, at, case);
        out.push_some(folded, len);
        at += len;
        if len < BLOCK {
            break;
        }
    }
    // A character that begins with the last byte goes on where no block does.
    if at > from && raw[at - 1] >= 0xC0 {
        out.drop_last();
        at -= 1;
    }
    at - from
}

/// Folds characters of two bytes as far as they go, with single spaces and signs between them.
#[inline]
fn push_pairs(raw: &[u8], from: usize, table: &TwoByteTable, out: &mut FoldBuffer) -> usize {
    let mut at = from;
    loop {
        while let Some(word) = raw[at..].first_chunk::<8>() {
            let (folded, len) = table.get_some(*word);
            out.push_some(folded, len);
            at += len;
            if len < 8 {
                break;
            }
        }
        match raw[at..] {
            [first @ 0xC2..=0xDF, second @ 0x80..=0xBF, ..] => match table.get(first, second) {
                Some(folded) => {
                    out.push(folded, at, 2);
                    at += 2;
                }
                None => return at - from,
            },
            [b' ', 0xC3..=0xDF, ..] if !ends_in_gap(out) => {
                out.push([b' '], at, 1);
                at += 1;
            }
            // A sign between words.
            [sign @ (b'!'..=b'@' | b'['..=b'`'), b' ', 0xC3..=0xDF, ..]
            | [sign @ (b'!'..=b'@' | b'['..=b'`'), 0xC3..=0xDF, ..] => {
                out.push([sign], at, 1);
                at += 1;
            }
            _ => return at - from,
        }
    }
}

/// Folds the character at `at` and says how many bytes it takes in `raw`.
#[inline]
fn fold_one<S: Sink>(raw: &[u8], at: usize, case: Case, sink: &mut S) -> usize {
    let byte = raw[at];
    match byte {
        b'\t'..=b'\r' | b' ' => push_space(sink, at, 1),
        b'A'..=b'Z' if case == Case::Folded => sink.push([byte | 0x20], at, 1),
        0..=0x7F => sink.push([byte], at, 1),
        _ => match raw[at..] {
            // Western text is full of these; `fold_char` says the same of them.
            [0xE2, 0x80, 0x90..=0x95, ..] => sink.push(*b"-", at, 3),
            [0xE2, 0x80, 0x98..=0x9B, ..] => sink.push(*b"'", at, 3),
            [0xE2, 0x80, 0x9C..=0x9F, ..] => sink.push(*b"\"", at, 3),
            _ => return fold_wide(raw, at, case, sink),
        },
    }
    if byte.is_ascii() { 1 } else { 3 }
}

fn fold_wide<S: Sink>(raw: &[u8], at: usize, case: Case, sink: &mut S) -> usize {
    let len = match raw[at] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let Some(c) = raw.get(at..at + len).and_then(only_char) else {
        sink.push([raw[at]], at, 1);
        return 1;
    };
    match fold_char(c, case) {
        FoldedChar::Char(c) => push_char(sink, c, at, len),
        FoldedChar::Space => push_space(sink, at, len),
        FoldedChar::Ellipsis => sink.push(*b"...", at, len),
        FoldedChar::Nothing => {}
    }
    len
}

fn push_char<S: Sink>(sink: &mut S, c: char, at: usize, len: usize) {
    let mut buffer = [0; 4];
    match *c.encode_utf8(&mut buffer).as_bytes() {
        [a, b, c] => sink.push([a, b, c], at, len),
        [a, b, c, d] => sink.push([a, b, c, d], at, len),
        ref short => short.iter().for_each(|&byte| sink.push([byte], at, len)),
    }
}

fn only_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(bytes).ok()?.chars().next()
}

#[inline]
fn push_space<S: Sink>(sink: &mut S, at: usize, len: usize) {
    if !ends_in_gap(sink) {
        sink.push([b' '], at, len);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 24] = [
        "a",
        "Read MORE ",
        "x y",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\u{a0}",
        "’",
        "…",
        "ä",
        "Été",
        "Читайте",
        " ещё ",
        "ſ",
        "İ",
        "読む",
        "\u{ad}",
        "\u{200b}",
        "\u{85}",
        "0123456789abcdef",
        "🙂",
    ];

    proptest! {
        #[test]
        fn lines_fold_together_as_each_does_alone(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60),
            cut in 0_usize..3,
        ) {
            let text = pieces.concat();
            // Perhaps within a character.
            let raw = &text.as_bytes()[..text.len().saturating_sub(cut)];
            let mut lines = FoldBuffer::default();
            fold_lines(raw, &mut lines);
            let alone: Vec<Vec<u8>> = raw.split(|byte| *byte == b'\n').map(|line| super::folded(line, Case::Folded)).collect();
            prop_assert_eq!(lines.text(), alone.join(&b'\n'));
        }
    }

    fn folded(text: &str) -> String {
        String::from_utf8(super::folded(text.as_bytes(), Case::Folded)).unwrap()
    }

    #[test]
    fn letters_lose_their_case_by_simple_folding() {
        for (raw, want) in [
            ("READ More", "read more"),
            ("ЧИТАЙТЕ Также Ёлка", "читайте также ёлка"),
            ("ΔΙΑΒΆΣΤΕ ΣΊΣΥΦΟΣ", "διαβάστε σίσυφοσ"),
            ("STRAẞE straße", "straße straße"),
            // Simple folding leaves the dotted capital I alone; only full folding makes two characters of it.
            ("İstanbul ILIK", "İstanbul ilik"),
            ("Ⱥ ſ µ", "ⱥ s μ"),
            ("続きを読む", "続きを読む"),
            ("CAFE\u{301}", "cafe\u{301}"),
        ] {
            assert_eq!(folded(raw), want);
        }
    }

    #[test]
    fn typography_becomes_ascii_and_the_invisible_vanishes() {
        for (raw, want) in [
            ("Who’s “that” – now…", "who's \"that\" - now..."),
            ("a\u{a0}b\u{3000}c\u{2009}\t d", "a b c d"),
            ("  \u{a0} x \u{a0}\r", "x"),
            ("co\u{ad}ope\u{200b}rate \u{feff}▶\u{fe0f}", "cooperate ▶"),
            (" \u{a0}\u{200b} ", ""),
        ] {
            assert_eq!(folded(raw), want);
        }
    }

    #[test]
    fn quick_ways_and_the_slow_one_agree() {
        for c in ('\u{20}'..='\u{2100}').chain('\u{FE00}'..='\u{FF20}') {
            let slow = match fold_char(c, Case::Folded) {
                FoldedChar::Char(c) => c.to_string(),
                FoldedChar::Space => " ".to_owned(),
                FoldedChar::Ellipsis => "...".to_owned(),
                FoldedChar::Nothing => String::new(),
            };
            // At every place of a block.
            for before in (0..20).map(|lead| "x".repeat(lead)) {
                let after = "y".repeat(40);
                let want = format!("{before}{slow}{after}");
                assert_eq!(folded(&format!("{before}{c}{after}")), want.trim_start(), "{c:?}");
            }
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_stay() {
        assert_eq!(super::folded(b"A\xff\xe2\x80B \xd0", Case::Folded), b"a\xff\xe2\x80b \xd0");
    }

    #[test]
    fn offsets_point_at_the_original_characters() {
        let raw = "A long enough line… that’s “ÄÖ”  İ\u{a0}\u{200b}Ⱥ end ";
        let (out, offsets) = folded_with_offsets(raw.as_bytes(), Case::Folded);
        assert_eq!(out, folded(raw).as_bytes(), "both ways fold alike");
        assert_eq!(offsets.len(), out.len() + 1);
        let at = |needle: &str| offsets[folded(raw).find(needle).unwrap()] as usize;
        assert_eq!(at("..."), raw.find('…').unwrap());
        assert_eq!(at("äö"), raw.find('Ä').unwrap());
        assert_eq!(at("ⱥ"), raw.find('Ⱥ').unwrap());
        assert_eq!(*offsets.last().unwrap() as usize, raw.trim_end().len());
    }

    #[test]
    fn words_and_single_steps_agree() {
        let text = "The Quick  Brown fox, über 9 LAZY dogs -- at 10:30 Uhr. ".repeat(4);
        for start in 0..40 {
            let Some(part) = text.get(start..) else { continue };
            let by_char: String = part.chars().map(|c| c.to_string()).collect::<Vec<_>>().join("\u{200b}");
            assert_eq!(folded(part), folded(&by_char));
        }
    }
}
