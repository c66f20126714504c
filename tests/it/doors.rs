//! The doors that text goes through: the library, windows of a stream, and the command in its ways.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{LazyLock, Mutex};

use dechrome::io::Format;
use dechrome::run::{CorpusOptions, Observer, Origin, Silent, Source, clean_to_writer};
use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet, Stats};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Pools of so many threads.
static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    let pool = |threads: usize| ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    [1, 2, 5].into_iter().map(pool).collect()
});

/// Sizes in which a stream's bytes arrive.
pub(crate) const CHUNKS: [usize; 3] = [1, 7, 64];

/// A cleaner of packs given by name and text.
pub(crate) fn cleaner<'p>(packs: impl IntoIterator<Item = (&'p str, &'p str)>, options: &CleanOptions) -> Cleaner {
    let mut set = PackSet::empty();
    for (name, source) in packs {
        set.insert(Pack::parse(name, name, source).unwrap_or_else(|error| panic!("{error}")));
    }
    Cleaner::new(&set, options).unwrap_or_else(|error| panic!("{error}"))
}

/// The document with that text, from that site if it is known.
pub(crate) fn document<'t>(text: &'t [u8], site: Option<&'t str>) -> Document<'t> {
    let document = Document::new(text);
    match site {
        Some(site) => document.with_site(site),
        None => document,
    }
}

/// What the stream door leaves of a text that arrives in chunks of `chunk` bytes, in pools of 1, 2
/// and 5 threads.
pub(crate) fn streamed(cleaner: &Cleaner, text: &[u8], site: Option<&str>, chunk: usize) -> Vec<Vec<u8>> {
    let site = document(text, site).site().map(str::to_owned);
    let through = |pool: &ThreadPool| {
        let chunks = Chunks { bytes: text.to_vec(), at: 0, size: chunk };
        let origin = Origin::Stream(Box::new(chunks));
        let source = Source { name: PathBuf::from("stream"), label: "stream".into(), site: site.clone(), origin };
        let source = std::iter::once(source);
        let mut options = CorpusOptions::default();
        options.format = Some(Format::Text);
        let mut left = Vec::new();
        let run = || clean_to_writer(cleaner, source, &options, (&mut left, io::sink()), &Silent);
        let stats = pool.install(run).unwrap();
        assert_eq!(stats.failed, 0, "a stream that can be read is no failure");
        left
    };
    POOLS.iter().map(through).collect()
}

/// An input that comes through a pipe.
pub(crate) fn stream(bytes: Vec<u8>) -> Source {
    let origin = Origin::Stream(Box::new(io::Cursor::new(bytes)));
    Source { name: PathBuf::from("stream"), label: "-".into(), site: None, origin }
}

/// What came of a run.
pub(crate) struct CorpusRun {
    pub(crate) left: Vec<u8>,
    pub(crate) log: Vec<u8>,
    pub(crate) stats: Stats,
    /// What could not be read.
    pub(crate) said: Vec<String>,
}

/// Cleans an input as a corpus.
pub(crate) fn corpus(cleaner: &Cleaner, source: Source, options: &CorpusOptions) -> CorpusRun {
    let (mut left, mut log) = (Vec::new(), Vec::new());
    let heard = Heard::default();
    let stats = clean_to_writer(cleaner, std::iter::once(source), options, (&mut left, &mut log), &heard).unwrap();
    CorpusRun { left, log, stats, said: heard.0.into_inner().unwrap() }
}

/// Keeps what a run tells.
#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Observer for Heard {
    fn read(&self, _: u64) {}

    fn failed(&self, path: &Path, error: &io::Error) {
        self.0.lock().unwrap().push(format!("{}: {error}", path.display()));
    }

    fn fault(&self, path: &Path, record: u64, what: &str) {
        self.0.lock().unwrap().push(format!("{}: record {record}: {what}", path.display()));
    }

    fn skipped_link(&self, _: &Path) {}
}

/// A reader that never gives more than `size` bytes at once.
struct Chunks {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
}

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.bytes[self.at..];
        let len = rest.len().min(buffer.len()).min(self.size);
        buffer[..len].copy_from_slice(&rest[..len]);
        self.at += len;
        Ok(len)
    }
}

/// The program, with these arguments.
pub(crate) fn command(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command with that standard input to its end.
pub(crate) fn run_with_input(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that ends early closes the pipe; what it printed tells more than that.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}
