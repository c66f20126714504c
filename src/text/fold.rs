//! Folding: the form in which patterns and text are compared. Nothing folded is ever written out.
//!
//! Unicode simple case folding (CaseFolding.txt, statuses C and S); curly quotes, dashes, the
//! ellipsis and every kind of space become ASCII; zero-width characters, soft hyphens and
//! variation selectors vanish; a run of spaces becomes one, at the ends none. There is no
//! normalisation: a combining mark stays a character of its own. Bytes that are not UTF-8 stay as
//! they are.

use std::sync::LazyLock;

use icu_casemap::CaseMapper;

/// Whether letters lose their case in the fold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    Folded,
    Exact,
}

/// Replaces the contents of `out` by the folded form of `raw`.
pub(crate) fn fold(raw: &[u8], case: Case, out: &mut Vec<u8>) {
    out.clear();
    fold_to(raw, case, &mut Plain(out));
}

/// Like [`fold`], and `offsets[i]` says where the character that gave folded byte `i` begins in
/// `raw`; one more entry says where the last one ends.
pub(crate) fn fold_with_offsets(raw: &[u8], case: Case, out: &mut Vec<u8>, offsets: &mut Vec<u32>) {
    out.clear();
    offsets.clear();
    let mut sink = Tracked { out, offsets, end: 0 };
    fold_to(raw, case, &mut sink);
    let end = sink.end;
    offsets.push(end);
}

trait Sink {
    /// Takes `folded`, which comes from `raw_len` bytes at `raw_at`.
    fn push(&mut self, folded: &[u8], raw_at: usize, raw_len: usize);
    /// Takes a block of text of which every byte folds to one byte.
    fn push_block(&mut self, folded: &[u8; BLOCK], raw_at: usize);
    fn ends_with_space(&self) -> bool;
    fn is_empty(&self) -> bool;
    fn drop_last(&mut self);
}

struct Plain<'a>(&'a mut Vec<u8>);

impl Sink for Plain<'_> {
    #[inline]
    fn push(&mut self, folded: &[u8], _: usize, _: usize) {
        self.0.extend_from_slice(folded);
    }
    #[inline]
    fn push_block(&mut self, folded: &[u8; BLOCK], _: usize) {
        self.0.extend_from_slice(folded);
    }
    #[inline]
    fn ends_with_space(&self) -> bool {
        self.0.last() == Some(&b' ')
    }
    #[inline]
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    fn drop_last(&mut self) {
        self.0.pop();
    }
}

struct Tracked<'a> {
    out: &'a mut Vec<u8>,
    offsets: &'a mut Vec<u32>,
    end: u32,
}

impl Sink for Tracked<'_> {
    fn push(&mut self, folded: &[u8], raw_at: usize, raw_len: usize) {
        self.out.extend_from_slice(folded);
        // Lines are at most LINE_LIMIT bytes, so offsets fit.
        self.offsets.extend(std::iter::repeat_n(raw_at as u32, folded.len()));
        self.end = (raw_at + raw_len) as u32;
    }
    fn push_block(&mut self, folded: &[u8; BLOCK], raw_at: usize) {
        for (i, byte) in folded.iter().enumerate() {
            self.push(&[*byte], raw_at + i, 1);
        }
    }
    fn ends_with_space(&self) -> bool {
        self.out.last() == Some(&b' ')
    }
    fn is_empty(&self) -> bool {
        self.out.is_empty()
    }
    fn drop_last(&mut self) {
        self.out.pop();
        if let Some(at) = self.offsets.pop() {
            self.end = at;
        }
    }
}

const BLOCK: usize = 16;

