//! From bytes to a tree.

use bytes::Bytes;

use super::{
    BINARY, DOUBLE, FALSE, I8, I16, I32, I64, LIST, List, MAP, Malformed, SET, STRUCT, Struct, TRUE, ThriftValue, UUID,
};

type Result<T> = std::result::Result<T, Malformed>;

/// Footers nest about eight deep; hostile ones must not exhaust the stack.
const MAX_DEPTH: usize = 48;

impl Struct {
    /// Reads the struct at the start of `bytes`, which may go on after it.
    pub(in super::super) fn decode(bytes: &Bytes) -> Result<Struct> {
        ThriftReader { bytes, at: 0, left_encoded: None }.read_struct(0)
    }

    /// The same, but the structs in the list that is its field `list` are checked and left encoded:
    /// a tree takes many times the memory.
    pub(in super::super) fn decode_but(bytes: &Bytes, list: i16) -> Result<Struct> {
        ThriftReader { bytes, at: 0, left_encoded: Some(list) }.read_struct(0)
    }
}

struct ThriftReader<'b> {
    bytes: &'b Bytes,
    at: usize,
    /// Field of the outermost struct whose elements are left encoded.
    left_encoded: Option<i16>,
}

impl ThriftReader<'_> {
    fn read_struct(&mut self, depth: usize) -> Result<Struct> {
        let mut fields = Vec::new();
        let mut last: i16 = 0;
        loop {
            let header = self.byte()?;
            let kind = header & 0x0F;
            if kind == 0 {
                return Ok(Struct { fields });
            }
            last = match header >> 4 {
                0 => i16::try_from(self.int()?).map_err(|_| Malformed)?,
                delta => last.checked_add(i16::from(delta)).ok_or(Malformed)?,
            };
            let value = match kind {
                TRUE => ThriftValue::Bool(true),
                FALSE => ThriftValue::Bool(false),
                LIST if depth == 0 && self.left_encoded == Some(last) => self.encoded_structs()?,
                kind => self.value(kind, depth + 1)?,
            };
            fields.push((last, value));
        }
    }

    /// A value that is not a struct's bool: those have no bytes of their own.
    fn value(&mut self, kind: u8, depth: usize) -> Result<ThriftValue> {
        if depth > MAX_DEPTH {
            return Err(Malformed);
        }
        Ok(match kind {
            TRUE | FALSE => ThriftValue::Bool(self.byte()? == TRUE),
            I8 => ThriftValue::I8(self.byte()?),
            I16 => ThriftValue::I16(self.int()?),
            I32 => ThriftValue::I32(self.int()?),
            I64 => ThriftValue::I64(self.int()?),
            DOUBLE => ThriftValue::Double(self.array()?),
            BINARY => {
                let length = self.varint()?;
                ThriftValue::Binary(self.slice(length)?)
            }
            LIST | SET => self.list(kind == SET, depth)?,
            MAP => self.map(depth)?,
            STRUCT => ThriftValue::Struct(self.read_struct(depth)?),
            UUID => ThriftValue::Uuid(self.array()?),
            _ => return Err(Malformed),
        })
    }

    fn encoded_structs(&mut self) -> Result<ThriftValue> {
        let (element, count) = self.list_header()?;
        let mut items = Vec::new();
        for _ in 0..count {
            let start = self.at;
            if element != STRUCT {
                return Err(Malformed);
            }
            self.read_struct(1)?;
            items.push(ThriftValue::Encoded(self.bytes.slice(start..self.at)));
        }
        Ok(ThriftValue::structs(items))
    }

    /// Type and number of a list's elements.
    fn list_header(&mut self) -> Result<(u8, u64)> {
        let header = self.byte()?;
        let count = match header >> 4 {
            15 => self.varint()?,
            count => u64::from(count),
        };
        Ok((header & 0x0F, count))
    }

    fn list(&mut self, is_set: bool, depth: usize) -> Result<ThriftValue> {
        let (element, count) = self.list_header()?;
        Ok(ThriftValue::List(List { is_set, element, items: self.values(count, &[element], depth)? }))
    }

    fn map(&mut self, depth: usize) -> Result<ThriftValue> {
        let count = self.varint()?;
        if count == 0 {
            return Ok(ThriftValue::Map { types: 0, pairs: Vec::new() });
        }
        let types = self.byte()?;
        let pairs = self.values(count.checked_mul(2).ok_or(Malformed)?, &[types >> 4, types & 0x0F], depth)?;
        Ok(ThriftValue::Map { types, pairs })
    }

    /// So many values, of the given types in turn.
    fn values(&mut self, count: u64, kinds: &[u8], depth: usize) -> Result<Vec<ThriftValue>> {
        // Every value has at least one byte, so a count that is a lie is found before memory is asked for.
        let count = usize::try_from(count).map_err(|_| Malformed)?;
        if count > self.bytes.len() - self.at {
            return Err(Malformed);
        }
        let mut values = Vec::new();
        for index in 0..count {
            values.push(self.value(kinds[index % kinds.len()], depth + 1)?);
        }
        Ok(values)
    }

    fn byte(&mut self) -> Result<u8> {
        let byte = *self.bytes.get(self.at).ok_or(Malformed)?;
        self.at += 1;
        Ok(byte)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let bytes = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>()).ok_or(Malformed)?;
        self.at += N;
        Ok(*bytes)
    }

    fn slice(&mut self, length: u64) -> Result<Bytes> {
        let length = usize::try_from(length).map_err(|_| Malformed)?;
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or(Malformed)?;
        let slice = self.bytes.slice(self.at..end);
        self.at = end;
        Ok(slice)
    }

    fn int(&mut self) -> Result<i64> {
        let int = self.varint()?;
        Ok((int >> 1) as i64 ^ -((int & 1) as i64))
    }

    fn varint(&mut self) -> Result<u64> {
        let mut int = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            int |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(int);
            }
        }
        Err(Malformed)
    }
}
