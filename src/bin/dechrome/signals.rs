//! Ctrl-C and requests to end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::exit::Exit;

static STOP: AtomicBool = AtomicBool::new(false);

/// How long what is being written may take to be completed before it is thrown away.
const GRACE: Duration = Duration::from_millis(300);

/// From now on Ctrl-C ends the program with status 130 and leaves no partial output: no new file is
/// begun, and what does not end soon is discarded.
pub(crate) fn watch() {
    let handler = || {
        STOP.store(true, Ordering::SeqCst);
        std::thread::sleep(GRACE);
        dechrome::io::discard_unfinished();
        std::process::exit(Exit::Interrupted as i32);
    };
    // Without a handler Ctrl-C still ends the program, and leaves a `.dechrome-*.part` at worst.
    let _ = ctrlc::set_handler(handler);
}

/// Whether the program was asked to end.
pub(crate) fn stop_requested() -> bool {
    STOP.load(Ordering::SeqCst)
}
