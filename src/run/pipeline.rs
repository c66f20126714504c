//! Batches that are worked on by all threads while the next one is read and the last one written.

use rayon::prelude::*;

/// Takes batches from `read` until one is empty, does `work` on their jobs in parallel, and gives
/// the results to `write` in order. At most three batches are held at a time, one where there
/// is one thread.
///
/// # Errors
/// That of `write`, which ends the run.
pub(super) fn pump<J, D, E>(
    mut read: impl FnMut() -> Vec<J> + Send,
    work: impl Fn(J) -> D + Sync,
    mut write: impl FnMut(D) -> Result<(), E> + Send,
) -> Result<(), E>
where
    J: Send,
    D: Send,
    E: Send,
{
    if rayon::current_num_threads() == 1 {
        return one_by_one(read, work, write);
    }
    let mut batch = read();
    let mut done: Vec<D> = Vec::new();
    while !batch.is_empty() {
        let jobs = std::mem::take(&mut batch);
        let last = std::mem::take(&mut done);
        let (worked, next) = rayon::join(
            || jobs.into_par_iter().with_max_len(1).map(&work).collect::<Vec<D>>(),
            || {
                last.into_iter().try_for_each(&mut write)?;
                Ok(read())
            },
        );
        done = worked;
        batch = next?;
    }
    done.into_iter().try_for_each(&mut write)
}

/// A single thread gains nothing by reading ahead, and its cache is still warm when it writes.
fn one_by_one<J, D, E>(
    mut read: impl FnMut() -> Vec<J>,
    work: impl Fn(J) -> D,
    mut write: impl FnMut(D) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let batch = read();
        if batch.is_empty() {
            return Ok(());
        }
        batch.into_iter().try_for_each(|job| write(work(job)))?;
    }
}

/// How much goes into a batch: enough for all threads to be busy, little enough for memory.
pub(super) struct BatchLimit {
    bytes: usize,
    jobs: usize,
}

impl BatchLimit {
    /// The limit for the current rayon pool.
    pub(super) fn new() -> BatchLimit {
        let threads = rayon::current_num_threads();
        // As many windows as threads, though each is a little shorter than it may be.
        let bytes = threads * crate::text::WINDOW_BYTES - crate::text::WINDOW_BYTES / 2;
        BatchLimit { bytes, jobs: 128 * threads }
    }

    /// Whether a batch of so many jobs with so many bytes has room for more.
    pub(super) fn has_room(&self, jobs: usize, bytes: usize) -> bool {
        jobs < self.jobs && bytes < self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_an_error_ends_the_run() {
        let mut next = 0;
        let mut read = || {
            next += 10;
            if next <= 100 { (next - 10..next).collect() } else { Vec::new() }
        };
        let mut seen = Vec::new();
        pump(
            &mut read,
            |n| n * 2,
            |n| -> Result<(), ()> {
                seen.push(n);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(seen, (0..100).map(|n| n * 2).collect::<Vec<_>>());

        let mut next = 0;
        let endless = || {
            next += 1;
            vec![next]
        };
        assert_eq!(pump(endless, |n| n, |n| if n < 5 { Ok(()) } else { Err(n) }), Err(5));
    }
}
