//! Folding: the form in which patterns and text are compared. Nothing folded is ever written out.
//!
//! Unicode simple case folding (CaseFolding.txt, statuses C and S); curly quotes, dashes, the
//! ellipsis and every kind of space become ASCII; zero-width characters, soft hyphens and
//! variation selectors vanish; a run of spaces becomes one, at the ends none. There is no
//! normalisation: a combining mark stays a character of its own. Bytes that are not UTF-8 stay as
//! they are.

use std::sync::LazyLock;

use icu_casemap::CaseMapper;

use super::fold_block::{BLOCK, folded_block};

/// Whether letters lose their case in the fold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    Folded,
    Exact,
}

/// A folded text, in memory that is used again from line to line.
#[derive(Default, Debug)]
pub(crate) struct FoldBuffer {
    /// The folded text, [`PADDING`] zero bytes, and whatever was there before.
    bytes: Vec<u8>,
    len: usize,
}

/// So many zero bytes stand behind a folded text, so that it can be read in pieces of up to this
/// length without a look at its end.
const PADDING: usize = 24;

impl FoldBuffer {
    /// The folded text.
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The folded text and the zero bytes behind it.
    pub(crate) fn padded(&self) -> &[u8] {
        self.bytes.get(..self.len + PADDING).unwrap_or_default()
    }

    fn begin(&mut self, raw_len: usize) {
        // No character grows by more than half of its bytes (U+023A grows from two to three).
        let most = raw_len + raw_len / 2 + PADDING;
        if self.bytes.len() < most {
            self.bytes.resize(most, 0);
        }
        self.len = 0;
    }

    fn end(&mut self) {
        self.bytes[self.len..self.len + PADDING].fill(0);
    }
}

/// Folds `raw` into the buffer.
pub(crate) fn fold(raw: &[u8], case: Case, out: &mut FoldBuffer) {
    out.begin(raw.len());
    fold_to(raw, case, out);
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
    fold_to(raw, case, &mut sink);
    sink.offsets.push(sink.end);
    (sink.out, sink.offsets)
}

trait Sink {
    /// Takes `folded`, which comes from `raw_len` bytes at `raw_at`.
    fn push<const N: usize>(&mut self, folded: [u8; N], raw_at: usize, raw_len: usize);
    /// Takes a block: each byte was folded from one byte, each character from one of as many bytes.
    fn push_block(&mut self, folded: [u8; BLOCK], raw_at: usize);
    /// Takes the first bytes of a word, each folded from one byte.
    fn push_word(&mut self, folded: [u8; 8], len: usize, raw_at: usize);
    /// Takes the first `len` bytes: characters that were each folded from two bytes to two.
    fn push_pairs(&mut self, folded: [u8; 8], len: usize, raw_at: usize);
    fn last(&self) -> Option<u8>;
    fn drop_last(&mut self);
}

impl Sink for FoldBuffer {
    #[inline]
    fn push<const N: usize>(&mut self, folded: [u8; N], _: usize, _: usize) {
        if let Some(place) = self.bytes[self.len..].first_chunk_mut::<N>() {
            *place = folded;
        }
        self.len += N;
    }
    #[inline]
    fn push_block(&mut self, folded: [u8; BLOCK], raw_at: usize) {
        self.push(folded, raw_at, BLOCK);
    }
    #[inline]
    fn push_word(&mut self, folded: [u8; 8], len: usize, _: usize) {
        // All of the word is copied, which is faster than some; there is room for it.
        if let Some(place) = self.bytes[self.len..].first_chunk_mut::<8>() {
            *place = folded;
        }
        self.len += len;
    }
    #[inline]
    fn push_pairs(&mut self, folded: [u8; 8], len: usize, raw_at: usize) {
        self.push_word(folded, len, raw_at);
    }
    #[inline]
    fn last(&self) -> Option<u8> {
        self.len.checked_sub(1).map(|last| self.bytes[last])
    }
    fn drop_last(&mut self) {
        self.len -= 1;
    }
}

#[derive(Default)]
struct Tracked {
    out: Vec<u8>,
    offsets: Vec<u32>,
    end: u32,
}

