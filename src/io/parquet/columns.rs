//! Which columns hold the text and the address.

use parquet::basic::{ConvertedType, LogicalType, Type};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};

use super::ParquetFault;

/// Which columns are read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns {
    /// The column that is cleaned: its name, or a dotted path for a field of a struct.
    pub text: String,
    /// The column that holds the address of each row's page, named in the same way.
    pub url: Option<String>,
}

impl Default for Columns {
    /// `text`, and no address.
    fn default() -> Columns {
        Columns { text: "text".to_owned(), url: None }
    }
}

/// Index of the leaf column called `wanted`.
pub(super) fn find_text_column(schema: &SchemaDescriptor, wanted: &str) -> Result<usize, ParquetFault> {
    let mut found = (0..schema.num_columns()).filter(|index| schema.column(*index).path().string() == wanted);
    let Some(index) = found.next() else {
        // `tags` is a list whose leaf is called `tags.list.element`.
        let prefix = format!("{wanted}.");
        let mut inside =
            schema.columns().iter().filter(|column| column.path().string().starts_with(&prefix)).peekable();
        let is_list = inside.peek().is_some() && inside.all(|column| column.max_rep_level() > 0);
        return Err(match is_list {
            true => ParquetFault::RepeatedColumn(wanted.to_owned()),
            false => ParquetFault::NoSuchColumn { wanted: wanted.to_owned(), candidates: candidates(schema) },
        });
    };
    if found.next().is_some() {
        return Err(ParquetFault::AmbiguousColumn(wanted.to_owned()));
    }
    let column = schema.column(index);
    if column.max_rep_level() > 0 {
        return Err(ParquetFault::RepeatedColumn(wanted.to_owned()));
    }
    if !holds_text(&column) {
        let holds = describe(&column);
        return Err(ParquetFault::NotText { column: wanted.to_owned(), holds, candidates: candidates(schema) });
    }
    Ok(index)
}

/// Dotted paths of the columns that could be meant.
fn candidates(schema: &SchemaDescriptor) -> Vec<String> {
    let columns = schema.columns().iter().filter(|column| column.max_rep_level() == 0 && holds_text(column));
    columns.map(|column| column.path().string()).collect()
}

/// Strings, and bytes of no declared meaning, which is how many writers store strings.
fn holds_text(column: &ColumnDescriptor) -> bool {
    let declared = match column.logical_type_ref() {
        Some(LogicalType::String | LogicalType::Json | LogicalType::Enum) => true,
        Some(_) => false,
        None => matches!(
            column.converted_type(),
            ConvertedType::NONE | ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM
        ),
    };
    column.physical_type() == Type::BYTE_ARRAY && declared
}

fn describe(column: &ColumnDescriptor) -> String {
    match column.logical_type_ref() {
        Some(logical) => format!("{logical:?}"),
        None => column.physical_type().to_string(),
    }
}
