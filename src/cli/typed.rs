//! Options as they would be typed again.

use clap::ValueEnum;

use crate::cli::args::{FormatArguments, RuleArguments, SiteArguments};
use crate::{Kind, Markup};

/// The beginning of the command that explains a document of what was read with these options.
pub(in crate::cli) fn explain(formats: &FormatArguments, rules: &RuleArguments, sites: &SiteArguments) -> String {
    let mut words = vec!["dechrome".to_owned(), "explain".to_owned()];
    let mut option = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            words.extend([name.to_owned(), quoted(&value)]);
        }
    };
    let format = formats.format.and_then(|format| Some(format.to_possible_value()?.get_name().to_owned()));
    option("--format", format);
    option("--text-field", Some(formats.text_field.clone()).filter(|field| field != "text"));
    option("--url-field", formats.url_field.clone());
    option("--markup", Some(formats.markup.name().to_owned()).filter(|name| name != Markup::Auto.name()));
    // Joined, because it may begin as an option does.
    let separator = formats.document_separator.as_ref().map(|line| format!("--document-separator={line}"));
    for pack in &rules.packs {
        option("--packs", Some(pack.to_string_lossy().into_owned()));
    }
    option("--only", kinds(&rules.only));
    option("--except", kinds(&rules.except));
    option("--disable", Some(rules.disable.join(",")).filter(|names| !names.is_empty()));
    option("--site", sites.site.clone());
    words.extend(separator.map(|separator| quoted(&separator)));
    words.extend(rules.no_builtin.then(|| "--no-builtin".to_owned()));
    words.extend(sites.site_from_path.then(|| "--site-from-path".to_owned()));
    words.join(" ")
}

fn kinds(kinds: &[Kind]) -> Option<String> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    (!names.is_empty()).then(|| names.join(","))
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "@%+=:,./_-".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Arguments, Command};

    #[test]
    fn options_are_typed_as_they_were() {
        let typed = |line: &[&str]| {
            let line = ["dechrome", "report", "corpus", "-o", "x.html"].iter().chain(line);
            match Arguments::parse_from(line).command {
                Command::Report(report) => explain(&report.formats, &report.rules, &report.sites),
                _ => unreachable!("all are reports"),
            }
        };
        assert_eq!(typed(&[]), "dechrome explain");
        let all = "--format jsonl --text-field a.b --packs x --packs 'my packs' --except ad,share \
                   --disable generic/en/pay --site-from-path";
        let words = ["--format", "jsonl", "--text-field", "a.b", "--packs", "x", "--packs", "my packs"];
        let more = ["--except", "ad,share", "--disable", "generic/en/pay", "--site-from-path"];
        assert_eq!(typed(&[&words[..], &more].concat()), format!("dechrome explain {all}"));
        assert_eq!(typed(&["--document-separator", "-- it's"]), r"dechrome explain '--document-separator=-- it'\''s'");
    }
}
