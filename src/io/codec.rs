//! Compressed streams: gzip of any number of members, zstd of any number of frames.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::gzip::Members;

/// How a stream is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    /// Not at all.
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

/// What each tool uses if nothing else is said.
const GZIP_LEVEL: u32 = 6;
const ZSTD_LEVEL: i32 = 3;

impl Compression {
    /// What a name's last extension says.
    pub fn of_path(path: &Path) -> Compression {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz" | "gzip") => Compression::Gzip,
            Some("zst" | "zstd") => Compression::Zstd,
            _ => Compression::None,
        }
    }

    /// What the first bytes say.
    pub fn of_beginning(beginning: &[u8]) -> Compression {
        match beginning {
            [0x1F, 0x8B, ..] => Compression::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Compression::Zstd,
            _ => Compression::None,
        }
    }

    /// A reader of what `source` holds, decompressed. Its errors say what is wrong with the stream.
    ///
    /// # Errors
    /// No memory for the decoder.
    pub fn decoder<'r>(self, source: impl BufRead + Send + 'r) -> io::Result<Box<dyn Read + Send + 'r>> {
        Ok(match self {
            Compression::None => Box::new(source),
            Compression::Gzip => Box::new(Named { source: Members::new(source), what: "gzip" }),
            Compression::Zstd => Box::new(Named { source: zstd::Decoder::with_buffer(source)?, what: "zstd" }),
        })
    }

    /// `bytes` as a stream of its own: one gzip member or one zstd frame. Streams of either kind may be put one after
    /// the other, so parts are compressed in parallel.
    ///
    /// # Errors
    /// No memory for the encoder.
    pub fn encode(self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        match self {
            Compression::None => Ok(bytes),
            Compression::Gzip | Compression::Zstd => self.encode_after(Vec::new(), &bytes),
        }
    }

    /// The same after what `out` holds already.
    ///
    /// # Errors
    /// No memory for the encoder.
    pub fn encode_after(self, mut out: Vec<u8>, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Compression::None => {
                out.extend_from_slice(bytes);
                Ok(out)
            }
            Compression::Gzip => {
                let mut encoder = GzEncoder::new(out, flate2::Compression::new(GZIP_LEVEL));
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Compression::Zstd => {
                let mut encoder = zstd::Encoder::new(out, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                encoder.set_pledged_src_size(Some(bytes.len() as u64))?;
                encoder.write_all(bytes)?;
                encoder.finish()
            }
        }
    }
}

/// A decoder whose errors name its format.
struct Named<R> {
    source: R,
    what: &'static str,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.source.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let what = self.what;
            match error.kind() {
                io::ErrorKind::UnexpectedEof => io::Error::new(error.kind(), format!("the {what} stream is cut off")),
                kind => io::Error::new(kind, format!("the {what} stream is damaged: {error}")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(compression: Compression, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        compression.decoder(bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn parts_that_were_encoded_apart_are_one_stream() {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let parts = [&b"one\n"[..], b"", b"two\n"].map(|part| compression.encode(part.to_vec()).unwrap());
            assert_eq!(decoded(compression, &parts.concat()).unwrap(), b"one\ntwo\n");
            assert_eq!(compression.encode_after(parts[..2].concat(), b"two\n").unwrap(), parts.concat());
            assert_eq!(Compression::of_beginning(&parts.concat()), compression);
        }
    }

    #[test]
    fn a_stream_that_is_cut_off_or_damaged_is_named() {
        for (compression, name) in [(Compression::Gzip, "gzip"), (Compression::Zstd, "zstd")] {
            let whole = compression.encode(b"The council met on Tuesday.".repeat(50)).unwrap();
            let cut = decoded(compression, &whole[..whole.len() - 3]).unwrap_err();
            assert_eq!(cut.to_string(), format!("the {name} stream is cut off"));
            let mut damaged = whole.clone();
            let last = damaged.len() - 6;
            damaged[last] ^= 0x55;
            let damaged = decoded(compression, &damaged).unwrap_err();
            assert!(damaged.to_string().starts_with(&format!("the {name} stream is damaged: ")), "{damaged}");
        }
    }
}
