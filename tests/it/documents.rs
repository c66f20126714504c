//! Generated documents: lines of packs' phrases and prose, with all that pages do to them.

use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

use dechrome::{CleanOptions, Cleaner, PackSet};
use proptest::prelude::*;
use proptest::sample::select;

use crate::doors;

/// The packs of `tests/promises`, by name.
pub(crate) const HOSTILE: [(&str, &str); 3] = [
    ("hostile", include_str!("../promises/hostile.toml")),
    ("site.example", include_str!("../promises/site.toml")),
    ("families/fam", include_str!("../promises/family.toml")),
];

/// A cleaner of the hostile packs.
pub(crate) static HOSTILE_CLEANER: LazyLock<Cleaner> =
    LazyLock::new(|| doors::cleaner(HOSTILE, &CleanOptions::default()));

/// A cleaner of the built-in packs.
pub(crate) static BUILT_IN_CLEANER: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::new(&PackSet::built_in(), &CleanOptions::default()).unwrap());

/// Every text that the built-in packs look for, placeholders filled in.
static BUILT_IN_PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let packs = PackSet::built_in();
    packs.packs().iter().flat_map(|pack| phrases_in(&pack.source().parse().unwrap())).collect()
});

const HOSTILE_PHRASES: &[&str] = &[
    "Alpha",
    "12 alphas",
    "Close A now",
    "Beta on site",
    "Beta on",
    "Beta",
    "and so gamma",
    "see the delta",
    "a teaser",
    "a teaser in a line that is longer",
    "Home",
    "News",
    "Sport",
    "Shop",
    "Alpha kept",
    "12",
    "3 Mar 2021",
    "Read on",
    "icon caret down",
    "iconcaret downicon",
    "home news icon",
    "share icon",
    "Top",
    "Alpha beta",
    "Bottom",
    "Nav",
    "LOUD",
    "Loud",
    "Open A",
    "Close A",
    "Open B",
    "Close C",
    "Open D",
    "12 replies",
    "(ad)",
    "cut 7 me",
    "Follow",
    "NOW",
    "now",
    "the share",
    "Keep",
    "no share",
    "Site sign",
    "Site line",
    "site cut",
    "Site sign here",
    "Fam sign",
    "Fam line",
    "Fam end",
    "Fam kept",
    "Read fam",
    "Al(ad)pha",
    "Fol(ad)low",
    "Home | News | Sport | x | y | z",
    "Home · Shop · Alpha · 12 · Nav · Fam line",
    "Lower village",
    "Upper village",
];

const PROSE: &[&str] = &[
    "The mill stood empty.",
    "It was sold in the spring, and nobody in the lower village knew to whom.",
    "Мельница стояла пустой, и никто не знал почему.",
    "水車小屋は空だった。",
    "“Who,” she asked, “would buy a mill?” — Nobody knew…",
    "short words",
    "x",
];

/// A document's bytes, which failures show as text.
#[derive(Clone)]
pub(crate) struct Page(Vec<u8>);

