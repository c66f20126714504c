//! The Arrow schema that Arrow's writers leave in the footer, with one more column.
//!
//! Readers take from it which type of Arrow a column had, and fail or forget all types where it has
//! not as many fields as the file has columns. It is a FlatBuffer, in which everything points
//! forward; so a new head that knows one more field can be put before the old one, which stays
//! whole and is pointed into.

use data_encoding::BASE64;

/// Key of the footer's metadata under which it stands.
pub(super) const KEY: &[u8] = b"ARROW:schema";

const CONTINUATION: [u8; 4] = [0xFF; 4];
/// Slots of the tables `Message` and `Schema`.
const MESSAGE_VERSION: usize = 0;
const MESSAGE_HEADER: usize = 2;
const SCHEMA_ENDIANNESS: usize = 0;
const SCHEMA_FIELDS: usize = 1;
const SCHEMA_METADATA: usize = 2;
const SCHEMA_FEATURES: usize = 3;
/// Numbers of union members.
const HEADER_IS_SCHEMA: u8 = 1;
const TYPE_IS_UTF8: u8 = 5;

/// The encoded schema with a nullable string column at its end; `None` if it cannot be read.
pub(super) fn with_string_column(encoded: &[u8], name: &str) -> Option<Vec<u8>> {
    let message = BASE64.decode(encoded).ok()?;
    let old = OldSchema::read(unframed(&message)?)?;
    let mut new = old.with_field(name)?;
    new.resize(new.len().next_multiple_of(8), 0);
    let mut framed = CONTINUATION.to_vec();
    framed.extend(u32::try_from(new.len()).ok()?.to_le_bytes());
    framed.extend(new);
    Some(BASE64.encode(&framed).into_bytes())
}

/// The FlatBuffer in a message, before which its length stands, and since 2019 a mark.
fn unframed(message: &[u8]) -> Option<&[u8]> {
    let message = message.strip_prefix(&CONTINUATION).unwrap_or(message);
    let (length, message) = message.split_first_chunk()?;
    message.get(..u32::from_le_bytes(*length) as usize)
}

/// Where the parts of a schema stand in its FlatBuffer.
struct OldSchema<'b> {
    buffer: &'b [u8],
    version: u16,
    endianness: u16,
    /// Each column's field.
    fields: Vec<usize>,
    metadata: Option<usize>,
    features: Option<usize>,
}

impl OldSchema<'_> {
    fn read(buffer: &[u8]) -> Option<OldSchema<'_>> {
        let message = target(buffer, 0)?;
        let schema = target(buffer, slot(buffer, message, MESSAGE_HEADER)?)?;
        let scalar = |table, index| slot(buffer, table, index).and_then(|at| u16_at(buffer, at)).unwrap_or(0);
        let pointed = |index| slot(buffer, schema, index).and_then(|at| target(buffer, at));
        let vector = pointed(SCHEMA_FIELDS)?;
        let count = u32_at(buffer, vector)? as usize;
        // Each has four bytes, so that a count that is a lie is found before memory is asked for.
        buffer.get(vector..)?.len().checked_sub(count.checked_mul(4)?)?;
        Some(OldSchema {
            buffer,
            version: scalar(message, MESSAGE_VERSION),
            endianness: scalar(schema, SCHEMA_ENDIANNESS),
            fields: (0..count).map(|index| target(buffer, vector + 4 + 4 * index)).collect::<Option<_>>()?,
            metadata: pointed(SCHEMA_METADATA),
            features: pointed(SCHEMA_FEATURES),
        })
    }

    /// The new head, then the old buffer. A table's fields are found by its vtable, which holds its own
    /// length, the table's, and where in the table each field stands. Numbers are places in the head.
    fn with_field(&self, name: &str) -> Option<Vec<u8>> {
        const MESSAGE: usize = 16;
        const SCHEMA: usize = 48;
        const VECTOR: usize = 68;
        let field = VECTOR + 4 + 4 * (self.fields.len() + 1);
        let base = (field + NEW_FIELD_BYTES + name.len() + 1).next_multiple_of(8);
        let mut head = vec![0; base];
        put_u32(&mut head, 0, MESSAGE)?;
        put_u16s(&mut head, 4, &[12, 20, 16, 18, 4, 8]);
        put_u32(&mut head, MESSAGE, 12)?;
        put_u32(&mut head, MESSAGE + 4, SCHEMA - (MESSAGE + 4))?;
        put_u16s(&mut head, MESSAGE + 16, &[self.version, u16::from(HEADER_IS_SCHEMA)]);

        let place = |there: Option<usize>, place: u16| if there.is_some() { place } else { 0 };
        put_u16s(&mut head, 36, &[12, 20, 16, 4, place(self.metadata, 8), place(self.features, 12)]);
        put_u32(&mut head, SCHEMA, 12)?;
        put_u32(&mut head, SCHEMA + 4, VECTOR - (SCHEMA + 4))?;
        for (at, old) in [(SCHEMA + 8, self.metadata), (SCHEMA + 12, self.features)] {
            put_u32(&mut head, at, old.map_or(0, |old| base + old - at))?;
        }
        put_u16s(&mut head, SCHEMA + 16, &[self.endianness]);

        put_u32(&mut head, VECTOR, self.fields.len() + 1)?;
        let fields = self.fields.iter().map(|field| base + field).chain([field + 16]);
        for (index, target) in fields.enumerate() {
            let at = VECTOR + 4 + 4 * index;
            put_u32(&mut head, at, target - at)?;
        }
        put_field(&mut head[field..], name)?;
        head.extend_from_slice(self.buffer);
        Some(head)
    }
}

