//! What mining is bounded by and what it asks for.

/// How much is kept of each site, and how often a line must recur.
#[derive(Clone, PartialEq, Debug)]
pub struct MineOptions {
    /// The text of all samples together, in bytes. Where they would grow larger, each site's sample shrinks.
    pub memory_bytes: usize,
    /// The text of one site's sample, in bytes.
    pub site_bytes: usize,
    /// Of a longer document its beginning and its end are kept, in bytes together.
    pub document_bytes: usize,
    /// Sites of fewer different documents have no candidates.
    pub fewest_documents: usize,
}

impl Default for MineOptions {
    fn default() -> MineOptions {
        MineOptions { memory_bytes: 2 << 30, site_bytes: 4 << 20, document_bytes: 64 << 10, fewest_documents: 5 }
    }
}
