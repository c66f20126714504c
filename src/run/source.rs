//! Inputs as they are opened: decompressed, with what they hold.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::io::{Compression, Format};

use super::Observer;
use super::options::CorpusOptions;

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
    /// A stream; its first bytes tell what it holds.
    Stream(Box<dyn Read + Send>),
    /// Nowhere: it could not be found.
    Failed(io::Error),
}

/// An input that is open.
pub(super) struct Opened<'o> {
    pub(super) reader: Box<dyn Read + Send + 'o>,
    pub(super) format: Format,
    pub(super) compression: Compression,
}

/// As much is read from the system at a time.
const READ_BYTES: usize = 256 << 10;

/// Opens an input; `observer` is told of its bytes as they are read, before they are decompressed.
pub(super) fn open<'o>(origin: Origin, options: &CorpusOptions, observer: &'o dyn Observer) -> io::Result<Opened<'o>> {
    match origin {
        Origin::File(path) => open_file(&path, options, observer),
        Origin::Stream(stream) => open_stream(stream, options, observer),
        Origin::Failed(error) => Err(error),
    }
}

fn open_file<'o>(path: &Path, options: &CorpusOptions, observer: &'o dyn Observer) -> io::Result<Opened<'o>> {
    let file = Counted { source: File::open(path)?, observer };
    let format = options.format.unwrap_or_else(|| Format::of_path(path));
    let compression = Compression::of_path(path);
    // Text that is not compressed is read straight to where it is worked on.
    let reader: Box<dyn Read + Send> = match compression {
        Compression::None => Box::new(file),
        _ => compression.decoder(BufReader::with_capacity(READ_BYTES, file))?,
    };
    Ok(Opened { reader, format, compression })
}

fn open_stream<'o>(
    stream: Box<dyn Read + Send>,
    options: &CorpusOptions,
    observer: &'o dyn Observer,
) -> io::Result<Opened<'o>> {
    let (beginning, raw) = beginning(Counted { source: stream, observer });
    let compression = Compression::of_beginning(&beginning);
    if compression == Compression::None {
        let format = options.format.unwrap_or_else(|| Format::of_beginning(&beginning));
        return Ok(Opened { reader: Box::new(raw), format, compression });
    }
    let (beginning, decoded) = self::beginning(compression.decoder(BufReader::with_capacity(READ_BYTES, raw))?);
    let format = options.format.unwrap_or_else(|| Format::of_beginning(&beginning));
    Ok(Opened { reader: Box::new(decoded), format, compression })
}

/// Whether an input is a table, which is read from a file only.
pub(super) enum Told {
    Table(Source, File),
    Stream(Source),
}

/// Tells whether an input is a table. A stream that is one is copied to a temporary file, because tables are read from
/// their end.
pub(super) fn tell(source: Source, options: &CorpusOptions) -> Told {
    let Source { name, label, site, origin } = source;
    let (origin, file) = match table_of(origin, options) {
        Ok((origin, file)) => (origin, file),
        Err(error) => (Origin::Failed(error), None),
    };
    let source = Source { name, label, site, origin };
    match file {
        Some(file) => Told::Table(source, file),
        None => Told::Stream(source),
    }
}

fn table_of(origin: Origin, options: &CorpusOptions) -> io::Result<(Origin, Option<File>)> {
    let is_table = |told: Format| options.format.unwrap_or(told) == Format::Parquet;
    match origin {
        Origin::File(path) if is_table(Format::of_path(&path)) => {
            let file = File::open(&path)?;
            Ok((Origin::File(path), Some(file)))
        }
        Origin::Stream(stream) => {
            let (beginning, mut stream) = beginning(stream);
            if !is_table(Format::of_beginning(&beginning)) {
                return Ok((Origin::Stream(Box::new(stream)), None));
            }
            let mut file = tempfile::tempfile()?;
            io::copy(&mut stream, &mut file)?;
            Ok((Origin::Stream(Box::new(io::empty())), Some(file)))
        }
        other => Ok((other, None)),
    }
}

/// The first bytes of a stream, and a reader of all of it.
fn beginning<R: Read>(mut source: R) -> (Vec<u8>, impl Read) {
    const PROBE_BYTES: u64 = 512;
    let mut beginning = Vec::new();
    let failure = source.by_ref().take(PROBE_BYTES).read_to_end(&mut beginning).err();
    (beginning.clone(), io::Cursor::new(beginning).chain(Failing { failure }).chain(source))
}

/// Tells of a failure where it was met: behind what could be read.
struct Failing {
    failure: Option<io::Error>,
}

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.failure.take().map_or(Ok(0), Err)
    }
}

/// Tells of the bytes that are read.
struct Counted<'o, R> {
    source: R,
    observer: &'o dyn Observer,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.observer.read(read as u64);
        Ok(read)
    }
}
