//! From TOML to a [`Pack`]: every mistake is reported with its place.

mod blocks;
mod header;
mod left_out;
mod line_numbers;
mod listed;
mod patterns;
mod plain_rows;
mod reader;
mod rules;
mod seen;
mod toml_error;

use std::borrow::Cow;
use std::sync::Arc;

use super::source::SourceFile;
use super::{Pack, PackError};
use plain_rows::PlainRows;
use reader::PackReader;

impl Pack {
    /// Reads a pack. `name` is what its rules' full ids begin with, `file` what messages call it.
    ///
    /// # Errors
    /// Any mistake: the text is not TOML, has an unknown key or kind, an empty or duplicate pattern,
    /// a bad placeholder, or a rule that does not act in just one way. Examples are run and includes
    /// looked up only when the pack's set becomes a [`Cleaner`](crate::Cleaner).
    pub fn parse(name: &str, file: &str, source: &str) -> Result<Pack, PackError> {
        read(name, file, source)
    }
}

/// Shorter rows are left to the TOML library: there is little to gain.
const SHORTEST_ROW: usize = 16;

fn read(name: &str, file: &str, source: &str) -> Result<Pack, PackError> {
    let rows = PlainRows::find(source, SHORTEST_ROW);
    let quickly = if rows.count() > 0 { read_with_rows(name, file, source, &rows) } else { None };
    quickly.unwrap_or_else(|| read_as_it_stands(name, file, source))
}

fn read_as_it_stands(name: &str, file: &str, source: &str) -> Result<Pack, PackError> {
    let parsed = toml::from_str(source).map_err(|error| toml_error::problem(file, source, &error))?;
    read_parsed(&mut PackReader::new(name, file, source, &PlainRows::default()), parsed)
}

/// Reads a pack of which the TOML library is not given the rows; nothing where they are in no array of texts, or where
/// the rest is no pack.
fn read_with_rows(name: &str, file: &str, source: &str, rows: &PlainRows) -> Option<Result<Pack, PackError>> {
    let rest = rows.rest(source);
    let parsed = left_out::parse(&rest, |at| rows.in_file(at)).ok()?;
    let mut reader = PackReader::new(name, file, source, rows);
    let read = read_parsed(&mut reader, parsed);
    (reader.rows_read == rows.count()).then_some(read)
}

fn read_parsed(reader: &mut PackReader<'_>, parsed: SourceFile<'_>) -> Result<Pack, PackError> {
    let header = header::read(reader, parsed.pack);
    let mut rules = rules::read_all(reader, parsed.rule);
    rules.iter_mut().for_each(|rule| rule.menu_evidence = header.menu_evidence);
    let examples = parsed.example.into_iter().map(|example| reader.example(example)).collect();
    if !reader.problems.is_empty() {
        return Err(PackError::new(std::mem::take(&mut reader.problems)));
    }
    Ok(Pack {
        name: reader.name.to_owned(),
        file: reader.file.clone(),
        source: Arc::new(Cow::Owned(reader.source.to_owned())),
        title: header.title,
        sites: header.sites,
        languages: header.languages,
        reviewed: header.reviewed,
        include: header.include,
        signature: header.signature,
        rules,
        examples,
        replaces: header.replaces,
        built_in: false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(read: &Result<Pack, PackError>) -> String {
        match read {
            Ok(pack) => format!("{pack:?}"),
            Err(error) => error.to_string(),
        }
    }

    /// Whether the pack is read with its rows left out; then it must be the one that is read as it stands.
    fn is_read_with_rows(source: &str) -> bool {
        let quickly = read_with_rows("t", "t.toml", source, &PlainRows::find(source, 2));
        let as_it_stands = read_as_it_stands("t", "t.toml", source);
        quickly.is_some_and(|read| {
            assert_eq!(shown(&read), shown(&as_it_stands), "{source}");
            true
        })
    }

    fn pack(signature: &str, is: &str, words: &str, page: &str) -> String {
        format!(
            "[pack]\ntitle = \"T\"\nsignature = [\n{signature}]\n\n[[rule]]\nid = \"one\"\nkind = \"ad\"\n\
             is = [\n{is}]\ncontains = [\n{is}]\nwhy = \"for all\"\n\n[[rule]]\nid = \"two\"\nkind = \"ad\"\n\
             made-of = [\n{words}]\n\n[[example]]\npage = \"\"\"\n{page}\"\"\"\nclean = \"\"\n"
        )
    }

    #[test]
    fn rows_in_lists_are_left_out_and_rows_in_pages_are_not() {
        let row = |word: &str| (0..9).map(|n| format!("  \"{word}{n}\",\n")).collect::<String>();
        let (texts, words) = (row("some text "), row("word"));
        assert!(is_read_with_rows(&pack(&texts, &texts, &words, "")));
        assert!(is_read_with_rows(&pack("", &format!("{texts}# more\n'a',\n{words}"), "\"a\"", "")));
        assert!(!is_read_with_rows(&pack(&texts, &texts, &words, &texts)));
        // Mistakes in a row are found there; those of TOML are the library's to name.
        assert!(is_read_with_rows(&pack(&texts, &format!("{texts}{texts}\"{{nmber}}\",\n"), &texts, "")));
        assert!(!is_read_with_rows(&pack(&texts, &format!("\"a\"\n{texts}"), &words, "")));
    }

    const ODD_LINES: [&str; 12] =
        ["'b',", "\"c\"", "\"d\\\"\",", "# e,", "\"f\", # g", "[", "]", "\"\"\"", ",", "\"{h}\",", "\"\",", "x = 1"];

    fn lines() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            30 => (0..60).prop_map(|n| format!("  \"text{n}\",\n")),
            1 => prop::sample::select(&ODD_LINES[..]).prop_map(|line| format!("{line}\n")),
        ];
        prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
    }

    proptest! {
        #[test]
        fn a_pack_is_the_same_with_its_rows_left_out(
            (signature, is, words, page) in (lines(), lines(), lines(), prop_oneof![Just(String::new()), lines()]),
        ) {
            is_read_with_rows(&pack(&signature, &is, &words, &page));
        }
    }
}