impl Deref for Page {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Page {
    fn from(text: &str) -> Page {
        Page(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Documents in which the hostile packs find much.
pub(crate) fn hostile() -> impl Strategy<Value = Page> {
    document(prop_oneof![
        6 => select(HOSTILE_PHRASES).prop_map(str::to_owned),
        2 => select(PROSE).prop_map(str::to_owned),
        1 => (select(HOSTILE_PHRASES), select(&[" ", " | ", "  ", "", " - "][..]), select(HOSTILE_PHRASES))
            .prop_map(|(first, between, second)| [first, between, second].concat()),
    ])
}

/// Documents in which the built-in packs find much.
pub(crate) fn built_in() -> impl Strategy<Value = Page> {
    document(prop_oneof![
        4 => select(BUILT_IN_PHRASES.as_slice()),
        2 => select(PROSE).prop_map(str::to_owned),
        1 => (select(BUILT_IN_PHRASES.as_slice()), select(PROSE)).prop_map(|(phrase, prose)| format!("{phrase} {prose}")),
    ])
}

/// Markdown in which the hostile packs find much.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
    markdown_of(
        prop_oneof![3 => select(HOSTILE_PHRASES).prop_map(str::to_owned), 1 => select(PROSE).prop_map(str::to_owned)],
    )
}

/// Markdown in which the built-in packs find much.
pub(crate) fn built_in_markdown() -> impl Strategy<Value = String> {
    markdown_of(prop_oneof![2 => select(BUILT_IN_PHRASES.as_slice()), 1 => select(PROSE).prop_map(str::to_owned)])
}

/// Items of lists; `{}` is a text. They may follow one another without a blank line.
const MARKDOWN_ITEMS: &[&str] = &[
    "* [{}](/a)",
    "* [{}](/a \"A title\")",
    "- {}",
    "1. [{}](https://else.example/a_(b))",
    "* [{}](<a b>)\n  * [{}](/a)",
    "* {}\n    * [{}](/a)\n        * {}",
    "* [x] {}",
];

/// Blocks, which blank lines part, as converters write them.
const MARKDOWN_BLOCKS: &[&str] = &[
    "{}",
    "{}\n{}",
    "[{}](/a)",
    "[{}](/a)\n[{}](#a)",
    "[{}](/a) and more",
    "**[{}](/a)**",
    "*{}* and **more**",
    "## {}",
    "### [{}](#a)",
    "> {}",
    "> * [{}](/a)",
    "| [{}](/a) | {} |\n| --- | --- |\n| {} | b |",
    "|  |\n| --- |\n| {} |",
    "{}\n===",
    "[\n![](/a.png)\n{}\n](/a)",
    "![{}](/a.png)",
    "[![{}](/a.png)](/a)",
    "```\n{}\n```",
    "---",
    "[{}][1]",
    "[1]: /a",
    "`{}`",
    "{} &amp; \\* more",
    "<div>\n\n{}\n\n</div>",
];

/// Markdown around such texts.
fn markdown_of(text: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = String> {
    // What is no mark in a text may be one in Markdown.
    const MARKS: [char; 15] = ['*', '_', '[', ']', '<', '>', '`', '#', '|', '&', '~', '\\', '!', '$', '='];
    let texts = prop::collection::vec(text.prop_map(|text| text.replace(MARKS, "").trim().to_owned()), 3);
    let item = (select(MARKDOWN_ITEMS), select(&["\n", "\n", "\n\n"][..]));
    let block = (select(MARKDOWN_BLOCKS), Just("\n\n"));
    let part = (prop_oneof![1 => item, 2 => block], texts).prop_map(|((form, end), texts)| {
        texts.iter().fold(form.to_owned(), |form, text| form.replacen("{}", text, 1)) + end
    });
    // A block after an item would go on with it.
    prop::collection::vec(part, 0..14).prop_map(|parts| {
        let is_item = |part: &str| MARKDOWN_ITEMS.iter().any(|item| part.starts_with(&item[..2]));
        let parts = parts.chunk_by(|part, next| is_item(part) == is_item(next)).map(|alike| alike.concat());
        parts.map(|part| part.trim_end().to_owned() + "\n\n").collect()
    })
}

/// The site that a document is said to be from.
pub(crate) fn site() -> impl Strategy<Value = Option<&'static str>> {
    select(&[None, None, Some("site.example"), Some("www.site.example"), Some("rt.com"), Some("else.example")][..])
}

fn document(phrase: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = Page> {
    let line = (phrase, dress(), 1..3usize);
    let lines = prop::collection::vec(line, 0..16);
    (lines, any::<bool>()).prop_map(|(lines, ends_with_line_feed)| {
        let mut text = Vec::new();
        for (phrase, dress, times) in lines {
            // The same line twice, now and then.
            let times = if dress.twice { times } else { 1 };
            (0..times).for_each(|_| dress.put_on(&phrase, &mut text));
        }
        if !ends_with_line_feed {
            text.truncate(text.len().saturating_sub(1));
        }
        Page(text)
    })
}

/// What a page does to a phrase.
#[derive(Clone, Debug)]
struct Dress {
    before: &'static [u8],
    after: &'static [u8],
    end: &'static [u8],
    shouted: bool,
    twice: bool,
}

impl Dress {
    fn put_on(&self, phrase: &str, text: &mut Vec<u8>) {
        text.extend_from_slice(self.before);
        let shouted = self.shouted.then(|| phrase.to_uppercase());
        text.extend_from_slice(shouted.as_deref().unwrap_or(phrase).as_bytes());
        text.extend_from_slice(self.after);
        text.extend_from_slice(self.end);
    }
}

fn dress() -> impl Strategy<Value = Dress> {
    const PLAIN: &[u8] = b"";
    const BEFORE: &[&[u8]] =
        &[b"  ", b"- ", b"| ", "• ".as_bytes(), "\u{a0}".as_bytes(), b"\xff", b"(ad) ", b"\n", "“".as_bytes()];
    const AFTER: &[&[u8]] =
        &[b" ", b":", b".", b"...", " »".as_bytes(), "\u{ad}".as_bytes(), b" \xe2\x80", b" (ad)", b"\t"];
    const END: &[&[u8]] = &[b"\r\n", b"\n\n", b"\r\n\r\n", b"\n \n\n", "\n\u{a0}\u{200b}\n".as_bytes(), b"\r\r\n"];
    let before = prop_oneof![8 => Just(PLAIN), 2 => select(BEFORE)];
    let after = prop_oneof![8 => Just(PLAIN), 2 => select(AFTER)];
    let end = prop_oneof![8 => Just(&b"\n"[..]), 4 => select(END)];
    (before, after, end, prop::bool::weighted(0.1), prop::bool::weighted(0.1))
        .prop_map(|(before, after, end, shouted, twice)| Dress { before, after, end, shouted, twice })
}

/// A rule's texts of these keys, placeholders filled in.
pub(crate) fn texts_of(rule: &toml::Value, keys: &[&str]) -> Vec<String> {
    let texts = keys.iter().filter_map(|key| rule.get(key)?.as_array()).flatten();
    texts.filter_map(|text| Some(filled_in(text.as_str()?))).collect()
}

fn phrases_in(pack: &toml::Table) -> Vec<String> {
    const LINES: &[&str] = &["is", "starts-with", "ends-with", "contains", "cut"];
    let rules = pack.get("rule").and_then(|rules| rules.as_array());
    let of_rule = |rule: &toml::Value| {
        let edges = ["from", "to", "keep"].into_iter().filter_map(|key| rule.get(key));
        let words = texts_of(rule, &["made-of"]).chunks(4).map(|words| words.join(" ")).collect();
        [texts_of(rule, LINES), edges.flat_map(|edge| texts_of(edge, LINES)).collect(), words].concat()
    };
    let signatures = pack.get("pack").map(|header| texts_of(header, &["signature"])).unwrap_or_default();
    rules.into_iter().flatten().flat_map(of_rule).chain(signatures).collect()
}

fn filled_in(pattern: &str) -> String {
    const VALUES: [(&str, &str); 6] = [
        ("{number}", "12"),
        ("{date}", "15 Feb 2021"),
        ("{time}", "13:41"),
        ("{any}", "some words"),
        ("{{", "{"),
        ("}}", "}"),
    ];
    VALUES.iter().fold(pattern.to_owned(), |text, (name, value)| text.replace(name, value))
}
