//! The one form in which packs are written, so that their history and merges are readable.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, KeyMut, RawString, Table, Value};

use crate::pack::Pack;

/// The keys of each table, in the order in which they are written.
const KEYS: [&str; 30] = [
    "title",
    "reviewed",
    "languages",
    "sites",
    "include",
    "menu-evidence",
    "replaces",
    "signature",
    "id",
    "kind",
    "why",
    "source",
    "since",
    "until",
    "weak",
    "case",
    "first",
    "last",
    "is",
    "starts-with",
    "ends-with",
    "contains",
    "made-of",
    "cut",
    "keep",
    "from",
    "to",
    "max-chars",
    "max-lines",
    "max-inner-chars",
];

/// The keys whose arrays hold phrases: each has a line of its own, and their order says nothing.
const PHRASES: [&str; 7] = ["is", "starts-with", "ends-with", "contains", "made-of", "cut", "signature"];

/// A line of a pack is no longer than this where it can be broken, in characters.
const LINE_CHARS: usize = 120;

impl Pack {
    /// The text of the pack in the one form: keys in a fixed order, one phrase a line and sorted within its rule, and
    /// comments with what they are about. A pack in this form comes out as it is.
    ///
    /// ```
    /// use dechrome::Pack;
    /// let rule = "[pack]\ntitle = \"T\"\n[[rule]]\nkind = \"share\"\nid = \"a\"\nis = [\"b\", \"a\"]\n";
    /// let formatted = Pack::parse("t", "t.toml", rule)?.formatted();
    /// assert!(formatted.ends_with("id = \"a\"\nkind = \"share\"\nis = [\n  \"a\",\n  \"b\",\n]\n"));
    /// # Ok::<(), dechrome::PackError>(())
    /// ```
    pub fn formatted(&self) -> String {
        // What was read as a pack is TOML.
        let Ok(mut document) = self.source().parse::<DocumentMut>() else { return self.source().to_owned() };
        let first = document.iter().flat_map(|(_, item)| positions(item)).min();
        for (_, item) in document.iter_mut() {
            match item {
                Item::Table(one) => table(one, first),
                Item::ArrayOfTables(many) => tables(many, first),
                Item::Value(_) | Item::None => {}
            }
        }
        let end = spaced_comments(text_of(Some(document.trailing())));
        document.set_trailing(if end.is_empty() { end } else { format!("\n{}\n", end.trim_end()) });
        document.to_string()
    }
}

/// Where the tables of an item are in the file.
fn positions(item: &Item) -> Vec<isize> {
    match item {
        Item::Table(table) => table.position().into_iter().collect(),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(Table::position).collect(),
        Item::Value(_) | Item::None => Vec::new(),
    }
}

fn tables(tables: &mut ArrayOfTables, first: Option<isize>) {
    tables.iter_mut().for_each(|one| table(one, first));
}

fn table(table: &mut Table, first: Option<isize>) {
    let before = spaced_comments(text_of(table.decor().prefix()));
    let blank = if table.position() == first { "" } else { "\n" };
    let beside = comments_beside(text_of(table.decor().suffix()));
    table.decor_mut().set_prefix(format!("{blank}{before}"));
    table.decor_mut().set_suffix(beside);
    table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
    for (key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => entry(key, value),
            Item::Table(inner) if !inner.is_dotted() => self::table(inner, first),
            Item::Table(_) | Item::ArrayOfTables(_) | Item::None => {}
        }
    }
}

/// Where a key is written among those of its table; one that is not known comes last.
fn place(key: &str) -> usize {
    KEYS.iter().position(|known| *known == key).unwrap_or(KEYS.len())
}

fn entry(mut key: KeyMut<'_>, value: &mut Value) {
    let above: String =
        comments(text_of(key.leaf_decor().prefix())).into_iter().map(|comment| format!("{comment}\n")).collect();
    let beside = comments_beside(text_of(value.decor().suffix()));
    key.leaf_decor_mut().set_prefix(above);
    key.leaf_decor_mut().set_suffix(" ");
    match value {
        Value::Array(array) => list(key.get(), array),
        Value::InlineTable(inner) => inline_table(inner),
        _ => {}
    }
    *value.decor_mut() = toml_edit::Decor::new(" ", beside);
}

/// A table within one value, such as `{ is = ["a"] }`. Where it holds comments between its keys it stays as it is.
fn inline_table(table: &mut InlineTable) {
    let has_comment = |text: Option<&RawString>| text_of(text).contains('#');
    let is_commented = table.iter_mut().any(|(key, value)| {
        let (key, value) = (key.leaf_decor(), value.decor());
        [key.prefix(), key.suffix(), value.prefix(), value.suffix()].into_iter().any(has_comment)
    });
    if is_commented || has_comment(Some(table.trailing())) {
        return;
    }
    table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
    table.fmt();
    for (key, value) in table.iter_mut() {
        if let Value::Array(array) = value {
            list(key.get(), array);
        }
    }
    table.set_trailing("");
    table.set_trailing_comma(false);
}

/// One value of an array, with its comments.
struct Phrase {
    value: Value,
    above: Vec<String>,
    beside: Vec<String>,
}

