//! A miner as bytes, so that the parts of a corpus can be looked at on different machines, or at different times.
//!
//! ```text
//! eight bytes   seven of a mark, and the version
//! eight bytes   a hash of all that follows, the least byte first
//! the rest      options and samples, by postcard
//! ```

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::text::hash_bytes;

use super::miner::{Miner, is_site};
use super::options::MineOptions;
use super::sample::Sample;

const MARK: &[u8; 7] = b"\x89MINER\n";
/// Goes up whenever samples are chosen or written otherwise.
const VERSION: u8 = 2;
/// Mark, version and hash.
const HEAD_BYTES: usize = 16;

/// Why bytes are no miner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum MinerBytesError {
    /// They are something else.
    Foreign,
    /// Another version of dechrome wrote them.
    Version {
        /// The version of the bytes.
        found: u8,
        /// The one that is read here.
        read: u8,
    },
    /// They were cut off or changed since they were written.
    Damaged,
}

impl fmt::Display for MinerBytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MinerBytesError::Foreign => f.write_str("these bytes are no miner; Miner::to_bytes writes one"),
            MinerBytesError::Version { found, read } => write!(
                f,
                "these bytes are a miner of version {found}, and version {read} is read here; \
                 write and read them with the same version of dechrome"
            ),
            MinerBytesError::Damaged => {
                f.write_str("these bytes were a miner, but are cut off or changed; mine the documents again")
            }
        }
    }
}

impl std::error::Error for MinerBytesError {}

/// What is written. Counts and sizes are of one width, so that machines understand each other.
#[derive(Serialize, Deserialize)]
struct Stored<'b> {
    memory_bytes: u64,
    site_bytes: u64,
    document_bytes: u64,
    fewest_documents: u64,
    most_bytes: u64,
    /// By site.
    #[serde(borrow)]
    samples: Vec<StoredSample<'b>>,
}

#[derive(Serialize, Deserialize)]
struct StoredSample<'b> {
    site: &'b str,
    offered: u64,
    bound: Option<u64>,
    /// By hash.
    #[serde(borrow)]
    documents: Vec<(u64, StoredText<'b>)>,
}

/// Bytes, written at once and not one by one.
#[derive(Deserialize)]
struct StoredText<'b>(&'b [u8]);

impl Serialize for StoredText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl Miner {
    /// The miner as bytes, from which [`Miner::from_bytes`] makes it again: to send it to where miners are merged, or to
    /// keep it until there are more documents. The same for the same miner, on every machine.
    ///
    /// Costs a copy of [`Miner::kept_bytes`].
    ///
    /// ```
    /// use dechrome::mine::{MineOptions, Miner};
    ///
    /// let mut here = Miner::new(MineOptions::default());
    /// here.add(b"The ferry was late.\n", "https://harbour.example/ferry");
    /// let sent = here.to_bytes();
    ///
    /// let mut there = Miner::new(MineOptions::default());
    /// there.merge(Miner::from_bytes(&sent)?);
    /// assert_eq!(there.sites().collect::<Vec<_>>(), [("harbour.example", 1)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let options = &self.options;
        let samples = self.sites.iter().map(|(site, sample)| StoredSample {
            site,
            offered: sample.offered,
            bound: sample.bound(),
            documents: sample.documents().map(|(hash, text)| (hash, StoredText(text))).collect(),
        });
        let stored = Stored {
            memory_bytes: options.memory_bytes as u64,
            site_bytes: options.site_bytes as u64,
            document_bytes: options.document_bytes as u64,
            fewest_documents: options.fewest_documents as u64,
            most_bytes: self.most_bytes as u64,
            samples: samples.collect(),
        };
        let mut bytes = Vec::with_capacity(self.kept_bytes() + self.kept_bytes() / 16 + HEAD_BYTES);
        bytes.extend_from_slice(MARK);
        bytes.push(VERSION);
        bytes.extend_from_slice(&[0; 8]);
        let mut bytes = postcard::to_extend(&stored, bytes).expect("these types can be written, and a vector grows");
        let hash = hash_bytes(&bytes[HEAD_BYTES..]);
        bytes[HEAD_BYTES - 8..HEAD_BYTES].copy_from_slice(&hash.to_le_bytes());
        bytes
    }

    /// The miner that [`Miner::to_bytes`] wrote, with its options.
    ///
    /// Costs a copy of the text, and takes no more memory than that, whatever the bytes are.
    ///
    /// # Errors
    ///
    /// If the bytes are something else, were written by another version, or were cut off or changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Miner, MinerBytesError> {
        let (mark, rest) = bytes.split_first_chunk().ok_or(MinerBytesError::Foreign)?;
        if mark != MARK {
            return Err(MinerBytesError::Foreign);
        }
        let (&version, rest) = rest.split_first().ok_or(MinerBytesError::Damaged)?;
        if version != VERSION {
            return Err(MinerBytesError::Version { found: version, read: VERSION });
        }
        let (hash, body) = rest.split_first_chunk().ok_or(MinerBytesError::Damaged)?;
        if u64::from_le_bytes(*hash) != hash_bytes(body) {
            return Err(MinerBytesError::Damaged);
        }
        // A hash keeps out accidents. Who makes bytes by hand still gets no miner that another could not be.
        let (stored, after): (Stored<'_>, &[u8]) =
            postcard::take_from_bytes(body).map_err(|_| MinerBytesError::Damaged)?;
        let miner = if after.is_empty() { restored(&stored) } else { None };
        miner.ok_or(MinerBytesError::Damaged)
    }
}