impl Sink for Tracked {
    fn push<const N: usize>(&mut self, folded: [u8; N], raw_at: usize, raw_len: usize) {
        self.out.extend_from_slice(&folded);
        // Lines are at most LINE_LIMIT bytes, so offsets fit.
        self.offsets.extend([raw_at as u32; N]);
        self.end = (raw_at + raw_len) as u32;
    }
    fn push_block(&mut self, folded: [u8; BLOCK], raw_at: usize) {
        for (i, byte) in folded.iter().enumerate() {
            // The second byte of a character belongs to where the first one is.
            let second = usize::from(byte & 0xC0 == 0x80);
            self.push([*byte], raw_at + i - second, 1 + second);
        }
    }
    fn push_word(&mut self, folded: [u8; 8], len: usize, raw_at: usize) {
        for (i, byte) in folded[..len].iter().enumerate() {
            self.push([*byte], raw_at + i, 1);
        }
    }
    fn push_pairs(&mut self, folded: [u8; 8], len: usize, raw_at: usize) {
        let (pairs, _) = folded[..len].as_chunks::<2>();
        for (i, pair) in pairs.iter().enumerate() {
            self.push(*pair, raw_at + 2 * i, 2);
        }
    }
    fn last(&self) -> Option<u8> {
        self.out.last().copied()
    }
    fn drop_last(&mut self) {
        self.out.pop();
        if let Some(at) = self.offsets.pop() {
            self.end = at;
        }
    }
}

fn fold_to<S: Sink>(raw: &[u8], case: Case, sink: &mut S) {
    let table = if case == Case::Folded { &*TWO_BYTE_FOLDED } else { &*TWO_BYTE_EXACT };
    let mut at = 0;
    while at < raw.len() {
        at += push_blocks(raw, at, case, sink);
        let plain = push_plain(&raw[at..], case, at, sink);
        at += plain;
        // What stopped it, and all that follows up to two ASCII bytes in a row: in scripts beyond
        // ASCII, words and the spaces between them.
        while at < raw.len() {
            at += push_pairs(&raw[at..], table, at, sink);
            if at == raw.len() {
                break;
            }
            at += fold_one(raw, at, case, sink);
            // ...or what may go on in blocks.
            if let [] | [_] | [0..0x80, 0..0x80, ..] | [0xC3 | 0xD0 | 0xD1, ..] | [b' ', 0xC3 | 0xD0 | 0xD1, ..] =
                raw[at..]
            {
                break;
            }
        }
    }
    if sink.last() == Some(b' ') {
        sink.drop_last();
    }
}

/// Folds as much of the text as goes in blocks, and says how many bytes that is.
#[inline]
fn push_blocks<S: Sink>(raw: &[u8], from: usize, case: Case, sink: &mut S) -> usize {
    if raw[from] == b' ' && matches!(sink.last(), None | Some(b' ')) {
        return 0;
    }
    let mut at = from;
    while let Some(folded) = folded_block(raw, at, case) {
        sink.push_block(folded, at);
        at += BLOCK;
    }
    // A character that begins with the last byte goes on where no block does.
    if at > from && raw[at - 1] >= 0xC0 {
        sink.drop_last();
        at -= 1;
    }
    at - from
}

/// Folds as much of the text as is printable ASCII without two spaces in a row, eight bytes at a
/// time, and says how many bytes that is.
#[inline]
fn push_plain<S: Sink>(raw: &[u8], case: Case, raw_at: usize, sink: &mut S) -> usize {
    if raw[0] == b' ' && matches!(sink.last(), None | Some(b' ')) {
        return 0;
    }
    let mut at = 0;
    loop {
        let (word, len) = word_to_fold(raw, at);
        let odd = odd_bytes(word, raw.get(at + 8).copied());
        let plain = len.min(odd.trailing_zeros() as usize / 8);
        sink.push_word(without_upper(word, case).to_le_bytes(), plain, raw_at + at);
        at += plain;
        if plain < 8 {
            return at;
        }
    }
}

/// The eight bytes at `at`, or as many as there are, with bytes behind them that nothing is done with.
#[inline]
fn word_to_fold(raw: &[u8], at: usize) -> (u64, usize) {
    let rest = &raw[at..];
    match (rest.first_chunk::<8>(), raw.last_chunk::<8>()) {
        (Some(word), _) => (u64::from_le_bytes(*word), 8),
        (None, Some(_)) if rest.is_empty() => (0, 0),
        (None, Some(last)) => (u64::from_le_bytes(*last) >> (8 * (8 - rest.len())), rest.len()),
        (None, None) => {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            (u64::from_le_bytes(word), rest.len())
        }
    }
}

