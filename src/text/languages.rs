//! Which languages a text is written in, decided by its own function words: cheaply, and only where it is sure.
//!
//! Only languages in Latin script are told apart: words of one stand in texts of another, while what is written in other
//! scripts shows itself. The words are the most frequent articles, pronouns, prepositions and conjunctions of each
//! language, as any frequency list has them; a word of several languages counts for each with its share.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use wide::i8x16;

use super::vectors::{MASKED, above, mask};

/// Languages in Latin script. Used where one must be told from another.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct Languages(u32);

/// So many function words tell a language.
const FEWEST_WORDS: u32 = 12;
/// A language counts beside the most frequent one if it has one function word in so many of that one's.
const WORDS_PER_WORD: u32 = 5;
/// A word that stands in a single list counts for so much; one of several lists for its share.
const WHOLE: u32 = 12;

/// The languages that are told, by their codes, with function words of each.
const FUNCTION_WORDS: [(&str, &str); 18] = [
    (
        "en",
        "the of and to in is that for it with as was on be at by this are from or have not but they his her which you we",
    ),
    (
        "de",
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch",
    ),
    (
        "fr",
        "le la les de des et un une du en est que qui dans pour pas au sur ne se ce il plus par avec son sa ou mais nous vous été cette aux elle ont leur ces",
    ),
    (
        "es",
        "el la los las de y que en un una por con para del se no su al lo como más pero sus le ha este sí porque esta entre cuando muy sin sobre también hasta hay donde",
    ),
    (
        "it",
        "il la le lo gli di e che un una per in con del della non si è da al dei nel sono anche più alla come ma dal delle degli ha ed questo questa nella",
    ),
    (
        "pt",
        "o a os as de e que do da em um uma para com não por no na se mais dos das como mas ao foi ele são pela pelo seu sua ou quando muito nos já também só ao à",
    ),
    (
        "nl",
        "de het een en van in is dat op te zijn met voor niet die er aan om ook als maar bij uit nog naar dan wordt door over heeft hij zij deze wat worden hebben kan tot",
    ),
    (
        "da",
        "og i at det er en til på af for med de den der ikke som et har var fra om men vi han jeg hun kan skal blev ved også eller efter over mod",
    ),
    (
        "no",
        "og i det er en til på av for med de den som ikke et har var fra om men vi han jeg hun kan skal ble ved også eller etter over mot å",
    ),
    (
        "sv",
        "och i att det är en till på av för med de den som inte ett har var från om men vi han jag hon kan ska blev vid också eller efter över mot sig så",
    ),
    (
        "fi",
        "ja on ei se että oli hän mutta ovat ole kun myös joka niin kuin sen jos tai hänen mitä nyt vain olla jo sekä ollut joka ovat mukaan",
    ),
    (
        "pl",
        "i w na z do nie się że jest to o jak po co ale od za przez dla są tym tego przy który która które być był oraz jego już ich może czy tylko też",
    ),
    (
        "cs",
        "a v na se je že s z do to o i k jako pro za by ale po jsou od které který která byl podle až jeho jen také nebo ve při jsem bylo kde",
    ),
    (
        "hu",
        "a az és hogy nem is egy van ez meg de csak már vagy mint volt ki azt el még ha lesz után majd amely nagyon pedig között illetve szerint",
    ),
    (
        "ro",
        "și de în la cu a pe din nu o un care că mai este pentru sunt ce să au fost prin sau după dar ale lui ca între fi această acest",
    ),
    (
        "tr",
        "ve bir bu da de için ile çok olarak daha gibi olan kadar sonra en var ise ne o ya ama her ancak değil tarafından göre yeni olduğu",
    ),
    (
        "id",
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena ada mereka oleh telah atau adalah sebagai bisa kami dia",
    ),
    (
        "vi",
        "và của là có được cho không trong một các người những với đã để này khi đến cũng ra về từ như nhưng vào tại",
    ),
];

/// For each function word the languages it is of.
static LANGUAGES_OF: LazyLock<HashMap<Word, Languages, FixedState>> = LazyLock::new(|| {
    let mut of: HashMap<Word, Languages, FixedState> = HashMap::default();
    for (code, words) in FUNCTION_WORDS {
        for word in words.split(' ') {
            let known = of.entry(word_of(word.as_bytes())).or_default();
            *known = known.and(Languages::of_code(code));
        }
    }
    of
});

/// The longest function word has thirteen bytes.
const LONGEST_WORD: usize = 14;

