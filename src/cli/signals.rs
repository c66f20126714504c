//! Ctrl-C and requests to end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::cli::exit::Exit;
use crate::cli::messages;

static STOP: AtomicBool = AtomicBool::new(false);

/// How long what is being written may take to be completed before it is thrown away.
const GRACE: Duration = Duration::from_millis(300);

/// From now on Ctrl-C ends the program with status 130 and leaves no partial output: no new file is
/// begun, and what does not end soon is discarded.
pub(in crate::cli) fn watch() {
    let handler = || {
        STOP.store(true, Ordering::SeqCst);
        std::thread::sleep(GRACE);
        crate::io::discard_unfinished();
        tell();
        std::process::exit(Exit::Interrupted as i32);
    };
    // Without a handler Ctrl-C still ends the program, and leaves a `.dechrome-*.part` at worst.
    let _ = ctrlc::set_handler(handler);
}

/// What is said when the program was asked to end.
static LAST_WORD: Mutex<Option<String>> = Mutex::new(None);

/// Says this when the program was asked to end, once.
pub(in crate::cli) fn say_at_end(last_word: String) {
    *LAST_WORD.lock().unwrap_or_else(PoisonError::into_inner) = Some(last_word);
}

/// Says what was left to be said.
pub(in crate::cli) fn tell() {
    if let Some(last_word) = LAST_WORD.lock().unwrap_or_else(PoisonError::into_inner).take() {
        messages::error(format_args!("{last_word}"));
    }
}

/// Whether the program was asked to end.
pub(in crate::cli) fn stop_requested() -> bool {
    STOP.load(Ordering::SeqCst)
}
