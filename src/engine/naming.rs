//! Which rule is named where several match one line.

use crate::pack::RuleId;
use crate::text::Languages;

use super::compiled::Engine;
use super::fit::Fit;

impl Engine {
    /// How well the rule's pack fits a document in these languages, if they are known.
    pub(crate) fn fit(&self, rule: RuleId, languages: Option<Languages>) -> Fit {
        self.natures[self.traits(rule).pack()].fit(languages)
    }

    /// The rule that is named where all of these match: the one whose pack fits the document best; of several, the first
    /// by the packs' names and in its file. The rules are all strong or all weak: a strong one is named before a weak one.
    /// The document's languages are asked for only where they decide.
    pub(crate) fn named(
        &self,
        rules: impl Iterator<Item = RuleId> + Clone,
        languages: impl FnOnce() -> Option<Languages>,
    ) -> Option<RuleId> {
        let best = |languages| rules.clone().min_by_key(|&rule| (self.fit(rule, languages), rule));
        let first = best(None)?;
        let pack = self.traits(first).pack();
        let is_decided =
            self.fit(first, None) <= Fit::AnyLanguage || rules.clone().all(|rule| self.traits(rule).pack() == pack);
        if is_decided { Some(first) } else { best(languages()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Pack, PackSet};

    #[test]
    fn the_pack_that_fits_the_document_best_is_named() {
        let pack = |name: &str, header: &str| {
            let rule = "[[rule]]\nid = \"a\"\nkind = \"share\"\nis = [\"Share\"]\n";
            Pack::parse(name, name, &format!("[pack]\ntitle = \"T\"\n{header}\n{rule}")).unwrap()
        };
        let mut set = PackSet::empty();
        set.extend([
            pack("z.example", "sites = [\"z.example\"]"),
            pack("family", "signature = [\"Powered by the mill\"]"),
            pack("any", "languages = [\"any\"]"),
            pack("cs", "languages = [\"cs\"]"),
            pack("de", "languages = [\"de\"]"),
            pack("en", "languages = [\"en\"]"),
            pack("fr", "languages = [\"fr\"]"),
        ]);
        let engine = Engine::new(&set, &|_| true);
        let named = |packs: &[&str], language: Option<&str>| {
            let rules = (0..).zip(engine.rules()).filter(|(_, rule)| packs.contains(&rule.pack()));
            let rules: Vec<RuleId> = rules.map(|(index, _)| RuleId::new(index)).collect();
            let named = engine.named(rules.into_iter(), || language.map(Languages::of_code)).unwrap();
            engine.rule(named).pack().to_owned()
        };
        let all = ["z.example", "family", "any", "cs", "de", "en", "fr"];
        assert_eq!(named(&all, Some("de")), "z.example");
        assert_eq!(named(&all[1..], Some("de")), "family");
        assert_eq!(named(&all[2..], Some("de")), "any");
        assert_eq!(named(&all[3..], Some("de")), "de");
        assert_eq!(named(&all[3..], Some("fr")), "fr");
        assert_eq!(named(&all[3..], Some("it")), "en");
        assert_eq!(named(&all[3..], None), "en");
        assert_eq!(named(&["cs", "fr"], None), "cs");
    }
}
