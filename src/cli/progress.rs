//! Progress on a terminal, and nothing of it elsewhere.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{inputs, messages, signals};
use crate::io::{Walked, walk};
use crate::run::Observer;

/// Whether a bar can be drawn without getting into the output's way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Screen {
    /// The output goes to the same terminal.
    Shared,
    /// The output goes to files or a pipe.
    Free,
}

/// Draws a bar and prints what goes wrong.
pub(in crate::cli) struct Progress {
    bar: ProgressBar,
    faults: AtomicU64,
    emptied: AtomicU64,
}

/// So many documents of which hardly anything is left are named.
const EMPTIED_TOLD: u64 = 10;

/// So many records that cannot be read are named; a broken corpus has millions.
const FAULTS_TOLD: u64 = 100;

impl Progress {
    /// A bar for cleaning `paths`, if stderr is a terminal.
    pub(in crate::cli) fn new(paths: &[PathBuf], screen: Screen) -> Progress {
        let output_on_screen = screen == Screen::Shared && io::stdout().is_terminal();
        if !io::stderr().is_terminal() || output_on_screen {
            return Progress::with_bar(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(total(paths), ProgressDrawTarget::stderr());
        let template = match bar.length() {
            Some(_) => "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes} {bytes_per_sec}, {elapsed}",
        };
        // A template that is wrong shows the usual bar.
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress::with_bar(bar)
    }

    fn with_bar(bar: ProgressBar) -> Progress {
        Progress { bar, faults: AtomicU64::new(0), emptied: AtomicU64::new(0) }
    }

    /// Takes the bar away, and says how many documents were not named.
    pub(in crate::cli) fn finish(&self) {
        self.bar.finish_and_clear();
        let emptied = self.emptied.load(Ordering::Relaxed);
        if emptied > EMPTIED_TOLD {
            let more = emptied - EMPTIED_TOLD;
            messages::error(format_args!("of {more} more documents hardly anything is left"));
        }
    }
}

/// The bytes of all inputs, if they can be known.
fn total(paths: &[PathBuf]) -> Option<u64> {
    if paths.is_empty() || paths.iter().any(|path| path == Path::new(inputs::STDIN)) {
        return None;
    }
    let size = |walked| match walked {
        Walked::File(file) => file.path.metadata().map_or(0, |metadata| metadata.len()),
        Walked::Folder(_) | Walked::Own(..) | Walked::Link(_) | Walked::Failed(..) => 0,
    };
    Some(paths.iter().flat_map(|path| walk(path)).map(size).sum())
}

impl Observer for Progress {
    fn read(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn failed(&self, path: &Path, error: &io::Error) {
        self.bar.suspend(|| messages::about(path, format_args!("{error}")));
    }

    fn fault(&self, path: &Path, record: u64, what: &str) {
        let told = self.faults.fetch_add(1, Ordering::Relaxed);
        match told.cmp(&FAULTS_TOLD) {
            std::cmp::Ordering::Less => {
                self.bar.suspend(|| messages::about(path, format_args!("record {record}: {what}")));
            }
            std::cmp::Ordering::Equal => {
                self.bar.suspend(|| messages::error(format_args!("more records cannot be read; --stats counts them")));
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    fn emptied(&self, path: &Path, document: Option<u64>) {
        if self.emptied.fetch_add(1, Ordering::Relaxed) < EMPTIED_TOLD {
            let place = document.map(|number| format!("document {number}: ")).unwrap_or_default();
            self.bar.suspend(|| messages::about(path, format_args!("{place}hardly anything is left")));
        }
    }

    fn skipped_link(&self, path: &Path) {
        self.bar.suspend(|| messages::about(path, format_args!("a symbolic link, left alone")));
    }

    fn note(&self, path: &Path, what: &str) {
        self.bar.suspend(|| messages::about(path, format_args!("{what}")));
    }

    fn wants_stop(&self) -> bool {
        signals::stop_requested()
    }
}
