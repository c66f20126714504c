//! The page: its parts, with the data as JSON between them.

use data_encoding::BASE64;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::data::ReportData;

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");

/// The script, in the order in which its parts are put together.
const SCRIPTS: [&str; 7] = [
    include_str!("page/text.js"),
    include_str!("page/elements.js"),
    include_str!("page/table.js"),
    include_str!("page/overview.js"),
    include_str!("page/rules.js"),
    include_str!("page/sites.js"),
    include_str!("page/page.js"),
];

/// The report as one HTML page, complete in itself: it fetches nothing, and runs no script but its own.
///
/// Takes memory for the page and once more for its data.
pub fn html(data: &ReportData) -> String {
    page(PAGE, STYLE, &SCRIPTS, data)
}

/// A page of its template, style and scripts, with the data in it: complete in itself, it runs no script but its own.
pub(in crate::report) fn page(template: &str, style: &str, scripts: &[&str], data: &impl Serialize) -> String {
    let style = unix_lines(style);
    let scripts: Vec<String> = scripts.iter().map(|script| unix_lines(script)).collect();
    let script = format!("(() => {{\n\"use strict\";\n\n{}}})();\n", scripts.join("\n"));
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        source_hash(&script),
        source_hash(&style),
    );
    let parts = [("policy", policy), ("style", style), ("data", script_json(data)), ("script", script)];
    fill(&unix_lines(template), &parts)
}

/// A browser reads every line end as a line feed before it computes a hash.
fn unix_lines(source: &str) -> String {
    source.replace("\r\n", "\n")
}

/// The template with each `{{name}}` replaced. What was put in is not looked at again, so that no text
/// of a corpus is taken for a name.
fn fill(template: &str, parts: &[(&str, String)]) -> String {
    let mut page = String::with_capacity(template.len() + parts.iter().map(|(_, part)| part.len()).sum::<usize>());
    let mut pieces = template.split("{{");
    page.extend(pieces.next());
    for piece in pieces {
        let named = piece.split_once("}}").and_then(|(name, rest)| {
            parts.iter().find(|(known, _)| *known == name).map(|(_, part)| (part.as_str(), rest))
        });
        let (part, rest) = named.unwrap_or(("{{", piece));
        page.push_str(part);
        page.push_str(rest);
    }
    page
}

/// The data as JSON that cannot end the script element it stands in, or begin another.
fn script_json(data: &impl Serialize) -> String {
    // Numbers, strings, lists and maps of string keys always serialise.
    let json = serde_json::to_string(data).expect("figures serialise");
    let mut escaped = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// How a policy names a script or style: `sha256-` and the hash in base 64.
fn source_hash(source: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(source.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::{fill, html, source_hash};
    use crate::Markup;
    use crate::report::html::{Collector, DocumentSeen, RemovedSpan, ReportData, RuleInfo};

    const ATTACK: &str = "</script><script>alert(1)</script><!--<script>&lt;\u{2028}\u{2029}{{script}}";

    fn data_of(page: &str) -> &str {
        let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
        rest.split_once("</script>").unwrap().0
    }

    #[test]
    fn a_policy_names_what_it_allows_by_hash() {
        // The hash of the empty string, as the W3C's own examples have it, and one that ends in no sign.
        assert_eq!(source_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(source_hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn parts_are_put_in_once() {
        let parts = [("a", "{{b}}".to_owned()), ("b", "B".to_owned())];
        assert_eq!(fill("x {{a}} {{b}} {{c}} {{", &parts), "x {{b}} B {{c}} {{");
    }

    #[test]
    fn text_of_a_corpus_stays_inside_its_element() {
        let info = RuleInfo { id: ATTACK.into(), kind: Some(ATTACK.into()), pack: ATTACK.into(), place: ATTACK.into() };
        let mut collector = Collector::new(vec![info.clone(), info]);
        let text = ATTACK.as_bytes();
        let document = DocumentSeen {
            input: ATTACK,
            number: 1,
            url: Some(ATTACK),
            site: Some(ATTACK),
            markup: Markup::Auto,
            text,
        };
        collector.add(&document, &[RemovedSpan { start: 3, end: 20, rule_index: 0 }]);
        let mut data = collector.finish();
        data.inputs = vec![ATTACK.into()];
        data.program = ATTACK.into();
        let page = html(&data);
        let json = data_of(&page);
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        assert_eq!(page.matches("<script").count(), html(&ReportData::default()).matches("<script").count());
        let read: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(read, serde_json::to_value(&data).unwrap());
        assert_eq!(read["rules"][0]["id"], ATTACK);
    }

    #[test]
    fn the_page_is_complete_in_itself() {
        let page = html(&ReportData::default());
        assert!(!page.contains("{{"), "a part of the template was not filled in");
        for source in [" src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
            assert!(!page.contains(source), "{source}");
        }
        assert_eq!(page.matches("default-src 'none'").count(), 1);
    }
}
