//! What splicing promises, for any record, any path, any spans.

use std::fmt;
use std::ops::Range;

use dechrome::io::jsonl::{
    Field, FieldPath, Fields, GonePiece, JsonKind, RawText, SpliceFault, escape_into, is_plain, locate,
    locate_and_decode, with_field,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::de::{Deserializer, Visitor};
use serde_json::Value;

use super::records::{self, Manner, cases};

/// What `serde_json` says that a string says, where it is asked for bytes.
fn judged(raw: &[u8]) -> Vec<u8> {
    struct Bytes;
    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
    }
    let quoted = [b"\"".as_slice(), raw, b"\""].concat();
    serde_json::Deserializer::from_slice(&quoted).deserialize_bytes(Bytes).unwrap()
}

fn decoded(text: &RawText<'_>) -> Vec<u8> {
    text.decode(&mut Vec::new()).to_vec()
}

/// The value at a path, as a parser finds it.
fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get(*key),
        _ => None,
    })
}

fn fields(path: &[&str]) -> Fields {
    Fields { text: FieldPath::parse(&path.join(".")).unwrap(), url: None }
}

/// A line with a text of these units in it, and what stands before and behind them.
fn line_around(content: &[u8]) -> (Vec<u8>, usize) {
    let before = br#" { "id":1e999, "text":"not this", "meta" : {"text":0},"text": ""#;
    let behind = b"\" ,\"n\":12345678901234567890123 }\r\n";
    ([before, content, behind.as_slice()].concat(), before.len())
}

/// The characters of a string's inside: how each is written, and what it says.
fn characters(units: &[&[u8]]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let is_half = |unit: &[u8], codes: Range<u32>| {
        let digits = unit.strip_prefix(b"\\u").filter(|digits| digits.len() == 4);
        digits.is_some_and(|digits| codes.contains(&u32::from_str_radix(str::from_utf8(digits).unwrap(), 16).unwrap()))
    };
    let mut characters = Vec::new();
    let mut rest = units;
    while let [unit, behind @ ..] = rest {
        rest = behind;
        match behind {
            [low, behind @ ..] if is_half(unit, 0xD800..0xDC00) && is_half(low, 0xDC00..0xE000) => {
                let pair = [*unit, *low].concat();
                characters.push((pair.clone(), judged(&pair)));
                rest = behind;
            }
            _ if unit[0] == b'\\' => characters.push((unit.to_vec(), judged(unit))),
            _ => characters.extend(unit.iter().map(|&byte| (vec![byte], vec![byte]))),
        }
    }
    characters
}

/// Spans of a text of `len` bytes, in order.
fn spans(cuts: &[Index], len: usize) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(len + 1)).collect();
    cuts.sort_unstable();
    cuts.chunks_exact(2).map(|cut| cut[0]..cut[1]).collect()
}

/// Where each character begins in the text, and where the text ends.
fn boundaries(characters: &[(Vec<u8>, Vec<u8>)]) -> Vec<usize> {
    let lengths = characters.iter().map(|(_, says)| says.len());
    std::iter::once(0)
        .chain(lengths.scan(0, |at, len| {
            *at += len;
            Some(*at)
        }))
        .collect()
}

