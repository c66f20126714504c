//! One file of a tree.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::io::{Compression, InputFile};
use crate::report::Stats;
use crate::run::error::RunError;
use crate::run::input::{InputInfo, InputPart, InputParts, OpenedInput, Origin, Source, open};
use crate::run::log::{Digested, HeldLog};
use crate::run::options::OnError;
use crate::run::pipeline::pump;
use crate::run::tables::TableRun;
use crate::run::tally::RunTally;
use crate::run::worker::DonePart;

use super::failures::{Failure, FailureKeeper, lock};
use super::file::TreeOutput;
use super::mark::{Complete, Stamp, StoredPath};
use super::name::output_name;
use super::plan::{Root, resolve};
use super::tree::TreeRun;

impl<L: Write + Send> TreeRun<'_, L> {
    /// Cleans a file to its place.
    pub(in crate::run) fn file(&self, root: &Root, file: &InputFile, stats: &mut Stats) -> Result<(), Failure> {
        let failed = |error| Failure::File { path: file.path.clone(), error };
        let options = self.worker.options;
        let format = options.format_of(&file.path);
        let target = match &root.output {
            Some(output) if root.is_folder => output_name(&output.join(&file.below), format, options),
            Some(output) if root.is_named => output.clone(),
            Some(output) => output_name(output, format, options),
            // The file that a link stands for is replaced, not the link.
            None => file.path.canonicalize().map_err(failed)?,
        };
        if let Some(hit) = root.inputs_inside.iter().find(|input| resolve(&target).starts_with(resolve(input))) {
            return Err(Failure::Run(RunError::OutputInsideInput { output: target, input: hit.clone() }));
        }
        let label = if root.is_folder { root.label.join(&file.below) } else { root.label.clone() };
        // Where it is found again: the output may have another extension.
        let label = if root.output.is_some() && !root.is_named { output_name(&label, format, options) } else { label };
        let output = self.output(root, file, target, &label).map_err(failed)?;
        if (options.compress.is_some() || options.to_jsonl) && !lock(&self.taken).insert(output.target.clone()) {
            return Err(failed(io::Error::other("another input has the same output; clean them apart")));
        }
        if self.outputs.complete.contains(&output.target) {
            self.observer.read(output.metadata.len());
            return Ok(());
        }
        let source = Source {
            name: file.path.clone(),
            label,
            site: self.sites.site_of(&file.path, self.worker.cleaner),
            origin: Origin::File(file.path.clone()),
        };
        let mut tally = RunTally::new(options, self.observer);
        let keeper = FailureKeeper { observer: self.observer, failed: Mutex::new(None) };
        let result = match open(source, options, &keeper) {
            OpenedInput::Table(input, table) => self.table(&input, table, output, &mut tally),
            opened => self.stream(opened, output, &keeper, &mut tally),
        };
        match &result {
            // It was not written, or passed as it is: nothing went of it.
            Err(Failure::File { .. }) => stats.faults += tally.stats.faults,
            _ => stats.merge(&tally.stats),
        }
        result
    }

    /// The output of a file, not begun.
    fn output<'f>(
        &self,
        root: &'f Root,
        file: &'f InputFile,
        target: PathBuf,
        label: &Path,
    ) -> io::Result<TreeOutput<'f>> {
        let metadata = file.path.metadata()?;
        let complete = root.output.is_some().then(|| Complete {
            root: root.number,
            input: StoredPath::of(&file.below),
            was: Stamp::of(&metadata),
            label: StoredPath::of(label),
            logged: None,
            output: StoredPath::of(target.strip_prefix(&self.outputs.folder).unwrap_or(&target)),
            made: None,
        });
        let folder = (root, file.below.parent().unwrap_or(Path::new("")));
        Ok(TreeOutput { target, folder, input: file.path.clone(), metadata, complete, file: None })
    }

    /// A file in parts; those of a long one are cleaned in parallel too.
    fn stream(
        &self,
        input: OpenedInput<'_>,
        mut output: TreeOutput<'_>,
        keeper: &FailureKeeper<'_>,
        tally: &mut RunTally<'_>,
    ) -> Result<(), Failure> {
        let path = output.input.clone();
        let failed = |error| Failure::File { path: path.clone(), error };
        let mut parts = InputParts::new(std::iter::once(input), self.worker.options, &self.worker.spare, keeper);
        let first = parts.next_part();
        let is_short = first.as_ref().is_none_or(|part| part.closes);
        let mut is_left_out = false;
        let mut log = HeldLog::new();
        let mut whole = None;
        let work = |part: InputPart| (Arc::clone(&part.input), self.worker.work(part));
        let write = |(input, done): (Arc<InputInfo>, io::Result<DonePart>)| -> Result<(), Failure> {
            let done = done.map_err(failed)?;
            log.write_all(&done.log).map_err(log_error)?;
            is_left_out = done.dropped && is_short && !output.is_in_place();
            if !is_left_out {
                output.write(&done)?;
            }
            self.worker.spare.give(tally.add(&input, done).map_err(Failure::Run)?);
            whole = Some(input);
            Ok(())
        };
        if is_short {
            first.into_iter().map(work).try_for_each(write)?;
        } else {
            let mut first = first;
            let read = || first.take().map(InputPart::weighed).or_else(|| parts.next_job());
            pump(&self.worker.room, read, work, write)?;
        }
        drop(parts);
        let is_cut = !is_short && self.observer.wants_stop();
        let interrupted = is_cut.then(|| io::Error::from(io::ErrorKind::Interrupted));
        let of_file = whole.map(|input| tally.line_of_input(&input)).unwrap_or_default();
        match lock(&keeper.failed).take().or(interrupted) {
            // A file that was read in part is not written in part.
            Some(error) => self.pass_as_it_is(output, Compression::of_path(&path) != Compression::None, error),
            None if is_left_out => self.leave_out(output, FileLog { of_file, log }),
            None => self.finish(output, tally.changed, FileLog { of_file, log }),
        }
    }

    fn table(
        &self,
        input: &InputInfo,
        file: File,
        mut output: TreeOutput<'_>,
        tally: &mut RunTally<'_>,
    ) -> Result<(), Failure> {
        let path = input.name.clone();
        self.observer.read(file.metadata().map_or(0, |metadata| metadata.len()));
        let writer = output.take()?;
        let mut log = HeldLog::new();
        let mut table = TableRun { worker: self.worker, input, tally: &mut *tally, observer: self.observer };
        match table.clean(file, writer, &mut log) {
            Ok(writer) => output.file = Some(writer),
            Err(RunError::Table { fault, .. }) => {
                return self.pass_as_it_is(output, true, io::Error::other(fault));
            }
            Err(error) => return Err(Failure::Run(error)),
        }
        match self.observer.wants_stop() {
            true => Err(Failure::File { path, error: io::ErrorKind::Interrupted.into() }),
            false => {
                let of_file = tally.line_of_input(input);
                self.finish(output, tally.changed, FileLog { of_file, log })
            }
        }
    }

    /// A file that cannot be decoded, though it `is_coded`, or is of a format that is not read, is copied, so that nothing is
    /// lost. It is not remembered, so that a run that goes on names it again.
    fn pass_as_it_is(&self, mut output: TreeOutput<'_>, is_coded: bool, error: io::Error) -> Result<(), Failure> {
        use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
        let path = output.input.clone();
        let is_damaged = matches!(error.kind(), UnexpectedEof | InvalidData | InvalidInput | Other);
        let is_unread = error.kind() == io::ErrorKind::Unsupported;
        let is_kept = is_damaged && is_coded || is_unread;
        if is_kept && self.worker.options.on_error == OnError::Pass && !output.is_in_place() {
            output.file = None;
            output.target = output.target.with_file_name(path.file_name().unwrap_or_default());
            let copied = File::open(&path).and_then(|mut source| io::copy(&mut source, output.begin()?));
            copied.map_err(|error| Failure::File { path: path.clone(), error })?;
            output.take_name()?;
        }
        Err(Failure::File { path, error })
    }

    /// Gives an output its name, when what is logged of it is written, and it is remembered. In place it takes the
    /// input's only if something changed.
    fn finish(&self, mut output: TreeOutput<'_>, changed: bool, log: FileLog) -> Result<(), Failure> {
        if output.is_in_place() && !changed {
            return Ok(());
        }
        output.write(&DonePart::default())?;
        let made = output.stamp()?;
        self.log_and_remember(&mut output, Some(made), log)?;
        output.take_name()
    }

    /// Of an input that is left out nothing is written.
    fn leave_out(&self, mut output: TreeOutput<'_>, log: FileLog) -> Result<(), Failure> {
        self.log_and_remember(&mut output, None, log)
    }

    fn log_and_remember(&self, output: &mut TreeOutput<'_>, made: Option<Stamp>, log: FileLog) -> Result<(), Failure> {
        let logged = self.write_log(log)?;
        match (&self.outputs.mark, output.complete.take()) {
            (Some(mark), Some(complete)) => mark.remember(&Complete { logged, made, ..complete }).map_err(Failure::Run),
            _ => Ok(()),
        }
    }

    /// Logs what went of a file, now that it is done: of one that passes as it is after all, nothing went. Lines of
    /// several files do not get into one another. First stands what the file was, so that one that is not replaced,
    /// because the run is killed here, is known again. Gives the digest of the lines.
    fn write_log(&self, FileLog { of_file, log: mut lines }: FileLog) -> Result<Option<String>, Failure> {
        let mut log = lock(&self.log);
        let mut log = Digested::new(&mut *log);
        log.write_all(&of_file).map_err(log_error)?;
        lines.pour(&mut log).and_then(|_| log.flush()).map_err(log_error)?;
        Ok(log.digest())
    }
}

/// What is logged of a file.
struct FileLog {
    /// What it was as a whole, in a line; nothing if that need not be known.
    of_file: Vec<u8>,
    /// What went of its documents.
    log: HeldLog,
}

fn log_error(error: io::Error) -> Failure {
    Failure::Run(RunError::Log(error))
}
