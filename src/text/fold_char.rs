//! What single characters fold to.

use std::sync::LazyLock;

use icu_casemap::CaseMapper;

use super::case::Case;

/// Whether a line of such characters alone is blank.
pub(super) fn folds_to_nothing(c: char) -> bool {
    matches!(fold_char(c, Case::Exact), FoldedChar::Space | FoldedChar::Nothing)
}

pub(super) enum FoldedChar {
    Char(char),
    Space,
    Ellipsis,
    Nothing,
}

pub(super) fn fold_char(c: char, case: Case) -> FoldedChar {
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
pub(super) struct TwoByteTable([u16; 0x800]);

static TWO_BYTE_FOLDED: LazyLock<TwoByteTable> = LazyLock::new(|| TwoByteTable::new(Case::Folded));
static TWO_BYTE_EXACT: LazyLock<TwoByteTable> = LazyLock::new(|| TwoByteTable::new(Case::Exact));

impl TwoByteTable {
    /// The table of that case.
    pub(super) fn of(case: Case) -> &'static TwoByteTable {
        if case == Case::Folded { &TWO_BYTE_FOLDED } else { &TWO_BYTE_EXACT }
    }

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
    pub(super) fn get(&self, first: u8, second: u8) -> Option<[u8; 2]> {
        let code = (usize::from(first & 0x1F) << 6) | usize::from(second & 0x3F);
        Some(self.0[code].to_le_bytes()).filter(|folded| *folded != [0; 2])
    }

    /// The same for as many of four characters as there are before something else, and how many bytes
    /// these have.
    #[inline]
    pub(super) fn get_some(&self, bytes: [u8; 8]) -> ([u8; 8], usize) {
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
