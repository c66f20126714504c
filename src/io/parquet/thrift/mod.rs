//! Thrift's compact protocol as a tree of values, whatever they mean.
//!
//! The footer of a file that is rewritten has to keep what it says about everything that was not
//! touched, also in fields this program has never heard of. So it is not translated into types of
//! ours and back, but read as numbered fields, changed in a few places and written again.

mod decode;
mod encode;

use bytes::Bytes;

/// A struct: fields in the order they came in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Struct {
    pub(super) fields: Vec<(i16, ThriftValue)>,
}

/// A value of any type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ThriftValue {
    Bool(bool),
    /// One byte, in the low bits.
    I8(u8),
    I16(i64),
    I32(i64),
    I64(i64),
    Double([u8; 8]),
    Binary(Bytes),
    List(List),
    /// Nothing in a footer is a map so far; its pairs stand here one after another.
    Map {
        types: u8,
        pairs: Vec<ThriftValue>,
    },
    Struct(Struct),
    /// A struct that was left encoded.
    Encoded(Bytes),
    Uuid([u8; 16]),
}

/// A list or a set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    is_set: bool,
    /// Thrift's number of the elements' type.
    element: u8,
    pub(super) items: Vec<ThriftValue>,
}

/// What is wrong with encoded thrift.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Malformed;

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const I8: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
const UUID: u8 = 13;

impl Struct {
    pub(super) fn get(&self, id: i16) -> Option<&ThriftValue> {
        self.fields.iter().find(|field| field.0 == id).map(|field| &field.1)
    }

    pub(super) fn get_mut(&mut self, id: i16) -> Option<&mut ThriftValue> {
        self.fields.iter_mut().find(|field| field.0 == id).map(|field| &mut field.1)
    }

    pub(super) fn int(&self, id: i16) -> Option<i64> {
        match self.get(id)? {
            ThriftValue::I16(int) | ThriftValue::I32(int) | ThriftValue::I64(int) => Some(*int),
            _ => None,
        }
    }

    pub(super) fn child(&self, id: i16) -> Option<&Struct> {
        match self.get(id)? {
            ThriftValue::Struct(child) => Some(child),
            _ => None,
        }
    }

    pub(super) fn child_mut(&mut self, id: i16) -> Option<&mut Struct> {
        match self.get_mut(id)? {
            ThriftValue::Struct(child) => Some(child),
            _ => None,
        }
    }

    pub(super) fn list(&self, id: i16) -> Option<&[ThriftValue]> {
        match self.get(id)? {
            ThriftValue::List(list) => Some(&list.items),
            _ => None,
        }
    }

    pub(super) fn list_mut(&mut self, id: i16) -> Option<&mut Vec<ThriftValue>> {
        match self.get_mut(id)? {
            ThriftValue::List(list) => Some(&mut list.items),
            _ => None,
        }
    }

    /// Sets a field, in its place by number if it is new.
    pub(super) fn set(&mut self, id: i16, value: ThriftValue) {
        match self.get_mut(id) {
            Some(old) => *old = value,
            None => {
                let at = self.fields.iter().position(|field| field.0 > id).unwrap_or(self.fields.len());
                self.fields.insert(at, (id, value));
            }
        }
    }

    pub(super) fn remove(&mut self, id: i16) {
        self.fields.retain(|field| field.0 != id);
    }

    /// Adds `shift` to an integer that is there and is not 0, which stands for "nowhere".
    pub(super) fn shift(&mut self, id: i16, shift: i64) {
        if let Some(ThriftValue::I64(offset)) = self.get_mut(id)
            && *offset != 0
        {
            *offset = offset.wrapping_add(shift);
        }
    }
}

impl ThriftValue {
    /// A list of structs.
    pub(super) fn structs(items: Vec<ThriftValue>) -> ThriftValue {
        ThriftValue::List(List { is_set: false, element: STRUCT, items })
    }