/// Nothing where no miner could have written it.
fn restored(stored: &Stored<'_>) -> Option<Miner> {
    let size = |bytes: u64| usize::try_from(bytes).ok();
    let options = MineOptions {
        memory_bytes: size(stored.memory_bytes)?,
        site_bytes: size(stored.site_bytes)?,
        document_bytes: size(stored.document_bytes)?,
        fewest_documents: size(stored.fewest_documents)?,
    };
    let most_bytes = size(stored.most_bytes).filter(|most| *most <= options.site_bytes)?;
    if !stored.samples.is_sorted_by(|a, b| a.site < b.site) {
        return None;
    }
    let mut miner = Miner::new(options);
    miner.most_bytes = most_bytes;
    for StoredSample { site, offered, bound, documents } in &stored.samples {
        if !is_site(site) || documents.iter().any(|(_, text)| text.0.len() > miner.options.document_bytes) {
            return None;
        }
        let documents = documents.iter().map(|(hash, text)| (*hash, text.0));
        let sample = Sample::restored(documents, *bound, *offered).filter(|sample| sample.bytes() <= most_bytes)?;
        miner.sites.insert((*site).into(), sample);
    }
    miner.recount();
    Some(miner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two sites, of one of which not all documents fit.
    fn miner() -> Miner {
        let mut miner = Miner::new(MineOptions { site_bytes: 300, ..MineOptions::default() });
        for number in 0..30 {
            let text = format!("The ferry of day {number} was late.\n");
            miner.add(text.as_bytes(), if number % 8 == 0 { "pier.example" } else { "harbour.example" });
        }
        miner
    }

    proptest! {
        /// As somebody would make them who knows how they are written.
        #[test]
        fn forged_bytes_give_an_error_or_a_miner_no_larger_than_they_are(
            places in proptest::collection::vec(
                (any::<prop::sample::Index>(), prop_oneof![any::<u8>(), Just(0xFF)]),
                1..8,
            ),
        ) {
            let mut bytes = miner().to_bytes();
            let body = bytes.len() - HEAD_BYTES;
            places.iter().for_each(|(at, byte)| bytes[HEAD_BYTES + at.index(body)] = *byte);
            let hash = hash_bytes(&bytes[HEAD_BYTES..]);
            bytes[HEAD_BYTES - 8..HEAD_BYTES].copy_from_slice(&hash.to_le_bytes());
            if let Ok(read) = Miner::from_bytes(&bytes) {
                prop_assert!(read.kept_bytes() <= bytes.len());
                prop_assert!(read.sites().all(|(site, _)| is_site(site)));
                let mut merged = miner();
                merged.merge(read);
            }
        }
    }
}
