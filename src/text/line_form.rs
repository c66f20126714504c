//! The form of one line: how many words it has, how many of them begin with a large letter, how it ends.

use super::prose::ends_a_sentence;
use super::vectors::{MASKED, above, each_bit, equal_to, mask};

/// What is counted of a line, white space at its ends apart.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct LineForm {
    pub(crate) chars: u32,
    /// What is between spaces.
    pub(crate) words: u32,
    /// Words that begin with a large letter.
    pub(crate) capital_words: u32,
    pub(crate) digits: u32,
    pub(crate) commas: u32,
    pub(crate) has_year: bool,
    pub(crate) has_clock: bool,
    pub(crate) ending: Ending,
}

/// How a line ends.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Ending {
    Letter,
    Digit,
    Sentence,
    Ellipsis,
    Colon,
    Comma,
    Bracket,
    #[default]
    Symbol,
}

impl LineForm {
    /// The form of a line without terminator. Takes about a nanosecond for two bytes.
    pub(crate) fn of(line: &[u8]) -> LineForm {
        let text = line.trim_ascii();
        let mut form = LineForm { ending: ending(text), ..LineForm::default() };
        let (blocks, rest) = text.as_chunks::<MASKED>();
        // A word begins after a space, or where the line does.
        let mut after_space = 1;
        for (block, at) in blocks.iter().zip((0..).step_by(MASKED)) {
            after_space = form.add(text, block, at, after_space);
        }
        if !rest.is_empty() {
            let mut block = [b' '; MASKED];
            block[..rest.len()].copy_from_slice(rest);
            form.add(text, &block, text.len() - rest.len(), after_space);
            form.chars -= (MASKED - rest.len()) as u32;
        }
        if form.digits > 2 {
            form.note_times(text);
        }
        form
    }

    /// Adds a block of the text, which stands at `at`, and says whether the next one begins after a space.
    #[inline]
    fn add(&mut self, text: &[u8], block: &[u8; MASKED], at: usize, after_space: u64) -> u64 {
        let within = |low: u8, high: u8| mask(block, |bytes| above(bytes, low - 1) & !above(bytes, high));
        let spaces = mask(block, |bytes| equal_to(bytes, b' ') | equal_to(bytes, b'\t'));
        let starts = !spaces & (spaces << 1 | after_space);
        let capitals = within(b'A', b'Z');
        // Bytes that go on with a character are the lowest ones with a sign.
        let going_on = mask(block, |bytes| !above(bytes, 0xBF));
        let beyond = mask(block, |bytes| !above(bytes, 0xFF));
        self.chars += MASKED as u32 - going_on.count_ones();
        self.words += starts.count_ones();
        self.capital_words += (starts & capitals).count_ones();
        self.digits += within(b'0', b'9').count_ones();
        self.commas += mask(block, |bytes| equal_to(bytes, b',')).count_ones();
        each_bit(starts & beyond, |place| self.capital_words += u32::from(is_capital(&text[at + place..])));
        spaces >> (MASKED - 1)
    }

    /// Notes years of the last century and this one, and times of day.
    fn note_times(&mut self, text: &[u8]) {
        let mut at = 0;
        while let Some(start) = text[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) {
            let digits = text[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (run, after) = (&text[start..start + digits], &text[start + digits..]);
            self.has_year |= digits == 4 && matches!(run, [b'1', b'9', ..] | [b'2', b'0', ..]);
            self.has_clock |= digits <= 2 && matches!(after, [b':', b'0'..=b'9', b'0'..=b'9', ..]);
            at = start + digits;
        }
    }
}

/// Whether the text begins with a large letter of Latin, Greek or Cyrillic script beyond ASCII.
fn is_capital(text: &[u8]) -> bool {
    matches!(text, [0xC3, 0x80..=0x9E, ..] | [0xCE, 0x91..=0xA9, ..] | [0xD0, 0x80..=0xAF, ..])
}

fn ending(text: &[u8]) -> Ending {
    match text {
        [.., b'0'..=b'9'] => Ending::Digit,
        [.., b'a'..=b'z' | b'A'..=b'Z'] => Ending::Letter,
        [.., 0xE2, 0x80, 0xA6] | [.., b'.', b'.'] => Ending::Ellipsis,
        _ if ends_a_sentence(text) => Ending::Sentence,
        [.., b':'] | [.., 0xEF, 0xBC, 0x9A] => Ending::Colon,
        [.., b',' | b';'] => Ending::Comma,
        [.., b')' | b']'] => Ending::Bracket,
        [.., 0xC3..=0xDF, 0x80..=0xBF] | [.., 0xE3..=0xED, 0x80..=0xBF, 0x80..=0xBF] => Ending::Letter,
        _ => Ending::Symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_letters_and_digits_are_counted() {
        let form = LineForm::of("  Élan Öl Das rote Haus, 14 \"Räume\" | Москва  ".as_bytes());
        let counts = (form.chars, form.words, form.capital_words, form.digits, form.commas);
        assert_eq!(counts, (42, 9, 5, 2, 1));
        let long = "Ab ".repeat(100);
        let form = LineForm::of(long.as_bytes());
        assert_eq!((form.chars, form.words, form.capital_words), (299, 100, 100));
    }

    #[test]
    fn years_and_times_of_day_are_found() {
        let found = |text: &str| (LineForm::of(text.as_bytes()).has_year, LineForm::of(text.as_bytes()).has_clock);
        assert_eq!(found("built in 1987"), (true, false));
        assert_eq!(found("no. 31987, 2150"), (false, false));
        assert_eq!(found("12 May 2021, 9:05"), (true, true));
        assert_eq!(found("ratio 3:1 of 120"), (false, false));
    }

    #[test]
    fn lines_end_in_their_ways() {
        for (text, want) in [
            ("The mill stood.", Ending::Sentence),
            ("and more...", Ending::Ellipsis),
            ("und noch mehr…", Ending::Ellipsis),
            ("für alle:", Ending::Colon),
            ("wood, stone,", Ending::Comma),
            ("Ämter (alle)", Ending::Bracket),
            ("page 12", Ending::Digit),
            ("水車小屋", Ending::Letter),
            ("Café", Ending::Letter),
            ("next »", Ending::Symbol),
        ] {
            assert_eq!(LineForm::of(text.as_bytes()).ending, want, "{text}");
        }
    }
}
