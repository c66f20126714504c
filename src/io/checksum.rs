//! Length and checksum of a content, by which it is known again.

use flate2::Crc;
use serde::{Deserialize, Serialize};

/// Length and CRC-32 of a content, by which it is known again. An accident, such as an edit, goes unnoticed once in four
/// billion times; who wants to deceive can.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Debug)]
pub struct Checksum {
    /// How many bytes it has.
    pub bytes: u64,
    /// The CRC-32 that gzip has too.
    pub crc32: u32,
}

/// A checksum in the making, of a content that comes in pieces.
#[derive(Default, Debug)]
pub struct RunningChecksum {
    bytes: u64,
    crc: Crc,
}

impl RunningChecksum {
    /// Goes on with these bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.crc.update(bytes);
    }

    /// Goes on with a piece whose checksum was made apart.
    pub fn append(&mut self, next: &RunningChecksum) {
        if next.bytes > 0 {
            self.bytes += next.bytes;
            self.crc.combine(&next.crc);
        }
    }

    /// The checksum of all that came.
    pub fn so_far(&self) -> Checksum {
        Checksum { bytes: self.bytes, crc32: self.crc.sum() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[&[u8]]) -> RunningChecksum {
        let mut sum = RunningChecksum::default();
        pieces.iter().for_each(|piece| sum.update(piece));
        sum
    }

    #[test]
    fn it_is_that_of_gzip_and_of_zip() {
        // The check value that catalogues of checksums give for this one.
        assert_eq!(of(&[b"123456789"]).so_far(), Checksum { bytes: 9, crc32: 0xCBF4_3926 });
        assert_eq!(of(&[]).so_far(), Checksum::default());
    }

    #[test]
    fn pieces_that_were_summed_apart_make_the_same() {
        let text = b"The ferry sails at noon, and the mill stands empty.".repeat(50);
        let whole = of(&[&text]).so_far();
        for cuts in [[0, 0], [0, 7], [7, 7], [1000, 2000], [2550, 2550]] {
            let (first, rest) = text.split_at(cuts[0].min(text.len()));
            let (second, third) = rest.split_at((cuts[1] - cuts[0]).min(rest.len()));
            let mut sum = of(&[]);
            for part in [first, second, third] {
                sum.append(&of(&[part]));
            }
            assert_eq!(sum.so_far(), whole, "{cuts:?}");
        }
    }
}
