//! A folder in which commands run, with the rules of these tests, and what is asked of commands and files there.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// The rules of these tests: a line that is taken by its head, and one that is taken in a run.
pub(crate) const PACK: &str = r#"
[pack]
title = "Rules of these tests"

[[rule]]
id = "read-more"
kind = "related"
starts-with = ["Read more"]

[[rule]]
id = "share-bar"
kind = "share"
weak = true
is = ["Share", "Save", "Print"]
"#;

/// A folder that is taken away at the end, with the pack in it, where the commands run.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

/// Stands in an output folder until the run into it is finished.
pub(crate) const RUN_MARK: &str = ".dechrome-run";

impl Place {
    pub(crate) fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        place.write("pack.toml", PACK);
        place
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, name: impl AsRef<Path>) -> Vec<u8> {
        fs::read(self.path(&name)).unwrap_or_else(|error| panic!("{}: {error}", name.as_ref().display()))
    }

    /// `dechrome` with these arguments and no packs but this module's.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
        command.args(arguments).args(["--packs", "pack.toml", "--no-builtin"]).current_dir(self.folder.path());
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed without a word on stderr but that documents are nearly empty now, and gives its
    /// output.
    pub(crate) fn quiet<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Vec<u8> {
        let output = self.run(arguments);
        assert!(output.status.success() && is_quiet(&output), "{output:?}");
        output.stdout
    }

    /// `dechrome restore`, which takes no packs.
    pub(crate) fn restore(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
        command.arg("restore").args(arguments).current_dir(self.folder.path()).stdin(Stdio::null()).output().unwrap()
    }

    pub(crate) fn clean(&self, text: impl AsRef<[u8]>) -> Vec<u8> {
        self.write("page.txt", text);
        self.quiet(["clean", "page.txt"])
    }

    pub(crate) fn figures<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Value {
        let output = self.command(arguments).arg("--stats=figures.json").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&self.read("figures.json")).unwrap()
    }

    /// Every file below the folder, by its place.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else if entry.file_type().unwrap().is_file() && entry.file_name() != RUN_MARK {
                    files.insert(entry.path(), fs::read(entry.path()).unwrap());
                }
            }
        }
        let root = self.path(folder);
        files.into_iter().map(|(path, bytes)| (path.strip_prefix(&root).unwrap().to_owned(), bytes)).collect()
    }
}

/// What is said on stderr, but for documents that are nearly empty now: those of tests are short.
pub(crate) fn stderr(output: &Output) -> String {
    without_notes(&all_stderr(output))
}

fn without_notes(said: &str) -> String {
    said.split_inclusive('\n').filter(|line| !line.ends_with("hardly anything is left\n")).collect()
}

/// Whether nothing is said but that.
pub(crate) fn is_quiet(output: &Output) -> bool {
    stderr(output).is_empty()
}

pub(crate) fn all_stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn status_of(mut child: Child) -> (Option<i32>, String) {
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_string(&mut said).unwrap();
    }
    (child.wait().unwrap().code(), without_notes(&said))
}

pub(crate) fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// The names of all files below the folder while others come and go there; none if it is not there.
pub(crate) fn names_below(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => names_below(&entry.path()),
        _ => vec![entry.file_name().to_string_lossy().into_owned()],
    };
    entries.flat_map(names).filter(|name| name != RUN_MARK).collect()
}

pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "waited too long: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A small file system of its own, unmounted at the end.
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    pub(crate) fn mount(at: &Path) -> SmallDisk {
        fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(at).output().unwrap();
        assert!(mounted.status.success(), "{mounted:?}");
        SmallDisk(at.to_owned())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
