//! HTML and XML.

use memchr::{memchr, memchr_iter, memmem};

use super::unread_format::{PROBE_BYTES, UnreadFormat};

/// Elements of web pages that a page or a piece of one may begin with.
const ELEMENTS: [&str; 44] = [
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "style",
    "script",
    "base",
    "noscript",
    "header",
    "footer",
    "main",
    "nav",
    "section",
    "article",
    "aside",
    "div",
    "p",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "table",
    "tr",
    "td",
    "img",
    "br",
    "figure",
    "blockquote",
    "pre",
    "font",
];

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["title", "style", "script", "noscript"];

/// What a text is that begins with `<` and has this extension.
pub(super) fn of(text: &[u8], extension: &str, is_whole: bool) -> Option<UnreadFormat> {
    let opening = MarkupOpening::read(&text[..text.len().min(PROBE_BYTES)]);
    match extension {
        "html" | "htm" | "xhtml" | "shtml" => {
            let is_typed = opening.is_html_type && !opening.names.is_empty();
            (is_typed || opening.is_fragment() && memmem::find(text, b"</").is_some()).then_some(UnreadFormat::Html)
        }
        "xml" | "rss" | "atom" => (opening.has_declaration || !opening.names.is_empty()).then_some(UnreadFormat::Xml),
        _ if opening.is_of_page() => is_page(text, &opening, is_whole).then_some(UnreadFormat::Html),
        _ => is_xml(text, &opening, is_whole).then_some(UnreadFormat::Xml),
    }
}

/// Whether a record's text is HTML, a page or a piece of one: it begins and ends with markup.
pub(crate) fn is_html_value(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    if !(text.starts_with(b"<") && text.ends_with(b">")) {
        return false;
    }
    let opening = MarkupOpening::read(&text[..text.len().min(PROBE_BYTES)]);
    let last = text.iter().rposition(|byte| *byte == b'<').map_or(&[][..], |at| &text[at..]);
    (opening.is_of_page() || opening.is_fragment()) && (last.starts_with(b"</") || last.starts_with(b"<br"))
}

/// The markup at a text's beginning, before the first word of the text itself.
#[derive(Default)]
struct MarkupOpening {
    has_declaration: bool,
    is_html_type: bool,
    /// Elements that open, in lower case.
    names: Vec<String>,
}

/// More say nothing new.
const MOST_NAMES: usize = 8;

impl MarkupOpening {
    fn read(text: &[u8]) -> MarkupOpening {
        let mut opening = MarkupOpening::default();
        let mut rest = text.trim_ascii_start();
        while opening.names.len() < MOST_NAMES
            && let Some(after) = opening.next(rest)
        {
            rest = after.trim_ascii_start();
        }
        opening
    }

    /// Notes the next piece of markup, and says what stands after it; nothing if there is none.
    fn next<'t>(&mut self, text: &'t [u8]) -> Option<&'t [u8]> {
        let inside = text.strip_prefix(b"<")?;
        if let Some(comment) = inside.strip_prefix(b"!--") {
            return Some(&comment[memmem::find(comment, b"-->")? + 3..]);
        }
        if let Some(declaration) = inside.strip_prefix(b"?xml ") {
            self.has_declaration = true;
            return Some(&declaration[memmem::find(declaration, b"?>")? + 2..]);
        }
        let len = tag_len(inside)?;
        let after = &inside[len + 1..];
        if matches!(inside.first(), Some(b'!' | b'?' | b'/')) {
            let kind = inside[..len].to_ascii_lowercase();
            let is_type = kind.strip_prefix(b"!doctype").is_some_and(|kind| kind.trim_ascii().starts_with(b"html"));
            self.is_html_type |= is_type;
            return Some(after);
        }
        let name = element(inside)?;
        let end = RAW.contains(&name.as_str()).then(|| format!("</{name}"));
        self.names.push(name);
        match end {
            None => Some(after),
            // Where its end is not seen, there is nothing more to see.
            Some(end) => Some(find_folded(after, end.as_bytes()).map_or(&[], |at| &after[at..])),
        }
    }

    /// Whether it says that this is a page.
    fn is_of_page(&self) -> bool {
        self.is_html_type || self.names.first().is_some_and(|name| name == "html")
    }

    /// Whether it begins with an element that pages have.
    fn is_fragment(&self) -> bool {
        self.names.first().is_some_and(|name| ELEMENTS.contains(&name.as_str()))
    }
}

/// Whether what begins as a page is one, and no text about pages that begins with an example.
fn is_page(text: &[u8], opening: &MarkupOpening, is_whole: bool) -> bool {
    let pieces = usize::from(opening.is_html_type) + opening.names.len();
    match find_folded(text, b"</html") {
        // What stands after the page's end is markup too.
        Some(end) => pieces >= 2 && tag_len(&text[end + 1..]).is_some_and(|len| holds_no_text(&text[end + len + 2..])),
        None => pieces >= 3 && is_dense(text, is_whole),
    }
}

fn holds_no_text(text: &[u8]) -> bool {
    let mut rest = text.trim_ascii_start();
    let mut ignored = MarkupOpening::default();
    while !rest.is_empty() {
        match ignored.next(rest) {
            Some(after) => rest = after.trim_ascii_start(),
            None => return false,
        }
    }
    true
}

/// A page without an end has tags all over: one in each 256 bytes, and ten at least.
fn is_dense(text: &[u8], is_whole: bool) -> bool {
    let probe = &text[..text.len().min(PROBE_BYTES)];
    let is_tag = |at: &usize| probe.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    let tags = memchr_iter(b'<', probe).filter(is_tag).count();
    let least = if is_whole && probe.len() < 4096 { 6 } else { 10 };
    tags >= least && tags * 256 >= probe.len()
}

/// A declaration at the very beginning, an element, and its end at the end.
fn is_xml(text: &[u8], opening: &MarkupOpening, is_whole: bool) -> bool {
    let Some(root) = opening.names.first().filter(|_| opening.has_declaration) else { return false };
    let text = text.trim_ascii_end();
    let last = text.iter().rposition(|byte| *byte == b'<').map_or(&[][..], |at| &text[at..]);
    !is_whole && is_dense(text, false)
        || last.strip_prefix(b"</").is_some_and(|name| element(name).as_ref() == Some(root))
}

/// Bytes of a tag up to its `>`, quotes heeded; nothing if it does not end.
fn tag_len(inside: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (at, &byte) in inside.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The name of the element that a tag opens, in lower case.
fn element(inside: &[u8]) -> Option<String> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.');
    let len = inside.iter().take_while(|byte| is_name(byte)).count();
    let ends = inside.get(len).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    let is_element = ends && inside.first().is_some_and(u8::is_ascii_alphabetic);
    is_element.then(|| String::from_utf8_lossy(&inside[..len]).to_lowercase())
}

/// Where `wanted`, in lower case and beginning with `<`, stands in any case.
fn find_folded(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = memchr(b'<', &text[at..]) {
        at += found;
        if text[at..].len() >= wanted.len() && text[at..at + wanted.len()].eq_ignore_ascii_case(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}
