//! One cleaned input and its log, to the original.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::io::{Compression, Format, RunningChecksum};
use crate::run::input::{InputInfo, OpenedInput, Origin, Source, open};
use crate::run::log::{Contents, Entries, RemovalLog};
use crate::run::options::CorpusOptions;
use crate::run::{Silent, formats};

use super::error::RestoreError;
use super::stream::Restorer;
use super::table::{table, table_sum};

/// Writes the original of the cleaned file `cleaned` to `out`, which comes back: what stands in the log under `input` goes
/// back to its place. `options` must say what those of the cleaning said of formats, fields and separators. A compressed
/// file is compressed anew, so that its content is the original's, and its own bytes need not be.
///
/// Where the log tells what the input held and what was left of it, a regular file is read once before anything is written,
/// to see whether it is that. One that still holds what the input held, as where a run in place was ended before it came
/// to it, passes as it is.
///
/// # Errors
/// Something cannot be read or written, or the file and the log do not fit together.
pub fn restore<W: Write + Send + 'static>(
    cleaned: &Path,
    log: &RemovalLog,
    input: &Path,
    options: &CorpusOptions,
    mut out: W,
) -> Result<W, RestoreError> {
    if !log.knows(input) && options.compress.is_none() {
        // Nothing went of it; perhaps it could not be read at all and passed as it is.
        io::copy(&mut File::open(cleaned)?, &mut out)?;
        return Ok(out);
    }
    let file = CleanedFile { path: cleaned, log, input, options };
    let original = log.original(input).map(|original| original.compression);
    let entries = match file.is_original()? {
        false => log.entries(input)?,
        // It may be a copy that somebody compressed otherwise.
        true if options.compress.is_some() || Some(file.compression()) != original => Entries::none(),
        true => {
            io::copy(&mut File::open(cleaned)?, &mut out)?;
            return Ok(out);
        }
    };
    let contents = log.contents(input);
    if file.is_table() {
        return table(cleaned, entries, options, contents, out);
    }
    let (opened, reader) = file.open()?;
    // As it was, unless it is to be otherwise.
    let compression = options.compress.or(original).unwrap_or(opened.compression);
    let mut restorer = Restorer::new(entries, compression);
    match &opened.records {
        Some(format) => restorer.records(reader, &**format, &mut out)?,
        None => restorer.text(reader, &mut out)?,
    }
    restorer.finish(contents, &mut out)?;
    Ok(out)
}

/// A cleaned file, with what is known of it.
struct CleanedFile<'c> {
    path: &'c Path,
    log: &'c RemovalLog,
    input: &'c Path,
    options: &'c CorpusOptions,
}

impl CleanedFile<'_> {
    /// Whether it holds what the input held and not what was left of it, where the log tells of both.
    ///
    /// # Errors
    /// It holds neither, or cannot be read.
    fn is_original(&self) -> Result<bool, RestoreError> {
        let Some(Contents { before, after }) = self.log.contents(self.input) else { return Ok(false) };
        // A pipe can be read but once; what comes out of it is looked at in the end.
        if self.path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            return Ok(false);
        }
        let holds = match self.is_table() {
            true => table_sum(self.path, self.options)?,
            false => {
                let mut sum = Summed(RunningChecksum::default());
                io::copy(&mut self.open()?.1, &mut sum)?;
                sum.0.so_far()
            }
        };
        match holds {
            holds if holds == after => Ok(false),
            holds if holds == before => Ok(true),
            holds => Err(RestoreError::OtherFile { holds, left: after }),
        }
    }

    /// What was cleaned through a pipe or from another name may have any name now.
    fn names(&self) -> [&Path; 2] {
        [self.path, self.input]
    }

    /// What its name or that of its input says.
    fn format(&self) -> Option<Format> {
        let by_name = self.names().map(Format::of_path).into_iter().find(|format| *format != Format::Text);
        self.options.format.or(by_name)
    }

    fn compression(&self) -> Compression {
        let by_name = self.names().map(Compression::of_path).into_iter().find(|how| *how != Compression::None);
        by_name.unwrap_or(Compression::None)
    }

    fn is_table(&self) -> bool {
        self.format() == Some(Format::Parquet)
    }

    /// What it holds, and its content, decompressed.
    fn open(&self) -> Result<(InputInfo, Box<dyn Read + Send>), RestoreError> {
        let (file, is_there): (Box<dyn Read + Send>, bool) = match File::open(self.path) {
            Ok(file) => (Box::new(file), true),
            // A text of which nothing was left may not have been written.
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.may_be_missing() => {
                (Box::new(io::empty()), false)
            }
            Err(error) => return Err(error.into()),
        };
        let (name, label) = (self.path.to_owned(), self.input.to_owned());
        // A stream shows what it is by its first bytes, as when it was cleaned.
        if self.input == Path::new("-") {
            let source = Source { name, label, site: None, origin: Origin::Stream(file) };
            return match open(source, self.options, &Silent) {
                OpenedInput::Stream(input, reader) => Ok((input, reader)),
                OpenedInput::Table(input, _) => {
                    Err(io::Error::other(format!("{} is a table", input.name.display())).into())
                }
                OpenedInput::Failed(_, error) => Err(error.into()),
            };
        }
        let format = self.format().unwrap_or(Format::Text);
        let compression = self.compression();
        let records = formats::of(format, self.options).map_err(io::Error::other)?;
        let decoded = if is_there { compression } else { Compression::None };
        let reader = decoded.decoder(io::BufReader::new(file))?;
        Ok((InputInfo { name, label, site: None, markup: self.options.markup, format, records, compression }, reader))
    }

    fn may_be_missing(&self) -> bool {
        self.log.knows(self.input) && self.log.contents(self.input).is_none_or(|contents| contents.after.bytes == 0)
    }
}

/// Makes a checksum of what is written to it.
struct Summed(RunningChecksum);

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