/// Folds characters of two bytes as far as they go, with single spaces and signs between them, and says
/// how many bytes that is.
#[inline]
fn push_pairs<S: Sink>(raw: &[u8], table: &TwoByteTable, raw_at: usize, sink: &mut S) -> usize {
    let mut at = 0;
    loop {
        while let Some(word) = raw[at..].first_chunk::<8>() {
            let (folded, len) = table.get_some(*word);
            sink.push_pairs(folded, len, raw_at + at);
            at += len;
            if len < 8 {
                break;
            }
        }
        match raw[at..] {
            [first @ 0xC2..=0xDF, second @ 0x80..=0xBF, ..] => match table.get(first, second) {
                Some(folded) => {
                    sink.push(folded, raw_at + at, 2);
                    at += 2;
                }
                None => return at,
            },
            [b' ', 0x21..=0x7E | 0xC3..=0xDF, ..] if !matches!(sink.last(), None | Some(b' ')) => {
                sink.push([b' '], raw_at + at, 1);
                at += 1;
            }
            // A sign between words; where more ASCII follows, other ways are faster.
            [sign @ (b'!'..=b'@' | b'['..=b'`'), b' ' | 0xC3..=0xDF, ..] => {
                sink.push([sign], raw_at + at, 1);
                at += 1;
            }
            _ => return at,
        }
    }
}

/// Eight bytes as they are folded, if all are printable ASCII without two spaces in a row.
#[inline]
pub(super) fn plain_ascii_folded(bytes: [u8; 8]) -> Option<u64> {
    let word = u64::from_le_bytes(bytes);
    (odd_bytes(word, None) == 0).then(|| without_upper(word, Case::Folded))
}

/// The lower half of each byte; zero for the first byte of a character of several.
#[inline]
pub(super) fn blurred(word: u64) -> u64 {
    let first = first_bytes(word);
    // 0x80 becomes 0x7F, which covers the byte but for its uppermost bit.
    word & (0x0F * EACH) & !(first - (first >> 7))
}

/// Whether folding leaves two words, which `next` follows, as they are when blurred: printable ASCII
/// without two spaces in a row, and the letters of U+00C0 to U+00FF and U+0400 to U+045F, where the cases are
/// a multiple of 16 apart.
#[inline]
pub(super) fn keep_their_blur([first, second]: [u64; 2], next: u8) -> bool {
    let odd = odd_bytes(first, Some(second as u8)) | odd_bytes(second, Some(next));
    odd == 0 || keeps_its_blur(first, second as u8) && keeps_its_blur(second, next)
}

/// The same of one word, which may hold more than ASCII.
#[inline]
fn keeps_its_blur(word: u64, next: u8) -> bool {
    let odd_ascii = odd_bytes(word, Some(next)) & !(word & HIGH);
    let first = first_bytes(word);
    if odd_ascii | first == 0 {
        return true;
    }
    // The upper bit of each byte that is not zero.
    let not_zero = |word: u64| (((word & !HIGH) + !HIGH) | word) & HIGH;
    let not_latin = not_zero(word ^ (0xC3 * EACH));
    let not_cyrillic = not_zero((word ^ (0xD0 * EACH)) & (0xFE * EACH));
    // U+0460 and on: 0xD1 before a byte from 0xA0 on.
    let beyond = (first & !not_cyrillic & (word << 7)) << 8 & (word << 2) & HIGH;
    // What begins with the last byte ends in the next word.
    let split_beyond = word >> 56 == 0xD1 && next >= 0xA0;
    odd_ascii | (first & not_latin & not_cyrillic) | beyond == 0 && !split_beyond
}

/// The upper bit of each byte that begins a character of several bytes.
#[inline]
fn first_bytes(word: u64) -> u64 {
    word & (word << 1) & HIGH
}

/// The most bytes that [`pairs_folded`] folds, and room for a character that begins with the last.
const PAIRS_ROOM: usize = 20;

/// The first characters as they are folded, `LEN` bytes (at most 9) or one more, if all are letters and
/// signs of two bytes, or ASCII between such.
#[inline]
pub(super) fn pairs_folded<const LEN: usize>(bytes: &[u8]) -> Option<[u8; PAIRS_ROOM]> {
    let mut folded = [0; PAIRS_ROOM];
    let mut at = 0;
    while at < LEN {
        if let Some(word) = bytes.get(at..)?.first_chunk::<8>()
            && let (some, len @ 1..) = TWO_BYTE_FOLDED.get_some(*word)
        {
            *folded[at..].first_chunk_mut()? = some;
            at += len;
            continue;
        }
        match *bytes.get(at..)? {
            [ascii @ 0x21..=0x7E, ..] => {
                folded[at] = ascii.to_ascii_lowercase();
                at += 1;
            }
            [b' ', next, ..] if next != b' ' => {
                folded[at] = b' ';
                at += 1;
            }
            [first @ 0xC2..=0xDF, second @ 0x80..=0xBF, ..] => {
                *folded[at..].first_chunk_mut()? = TWO_BYTE_FOLDED.get(first, second)?;
                at += 2;
            }
            _ => return None,
        }
    }
    Some(folded)
}

