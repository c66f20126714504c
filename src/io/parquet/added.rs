//! A column of our own at the end of the file.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl, get_column_writer};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor, Type};

use super::ParquetFault;
use super::arrow_schema;
use super::leaves::check_codec;
use super::opened::{OpenedFile, field};
use super::output::SharedOutput;
use super::thrift::{Struct, ThriftValue};
use super::written::EncodedChunk;

/// Where its pages begin in memory: not at 0, which in a footer stands for nowhere.
const START: u64 = 4;

/// A nullable string column that the source does not have.
pub(super) struct AddedColumn {
    name: String,
    descriptor: ColumnDescPtr,
}

/// Its values of one row group. They are encoded in memory until the row group ends, as the text
/// column is written at the same time and the pages of a column stand together.
pub(super) struct AddedValues {
    pages: SharedOutput<Vec<u8>>,
    writer: ColumnWriterImpl<'static, ByteArrayType>,
}

impl AddedColumn {
    pub(super) fn new(opened: &OpenedFile, name: &str) -> std::result::Result<AddedColumn, ParquetFault> {
        let fields = opened.metadata.file_metadata().schema().get_fields();
        if fields.iter().any(|field| field.name() == name) {
            return Err(ParquetFault::NameTaken(name.to_owned()));
        }
        let descriptor = describe(name).map_err(|error| ParquetFault::Encode(error.to_string()))?;
        Ok(AddedColumn { name: name.to_owned(), descriptor })
    }

    /// Begins a row group.
    pub(super) fn begin(
        &self,
        opened: &OpenedFile,
        row_group: usize,
    ) -> std::result::Result<AddedValues, ParquetFault> {
        let text = opened.metadata.row_group(row_group).column(opened.text);
        let codec = if check_codec(text).is_ok() { text.compression() } else { Compression::SNAPPY };
        let properties = WriterProperties::builder().set_compression(codec).build();
        let pages = SharedOutput::new(Vec::new());
        pages.write_all(&[0; START as usize])?;
        let writer = get_column_writer(Arc::clone(&self.descriptor), Arc::new(properties), Box::new(pages.clone()));
        match writer {
            ColumnWriter::ByteArrayColumnWriter(writer) => Ok(AddedValues { pages, writer }),
            // It was described as bytes.
            _ => Err(ParquetFault::Encode("the added column is not made of bytes".to_owned())),
        }
    }

    /// Puts the column into the footer's schema, into the orders of columns and into the Arrow schema.
    pub(super) fn add_to_footer(&self, footer: &mut Struct) -> std::result::Result<(), ParquetFault> {
        const NUM_CHILDREN: i16 = 5;
        let damaged = || ParquetFault::Footer("it has no schema".to_owned());
        let schema = footer.list_mut(field::FILE_SCHEMA).ok_or_else(damaged)?;
        let root = schema.first_mut().and_then(ThriftValue::as_struct_mut).ok_or_else(damaged)?;
        let children = root.int(NUM_CHILDREN).unwrap_or(0);
        root.set(NUM_CHILDREN, ThriftValue::I32(children.wrapping_add(1)));
        schema.push(ThriftValue::Struct(self.schema_element()));
        if let Some(orders) = footer.list_mut(field::FILE_COLUMN_ORDERS) {
            // The order of the type, which has nothing more to say.
            orders.push(ThriftValue::Struct(Struct { fields: vec![(1, ThriftValue::Struct(Struct::default()))] }));
        }
        for pair in footer.list_mut(field::FILE_KEY_VALUES).into_iter().flatten() {
            self.add_to_arrow_schema(pair)?;
        }
        Ok(())
    }

    /// An optional string: type, repetition, name, and what the bytes mean, in the old way and the new.
    fn schema_element(&self) -> Struct {
        let string = Struct { fields: vec![(1, ThriftValue::Struct(Struct::default()))] };
        let name = Bytes::copy_from_slice(self.name.as_bytes());
        Struct {
            fields: vec![
                (1, ThriftValue::I32(6)),
                (3, ThriftValue::I32(1)),
                (4, ThriftValue::Binary(name)),
                (6, ThriftValue::I32(0)),
                (10, ThriftValue::Struct(string)),
            ],
        }
    }

    fn add_to_arrow_schema(&self, pair: &mut ThriftValue) -> std::result::Result<(), ParquetFault> {
        const KEY: i16 = 1;
        const VALUE: i16 = 2;
        let Some(pair) = pair.as_struct_mut() else { return Ok(()) };
        let (Some(ThriftValue::Binary(key)), Some(ThriftValue::Binary(value))) = (pair.get(KEY), pair.get(VALUE))
        else {
            return Ok(());
        };
        if key != arrow_schema::KEY {
            return Ok(());
        }
        let extended = arrow_schema::with_string_column(value, &self.name);
        let extended = extended.ok_or_else(|| ParquetFault::Footer("its Arrow schema cannot be read".to_owned()))?;
        pair.set(VALUE, ThriftValue::Binary(extended.into()));
        Ok(())
    }
}

impl AddedValues {
    /// Appends a value for each row.
    pub(super) fn write(
        &mut self,
        values: impl Iterator<Item = Option<String>>,
    ) -> std::result::Result<(), ParquetFault> {
        let (mut levels, mut present) = (Vec::new(), Vec::new());
        for value in values {
            levels.push(i16::from(value.is_some()));
            present.extend(value.map(|value| ByteArray::from(value.into_bytes())));
        }
        let written = self.writer.write_batch(&present, Some(&levels), None);
        written.map(|_| ()).map_err(ParquetFault::from_writing)
    }

    /// Writes the column to the file.
    pub(super) fn finish<W: std::io::Write + Send>(
        self,
        output: &SharedOutput<W>,
    ) -> std::result::Result<EncodedChunk, ParquetFault> {
        let closed = self.writer.close().map_err(ParquetFault::from_writing)?;
        let shift = output.position().wrapping_sub(START) as i64;
        let pages = self.pages.finish()?;
        output.write_all(&pages[START as usize..])?;
        Ok(EncodedChunk::new(closed)?.moved(shift))
    }
}

fn describe(name: &str) -> Result<ColumnDescPtr> {
    let leaf = Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let root = Type::group_type_builder("schema").with_fields(vec![Arc::new(leaf)]).build()?;
    Ok(SchemaDescriptor::new(Arc::new(root)).column(0))
}