    pub(super) fn as_struct(&self) -> Option<&Struct> {
        match self {
            ThriftValue::Struct(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn as_struct_mut(&mut self) -> Option<&mut Struct> {
        match self {
            ThriftValue::Struct(value) => Some(value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::{I32, List, Malformed, Struct, ThriftValue};

    fn encoded(value: &Struct) -> Vec<u8> {
        let mut bytes = Vec::new();
        value.encode(&mut bytes);
        bytes
    }

    #[test]
    fn a_struct_is_read_by_the_compact_protocol() {
        // Field 1: i32 -3; field 3: true; field 20: binary "ab"; field 21: list of i32 1, 2.
        let bytes = [0x15, 0x05, 0x21, 0x08, 0x28, 0x02, b'a', b'b', 0x19, 0x25, 0x02, 0x04, 0x00];
        let expected = Struct {
            fields: vec![
                (1, ThriftValue::I32(-3)),
                (3, ThriftValue::Bool(true)),
                (20, ThriftValue::Binary(Bytes::from_static(b"ab"))),
                (
                    21,
                    ThriftValue::List(List {
                        is_set: false,
                        element: I32,
                        items: vec![ThriftValue::I32(1), ThriftValue::I32(2)],
                    }),
                ),
            ],
        };
        assert_eq!(Struct::decode(&Bytes::copy_from_slice(&bytes)), Ok(expected.clone()));
        assert_eq!(encoded(&expected), bytes);
    }

    #[test]
    fn what_is_cut_off_or_nested_without_end_is_malformed() {
        for bytes in [&[][..], &[0x15], &[0x18, 0x05, b'a'], &[0x19, 0xF5, 0xFF, 0xFF, 0x7F], &[0x1C; 4000], &[0x1E]] {
            assert_eq!(Struct::decode(&Bytes::copy_from_slice(bytes)), Err(Malformed), "{bytes:?}");
        }
    }

    #[test]
    fn structs_that_are_left_encoded_come_out_as_they_went_in() {
        // Field 1 is a list of two structs, each with an i32 in field 2.
        let bytes = Bytes::from_static(&[0x19, 0x2C, 0x25, 0x02, 0x00, 0x25, 0x04, 0x00, 0x00]);
        let kept = Struct::decode_but(&bytes, 1).unwrap();
        assert_eq!(kept.list(1).unwrap()[1], ThriftValue::Encoded(Bytes::from_static(&[0x25, 0x04, 0x00])));
        assert_eq!(encoded(&kept), bytes);
        assert_eq!(encoded(&Struct::decode(&bytes).unwrap()), bytes);
    }

    #[test]
    fn a_new_field_stands_in_its_place_by_number() {
        let mut value = Struct { fields: vec![(1, ThriftValue::I64(5)), (9, ThriftValue::I64(0))] };
        value.set(4, ThriftValue::I16(7));
        value.shift(1, -2);
        value.shift(9, 100);
        assert_eq!(value.fields, [(1, ThriftValue::I64(3)), (4, ThriftValue::I16(7)), (9, ThriftValue::I64(0))]);
    }

    fn values() -> impl Strategy<Value = ThriftValue> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(ThriftValue::Bool),
            any::<u8>().prop_map(ThriftValue::I8),
            any::<i16>().prop_map(|int| ThriftValue::I16(int.into())),
            any::<i64>().prop_map(ThriftValue::I64),
            any::<[u8; 8]>().prop_map(ThriftValue::Double),
            any::<Vec<u8>>().prop_map(|bytes| ThriftValue::Binary(bytes.into())),
            proptest::collection::vec(any::<i32>(), 0..40).prop_map(|ints| {
                let items = ints.into_iter().map(|int| ThriftValue::I32(int.into())).collect();
                ThriftValue::List(List { is_set: false, element: I32, items })
            }),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            proptest::collection::vec((any::<i16>(), inner), 0..6)
                .prop_map(|fields| ThriftValue::Struct(Struct { fields }))
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(fields in proptest::collection::vec((any::<i16>(), values()), 0..8)) {
            let value = Struct { fields };
            prop_assert_eq!(Struct::decode(&encoded(&value).into()), Ok(value));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = Struct::decode(&bytes.into());
        }
    }
}
