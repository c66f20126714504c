//! From TOML to a [`Pack`]: every mistake is reported with its place.

mod blocks;
mod header;
mod patterns;
mod reader;
mod rules;
mod seen;
mod toml_error;

use std::borrow::Cow;
use std::sync::Arc;

use super::source::SourceFile;
use super::{Pack, PackError};
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

fn read(name: &str, file: &str, source: &str) -> Result<Pack, PackError> {
    let parsed: SourceFile<'_> = toml::from_str(source).map_err(|error| toml_error::problem(file, source, &error))?;
    let mut reader = PackReader::new(name, file, source);
    let header = header::read(&mut reader, parsed.pack);
    let mut rules = rules::read_all(&mut reader, parsed.rule);
    rules.iter_mut().for_each(|rule| rule.menu_evidence = header.menu_evidence);
    let examples = parsed.example.into_iter().map(|example| reader.example(example)).collect();
    if !reader.problems.is_empty() {
        return Err(PackError::new(reader.problems));
    }
    Ok(Pack {
        name: name.to_owned(),
        file: reader.file,
        source: Arc::new(Cow::Owned(source.to_owned())),
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
