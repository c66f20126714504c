//! A small format that exists for this test alone: it shows that one file is all that a format takes. A record jar has
//! fields as `Key: value` lines, a blank line, and a text; a line `%%` stands between two records.

use std::fmt::Display;
use std::ops::Range;
use std::path::Path;

use crate::clean::{CleanOptions, Cleaner, Removal, kept_spans};
use crate::io::{Buffers, Chunk, ChunkReader, Compression, Format, Framing, separators};
use crate::pack::{Pack, PackSet};
use crate::run::input::InputInfo;
use crate::run::log::{LogEntry, RemovalLog};
use crate::run::options::CorpusOptions;
use crate::run::restore::{RestoreError, Restorer, write_restored};
use crate::run::worker::{DonePart, Worker, clean_records};
use crate::text::Markup;

use super::record_format::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};

struct RecordJar;

/// The fields with the blank line after them, and the text.
fn split(record: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = memchr::memmem::find(record, b"\n\n")?;
    Some(record.split_at(blank + 2))
}

impl RecordFormat for RecordJar {
    fn framing(&self) -> Framing {
        Framing::Separated(b"%%".to_vec())
    }

    fn records<'c>(&'c self, chunk: &'c Chunk) -> Box<dyn Iterator<Item = FramedRecord<'c>> + 'c> {
        let (mut start, end) = (0, chunk.bytes.len());
        let separators = separators(&chunk.bytes, b"%%").chain(std::iter::once(end..end));
        let record = move |(number, separator): (u64, Range<usize>)| {
            let bytes = &chunk.bytes[std::mem::replace(&mut start, separator.end)..separator.end];
            FramedRecord { bytes, number, kind: FramedKind::Record, mark: 0, separator: separator.len() }
        };
        Box::new((chunk.first..).zip(separators).map(record).filter(|record| !record.bytes.is_empty()))
    }

    fn read<'r>(&'r self, record: &FramedRecord<'r>, _: &'r mut DecodeMemory) -> RecordContents<'r> {
        let (content, separator) = record.bytes.split_at(record.bytes.len() - record.separator);
        match split(content) {
            Some((head, text)) => RecordContents::Text(Box::new(JarRecord { head, text, separator })),
            None => RecordContents::Fault("no blank line after the fields".to_owned()),
        }
    }

    fn restore(&self, record: &FramedRecord<'_>, entries: &[LogEntry], out: &mut Vec<u8>) -> Result<(), RestoreError> {
        let (content, separator) = record.bytes.split_at(record.bytes.len() - record.separator);
        let misfit = || RestoreError::Record { record: record.number, what: "no blank line".to_owned() };
        let (head, text) = split(content).ok_or_else(misfit)?;
        out.extend_from_slice(head);
        write_restored(text, entries, out)?;
        out.extend_from_slice(separator);
        Ok(())
    }
}

struct JarRecord<'r> {
    head: &'r [u8],
    text: &'r [u8],
    separator: &'r [u8],
}

impl TextRecord for JarRecord<'_> {
    fn text(&self) -> &[u8] {
        self.text
    }

    fn url(&self) -> Option<&str> {
        let head = std::str::from_utf8(self.head).ok()?;
        head.lines().find_map(|line| line.strip_prefix("Url: "))
    }

    fn splice(
        &self,
        removals: &[Removal],
        out: &mut Vec<u8>,
        gone: &mut dyn FnMut(&Removal, Option<&[u8]>),
    ) -> Result<(), Box<dyn Display>> {
        removals.iter().for_each(|removal| gone(removal, None));
        out.extend_from_slice(self.head);
        kept_spans(self.text.len(), removals).for_each(|span| out.extend_from_slice(&self.text[span]));
        out.extend_from_slice(self.separator);
        Ok(())
    }
}

const JAR: &str = "Title: One\nUrl: https://mill.example/1\n\nThe wheel turned all night.\n\nMill shop\n%%\n\
                   no field at all\n%%\n\
                   Title: Three\n\nMill shop\nThe stone was cold in the morning.\n";
const CLEANED: &str = "Title: One\nUrl: https://mill.example/1\n\nThe wheel turned all night.\n%%\n\
                       no field at all\n%%\n\
                       Title: Three\n\nMill shop\nThe stone was cold in the morning.\n";

fn cleaner() -> Cleaner {
    let pack = "[pack]\ntitle = \"Mill\"\nsites = [\"mill.example\"]\n\
                [[rule]]\nid = \"shop\"\nkind = \"navigation\"\nis = [\"Mill shop\"]\n";
    let mut packs = PackSet::empty();
    packs.insert(Pack::parse("mill.example", "mill.toml", pack).unwrap());
    Cleaner::new(&packs, &CleanOptions::default()).unwrap()
}

fn cleaned(input: &InputInfo) -> DonePart {
    let (cleaner, options) = (cleaner(), CorpusOptions { log_removed: true, ..CorpusOptions::default() });
    let worker = Worker::new(&cleaner, &options).unwrap();
    let spare = Buffers::default();
    let mut chunks = ChunkReader::new(JAR.as_bytes(), &RecordJar.framing(), &spare);
    let mut done = DonePart::default();
    while let Some(chunk) = chunks.next_chunk().unwrap() {
        clean_records(&worker, &RecordJar, chunk, input, &mut done).unwrap();
    }
    done
}

fn input() -> InputInfo {
    let (name, label) = (Path::new("mill.jar").to_owned(), Path::new("mill.jar").to_owned());
    let records: Option<Box<dyn RecordFormat>> = Some(Box::new(RecordJar));
    InputInfo {
        name,
        label,
        site: None,
        markup: Markup::Auto,
        format: Format::Text,
        records,
        compression: Compression::None,
    }
}

#[test]
fn a_format_of_one_file_is_cleaned_by_the_loop_of_all() {
    let done = cleaned(&input());
    assert_eq!(String::from_utf8(done.left).unwrap(), CLEANED);
    assert_eq!((done.stats.documents, done.stats.changed), (2, 1));
    let faults: Vec<_> = done.faults.iter().map(|fault| (fault.record, fault.what.as_str())).collect();
    assert_eq!(faults, [(2, "no blank line after the fields")]);
}

#[test]
fn a_format_of_one_file_is_restored_by_the_loop_of_all() {
    let done = cleaned(&input());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &done.log).unwrap();
    let entries = RemovalLog::open(file.path()).unwrap().entries(Path::new("mill.jar")).unwrap();
    let (mut restorer, mut restored) = (Restorer::new(entries, Compression::None), Vec::new());
    restorer.records(&done.left[..], &RecordJar, &mut restored).unwrap();
    restorer.finish(None, &mut restored).unwrap();
    assert_eq!(String::from_utf8(restored).unwrap(), JAR);
}
