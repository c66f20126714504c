//! Work that must come to an end.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Enough for what takes a second, in a debug build on a machine that others use.
const MOST: Duration = Duration::from_secs(60);

/// Does the work in a thread of its own; fails if it panics there, or does not come to an end.
pub(crate) fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::spawn(move || drop(sender.send(work())));
    match receiver.recv_timeout(MOST) {
        Ok(done) => done,
        Err(RecvTimeoutError::Timeout) => panic!("it does not end within {MOST:?}"),
        Err(RecvTimeoutError::Disconnected) => std::panic::resume_unwind(thread.join().unwrap_err()),
    }
}