/// Length of a string field without its name.
const NEW_FIELD_BYTES: usize = 52;

/// Writes the field: its vtable, the field at 16, its type at 40, its children, of which there are
/// none, at 44, and its name at 48.
fn put_field(head: &mut [u8], name: &str) -> Option<()> {
    // Name, nullable, kind of type, type, no dictionary, children.
    put_u16s(head, 0, &[16, 20, 4, 17, 16, 8, 0, 12]);
    put_u32(head, 16, 16)?;
    put_u32(head, 20, 48 - 20)?;
    put_u32(head, 24, 40 - 24)?;
    put_u32(head, 28, 44 - 28)?;
    head[32..34].copy_from_slice(&[TYPE_IS_UTF8, 1]);
    put_u16s(head, 36, &[4, 4]);
    put_u32(head, 40, 4)?;
    put_u32(head, 48, name.len())?;
    head[NEW_FIELD_BYTES..NEW_FIELD_BYTES + name.len()].copy_from_slice(name.as_bytes());
    Some(())
}

/// Where a field of a table stands, if the table has it.
fn slot(buffer: &[u8], table: usize, index: usize) -> Option<usize> {
    let back = u32_at(buffer, table)? as i32;
    let vtable = usize::try_from(i64::try_from(table).ok()? - i64::from(back)).ok()?;
    let at = 4 + 2 * index;
    if at + 2 > usize::from(u16_at(buffer, vtable)?) {
        return None;
    }
    match u16_at(buffer, vtable + at)? {
        0 => None,
        place => table.checked_add(usize::from(place)),
    }
}

/// What the offset at `at` points to.
fn target(buffer: &[u8], at: usize) -> Option<usize> {
    at.checked_add(u32_at(buffer, at)? as usize).filter(|target| *target < buffer.len())
}

fn u16_at(buffer: &[u8], at: usize) -> Option<u16> {
    buffer.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn u32_at(buffer: &[u8], at: usize) -> Option<u32> {
    buffer.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn put_u16s(buffer: &mut [u8], at: usize, values: &[u16]) {
    for (place, value) in buffer[at..].chunks_exact_mut(2).zip(values) {
        place.copy_from_slice(&value.to_le_bytes());
    }
}

/// `None` if the value does not fit: names and schemas are not that long.
fn put_u32(buffer: &mut [u8], at: usize, value: usize) -> Option<()> {
    buffer[at..at + 4].copy_from_slice(&u32::try_from(value).ok()?.to_le_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BASE64, CONTINUATION, OldSchema, target, u32_at, unframed, with_string_column};

    fn names(encoded: &[u8]) -> Vec<String> {
        let message = BASE64.decode(encoded).unwrap();
        let schema = OldSchema::read(unframed(&message).unwrap()).unwrap();
        let name = |field: &usize| {
            let name = target(schema.buffer, super::slot(schema.buffer, *field, 0).unwrap()).unwrap();
            let length = u32_at(schema.buffer, name).unwrap() as usize;
            String::from_utf8(schema.buffer[name + 4..name + 4 + length].to_vec()).unwrap()
        };
        schema.fields.iter().map(name).collect()
    }

    /// A schema without columns, in the frame of before 2019.
    fn empty() -> Vec<u8> {
        let none = OldSchema { buffer: &[], version: 4, endianness: 0, fields: vec![], metadata: None, features: None };
        let mut buffer = none.with_field("").unwrap();
        // The vector of fields is said to have none.
        buffer[68] = 0;
        BASE64.encode(&[&(buffer.len() as u32).to_le_bytes()[..], &buffer].concat()).into_bytes()
    }

    #[test]
    fn fields_are_added_one_after_another() {
        let mut schema = empty();
        for name in ["id", "text", "Anmerkung für später"] {
            schema = with_string_column(&schema, name).unwrap();
            assert!(BASE64.decode(&schema).unwrap().starts_with(&CONTINUATION));
        }
        assert_eq!(names(&schema), ["id", "text", "Anmerkung für später"]);
    }

    #[test]
    fn what_is_no_schema_is_none() {
        for encoded in [&b""[..], b"no base64!", b"AAAA", b"/////wAAAAA=", b"/////wQAAAD/////"] {
            assert_eq!(with_string_column(encoded, "note"), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, at: prop::sample::Index, byte: u8) {
            let _ = with_string_column(BASE64.encode(&bytes).as_bytes(), "note");
            let mut schema = BASE64.decode(&with_string_column(&empty(), "text").unwrap()).unwrap();
            let at = at.index(schema.len());
            schema[at] = byte;
            let _ = with_string_column(BASE64.encode(&schema).as_bytes(), "note");
        }
    }
}
