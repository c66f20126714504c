//! How much a report shows.

/// How much a report shows, which is also what bounds its memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportLimits {
    /// Removals shown for each rule.
    pub samples: usize,
    /// Documents shown that lost the highest share.
    pub documents: usize,
    /// Sites shown, those that lost most bytes.
    pub sites: usize,
    /// Sites that are counted by themselves. Of more than these, some are summed as other sites,
    /// chosen by a hash of the host.
    pub counted_sites: usize,
}

impl Default for ReportLimits {
    /// 5 samples, 200 documents, 10 000 sites of 50 000 that are counted.
    fn default() -> ReportLimits {
        ReportLimits { samples: 5, documents: 200, sites: 10_000, counted_sites: 50_000 }
    }
}
