//! Strong patterns with which sentences of ordinary and of legal texts begin.

use super::shown::{fixed_chars, lossy, shown};
use super::words::{CLAUSE_HEADS, OPEN_WORDS, ORDINARY_WORDS};
use crate::pack::{Anchor, Pack, Pattern, Rule, Scope, TemplatePart};

/// A head with no more room than this after it takes no sentence, in characters.
const NO_ROOM: usize = 20;

/// What to do about a pattern that says too little of a line to take it alone. Asked of rules of lines.
///
/// Packs that a site or a signature activates are let off: there the line is known to be the site's own.
pub(super) fn warning(pack: &Pack, rule: &Rule, pattern: &Pattern) -> Option<String> {
    let is_known = rule.notes.evidence.is_some() || rule.first.is_some() || rule.last.is_some();
    if pack.scope() != Scope::Generic || rule.is_weak() || is_known || pattern.exact.is_some() {
        return None;
    }
    let is_english = speaks(pack, "en");
    match pattern.anchor {
        Anchor::StartsWith if has_room(pattern) => open(pack, pattern)
            .or_else(|| is_english.then(|| ordinary(pattern)).flatten())
            .or_else(|| is_english.then(|| clause(pattern)).flatten()),
        Anchor::StartsWith | Anchor::Is if is_english => clause(pattern),
        _ => None,
    }
}

fn speaks(pack: &Pack, language: &str) -> bool {
    pack.languages().iter().any(|own| own == language)
}

fn has_room(pattern: &Pattern) -> bool {
    pattern.max_chars.is_none_or(|most| most as usize >= fixed_chars(pattern) + NO_ROOM)
}

/// A head that stops in the middle of a phrase, so that any sentence may go on from it.
fn open(pack: &Pack, pattern: &Pattern) -> Option<String> {
    let Some(TemplatePart::Literal(end)) = pattern.template.parts().last() else { return None };
    let end = lossy(end);
    let word = end.rsplit(' ').next()?;
    let goes_on = |(language, words): &(&str, &str)| speaks(pack, language) && holds(words, word);
    OPEN_WORDS.iter().any(goes_on).then(|| {
        format!(
            "`starts-with` \"{}\" ends in \"{word}\", and any sentence may go on from it; write the word that makes it chrome, \
             or make the rule weak",
            shown(pattern)
        )
    })
}

/// A head without a word that tells it from the rest of the world.
fn ordinary(pattern: &Pattern) -> Option<String> {
    let fixed = lossy(pattern.template.fixed_text()?);
    let mut words = fixed.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let says_nothing = words.all(|word| word.is_empty() || holds(ORDINARY_WORDS, word));
    says_nothing.then(|| {
        format!(
            "`starts-with` \"{}\" has no word that is rare in ordinary text; write the word that makes it chrome, or make the \
             rule weak",
            shown(pattern)
        )
    })
}

/// One sentence, or its head, of terms of use or of a privacy policy. A second sentence tells a notice from them.
fn clause(pattern: &Pattern) -> Option<String> {
    let mut literals = pattern.template.parts().filter_map(TemplatePart::literal);
    let text = lossy(literals.next()?);
    // What stands between placeholders closes it; a mere sign does not.
    let is_closed = literals.any(|more| lossy(more).chars().any(char::is_alphabetic));
    let begins = |head: &&str| text.strip_prefix(*head).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if is_closed || text.contains(". ") || !CLAUSE_HEADS.iter().any(begins) {
        return None;
    }
    Some(format!(
        "\"{}\" is how clauses of terms of use and of privacy policies begin; write what only a notice says, or make the rule \
         weak",
        shown(pattern)
    ))
}

fn holds(words: &str, word: &str) -> bool {
    words.split(' ').any(|own| own == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a rule with that line in a pack with that header.
    fn said_of(header: &str, rule: &str) -> Vec<String> {
        let text = format!("[pack]\ntitle = \"T\"\n{header}\n[[rule]]\nid = \"a\"\nkind = \"ad\"\n{rule}\n");
        let pack = Pack::parse("t", "t.toml", &text).unwrap();
        let rule = &pack.rules()[0];
        rule.patterns().filter_map(|pattern| warning(&pack, rule, pattern)).collect()
    }

    const ENGLISH: &str = "languages = [\"en\"]";

    #[track_caller]
    fn warned(rule: &str, with: &str) {
        let said = said_of(ENGLISH, rule);
        assert!(said.len() == 1 && said[0].contains(with), "{rule}: {said:?}");
    }

    #[track_caller]
    fn let_pass(header: &str, rule: &str) {
        assert_eq!(said_of(header, rule), [""; 0], "{rule}");
    }

    #[test]
    fn a_head_that_ends_in_the_middle_of_a_phrase_is_told() {
        warned("starts-with = [\"You need to login to\"]", "ends in \"to\"");
        warned("starts-with = [\"Subscribe to our\"]\nmax-chars = 200", "ends in \"our\"");
        let_pass(ENGLISH, "starts-with = [\"You need to login to comment\"]");
        let_pass(ENGLISH, "starts-with = [\"Subscribe to our\"]\nmax-chars = 30");
    }

    #[test]
    fn a_head_of_ordinary_words_is_told() {
        warned("starts-with = [\"To continue reading\"]", "no word that is rare");
        warned("starts-with = [\"Watch this:\"]", "no word that is rare");
        warned("starts-with = [\"Your donation helps\"]", "no word that is rare");
        let_pass(ENGLISH, "starts-with = [\"Your donation helps our newsroom\"]");
        let_pass(ENGLISH, "is = [\"To continue reading\"]");
    }

    #[test]
    fn clauses_of_terms_of_use_are_warned_of_and_calls_are_not() {
        warned("starts-with = [\"By signing up, you agree to the rules\"]", "clauses");
        warned("is = [\"You can unsubscribe at any time.\"]", "clauses");
        warned("is = [\"We may earn {any}\"]", "clauses");
        let_pass(ENGLISH, "starts-with = [\"By clicking Accept, you agree to the rules\"]");
        let_pass(ENGLISH, "starts-with = [\"We use cookies. Click Accept\"]");
        let_pass(ENGLISH, "is = [\"We independently select {any} commission{any}\"]");
        let_pass(ENGLISH, "is = [\"We mayhap meet\"]");
    }

    #[test]
    fn weak_rules_edges_sites_and_families_are_let_off() {
        let open = "starts-with = [\"You need to login to\"]";
        let_pass(ENGLISH, &format!("weak = true\n{open}"));
        let_pass(ENGLISH, &format!("last = 9\n{open}"));
        let_pass(ENGLISH, &format!("case = \"exact\"\n{open}"));
        let_pass(&format!("{ENGLISH}\nsites = [\"a.example\"]"), open);
        let_pass(&format!("{ENGLISH}\nsignature = [\"Powered by Example Pages\"]"), open);
        let_pass("languages = [\"fi\"]", open);
    }
}
