//! What a line begins and ends with.

use crate::engine::patterns::pattern::Folded;
use crate::text::{FoldBuffer, FoldedLine};

/// The ends of a folded line. Gathered for many lines before any is looked up: so a core need not wait for one look at memory
/// before the next.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct EndWords {
    /// Eight bytes after list marks.
    pub(in crate::engine) head: u64,
    /// Eight bytes before decoration, the last one lowest.
    pub(in crate::engine) tail: u64,
    /// Eight bytes of the core, or all where it has fewer.
    pub(in crate::engine) core: u64,
    /// Where list marks end and decoration begins, in bytes of the line.
    head_at: u32,
    tail_at: u32,
    core_len: u32,
}

impl EndWords {
    #[inline]
    pub(in crate::engine) fn of(text: &FoldBuffer, line: FoldedLine) -> EndWords {
        let start = line.start as usize;
        let folded = Folded::new(&text.text()[start..line.end as usize]);
        let (core_start, core_end) = folded.core;
        let core = match core_end - core_start {
            // What follows is decoration, or the next line.
            len @ 0..8 => text.word(start + core_start) & ((1 << (8 * len)) - 1),
            _ => text.word(start + core_start),
        };
        EndWords {
            head: text.word(start + folded.head),
            tail: text.word_before(start + folded.tail),
            core,
            head_at: folded.head as u32,
            tail_at: folded.tail as u32,
            core_len: (core_end - core_start) as u32,
        }
    }

    #[inline]
    pub(in crate::engine) fn core_len(&self) -> usize {
        self.core_len as usize
    }

    /// The line whose ends they are.
    #[inline]
    pub(in crate::engine) fn line<'f>(&self, text: &'f [u8]) -> Folded<'f> {
        Folded::between(text, self.head_at as usize, self.tail_at as usize)
    }
}
