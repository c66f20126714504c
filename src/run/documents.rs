//! Every document of inputs with what would go of it, for those who want to look at them all.

use std::io;

use crate::clean::{Cleaner, Removal};
use crate::io::Compression;
use crate::report::Stats;
use crate::report::html::DocumentSeen;

use super::Observer;
use super::error::RunError;
use super::options::CorpusOptions;
use super::source::Source;
use super::stream::clean_with;
use super::work::Worker;

/// Is shown documents, from several threads at once and in no order.
pub trait DocumentWitness: Sync {
    /// Looks at a document as it was, and at what would go of it, in order. Of a plain text longer than a window, each
    /// window is shown as a document.
    fn document(&self, document: &DocumentSeen<'_>, removals: &[Removal]);
}

/// Cleans inputs, writes nothing, and shows each document to `eyes`.
///
/// # Errors
/// As [`clean_to_writer`](super::clean_to_writer), but for its writers.
pub fn witness(
    cleaner: &Cleaner,
    sources: impl Iterator<Item = Source> + Send,
    options: &CorpusOptions,
    observer: &dyn Observer,
    eyes: &dyn DocumentWitness,
) -> Result<Stats, RunError> {
    let options = CorpusOptions { compress: Some(Compression::None), log_removed: false, ..options.clone() };
    let worker = Worker { eyes: Some(eyes), ..Worker::new(cleaner, &options)? };
    let mut sum = Stats::default();
    // One by one, so that tables may stand among other inputs.
    for source in sources {
        if observer.wants_stop() {
            break;
        }
        sum.merge(&clean_with(&worker, std::iter::once(source), io::sink(), io::sink(), observer)?);
    }
    Ok(sum)
}