/// The characters that are in no span.
fn kept<'c>(characters: &'c [(Vec<u8>, Vec<u8>)], spans: &[Range<usize>]) -> Vec<&'c (Vec<u8>, Vec<u8>)> {
    let starts = boundaries(characters);
    let stays = |start: &usize| !spans.iter().any(|span| span.contains(start));
    characters.iter().zip(&starts).filter(|(_, start)| stays(start)).map(|(character, _)| character).collect()
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn a_field_is_what_a_parser_finds(line in records::object(Manner::Honest), path in records::path()) {
        let record: Value = serde_json::from_slice(&line).unwrap();
        let found = locate(&line, &fields(&path)).unwrap().text;
        let mut buffer = Vec::new();
        match (found, at(&record, &path)) {
            (Field::Missing, None) | (Field::Null, Some(Value::Null)) => {}
            (Field::Text(text), Some(Value::String(expected))) => {
                prop_assert_eq!(text.decode(&mut buffer), expected.as_bytes());
                prop_assert_eq!(line[text.span().start - 1], b'"');
                prop_assert_eq!(line[text.span().end], b'"');
            }
            (Field::NotText(JsonKind::Boolean), Some(Value::Bool(_))) => {}
            (Field::NotText(JsonKind::Number), Some(Value::Number(_))) => {}
            (Field::NotText(JsonKind::Array), Some(Value::Array(_))) => {}
            (Field::NotText(JsonKind::Object), Some(Value::Object(_))) => {}
            (found, expected) => prop_assert!(false, "found {:?}, expected {:?}", found, expected),
        }
    }

    #[test]
    fn a_text_that_is_decoded_while_it_is_found_is_the_same(
        line in records::object(Manner::Hostile), path in records::path(), cut in any::<Index>(), damage in any::<u8>(),
    ) {
        let at = cut.index(line.len());
        let (mut damaged, cut) = (line.clone(), &line[..at]);
        damaged[at] = damage;
        // Where one text was before the next one is.
        let mut buffer = Vec::new();
        for line in [&line[..], &damaged, cut] {
            let found = locate_and_decode(line, &fields(&path), &mut buffer);
            match (found, locate(line, &fields(&path))) {
                (Ok((both, text)), Ok(alone)) => {
                    prop_assert_eq!(format!("{both:?}"), format!("{alone:?}"));
                    let mut apart = Vec::new();
                    let expected = alone.text.text().map_or(&[][..], |raw| raw.decode(&mut apart));
                    prop_assert_eq!(text.escape_ascii().to_string(), expected.escape_ascii().to_string());
                }
                (both, alone) => prop_assert_eq!(both.map(|_| ()), alone.map(|_| ())),
            }
        }
    }

    #[test]
    fn a_long_text_is_decoded_as_a_parser_does(units in records::units(Manner::Hostile, 300)) {
        let content = units.concat();
        let line = [b"{\"t\":\"", &content[..], b"\"}"].concat();
        let mut buffer = b"old".to_vec();
        let (_, decoded) = locate_and_decode(&line, &fields(&["t"]), &mut buffer).unwrap();
        prop_assert_eq!(decoded.escape_ascii().to_string(), judged(&content).escape_ascii().to_string());
    }

    #[test]
    fn a_text_is_decoded_as_a_parser_does(units in records::units(Manner::Hostile, 12)) {
        let content = units.concat();
        let mut buffer = b"old".to_vec();
        let decoded = RawText::new(&content).unwrap().decode(&mut buffer);
        prop_assert_eq!(decoded.escape_ascii().to_string(), judged(&content).escape_ascii().to_string());
    }

    #[test]
    fn only_the_text_changes_and_a_parser_reads_the_rest_as_before(
        line in records::object(Manner::Honest), path in records::path(), cuts in prop::collection::vec(any::<Index>(), 0..7),
    ) {
        let Field::Text(text) = locate(&line, &fields(&path)).unwrap().text else { return Ok(()) };
        let decoded = decoded(&text);
        let spans = spans(&cuts, decoded.len());
        prop_assume!(spans.iter().flat_map(|span| [span.start, span.end]).all(|at| str::from_utf8(&decoded[..at]).is_ok()));
        let mut left = Vec::new();
        text.without(spans.iter().cloned()).unwrap().write_line(&mut left);
        prop_assert!(left.starts_with(&line[..text.span().start]));
        prop_assert!(left.ends_with(&line[text.span().end..]));

        let mut expected: Value = serde_json::from_slice(&line).unwrap();
        let place = path.iter().fold(&mut expected, |value, key| match value {
            Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
            value => &mut value[*key],
        });
        let mut left_text = decoded.clone();
        spans.iter().rev().for_each(|span| drop(left_text.drain(span.clone())));
        *place = Value::String(String::from_utf8(left_text).unwrap());
        prop_assert_eq!(serde_json::from_slice::<Value>(&left).unwrap(), expected);
    }

    #[test]
    fn without_takes_whole_characters_or_nothing_and_restore_undoes_it(
        units in records::units(Manner::Hostile, 12), cuts in prop::collection::vec(any::<Index>(), 0..9), whole in any::<bool>(),
    ) {
        let characters = characters(&units);
        let (line, start) = line_around(&units.concat());
        let text = locate(&line, &fields(&["text"])).unwrap().text.text().unwrap();
        prop_assert_eq!(text.span().start, start);

        let bounds = boundaries(&characters);
        let spans: Vec<Range<usize>> = match whole {
            true => spans(&cuts, characters.len()).iter().map(|span| bounds[span.start]..bounds[span.end]).collect(),
            false => spans(&cuts, bounds[characters.len()]),
        };
        let split = spans.iter().flat_map(|span| [span.start, span.end]).find(|at| !bounds.contains(at));
        let kept = kept(&characters, &spans);
        let expected: Vec<u8> = kept.iter().flat_map(|(_, says)| says.clone()).collect();
        let raw: Vec<u8> = kept.iter().flat_map(|(raw, _)| raw.clone()).collect();
        let joins = judged(&raw) != expected;
        let without = match (text.without(spans.iter().cloned()), split) {
            (Err(SpliceFault::SplitsEscape { at }), Some(split)) => {
                prop_assert_eq!(at, split);
                return Ok(());
            }
            (Err(SpliceFault::JoinsSurrogates { .. }), _) if joins || split.is_some() => return Ok(()),
            (Ok(without), None) if !joins => without,
            (without, split) => panic!("{without:?}, split {split:?}, joins {joins}"),
        };

        let mut left = Vec::new();
        without.write_line(&mut left);
        prop_assert_eq!(&left, &line_around(&raw).0);
        let left_text = locate(&left, &fields(&["text"])).unwrap().text.text().unwrap();
        prop_assert_eq!(decoded(&left_text), expected);
        let pieces = spans.iter().zip(without.gone()).map(|(span, raw)| GonePiece { at: span.start, raw });
        prop_assert_eq!(left_text.restore(pieces).unwrap(), line);
    }

    #[test]
    fn pieces_that_do_not_fit_are_refused_or_give_a_record(
        units in records::units(Manner::Hostile, 6),
        pieces in prop::collection::vec((0..20_usize, records::units(Manner::Hostile, 2)), 0..4),
    ) {
        let content = units.concat();
        let pieces: Vec<(usize, Vec<u8>)> = pieces.into_iter().map(|(at, units)| (at, units.concat())).collect();
        let text = RawText::new(&content).unwrap();
        let Ok(restored) = text.restore(pieces.iter().map(|(at, raw)| GonePiece { at: *at, raw })) else { return Ok(()) };
        let restored = RawText::new(&restored).unwrap();
        let spans = pieces.iter().map(|(at, raw)| *at..at + judged(raw).len());
        let mut left = Vec::new();
        restored.without(spans).unwrap().write_line(&mut left);
        prop_assert_eq!(left, content);
    }

    #[test]
    fn a_field_more_changes_nothing_else(
        line in records::object(Manner::Honest), name in prop_oneof![Just("text"), Just("a/b"), Just(""), Just("a.b")],
        value in records::value(Manner::Honest).prop_filter("one line", |value| !value.contains(&b'\n')),
    ) {
        let annotated = with_field(&line, name, &value).unwrap();
        let mut expected: Value = serde_json::from_slice(&line).unwrap();
        let was_there = expected.get(name).is_some();
        expected[name] = serde_json::from_slice(&value).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Value>(&annotated).unwrap(), expected);
        prop_assert_eq!(&with_field(&annotated, name, &value).unwrap(), &annotated);
        if !was_there {
            let end = line.len() - line.iter().rev().position(|&byte| byte == b'}').unwrap() - 1;
            let fields = line[..end].trim_ascii_end();
            prop_assert!(annotated.starts_with(fields));
            prop_assert!(annotated.ends_with(&line[fields.len()..]));
        }
    }

    #[test]
    fn the_plain_form_is_that_of_serde_json(text in any::<String>(), units in records::units(Manner::Honest, 8)) {
        let says = judged(&units.concat());
        for text in [text.as_str(), str::from_utf8(&says).unwrap()] {
            let mut plain = b"\"".to_vec();
            escape_into(text.as_bytes(), &mut plain);
            plain.push(b'"');
            prop_assert_eq!(plain, serde_json::to_vec(text).unwrap());
        }
        let mut plain = Vec::new();
        escape_into(&says, &mut plain);
        prop_assert_eq!(is_plain(&units.concat(), &says), plain == units.concat());
    }

    #[test]
    fn the_plain_form_says_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut plain = Vec::new();
        escape_into(&bytes, &mut plain);
        prop_assert_eq!(decoded(&RawText::new(&plain).unwrap()), bytes.clone());
        prop_assert!(is_plain(&plain, &bytes));
    }

    #[test]
    fn no_bytes_do_any_harm(bytes in prop::collection::vec(any::<u8>(), 0..40), at in 0..50_usize) {
        let _ = locate(&bytes, &fields(&["text"]));
        let _ = with_field(&bytes, "text", &bytes);
        if let Ok(text) = RawText::new(&bytes) {
            let _ = text.without(std::iter::once(at / 2..at));
            let _ = text.restore([GonePiece { at, raw: &bytes }]);
        }
    }
}
