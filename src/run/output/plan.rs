//! Where the outputs of trees go, settled before anything is written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::io::Access;

use crate::run::error::RunError;

/// Where cleaned files go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// Under this folder, each in its place below its root.
    Mirror(PathBuf),
    /// The same, where an earlier run ended before it was done: what that completed is not done again.
    Resumed(PathBuf),
    /// As this file, where the input is one.
    File(PathBuf),
    /// Over the file itself, if anything went.
    InPlace,
}

/// An input and where what is below it goes.
pub(in crate::run) struct Root {
    /// Its number among the inputs.
    pub(in crate::run) number: usize,
    pub(in crate::run) input: PathBuf,
    pub(in crate::run) is_folder: bool,
    /// Whether the output's own name was given.
    pub(in crate::run) is_named: bool,
    /// `None` for in place.
    pub(in crate::run) output: Option<PathBuf>,
    /// What stands before the paths of its files where they are logged: its name, if there are others.
    pub(in crate::run) label: PathBuf,
    /// Inputs that lie below the output, so that single outputs may come to lie in them.
    pub(in crate::run) inputs_inside: Vec<PathBuf>,
}

/// Where everything goes, if the outputs do not get into each other's way.
pub(in crate::run) fn plan(inputs: &[PathBuf], destination: &Destination) -> Result<Vec<Root>, RunError> {
    if let Destination::File(file) = destination {
        return plan_file(inputs, file);
    }
    let (Destination::Mirror(folder) | Destination::Resumed(folder)) = destination else {
        return Ok(inputs
            .iter()
            .enumerate()
            .map(|(number, input)| Root {
                number,
                input: input.clone(),
                is_folder: input.is_dir(),
                is_named: false,
                output: None,
                label: label(inputs, input),
                inputs_inside: Vec::new(),
            })
            .collect());
    };
    let mut roots: Vec<Root> = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        let label = label(inputs, input);
        let below = if label.as_os_str().is_empty() { folder.clone() } else { folder.join(&label) };
        if let Some(hit) = inputs.iter().find(|input| resolve(&below).starts_with(resolve(input))) {
            return Err(RunError::OutputInsideInput { output: below, input: hit.clone() });
        }
        if roots.iter().any(|root| root.output.as_ref() == Some(&below)) {
            return Err(RunError::SameOutput { output: below });
        }
        let inputs_inside =
            inputs.iter().filter(|input| resolve(input).starts_with(resolve(&below))).cloned().collect();
        let (input, is_folder, output) = (input.clone(), input.is_dir(), Some(below));
        roots.push(Root { number, input, is_folder, is_named: false, output, label, inputs_inside });
    }
    Ok(roots)
}

impl Root {
    /// The file at a path below the input, or the input if that is a file.
    pub(in crate::run) fn file(&self, below: &Path) -> PathBuf {
        if self.is_folder { self.input.join(below) } else { self.input.clone() }
    }

    /// Makes the output folder for what is at a path below the input, and those above it: none is more open than its
    /// input. What is there stays as it is.
    ///
    /// # Errors
    /// The first folder that cannot be made.
    pub(in crate::run) fn make_folder(&self, below: &Path) -> Result<(), (PathBuf, io::Error)> {
        let Some(output) = &self.output else { return Ok(()) };
        let mut missing: Vec<&Path> = Vec::new();
        for below in below.ancestors() {
            if output.join(below).is_dir() {
                break;
            }
            missing.push(below);
        }
        missing.iter().rev().try_for_each(|below| {
            let path = output.join(below);
            let input = self.input.join(below);
            let made = input.metadata().and_then(|metadata| Access::of(&input, &metadata).make_folder(&path));
            made.map_err(|error| (path, error))
        })
    }
}

/// Makes the output folder, if it is not there, and looks whether it can be written to: that is told once, not for
/// every file.
pub(in crate::run) fn make_folder(folder: &Path, roots: &[Root]) -> Result<(), RunError> {
    let unwritable = |error: io::Error| RunError::Output { path: folder.to_owned(), error: error.kind().into() };
    match roots {
        // The folder is that tree's.
        [root] if root.is_folder && root.output.as_deref() == Some(folder) => {
            folder.parent().map_or(Ok(()), fs::create_dir_all).map_err(unwritable)?;
            root.make_folder(Path::new("")).map_err(|(_, error)| unwritable(error))?;
        }
        _ => fs::create_dir_all(folder).map_err(unwritable)?,
    }
    tempfile::tempfile_in(folder).map(drop).map_err(unwritable)
}

/// One file to another, in a folder that is there or can be made.
fn plan_file(inputs: &[PathBuf], file: &Path) -> Result<Vec<Root>, RunError> {
    let [input] = inputs else { return Err(RunError::SameOutput { output: file.to_owned() }) };
    if resolve(file) == resolve(input) {
        return Err(RunError::OutputIsInput { path: file.to_owned() });
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    made.map_err(|error| RunError::Output { path: file.to_owned(), error: error.kind().into() })?;
    // The log calls it by the name under which it is found again.
    let label = file.file_name().map(PathBuf::from).unwrap_or_default();
    let output = Some(file.to_owned());
    let (number, is_folder, is_named) = (0, false, true);
    Ok(vec![Root { number, input: input.clone(), is_folder, is_named, output, label, inputs_inside: Vec::new() }])
}

/// What stands before the paths of an input's files: nothing for one tree, which is mirrored as it is; several keep
/// their names apart, as do files.
pub(in crate::run) fn label(inputs: &[PathBuf], input: &Path) -> PathBuf {
    if inputs.len() == 1 && input.is_dir() {
        return PathBuf::new();
    }
    let name = input.file_name().map(PathBuf::from);
    name.or_else(|| resolve(input).file_name().map(PathBuf::from)).unwrap_or_default()
}

/// Whether a path below a folder stays there, wherever links on the way lead; also where its last parts are not there yet.
pub fn stays_inside(folder: &Path, path: &Path) -> bool {
    resolve(path).starts_with(resolve(folder))
}

/// The path without links and dots, also where its last parts are not there yet.
pub(in crate::run) fn resolve(path: &Path) -> PathBuf {
    let mut missing = Vec::new();
    let mut there = path;
    loop {
        // A bare name stands in the current folder.
        let shown = if there.as_os_str().is_empty() { Path::new(".") } else { there };
        match (shown.canonicalize(), there.parent(), there.file_name()) {
            (Ok(resolved), ..) => return missing.iter().rev().fold(resolved, |path, part| path.join(part)),
            (Err(_), Some(parent), Some(name)) => {
                missing.push(name);
                there = parent;
            }
            (Err(_), ..) => return path.to_owned(),
        }
    }
}
