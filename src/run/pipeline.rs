//! Jobs that are worked on by all threads while the next ones are read and the last ones written, without a thread that
//! waits for another.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::ScopeFifo;

use crate::io::CHUNK_BYTES;
use crate::text::WINDOW_BYTES;

/// Takes jobs from `read` until there is none, each with its weight, does `work` on them in parallel, and gives the results
/// to `write` in order. One job at least is held at a time, more while there is `room` for them; one where there is one
/// thread.
///
/// # Errors
/// That of `write`, which ends the run.
pub(super) fn pump<J, D, E>(
    room: &Room,
    read: impl FnMut() -> Option<(J, usize)> + Send,
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
    let edge = OrderedEdge { read, write, weights: VecDeque::new(), given: 0, ended: false, outcome: Ok(()) };
    let results = Mutex::new(Results { next: 0, waiting: BTreeMap::new() });
    let pump = Pump { room, edge: Mutex::new(edge), results, work };
    rayon::scope_fifo(|scope| pump.take_turn(scope));
    pump.edge.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

/// What all threads share.
struct Pump<'r, D, E, R, F, W> {
    room: &'r Room,
    edge: Mutex<OrderedEdge<E, R, W>>,
    results: Mutex<Results<D>>,
    work: F,
}

/// Where jobs come from and results go to: one thread at a time is there.
struct OrderedEdge<E, R, W> {
    read: R,
    write: W,
    /// What each job weighs that is not written, in order.
    weights: VecDeque<usize>,
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

impl<J, D, E, R, F, W> Pump<'_, D, E, R, F, W>
where
    J: Send,
    D: Send,
    E: Send,
    R: FnMut() -> Option<(J, usize)> + Send,
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
                while let Some(result) = self.take_next() {
                    self.write_result(&mut edge, result);
                }
                if edge.ended || !(edge.weights.is_empty() || self.room.is_left()) {
                    break;
                }
                self.give_job(&mut edge, scope);
            }
            drop(edge);
            // What became ready in the meantime found the edge taken.
            if !self.is_next_ready() {
                break;
            }
        }
    }

    /// Writes the result of the first job that is not written, unless writing failed before.
    fn write_result(&self, edge: &mut OrderedEdge<E, R, W>, result: D) {
        if edge.outcome.is_ok() {
            edge.outcome = (edge.write)(result);
            edge.ended |= edge.outcome.is_err();
        }
        self.room.give_back(edge.weights.pop_front().unwrap_or_default());
    }

    fn give_job<'s>(&'s self, edge: &mut OrderedEdge<E, R, W>, scope: &ScopeFifo<'s>)
    where
        J: 's,
    {
        let Some((job, weight)) = (edge.read)() else {
            edge.ended = true;
            return;
        };
        self.room.take(weight);
        edge.weights.push_back(weight);
        let number = edge.given;
        edge.given += 1;
        scope.spawn_fifo(move |scope| {
            let result = (self.work)(job);
            self.results().waiting.insert(number, result);
            self.take_turn(scope);
        });
    }

    fn take_next(&self) -> Option<D> {
        let mut results = self.results();
        let next = results.next;
        let result = results.waiting.remove(&next)?;
        results.next += 1;
        Some(result)
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
    mut read: impl FnMut() -> Option<(J, usize)>,
    work: impl Fn(J) -> D,
    mut write: impl FnMut(D) -> Result<(), E>,
) -> Result<(), E> {
    while let Some((job, _)) = read() {
        write(work(job))?;
    }
    Ok(())
}

/// Room for jobs that were read and are not written, shared by all that is pumped at a time.
#[derive(Debug)]
pub(super) struct Room {
    /// It is full when so much is held.
    most: usize,
    held: AtomicUsize,
}

impl Room {
    /// Room for as much.
    pub(super) fn for_weight(most: usize) -> Room {
        Room { most, held: AtomicUsize::new(0) }
    }

    /// Room in memory for the work of the current rayon pool. So many threads as a large machine has do not all get a window
    /// of a document, but each has a chunk of records, and half of them the next one.
    pub(super) fn in_memory() -> Room {
        let threads = rayon::current_num_threads();
        let windows = (threads + 1).min(MOST_WINDOWS);
        Room::for_weight((windows * WINDOW_BYTES).max(threads * CHUNK_BYTES * 5 / 2))
    }

    fn is_left(&self) -> bool {
        self.held.load(Ordering::Relaxed) < self.most
    }

    fn take(&self, weight: usize) {
        self.held.fetch_add(weight, Ordering::Relaxed);
    }

    fn give_back(&self, weight: usize) {
        self.held.fetch_sub(weight, Ordering::Relaxed);
    }
}

/// So many windows are held at a time, however many threads there are: each may have 8 MiB.
const MOST_WINDOWS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_an_error_ends_the_run() {
        let room = Room::for_weight(10);
        let mut next = 0;
        let read = || {
            next += 1;
            (next <= 100).then_some((next - 1, 3))
        };
        let mut seen = Vec::new();
        let write = |n| -> Result<(), ()> {
            seen.push(n);
            Ok(())
        };
        pump(&room, read, |n| n * 2, write).unwrap();
        assert_eq!(seen, (0..100).map(|n| n * 2).collect::<Vec<_>>());

        let mut next = 0;
        let endless = || {
            next += 1;
            Some((next, 3))
        };
        assert_eq!(pump(&room, endless, |n| n, |n| if n < 5 { Ok(()) } else { Err(n) }), Err(5));
        assert_eq!(room.held.into_inner(), 0, "all room is given back");
    }

    #[test]
    fn no_more_is_read_than_there_is_room_for_and_one_job_always_is() {
        let held = AtomicUsize::new(0);
        for (most, weight, jobs) in [(10, 3, 4), (1, 100, 1), (0, 1, 1)] {
            let room = Room::for_weight(most);
            let mut left = 50;
            let read = || {
                left -= 1;
                assert!(held.fetch_add(1, Ordering::Relaxed) < jobs);
                (left > 0).then_some(((), weight))
            };
            let write = |()| -> Result<(), ()> {
                held.fetch_sub(1, Ordering::Relaxed);
                Ok(())
            };
            pump(&room, read, |()| (), write).unwrap();
            assert_eq!(held.swap(0, Ordering::Relaxed), 1, "what was looked for at the end");
        }
    }
}