/// Every byte of a word.
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// The high bit of each byte that is not printable ASCII or begins two spaces; bytes after the first
/// such one may be marked too. For all of this see "Bit Twiddling Hacks", S. E. Anderson, 2005:
/// tests of each byte of a word at once.
#[inline]
fn odd_bytes(word: u64, next: Option<u8>) -> u64 {
    let control = word.wrapping_sub(0x20 * EACH) & !word;
    let not_space = word ^ (0x20 * EACH);
    let space = !(((not_space & !HIGH) + !HIGH) | not_space) & HIGH;
    let space_after = (space >> 8) | if next == Some(b' ') { 0x80 << 56 } else { 0 };
    (word & HIGH) | (control & HIGH) | (space & space_after)
}

/// The word with its ASCII letters in lower case; right for the bytes before one beyond ASCII.
#[inline]
fn without_upper(word: u64, case: Case) -> u64 {
    if case == Case::Exact {
        return word;
    }
    let low = word & !HIGH;
    let from_a = low + (0x80 - u64::from(b'A')) * EACH;
    let beyond_z = low + (0x7F - u64::from(b'Z')) * EACH;
    word | ((from_a & !beyond_z & HIGH) >> 2)
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
    if !matches!(sink.last(), None | Some(b' ')) {
        sink.push([b' '], at, len);
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

/// What characters of two bytes (U+0080 to U+07FF: Latin, Greek, Cyrillic, Hebrew, Arabic) fold to,
/// so that these scripts are not much slower than ASCII.
///
/// Zero where the folded form does not have two bytes.
struct TwoByteTable([u16; 0x800]);

static TWO_BYTE_FOLDED: LazyLock<TwoByteTable> = LazyLock::new(|| TwoByteTable::new(Case::Folded));
static TWO_BYTE_EXACT: LazyLock<TwoByteTable> = LazyLock::new(|| TwoByteTable::new(Case::Exact));

impl TwoByteTable {
    fn new(case: Case) -> TwoByteTable {
        let mut table = [0; 0x800];
        for c in '\u{80}'..='\u{7FF}' {
            let mut buffer = [0; 4];
            if let FoldedChar::Char(folded) = fold_char(c, case)
                && let &[first, second] = folded.encode_utf8(&mut buffer).as_bytes()
            {
                table[c as usize] = u16::from_le_bytes([first, second]);
            }
        }
        TwoByteTable(table)
    }

    /// The folded form of the character, if that has two bytes too, as nearly always.
    #[inline]
    fn get(&self, first: u8, second: u8) -> Option<[u8; 2]> {
        let code = (usize::from(first & 0x1F) << 6) | usize::from(second & 0x3F);
        Some(self.0[code].to_le_bytes()).filter(|folded| *folded != [0; 2])
    }

    /// The same for as many of four characters as there are before something else, and how many bytes
    /// these have.
    #[inline]
    fn get_some(&self, bytes: [u8; 8]) -> ([u8; 8], usize) {
        // Of a pair the first byte is 110xxxxx, the second one 10xxxxxx.
        let word = u64::from_le_bytes(bytes);
        let other = (word & 0xC0E0_C0E0_C0E0_C0E0) ^ 0x80C0_80C0_80C0_80C0;
        if other & 0xFFFF != 0 {
            return ([0; 8], 0);
        }
        let pair = |shift: u32| {
            let pair = word >> shift;
            u64::from(self.0[((pair & 0x1F) << 6 | (pair >> 8) & 0x3F) as usize])
        };
        let folded = pair(0) | pair(16) << 16 | pair(32) << 32 | pair(48) << 48;
        // The upper bit of each half word that is zero, up to the first such one ("Bit Twiddling Hacks").
        let unknown = folded.wrapping_sub(0x0001_0001_0001_0001) & !folded & 0x8000_8000_8000_8000;
        let stop = (other | unknown).trailing_zeros() / 16;
        (folded.to_le_bytes(), 2 * stop.min(4) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            // On its own, and at every place of a block.
            for lead in 0..20 {
                let (before, behind) = ("x".repeat(lead), "y".repeat(40));
                let want = format!("{before}{slow}{behind}");
                assert_eq!(folded(&format!("{before}{c}{behind}")), want.trim_start(), "{c:?} after {lead}");
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
