//! Jobs that are worked on by all threads while the next ones are read and the last ones written, without a thread that
//! waits for another.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::ScopeFifo;

/// So many batches are held at a time: of one the last jobs are worked on while the next one is there. A third gains
/// nothing.
const MOST_BATCHES: usize = 2;

/// Takes batches from `read` until one is empty, does `work` on their jobs in parallel, and gives
/// the results to `write` in order. At most two batches are held at a time, one where there
/// is one thread.
///
/// # Errors
/// That of `write`, which ends the run.
pub(super) fn pump<J, D, E>(
    read: impl FnMut() -> Vec<J> + Send,
    work: impl Fn(J) -> D + Sync,
    write: impl FnMut(D) -> Result<(), E> + Send,
) -> Result<(), E>
where
    J: Send,
    D: Send,
    E: Send,
{
    if rayon::current_num_threads() == 1 {
        return one_by_one(read, work, write);
    }
    let edge = OrderedEdge { read, write, batches: VecDeque::new(), given: 0, ended: false, outcome: Ok(()) };
    let pump =
        Pump { edge: Mutex::new(edge), results: Mutex::new(Results { next: 0, waiting: BTreeMap::new() }), work };
    rayon::scope_fifo(|scope| pump.take_turn(scope));
    pump.edge.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

/// What all threads share.
struct Pump<D, E, R, F, W> {
    edge: Mutex<OrderedEdge<E, R, W>>,
    results: Mutex<Results<D>>,
    work: F,
}

/// Where jobs come from and results go to: one thread at a time is there.
struct OrderedEdge<E, R, W> {
    read: R,
    write: W,
    /// The number of the job after each batch that is not all written.
    batches: VecDeque<u64>,
    /// Jobs that were given to the threads.
    given: u64,
    /// Nothing is to be read any more.
    ended: bool,
    outcome: Result<(), E>,
}

/// Results by the numbers of their jobs.
struct Results<D> {
    /// The job whose result is written next.
    next: u64,
    waiting: BTreeMap<u64, D>,
}

impl<E, R, W> OrderedEdge<E, R, W> {
    /// Writes the result of that job, unless writing failed before.
    fn write_result<D>(&mut self, number: u64, result: D)
    where
        W: FnMut(D) -> Result<(), E>,
    {
        if self.outcome.is_ok() {
            self.outcome = (self.write)(result);
            self.ended |= self.outcome.is_err();
        }
        if self.batches.front().is_some_and(|&end| number + 1 == end) {
            self.batches.pop_front();
        }
    }
}

impl<J, D, E, R, F, W> Pump<D, E, R, F, W>
where
    J: Send,
    D: Send,
    E: Send,
    R: FnMut() -> Vec<J> + Send,
    F: Fn(J) -> D + Sync,
    W: FnMut(D) -> Result<(), E> + Send,
{
    /// Writes what is ready and reads what there is room for, unless another thread does; that one then looks again.
    fn take_turn<'s>(&'s self, scope: &ScopeFifo<'s>)
    where
        J: 's,
    {
        // Taken by another thread, or by one that panicked, with which the run ends.
        while let Ok(mut edge) = self.edge.try_lock() {
            loop {
                while let Some((number, result)) = self.take_next() {
                    edge.write_result(number, result);
                }
                if edge.ended || edge.batches.len() == MOST_BATCHES {
                    break;
                }
                self.give_batch(&mut edge, scope);
            }
            drop(edge);
            // What became ready in the meantime found the edge taken.
            if !self.is_next_ready() {
                break;
            }
        }
    }

    fn give_batch<'s>(&'s self, edge: &mut OrderedEdge<E, R, W>, scope: &ScopeFifo<'s>)
    where
        J: 's,
    {
        let batch = (edge.read)();
        edge.ended = batch.is_empty();
        for (number, job) in (edge.given..).zip(batch) {
            edge.given = number + 1;
            scope.spawn_fifo(move |scope| {
                let result = (self.work)(job);
                self.results().waiting.insert(number, result);
                self.take_turn(scope);
            });
        }
        if !edge.ended {
            edge.batches.push_back(edge.given);
        }
    }

    fn take_next(&self) -> Option<(u64, D)> {
        let mut results = self.results();
        let next = results.next;
        let result = results.waiting.remove(&next)?;
        results.next += 1;
        Some((next, result))
    }

    fn is_next_ready(&self) -> bool {
        let results = self.results();
        results.waiting.contains_key(&results.next)
    }

    fn results(&self) -> MutexGuard<'_, Results<D>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
