//! The promises on Markdown: what a removal leaves is Markdown as it was, less what went.

use dechrome::{Cleaner, Document, Markup};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::documents::{self, BUILT_IN_CLEANER, HOSTILE_CLEANER};
use crate::doors::CHUNKS;
use crate::promises;

/// The characters that a reader sees, by another parser's reading, white space apart.
fn seen(text: &str) -> Vec<char> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut seen = String::new();
    let mut images = 0;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            Event::Text(text) | Event::Code(text) if images == 0 => seen.push_str(&text),
            _ => {}
        }
    }
    seen.chars().filter(|c| !c.is_whitespace()).collect()
}

fn cleaned(cleaner: &Cleaner, text: &str) -> String {
    let document = Document::new(text).with_markup(Markup::Markdown).with_site("site.example");
    cleaner.clean(&document).to_str().unwrap().to_owned()
}

/// How many of the characters come in the others, in their order, until one does not.
fn found_in(chars: &[char], others: &[char]) -> usize {
    let mut others = others.iter();
    chars.iter().take_while(|c| others.any(|other| other == *c)).count()
}

fn leaves_markdown_whole(cleaner: &Cleaner, text: &str) {
    let left = cleaned(cleaner, text);
    let after = seen(&left);
    let whole = found_in(&after, &seen(text));
    if whole < after.len() {
        let first: String = after[..whole].iter().collect();
        panic!("in\n{text}\n--- nothing was seen of what follows {first:?} in what is left:\n{left}\n---");
    }
}

fn a_second_time_changes_nothing(cleaner: &Cleaner, text: &str) {
    let once = cleaned(cleaner, text);
    assert_eq!(once, cleaned(cleaner, &once), "of {text:?}");
}

proptest! {
    #![proptest_config(promises::cases(1024))]

    #[test]
    fn what_is_left_of_markdown_is_seen_as_before(text in documents::markdown()) {
        leaves_markdown_whole(&HOSTILE_CLEANER, &text);
    }

    #[test]
    fn cleaning_markdown_twice_changes_nothing(text in documents::markdown()) {
        a_second_time_changes_nothing(&HOSTILE_CLEANER, &text);
    }

    #[test]
    fn markdown_is_left_less_its_removals(text in documents::markdown(), site in documents::site()) {
        promises::output_is_input_without_removals(&HOSTILE_CLEANER, text.as_bytes(), site);
    }
}

/// Marks in any order, most of which close nothing, and bytes that are not UTF-8.
fn marks() -> impl Strategy<Value = Vec<u8>> {
    const MARKS: &[&[u8]] = &[
        b"[",
        b"]",
        b"(",
        b")",
        b"![",
        b"](",
        b"*",
        b"__",
        b"`",
        b"```\n",
        b"\n",
        b"\n\n",
        b"|",
        b"| --- |\n",
        b"---\n",
        b"# ",
        b"* ",
        b"    ",
        b"> ",
        b"&amp;",
        b"<",
        b">",
        b"<!--",
        b"-->",
        b"$$\n",
        b"\\",
        b"[1]: /a\n",
        b"[x][1]",
        b"a",
        b"Alpha\n",
        b"Home\n",
        b"(ad)",
        b"\xff",
        b"\xe2\x80",
        b"\t",
        b"\r\n",
        b"~~",
        b"[1]a",
        b"===\n",
    ];
    prop::collection::vec(prop::sample::select(MARKS), 0..80).prop_map(|marks| marks.concat())
}

proptest! {
    #![proptest_config(promises::cases(2048))]

    #[test]
    fn marks_in_any_order_are_left_less_their_removals(text in marks()) {
        let document = Document::new(&text).with_markup(Markup::Markdown);
        let cleaned = HOSTILE_CLEANER.clean(&document);
        let left = promises::without(&text, cleaned.removals());
        prop_assert_eq!(left.escape_ascii().to_string(), cleaned.text().escape_ascii().to_string());
        let explanation = HOSTILE_CLEANER.explain(&document);
        prop_assert_eq!(explanation.removals(), cleaned.removals());
    }
}

proptest! {
    #![proptest_config(promises::cases(256))]

    #[test]
    fn markdown_is_the_same_through_every_door(
        text in documents::markdown(),
        site in documents::site(),
        chunk in prop::sample::select(&CHUNKS[..]),
    ) {
        promises::every_door_leaves_the_same(&HOSTILE_CLEANER, text.as_bytes(), site, chunk);
    }

    #[test]
    fn built_in_packs_leave_markdown_whole(text in documents::built_in_markdown()) {
        leaves_markdown_whole(&BUILT_IN_CLEANER, &text);
        a_second_time_changes_nothing(&BUILT_IN_CLEANER, &text);
    }
}