fn fold_to<S: Sink>(raw: &[u8], case: Case, sink: &mut S) {
    let mut at = 0;
    while at < raw.len() {
        // The space rule needs a look at the byte after the block.
        if let Some(block) = raw[at..].first_chunk::<{ BLOCK + 1 }>()
            && !(block[0] == b' ' && (sink.is_empty() || sink.ends_with_space()))
            && let Some(folded) = fold_block(block, case)
        {
            sink.push_block(&folded, at);
            at += BLOCK;
            continue;
        }
        // One block's worth of single steps before trying blocks again keeps mixed text moving.
        let stop = raw.len().min(at + BLOCK);
        while at < stop {
            at += fold_one(raw, at, case, sink);
        }
    }
    if sink.ends_with_space() {
        sink.drop_last();
    }
}

/// The folded block, if it is printable ASCII without two spaces in a row. Written so that the
/// compiler makes vector code of it.
#[inline]
fn fold_block(block: &[u8; BLOCK + 1], case: Case) -> Option<[u8; BLOCK]> {
    let mut odd = 0u8;
    let mut folded = [0u8; BLOCK];
    for i in 0..BLOCK {
        let byte = block[i];
        let special = (byte >= 0x80) | (byte < 0x20) | ((byte == b' ') & (block[i + 1] == b' '));
        odd |= u8::from(special);
        let upper = u8::from(byte.wrapping_sub(b'A') < 26) & u8::from(case == Case::Folded);
        folded[i] = byte | (upper << 5);
    }
    (odd == 0).then_some(folded)
}

/// Folds the character at `at` and says how many bytes it takes in `raw`.
#[inline]
fn fold_one<S: Sink>(raw: &[u8], at: usize, case: Case, sink: &mut S) -> usize {
    let byte = raw[at];
    if byte < 0x80 {
        match byte {
            b'\t'..=b'\r' | b' ' => push_space(sink, at, 1),
            b'A'..=b'Z' if case == Case::Folded => sink.push(&[byte | 0x20], at, 1),
            _ => sink.push(&[byte], at, 1),
        }
        return 1;
    }
    if let (0xC2..=0xDF, Some(&next @ 0x80..=0xBF)) = (byte, raw.get(at + 1)) {
        let code = (usize::from(byte & 0x1F) << 6) | usize::from(next & 0x3F);
        let table = if case == Case::Folded { &*TWO_BYTE_FOLDED } else { &*TWO_BYTE_EXACT };
        match table[code - 0x80] {
            TwoByte::Bytes(bytes) => sink.push(&bytes, at, 2),
            TwoByte::Byte(byte) => sink.push(&[byte], at, 2),
            TwoByte::Space => push_space(sink, at, 2),
            TwoByte::Nothing => {}
            TwoByte::Wider => return fold_wide(raw, at, case, sink),
        }
        return 2;
    }
    fold_wide(raw, at, case, sink)
}

fn fold_wide<S: Sink>(raw: &[u8], at: usize, case: Case, sink: &mut S) -> usize {
    let len = match raw[at] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let Some(c) = raw.get(at..at + len).and_then(only_char) else {
        sink.push(&raw[at..=at], at, 1);
        return 1;
    };
    let mut buffer = [0; 4];
    match fold_char(c, case) {
        FoldedChar::Char(c) => sink.push(c.encode_utf8(&mut buffer).as_bytes(), at, len),
        FoldedChar::Space => push_space(sink, at, len),
        FoldedChar::Ellipsis => sink.push(b"...", at, len),
        FoldedChar::Nothing => {}
    }
    len
}

fn only_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(bytes).ok()?.chars().next()
}

#[inline]
fn push_space<S: Sink>(sink: &mut S, at: usize, len: usize) {
    if !sink.is_empty() && !sink.ends_with_space() {
        sink.push(b" ", at, len);
    }
}

/// Whether a line of such characters alone is blank.
pub(super) fn folds_to_nothing(c: char) -> bool {
    matches!(fold_char(c, Case::Exact), FoldedChar::Space | FoldedChar::Nothing)
}

enum FoldedChar {
    Char(char),
    Space,
    Ellipsis,
    Nothing,
}

