//! Threads to work on: pools of our own, because the program around us may fork.

use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::{fmt, mem, process, thread};

use arrow_schema::ArrowError;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// How many threads are to work. They are there once they are asked for, in the process that asks.
#[derive(Clone, Copy)]
pub(crate) struct Threads {
    /// So many are started.
    count: usize,
    /// So many may work, where they are there already.
    most: usize,
}

/// Threads that are there.
pub(crate) enum Workers {
    /// The one that asks for work to be done.
    Own,
    /// Those of a pool.
    Pool(Arc<ThreadPool>),
}

/// A thread does not start.
pub(crate) struct NoThreads(ThreadPoolBuildError);

/// Pools of this process, of different sizes: one that was used last, and those that are at work.
struct Pools {
    process: u32,
    pools: Vec<Arc<ThreadPool>>,
}

static POOLS: Mutex<Pools> = Mutex::new(Pools { process: 0, pools: Vec::new() });

impl Threads {
    /// So many threads, or as many as the process may use, of which there are never more.
    ///
    /// # Errors
    /// None are asked for.
    pub(crate) fn of(wanted: Option<isize>) -> PyResult<Threads> {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let count = match wanted {
            Some(1) => 1,
            Some(wanted) => usize::try_from(wanted).unwrap_or(0).min(cores()),
            None => cores(),
        };
        if count == 0 {
            return Err(PyValueError::new_err("threads must be at least 1"));
        }
        Ok(Threads { count, most: count })
    }

    /// No more than there are pieces of work.
    pub(crate) fn at_most(self, pieces: usize) -> Threads {
        Threads { count: self.count.min(pieces.max(1)), ..self }
    }

    /// How many they are.
    pub(crate) fn count(self) -> usize {
        self.count
    }

    /// Starts them, or takes those that are there.
    ///
    /// # Errors
    /// A thread does not start.
    pub(crate) fn workers(self) -> Result<Workers, NoThreads> {
        if self.count == 1 { Ok(Workers::Own) } else { self.pool().map(Workers::Pool) }
    }

    /// Does work that itself asks for threads.
    ///
    /// # Errors
    /// A thread does not start.
    pub(crate) fn install<R: Send>(self, work: impl FnOnce() -> R + Send) -> Result<R, NoThreads> {
        // Also where it is one: never the threads of everybody, which are not there after a fork.
        Ok(self.pool()?.install(work))
    }

    /// A pool that serves. Others that nobody uses go.
    fn pool(self) -> Result<Arc<ThreadPool>, NoThreads> {
        let serves = |pool: &Arc<ThreadPool>| (self.count..=self.most).contains(&pool.current_num_threads());
        let found = pools().and_then(|mut known| {
            let found = known.pools.iter().find(|pool| serves(pool)).cloned();
            // Found ones are in use, too.
            known.pools.retain(|pool| Arc::strong_count(pool) > 1);
            found
        });
        if let Some(pool) = found {
            return Ok(pool);
        }
        let builder = ThreadPoolBuilder::new().num_threads(self.count).thread_name(|n| format!("dechrome-{n}"));
        let pool = Arc::new(builder.build().map_err(NoThreads)?);
        // Another thread may have made one meanwhile; this one then goes when its work is done.
        if let Some(mut known) = pools().filter(|known| !known.pools.iter().any(serves)) {
            known.pools.push(pool.clone());
        }
        Ok(pool)
    }
}

impl Workers {
    /// Maps values in order.
    pub(crate) fn map<T: Sync, R: Send>(&self, values: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        use rayon::prelude::*;
        match self {
            Workers::Own => values.iter().map(work).collect(),
            Workers::Pool(pool) => pool.install(|| values.par_iter().map(&work).collect()),
        }
    }
}

/// The pools of this process; nothing while somebody else has them: after a fork that may be a thread which is not
/// there, and nobody waits for it.
fn pools() -> Option<MutexGuard<'static, Pools>> {
    let mut pools = match POOLS.try_lock() {
        Ok(pools) => pools,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return None,
    };
    if pools.process != process::id() {
        // A fork has our memory but not our threads: to end them might wait for ever.
        mem::forget(mem::take(&mut pools.pools));
        pools.process = process::id();
    }
    Some(pools)
}

impl fmt::Display for NoThreads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "threads do not start: {}", self.0)
    }
}

impl From<NoThreads> for PyErr {
    fn from(error: NoThreads) -> PyErr {
        PyRuntimeError::new_err(error.to_string())
    }
}

impl From<NoThreads> for ArrowError {
    fn from(error: NoThreads) -> ArrowError {
        ArrowError::ComputeError(error.to_string())
    }
}
