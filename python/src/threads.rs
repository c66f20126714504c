//! Threads to work on: pools of our own, because the program around us may fork.

use std::sync::{Arc, Mutex, PoisonError};
use std::{mem, process, thread};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Where work is done.
#[derive(Clone)]
pub(crate) enum Threads {
    /// In the thread that asks for it.
    Own,
    /// In a pool.
    Pool(Arc<ThreadPool>),
}

/// Pools of this process by their number of threads.
struct Pools {
    process: u32,
    pools: Vec<Arc<ThreadPool>>,
}

static POOLS: Mutex<Pools> = Mutex::new(Pools { process: 0, pools: Vec::new() });

impl Threads {
    /// So many threads, or as many as the process may use.
    ///
    /// # Errors
    /// None are asked for, or they do not start.
    pub(crate) fn of(wanted: Option<usize>) -> PyResult<Threads> {
        match wanted.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)) {
            0 => Err(PyValueError::new_err("threads must be at least 1")),
            1 => Ok(Threads::Own),
            count => pool(count).map(Threads::Pool),
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        match self {
            Threads::Own => 1,
            Threads::Pool(pool) => pool.current_num_threads(),
        }
    }

    /// Maps values in order.
    pub(crate) fn map<T: Sync, R: Send>(&self, values: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        use rayon::prelude::*;
        match self {
            Threads::Own => values.iter().map(work).collect(),
            Threads::Pool(pool) => pool.install(|| values.par_iter().map(&work).collect()),
        }
    }

    /// Does work that itself asks for threads.
    ///
    /// # Errors
    /// A thread does not start.
    pub(crate) fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> PyResult<R> {
        match self {
            // Never the threads of everybody: after a fork they are not there.
            Threads::Own => Ok(pool(1)?.install(work)),
            Threads::Pool(pool) => Ok(pool.install(work)),
        }
    }
}

fn pool(count: usize) -> PyResult<Arc<ThreadPool>> {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if pools.process != process::id() {
        // A fork has our memory but not our threads: to wait for them, as dropping a pool does, would be for ever.
        mem::forget(mem::take(&mut pools.pools));
        pools.process = process::id();
    }
    if let Some(pool) = pools.pools.iter().find(|pool| pool.current_num_threads() == count) {
        return Ok(pool.clone());
    }
    let built = ThreadPoolBuilder::new().num_threads(count).thread_name(|number| format!("dechrome-{number}")).build();
    let pool = Arc::new(built.map_err(|error| PyRuntimeError::new_err(format!("threads do not start: {error}")))?);
    pools.pools.push(pool.clone());
    Ok(pool)
}
