//! TOML that is a file without some of its lines.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::pack::source::SourceFile;

/// Parses what is left of a file; `in_file` says where in it something stands.
pub(super) fn parse(rest: &str, in_file: impl Fn(usize) -> usize) -> Result<SourceFile<'_>, Error> {
    let mut file = DeTable::parse(rest)?;
    file.get_mut().iter_mut().for_each(|(_, value)| put_back(value, &in_file));
    SourceFile::deserialize(Deserializer::from(file))
}

/// Gives a value, and all that is in it, the place that it has in the file.
fn put_back(value: &mut Spanned<DeValue<'_>>, in_file: &impl Fn(usize) -> usize) {
    match value.get_mut() {
        DeValue::Table(table) => table.iter_mut().for_each(|(_, inner)| put_back(inner, in_file)),
        DeValue::Array(array) => array.iter_mut().for_each(|inner| put_back(inner, in_file)),
        _ => {}
    }
    let span = value.span();
    let moved = std::mem::replace(value.get_mut(), DeValue::Boolean(false));
    *value = Spanned::new(in_file(span.start)..in_file(span.end), moved);
}
