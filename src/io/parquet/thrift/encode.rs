//! From a tree to bytes.

use super::{BINARY, DOUBLE, FALSE, I8, I16, I32, I64, LIST, MAP, SET, STRUCT, Struct, TRUE, ThriftValue, UUID};

impl Struct {
    /// Appends the struct to `out`.
    pub(in super::super) fn encode(&self, out: &mut Vec<u8>) {
        let mut last = 0;
        for (id, value) in &self.fields {
            let delta = id.wrapping_sub(last);
            let kind = value.kind();
            if (1..=15).contains(&delta) {
                out.push((delta as u8) << 4 | kind);
            } else {
                out.push(kind);
                write_varint(zigzag(i64::from(*id)), out);
            }
            last = *id;
            // A bool's value is its type.
            if !matches!(value, ThriftValue::Bool(_)) {
                value.encode(out);
            }
        }
        out.push(0);
    }
}

impl ThriftValue {
    fn kind(&self) -> u8 {
        match self {
            ThriftValue::Bool(true) => TRUE,
            ThriftValue::Bool(false) => FALSE,
            ThriftValue::I8(_) => I8,
            ThriftValue::I16(_) => I16,
            ThriftValue::I32(_) => I32,
            ThriftValue::I64(_) => I64,
            ThriftValue::Double(_) => DOUBLE,
            ThriftValue::Binary(_) => BINARY,
            ThriftValue::List(list) if list.is_set => SET,
            ThriftValue::List(_) => LIST,
            ThriftValue::Map { .. } => MAP,
            ThriftValue::Struct(_) | ThriftValue::Encoded(_) => STRUCT,
            ThriftValue::Uuid(_) => UUID,
        }
    }

    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            ThriftValue::Bool(value) => out.push(if *value { TRUE } else { FALSE }),
            ThriftValue::I8(byte) => out.push(*byte),
            ThriftValue::I16(int) | ThriftValue::I32(int) | ThriftValue::I64(int) => write_varint(zigzag(*int), out),
            ThriftValue::Double(bytes) => out.extend_from_slice(bytes),
            ThriftValue::Binary(bytes) => {
                write_varint(bytes.len() as u64, out);
                out.extend_from_slice(bytes);
            }
            ThriftValue::List(list) => {
                write_list_header(list.items.len(), list.element, out);
                list.items.iter().for_each(|item| item.encode(out));
            }
            ThriftValue::Map { types, pairs } => {
                write_varint(pairs.len() as u64 / 2, out);
                if !pairs.is_empty() {
                    out.push(*types);
                }
                pairs.iter().for_each(|value| value.encode(out));
            }
            ThriftValue::Struct(value) => value.encode(out),
            ThriftValue::Encoded(bytes) => out.extend_from_slice(bytes),
            ThriftValue::Uuid(bytes) => out.extend_from_slice(bytes),
        }
    }
}

fn write_list_header(count: usize, element: u8, out: &mut Vec<u8>) {
    if count < 15 {
        out.push((count as u8) << 4 | element);
    } else {
        out.push(0xF0 | element);
        write_varint(count as u64, out);
    }
}

fn zigzag(int: i64) -> u64 {
    ((int << 1) ^ (int >> 63)) as u64
}

fn write_varint(mut int: u64, out: &mut Vec<u8>) {
    while int >= 0x80 {
        out.push(int as u8 | 0x80);
        int >>= 7;
    }
    out.push(int as u8);
}