/// An array: of phrases one a line and sorted, of anything else in one line if that is short enough.
fn list(key: &str, array: &mut Array) {
    let holds_phrases = PHRASES.contains(&key);
    let (mut phrases, below) = phrases(array);
    if holds_phrases {
        phrases.sort_by_cached_key(|phrase| phrase.value.as_str().map(|text| (text.to_lowercase(), text.to_owned())));
    }
    let has_comments = !below.is_empty() || phrases.iter().any(|one| !one.above.is_empty() || !one.beside.is_empty());
    let chars = key.len() + phrases.iter().map(|phrase| phrase.value.to_string().chars().count() + 2).sum::<usize>();
    let is_short = phrases.len() < 2 || !holds_phrases && chars <= LINE_CHARS;
    array.clear();
    if is_short && !has_comments {
        phrases.into_iter().for_each(|phrase| array.push(phrase.value));
        array.set_trailing("");
        array.set_trailing_comma(false);
        return;
    }
    let lines = |comments: &[String]| comments.iter().map(|comment| format!("  {comment}\n")).collect::<String>();
    let mut beside = String::new();
    for Phrase { value, above, beside: own } in phrases {
        array.push_formatted(value.decorated(format!("{beside}\n{}  ", lines(&above)), ""));
        beside = own.iter().map(|comment| format!(" {comment}")).collect();
    }
    array.set_trailing(format!("{beside}\n{}", lines(&below)));
    array.set_trailing_comma(true);
}

/// The values of an array with their comments, and the comments below the last one.
fn phrases(array: &Array) -> (Vec<Phrase>, Vec<String>) {
    let mut phrases: Vec<Phrase> = Vec::with_capacity(array.len());
    for value in array.iter() {
        let above = split_comments(text_of(value.decor().prefix()), phrases.last_mut());
        let mut value = value.clone();
        let beside = comments(text_of(value.decor().suffix()));
        value.decor_mut().clear();
        phrases.push(Phrase { value, above, beside });
    }
    let below = split_comments(text_of(Some(array.trailing())), phrases.last_mut());
    (phrases, below)
}

/// The comments before a value: one on the line of the value before belongs to that.
fn split_comments(text: &str, before: Option<&mut Phrase>) -> Vec<String> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match before {
        Some(before) => {
            before.beside.extend(comments(first));
            comments(rest)
        }
        None => comments(text),
    }
}

fn text_of(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

fn comments(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| line.starts_with('#')).map(str::to_owned).collect()
}

fn comments_beside(text: &str) -> String {
    comments(text).into_iter().map(|comment| format!(" {comment}")).collect()
}

/// The comments before a table, with one blank line where there were some.
fn spaced_comments(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().map(str::trim).skip_while(|line| line.is_empty()).collect();
    lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(source: &str) -> String {
        let formatted = Pack::parse("t", "t.toml", source).unwrap().formatted();
        let again = Pack::parse("t", "t.toml", &formatted).unwrap().formatted();
        assert_eq!(formatted, again, "the form of a formatted pack is itself");
        formatted
    }

    #[test]
    fn keys_are_ordered_and_phrases_sorted_one_a_line() {
        let source = "[pack]\nsites=['b.example','a.example']\ntitle   = \"T\"\n\n\n\n[[rule]]\nis = [ \"b\",\"a\", \"C\"]\n\
                      kind = \"share\"\nid = \"x\"\n[[rule]]\nid=\"y\"\nkeep={starts-with=[\"z\",\"x\"],is=[\"y\"]}\n";
        let wanted = "[pack]\ntitle = \"T\"\nsites = ['b.example', 'a.example']\n\n[[rule]]\nid = \"x\"\nkind = \"share\"\n\
                      is = [\n  \"a\",\n  \"b\",\n  \"C\",\n]\n\n[[rule]]\nid = \"y\"\n\
                      keep = { is = [\"y\"], starts-with = [\n  \"x\",\n  \"z\",\n] }\n";
        assert_eq!(formatted(source), wanted);
    }

    #[test]
    fn comments_stay_with_what_they_are_about() {
        let source = "# A pack.\n[pack] # here\n# Its name.\ntitle = \"T\" # said\n\n# --- one\n\n\n# The rule.\n[[rule]]\n\
                      kind = \"share\"\n# Why.\nid = \"x\"\nis = [ # all\n  \"b\", # of b\n  # of a\n  \"a\",\n  # the end\n]\n\n\n# Last.\n";
        let wanted = "# A pack.\n[pack] # here\n# Its name.\ntitle = \"T\" # said\n\n# --- one\n\n# The rule.\n[[rule]]\n\
                      # Why.\nid = \"x\"\nkind = \"share\"\nis = [\n  # of a\n  \"a\",\n  # all\n  \"b\", # of b\n  # the end\n]\n\n# Last.\n";
        assert_eq!(formatted(source), wanted);
    }

    #[test]
    fn a_new_pack_is_in_the_form() {
        let source = crate::pack::new_pack("mill.example");
        assert_eq!(formatted(&source), source);
    }
}
