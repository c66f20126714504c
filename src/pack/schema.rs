//! The JSON schema of packs, for editors.

use schemars::generate::SchemaSettings;

use super::source::SourceFile;

/// The JSON schema (draft 7, which TOML editors read) of packs, as it stands in
/// `patterns/pack.schema.json`.
///
/// ```
/// assert!(dechrome::pack_schema().contains("starts-with"));
/// ```
pub fn pack_schema() -> String {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<SourceFile<'static>>();
    let value = serde_json::Value::from(schema);
    // A JSON value always has a text.
    format!("{value:#}\n")
}