/// A word's bytes, the first one lowest, with zeros after them.
type Word = u128;

/// Of the word that has so many bytes, and with which these begin.
fn word_of(bytes: &[u8]) -> Word {
    let mut word = [0; 16];
    word[..bytes.len()].copy_from_slice(bytes);
    Word::from_le_bytes(word)
}

/// The word in lower case if its letters are those of ASCII and of U+00C0 to U+00FF alone.
fn western_word(word: &[u8]) -> Option<Word> {
    let mut lower = [0; LONGEST_WORD];
    let mut rest = word;
    loop {
        let at = word.len() - rest.len();
        rest = match rest {
            [] => return Some(word_of(&lower[..at])),
            [0xC3, second @ 0x80..=0xBF, rest @ ..] if !matches!(second, 0x97 | 0xB7) => {
                lower[at] = 0xC3;
                lower[at + 1] = if *second < 0x9F { second | 0x20 } else { *second };
                rest
            }
            [letter, rest @ ..] if letter.is_ascii() => {
                lower[at] = letter.to_ascii_lowercase();
                rest
            }
            _ => return None,
        };
    }
}

impl Languages {
    /// The language of that code; none where it is not one that is told.
    pub(crate) fn of_code(code: &str) -> Languages {
        let index = FUNCTION_WORDS.iter().position(|(known, _)| *known == code);
        Languages(index.map_or(0, |index| 1 << index))
    }

    /// The languages of these codes.
    pub(crate) fn of_codes(codes: &[String]) -> Languages {
        codes.iter().map(|code| Languages::of_code(code)).fold(Languages::default(), Languages::and)
    }

    /// As a number, which [`of_bits`](Self::of_bits) reads.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    pub(crate) fn of_bits(bits: u32) -> Languages {
        Languages(bits)
    }

    /// These and those.
    fn and(self, other: Languages) -> Languages {
        Languages(self.0 | other.0)
    }

    /// Whether it is none at all.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether they have one in common.
    pub(crate) fn meets(self, other: Languages) -> bool {
        self.0 & other.0 != 0
    }

    fn indices(self) -> impl Iterator<Item = usize> {
        let rests = std::iter::successors(Some(self.0), |rest| rest.checked_sub(1).map(|less| rest & less));
        rests.take_while(|rest| *rest != 0).map(|rest| rest.trailing_zeros() as usize)
    }
}

/// Counts function words, language by language. Takes some 20 nanoseconds a word.
#[derive(Clone, Default, Debug)]
pub(crate) struct LanguageCount([u32; FUNCTION_WORDS.len()]);

impl LanguageCount {
    /// Counts the words of a text.
    pub(crate) fn add(&mut self, text: &[u8]) {
        let mut word_start = None;
        let mut in_word = 0;
        for at in (0..text.len()).step_by(MASKED) {
            let letters = letters(&text[at..]);
            // Words begin and end in turn.
            let mut edges = letters ^ (letters << 1 | in_word);
            in_word = letters >> (MASKED - 1);
            while edges != 0 {
                let edge = at + edges.trailing_zeros() as usize;
                edges &= edges - 1;
                match word_start.take() {
                    None => word_start = Some(edge),
                    Some(start) => self.add_letters(text, start..edge),
                }
            }
        }
        if let Some(start) = word_start {
            self.add_letters(text, start..text.len());
        }
    }

    /// Counts what is not parted by signs of ASCII.
    fn add_letters(&mut self, text: &[u8], span: Range<usize>) {
        const EACH: Word = Word::MAX / 0xFF;
        let len = span.len();
        let word = match text[span.start..].first_chunk() {
            _ if len > LONGEST_WORD => None,
            Some(bytes) => Some(Word::from_le_bytes(*bytes) & (Word::MAX >> (8 * (16 - len)))),
            None => Some(word_of(&text[span.clone()])),
        };
        match word {
            Some(word) if word & (EACH << 7) == 0 => {
                self.add_word(word | (EACH << 5) & (Word::MAX >> (8 * (16 - len))));
            }
            None if text[span.clone()].is_ascii() => {}
            _ => self.add_beyond_ascii(&text[span]),
        }
    }

