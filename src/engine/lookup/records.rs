//! Arrays of records of a fixed size: the program's own memory where they were made with it, so that a start
//! neither reads nor copies them. Numbers in them are little-endian.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// Records of so many bytes.
#[derive(Debug)]
pub(in crate::engine) enum Table<const BYTES: usize> {
    OfProgram(&'static [[u8; BYTES]]),
    Made(Box<[[u8; BYTES]]>),
}

impl<const BYTES: usize> Deref for Table<BYTES> {
    type Target = [[u8; BYTES]];

    #[inline]
    fn deref(&self) -> &[[u8; BYTES]] {
        match self {
            Table::OfProgram(records) => records,
            Table::Made(records) => records,
        }
    }
}

impl<const BYTES: usize> FromIterator<[u8; BYTES]> for Table<BYTES> {
    fn from_iter<I: IntoIterator<Item = [u8; BYTES]>>(records: I) -> Table<BYTES> {
        Table::Made(records.into_iter().collect())
    }
}

/// The number that begins at that byte of a record.
#[inline]
pub(in crate::engine) fn u32_at(record: &[u8], at: usize) -> u32 {
    record[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The same of eight bytes.
#[inline]
pub(in crate::engine) fn u64_at(record: &[u8], at: usize) -> u64 {
    record[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// A record of these numbers, in their order: eight bytes of each of the first, four of each of the others.
pub(in crate::engine) fn record<const BYTES: usize>(wide: &[u64], narrow: &[u32]) -> [u8; BYTES] {
    let mut record = [0; BYTES];
    let (head, tail) = record.split_at_mut(8 * wide.len());
    head.as_chunks_mut().0.iter_mut().zip(wide).for_each(|(bytes, number)| *bytes = number.to_le_bytes());
    tail.as_chunks_mut().0.iter_mut().zip(narrow).for_each(|(bytes, number)| *bytes = number.to_le_bytes());
    record
}

impl<const BYTES: usize> Serialize for Table<BYTES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.as_flattened())
    }
}

impl<'de: 'static, const BYTES: usize> Deserialize<'de> for Table<BYTES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Table<BYTES>, D::Error> {
        struct RecordVisitor<const BYTES: usize>;

        impl<'de: 'static, const BYTES: usize> Visitor<'de> for RecordVisitor<BYTES> {
            type Value = Table<BYTES>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes of the program")
            }

            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Table<BYTES>, E> {
                match bytes.as_chunks() {
                    (records, []) => Ok(Table::OfProgram(records)),
                    _ => Err(E::invalid_length(bytes.len(), &self)),
                }
            }
        }

        deserializer.deserialize_bytes(RecordVisitor)
    }
}
