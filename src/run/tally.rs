//! Adding up what became of the parts of inputs.

use crate::io::Format;
use crate::report::Stats;

use super::Observer;
use super::error::RunError;
use super::input::InputInfo;
use super::log::{ContentSums, log_original};
use super::options::{CorpusOptions, OnError};
use super::worker::{DonePart, RecordFault, leaves_little};

/// Adds up the parts of inputs, in order.
pub(super) struct RunTally<'r> {
    options: &'r CorpusOptions,
    observer: &'r dyn Observer,
    pub(super) stats: Stats,
    /// Whether anything of the last input is written otherwise than it was read.
    pub(super) changed: bool,
    /// The same for the last document.
    document_changed: bool,
    /// Of the last document of plain text, if it has several windows.
    window_bytes: u64,
    window_gone: u64,
    /// Of the last input, if there is a log.
    sums: ContentSums,
    /// Whether anything of the last input is logged.
    pub(super) is_logged: bool,
}

impl<'r> RunTally<'r> {
    pub(super) fn new(options: &'r CorpusOptions, observer: &'r dyn Observer) -> RunTally<'r> {
        RunTally {
            options,
            observer,
            stats: Stats::default(),
            changed: false,
            document_changed: false,
            window_bytes: 0,
            window_gone: 0,
            sums: ContentSums::default(),
            is_logged: false,
        }
    }

    /// Adds a part, and gives back the memory of what was written of it.
    ///
    /// # Errors
    /// A record could not be read, and that is to end the run.
    pub(super) fn add(&mut self, input: &InputInfo, part: DonePart) -> Result<Vec<u8>, RunError> {
        if part.begins_input {
            (self.sums, self.is_logged) = (ContentSums::default(), false);
        }
        self.sums.append(&part.sums);
        self.is_logged |= !part.log.is_empty();
        self.faults(input, part.faults)?;
        let bytes = part.stats.bytes;
        // Of a small file there is one part: its figures are taken, not added, as they have a place for each rule.
        match self.stats == Stats::default() {
            true => self.stats = part.stats,
            false => self.stats.merge(&part.stats),
        }
        self.changed |= part.changed;
        self.document_changed |= part.changed;
        let is_text = input.format == Format::Text && self.options.separator.is_none();
        for document in part.emptied {
            self.observer.emptied(&input.name, (!is_text).then_some(document));
        }
        self.window_bytes += if is_text { bytes } else { 0 };
        self.window_gone += part.window_gone;
        if part.ends_document {
            let (bytes, gone) = (std::mem::take(&mut self.window_bytes), std::mem::take(&mut self.window_gone));
            if leaves_little(bytes, gone) {
                self.stats.emptied += 1;
                self.observer.emptied(&input.name, None);
            }
            self.stats.end_document(std::mem::take(&mut self.document_changed));
            self.stats.binary += u64::from(part.binary);
        }
        Ok(part.left)
    }

    /// The line of the log about an input as a whole, of which all parts were added: what it was, and what it and its
    /// output hold. None if nothing went and the output is compressed as the input is.
    pub(super) fn line_of_input(&self, input: &InputInfo) -> Vec<u8> {
        let mut line = Vec::new();
        if self.options.log_removed && (self.is_logged || input.is_recompressed(self.options)) {
            log_original(input, Some(self.sums.so_far()), &mut line);
        }
        line
    }

    /// Tells of records that could not be read, and counts them.
    pub(super) fn faults(&mut self, input: &InputInfo, faults: Vec<RecordFault>) -> Result<(), RunError> {
        for RecordFault { record, what } in faults {
            self.stats.faults += 1;
            if self.options.on_error == OnError::Fail {
                return Err(RunError::Record { path: input.name.clone(), record, what });
            }
            self.observer.fault(&input.name, record, &what);
        }
        Ok(())
    }
}
