//! Inputs, and how they are opened: once, decompressed, with what they hold.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::io::{Compression, Format};

use crate::run::Observer;
use crate::run::formats;
use crate::run::options::CorpusOptions;

use super::info::InputInfo;

/// An input to read.
pub struct Source {
    /// What messages call it.
    pub name: PathBuf,
    /// What the log of removals calls it: its path below its tree.
    pub label: PathBuf,
    /// Its site, as a host in lower case, if that is known.
    pub site: Option<String>,
    /// Where its bytes are.
    pub origin: Origin,
}

/// Where an input's bytes are.
pub enum Origin {
    /// A file, opened when its turn comes, so that a thousand files are not open at once.
    File(PathBuf),
    /// A stream; its first bytes show what it holds.
    Stream(Box<dyn Read + Send>),
    /// Nowhere: it could not be found.
    Failed(io::Error),
}

/// An input that is open, decompressed, with what is known of it.
pub(in crate::run) enum OpenedInput<'o> {
    /// A table, which is read from a file alone.
    Table(InputInfo, File),
    Stream(InputInfo, Box<dyn Read + Send + 'o>),
    /// It cannot be read.
    Failed(PathBuf, io::Error),
}

/// As much is read from the system at a time.
const READ_BYTES: usize = 256 << 10;

/// Opens an input; `observer` is given the number of its bytes as they are read, before they are decompressed. This is
/// the only place where a run decides what an input holds.
pub(in crate::run) fn open<'o>(source: Source, options: &CorpusOptions, observer: &'o dyn Observer) -> OpenedInput<'o> {
    let Source { name, label, site, origin } = source;
    let opened = match origin {
        Origin::File(path) => open_file(&path, options, observer),
        Origin::Stream(stream) => open_stream(stream, options, observer),
        Origin::Failed(error) => Err(error),
    };
    let with_records = opened.and_then(|(bytes, format, compression)| {
        let records = formats::of(format, options).map_err(io::Error::other)?;
        let markup = options.markup_of(&name, format);
        Ok((bytes, InputInfo { name: name.clone(), label, site, markup, format, records, compression }))
    });
    match with_records {
        Ok((InputBytes::Table(file), input)) => OpenedInput::Table(input, file),
        Ok((InputBytes::Stream(reader), input)) => OpenedInput::Stream(input, reader),
        Err(error) => OpenedInput::Failed(name, error),
    }
}

/// The bytes of an input, decompressed.
enum InputBytes<'o> {
    Table(File),
    Stream(Box<dyn Read + Send + 'o>),
}

type Found<'o> = (InputBytes<'o>, Format, Compression);

fn open_file<'o>(path: &Path, options: &CorpusOptions, observer: &'o dyn Observer) -> io::Result<Found<'o>> {
    let format = options.format_of(path);
    if format == Format::Parquet {
        return Ok((InputBytes::Table(File::open(path)?), format, Compression::None));
    }
    let file = CountedReader { source: File::open(path)?, observer };
    let compression = Compression::of_path(path);
    // Text that is not compressed is read straight to where it is worked on.
    let reader: Box<dyn Read + Send> = match compression {
        Compression::None => Box::new(file),
        _ => compression.decoder(BufReader::with_capacity(READ_BYTES, file))?,
    };
    Ok((InputBytes::Stream(reader), format, compression))
}

/// A stream that is a table is copied to a temporary file, because tables are read from their end.
fn open_stream<'o>(
    stream: Box<dyn Read + Send>,
    options: &CorpusOptions,
    observer: &'o dyn Observer,
) -> io::Result<Found<'o>> {
    let (beginning, mut raw) = beginning(stream);
    let compression = Compression::of_beginning(&beginning);
    let format = |beginning: &[u8]| options.format.unwrap_or_else(|| Format::of_beginning(beginning));
    if format(&beginning) == Format::Parquet {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut raw, &mut file)?;
        return Ok((InputBytes::Table(file), Format::Parquet, Compression::None));
    }
    let raw = CountedReader { source: raw, observer };
    if compression == Compression::None {
        return Ok((InputBytes::Stream(Box::new(raw)), format(&beginning), compression));
    }
    let (beginning, decoded) = self::beginning(compression.decoder(BufReader::with_capacity(READ_BYTES, raw))?);
    Ok((InputBytes::Stream(Box::new(decoded)), format(&beginning), compression))
}

/// The first bytes of a stream, and a reader of all of it.
fn beginning<R: Read>(mut source: R) -> (Vec<u8>, impl Read) {
    const PROBE_BYTES: u64 = 512;
    let mut beginning = Vec::new();
    let failure = source.by_ref().take(PROBE_BYTES).read_to_end(&mut beginning).err();
    (beginning.clone(), io::Cursor::new(beginning).chain(Failing { failure }).chain(source))
}

/// Reports a failure where it was met: after what could be read.
struct Failing {
    failure: Option<io::Error>,
}

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.failure.take().map_or(Ok(0), Err)
    }
}

/// Reports the bytes that are read.
struct CountedReader<'o, R> {
    source: R,
    observer: &'o dyn Observer,
}

impl<R: Read> Read for CountedReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.observer.read(read as u64);
        Ok(read)
    }
}
