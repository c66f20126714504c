//! Where the entries of a table that is sorted by hash stand.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::lookup::records::{Table, u32_at};

/// Where the entries of a table that is sorted by hash begin and end.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct Buckets {
    /// Where the entries of each bucket begin; one more says where the last ones end.
    starts: Table<4>,
    shift: u32,
}

impl Buckets {
    /// Sorts the entries by bucket; those of one bucket stay in their order.
    pub(in crate::engine) fn sort<T: Copy>(entries: &mut [T], hash: impl Fn(&T) -> u64) -> Buckets {
        let count = (2 * entries.len()).next_power_of_two().max(2);
        let shift = 64 - count.trailing_zeros();
        let bucket_of = |entry: &T| (hash(entry) >> shift) as usize;
        let mut starts = vec![0_u32; count + 1];
        entries.iter().for_each(|entry| starts[bucket_of(entry) + 1] += 1);
        (0..count).for_each(|bucket| starts[bucket + 1] += starts[bucket]);
        entries.sort_by_key(bucket_of);
        Buckets { starts: starts.into_iter().map(u32::to_le_bytes).collect(), shift }
    }

    /// Where the entries stand among which those of that hash are.
    #[inline]
    pub(in crate::engine) fn range(&self, hash: u64) -> Range<usize> {
        let bucket = (hash >> self.shift) as usize;
        let start = |bucket: usize| u32_at(&self.starts[bucket], 0) as usize;
        start(bucket)..start(bucket + 1)
    }
}