    /// Such as may be parted by other signs.
    fn add_beyond_ascii(&mut self, text: &[u8]) {
        // Cyrillic letters, ideographs, kana and Hangul are in no function word, nor is what they become in lower case.
        if text.iter().all(|byte| matches!(byte, 0x80..=0xBF | 0xD0..=0xD3 | 0xE3..=0xED)) {
            return;
        }
        if text.len() <= LONGEST_WORD
            && let Some(word) = western_word(text)
        {
            return self.add_word(word);
        }
        let text = String::from_utf8_lossy(text);
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            // In lower case a word may have a byte more or less.
            let lower = word.to_lowercase();
            if word.len() <= LONGEST_WORD && lower.len() <= LONGEST_WORD {
                self.add_word(word_of(lower.as_bytes()));
            }
        }
    }

    fn add_word(&mut self, word: Word) {
        let Some(languages) = LANGUAGES_OF.get(&word) else { return };
        let share = WHOLE / languages.0.count_ones();
        languages.indices().for_each(|index| self.0[index] += share);
    }

    /// The languages of the texts so far; nothing while it is not sure.
    pub(crate) fn languages(&self) -> Option<Languages> {
        // Sisters share most of their words, so all are counted together.
        if self.0.iter().sum::<u32>() < FEWEST_WORDS * WHOLE {
            return None;
        }
        let most = self.0.iter().copied().max().unwrap_or_default();
        let spoken = |&(_, &count): &(usize, &u32)| count * WORDS_PER_WORD >= most;
        let bits = self.0.iter().enumerate().filter(spoken).fold(0, |bits, (index, _)| bits | 1 << index);
        Some(Languages(bits))
    }
}

/// A mask of the bytes with which a text begins that belong to letters, or to what is beyond ASCII.
fn letters(text: &[u8]) -> u64 {
    let mut padded = [0; MASKED];
    let block = text.first_chunk().unwrap_or_else(|| {
        padded[..text.len()].copy_from_slice(text);
        &padded
    });
    // Bytes beyond ASCII have the upper bit themselves.
    mask(block, |bytes| {
        let lower = bytes | i8x16::splat(0x20);
        above(lower, b'a' - 1) & !above(lower, b'z') | bytes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(text: &str) -> Option<Languages> {
        let mut count = LanguageCount::default();
        count.add(text.as_bytes());
        count.languages()
    }

    #[test]
    fn a_text_is_of_the_language_of_its_function_words() {
        for (code, text) in [
            (
                "en",
                "The miller went to the river and looked at the wheel. It was not the wheel that had been made by his father, but it was as good as that one, and he was glad of it.",
            ),
            (
                "de",
                "Der Müller ging an den Fluss und sah sich das Rad an. Es war nicht das Rad, das sein Vater gebaut hatte, aber es war so gut wie dieses, und er war froh, dass es sich noch drehte.",
            ),
            (
                "fr",
                "Le meunier est allé à la rivière et il a regardé la roue. Ce n'est pas la roue que son père avait faite, mais elle est aussi bonne, et il en est content pour les gens du village.",
            ),
            (
                "da",
                "Mølleren gik ned til åen og så på hjulet. Det var ikke det hjul, som hans far havde lavet, men det var lige så godt, og han var glad for det, da han gik hjem til de andre.",
            ),
            (
                "cs",
                "Mlynář šel k řece a podíval se na kolo. Nebylo to kolo, které udělal jeho otec, ale bylo stejně dobré, a tak se vrátil do mlýna, kde už na něj čekali, a řekl jim, že je to v pořádku.",
            ),
        ] {
            let found = languages(text).unwrap_or_else(|| panic!("{code} is told"));
            assert!(found.meets(Languages::of_code(code)), "{code}: {found:?}");
            let others = FUNCTION_WORDS.iter().filter(|(other, _)| *other != code);
            // Danish and Norwegian have most of their small words in common.
            let sister = |other: &str| code == "da" && matches!(other, "no" | "sv");
            for (other, _) in others.filter(|(other, _)| !sister(other)) {
                assert!(!found.meets(Languages::of_code(other)), "{code} is not {other}");
            }
        }
    }

    #[test]
    fn few_words_and_other_scripts_are_not_sure() {
        for text in
            ["", "Home Menu Cookie", "The mill.", "Мельник пошёл к реке и посмотрел на колесо, и оно было не то."]
        {
            assert_eq!(languages(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_in_two_languages_is_of_both() {
        let text = "The wheel of the mill is in the river, and that is how it was. \
                    Das Rad der Mühle ist in dem Fluss, und so war es auch, als die Leute noch mit dem Korn zu ihr kamen.";
        let found = languages(text).unwrap();
        assert!(found.meets(Languages::of_code("en")) && found.meets(Languages::of_code("de")));
    }
}