fn fold_char(c: char, case: Case) -> FoldedChar {
    match c {
        c if c.is_whitespace() => FoldedChar::Space,
        // Soft hyphen, zero-width and direction marks, variation selectors, byte order mark.
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => FoldedChar::Nothing,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => FoldedChar::Nothing,
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '´' | '＇' => FoldedChar::Char('\''),
        '“' | '”' | '„' | '‟' | '″' | '＂' => FoldedChar::Char('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '－' => FoldedChar::Char('-'),
        '…' | '⋯' => FoldedChar::Ellipsis,
        c if case == Case::Exact => FoldedChar::Char(c),
        c => FoldedChar::Char(CaseMapper::new().simple_fold(c)),
    }
}

/// What a character of two bytes (U+0080 to U+07FF: Latin, Greek, Cyrillic, Hebrew, Arabic) folds
/// to. A table, so that these scripts are not much slower than ASCII.
#[derive(Clone, Copy)]
enum TwoByte {
    Bytes([u8; 2]),
    Byte(u8),
    Space,
    Nothing,
    /// Three bytes, as for U+023A: too rare for the table.
    Wider,
}

static TWO_BYTE_FOLDED: LazyLock<[TwoByte; 0x780]> = LazyLock::new(|| two_byte_table(Case::Folded));
static TWO_BYTE_EXACT: LazyLock<[TwoByte; 0x780]> = LazyLock::new(|| two_byte_table(Case::Exact));

fn two_byte_table(case: Case) -> [TwoByte; 0x780] {
    let mut table = [TwoByte::Nothing; 0x780];
    for (entry, c) in table.iter_mut().zip('\u{80}'..='\u{7FF}') {
        let mut buffer = [0; 4];
        *entry = match fold_char(c, case) {
            FoldedChar::Char(c) => match *c.encode_utf8(&mut buffer).as_bytes() {
                [byte] => TwoByte::Byte(byte),
                [first, second] => TwoByte::Bytes([first, second]),
                _ => TwoByte::Wider,
            },
            FoldedChar::Space => TwoByte::Space,
            FoldedChar::Ellipsis => TwoByte::Wider,
            FoldedChar::Nothing => TwoByte::Nothing,
        };
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        fold(text.as_bytes(), Case::Folded, &mut out);
        String::from_utf8(out).unwrap()
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
    fn bytes_that_are_not_utf8_stay() {
        let mut out = Vec::new();
        fold(b"A\xff\xe2\x80B \xd0", Case::Folded, &mut out);
        assert_eq!(out, b"a\xff\xe2\x80b \xd0");
    }

    #[test]
    fn offsets_point_at_the_original_characters() {
        let raw = "A long enough line… that’s “ÄÖ”  İ\u{a0}\u{200b}Ⱥ end ";
        let (mut out, mut offsets) = (Vec::new(), Vec::new());
        fold_with_offsets(raw.as_bytes(), Case::Folded, &mut out, &mut offsets);
        assert_eq!(out, folded(raw).as_bytes(), "both ways fold alike");
        assert_eq!(offsets.len(), out.len() + 1);
        let at = |needle: &str| offsets[folded(raw).find(needle).unwrap()] as usize;
        assert_eq!(at("..."), raw.find('…').unwrap());
        assert_eq!(at("äö"), raw.find('Ä').unwrap());
        assert_eq!(at("ⱥ"), raw.find('Ⱥ').unwrap());
        assert_eq!(*offsets.last().unwrap() as usize, raw.trim_end().len());
    }

    #[test]
    fn blocks_and_single_steps_agree() {
        let text = "The Quick  Brown fox, über 9 LAZY dogs -- at 10:30 Uhr. ".repeat(4);
        for start in 0..40 {
            let Some(part) = text.get(start..) else { continue };
            let by_char: String = part.chars().map(|c| c.to_string()).collect::<Vec<_>>().join("\u{200b}");
            assert_eq!(folded(part), folded(&by_char));
        }
    }
}
