//! Bad packs as data: `tests/packs`. The first lines of a file say what is wrong with it and where,
//! `#! LINE:COLUMN: message | suggestion`; LINE alone where TOML's own reader chooses the column, and no such line in
//! a file that is right. Of what is said to be wrong, the message and the suggestion need only begin so.

use std::fs;
use std::path::{Path, PathBuf};

use dechrome::{CleanOptions, Cleaner, CleanerError, Pack, PackError, PackSet, Problem};

/// In these folders all packs are one set; in the others each file is a case.
const SETS: [&str; 4] = ["circle", "circle-of-three", "one-bad-of-two", "unknown-include"];

#[derive(Clone, Debug)]
struct Expected {
    file: String,
    line: usize,
    column: Option<usize>,
    message: String,
    suggestion: Option<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn expected(file: &Path) -> Vec<Expected> {
    let source = fs::read_to_string(file).unwrap();
    source.lines().map_while(|line| line.strip_prefix("#! ")).map(|line| expectation(file, line)).collect()
}

fn expectation(file: &Path, line: &str) -> Expected {
    let (place, said) = line.split_once(": ").or_else(|| line.split_once(':')).unwrap();
    let (number, column) = place.split_once(':').map_or((place, None), |(number, column)| (number, Some(column)));
    let (message, suggestion) = said.split_once(" | ").map_or((said, None), |(said, help)| (said, Some(help)));
    Expected {
        file: file.display().to_string(),
        line: number.parse().unwrap(),
        column: column.map(|column| column.parse().unwrap()),
        message: message.to_owned(),
        suggestion: suggestion.map(str::to_owned),
    }
}

/// Why the problem is not the one that was expected.
fn difference(expected: &Expected, problem: &Problem) -> Option<String> {
    let place_fits = problem.file() == expected.file
        && problem.line() == Some(expected.line)
        && (expected.column.is_none() || problem.column() == expected.column);
    let help = problem.suggestion();
    let help_fits = match &expected.suggestion {
        Some(expected) => help.is_some_and(|help| help.contains(expected)),
        None => help.is_none_or(|help| !help.contains("did you mean")),
    };
    let fits = place_fits && problem.message().starts_with(&expected.message) && help_fits;
    (!fits).then(|| format!("expected {expected:?}\n     got {problem:?}"))
}

/// Why the drawn text does not show the problem: file, line, column, the source line with carets, the suggestion.
fn undrawn(problem: &Problem, text: &str) -> Option<String> {
    let (line, column) = (problem.line()?, problem.column()?);
    let title = format!("{}:{line}:{column}: {}", problem.file(), problem.message());
    let source_line = fs::read_to_string(problem.file()).unwrap().lines().nth(line - 1).unwrap_or_default().to_owned();
    let drawn_line = text.lines().any(|drawn| drawn.trim_start().starts_with(&format!("{line} | {source_line}")));
    let help = problem.suggestion().is_none_or(|help| text.contains(help));
    let drawn = text.contains(&title) && text.contains('^') && (drawn_line || source_line.is_empty()) && help;
    (!drawn).then(|| format!("not drawn: {problem:?}\n{text}"))
}

fn compare(path: &Path, expected: &[Expected], error: &PackError) -> Vec<String> {
    let mut wrong: Vec<String> =
        expected.iter().zip(error.problems()).filter_map(|(expected, problem)| difference(expected, problem)).collect();
    if expected.len() != error.problems().len() {
        wrong.push(format!("expected {} problems, got {:?}", expected.len(), error.problems()));
    }
    let text = error.to_string();
    wrong.extend(error.problems().iter().filter_map(|problem| undrawn(problem, &text)));
    wrong.iter().map(|wrong| format!("{}: {wrong}", path.display())).collect()
}

/// What stops the packs of that path from becoming a cleaner, and on which door.
fn refusal(built_in: &PackSet, path: &Path) -> Result<(), PackError> {
    let mut set = built_in.clone();
    let before: Vec<String> = set.packs().iter().map(|pack| pack.name().to_owned()).collect();
    if let Err(error) = set.load(path) {
        let after: Vec<&str> = set.packs().iter().map(Pack::name).collect();
        assert_eq!(after, before, "{}: nothing is loaded in part", path.display());
        return Err(error);
    }
    let mut alone = PackSet::empty();
    alone.load(path).unwrap();
    match Cleaner::new(&alone, &CleanOptions::default()) {
        Err(CleanerError::Pack(error)) => Err(error),
        Err(other) => panic!("{}: {other}", path.display()),
        Ok(_) => Ok(()),
    }
}

fn check_case(built_in: &PackSet, path: &Path, files: &[PathBuf]) -> Vec<String> {
    let expected: Vec<Expected> = files.iter().flat_map(|file| expected(file)).collect();
    assert!(!expected.is_empty(), "{}: nothing is expected", path.display());
    match refusal(built_in, path) {
        Err(error) => compare(path, &expected, &error),
        Ok(()) => vec![format!("{}: it loads; expected {expected:?}", path.display())],
    }
}

#[test]
fn every_mistake_in_a_pack_is_refused_with_place_and_help() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    let built_in = PackSet::built_in();
    for folder in fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()) {
        let files = files_below(&folder);
        if SETS.contains(&folder.file_name().unwrap().to_str().unwrap()) {
            cases += 1;
            wrong.extend(check_case(&built_in, &folder, &files));
            continue;
        }
        for file in files {
            cases += 1;
            wrong.extend(check_case(&built_in, &file, std::slice::from_ref(&file)));
        }
    }
    assert!(cases > 100, "{cases} cases were found");
    assert!(wrong.is_empty(), "{} of {cases} cases:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn parsing_a_text_finds_the_same_mistakes_as_loading_its_file() {
    for file in files_below(&root()) {
        let source = fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let parsed = Pack::parse(name, &file.display().to_string(), &source).map(|_| ());
        let loaded = PackSet::empty().load(&file).map(|_| ());
        let told = |result: Result<(), PackError>| result.map_err(|error| error.to_string());
        assert_eq!(told(parsed), told(loaded), "{}", file.display());
    }
}

#[test]
fn a_folder_with_one_bad_pack_adds_none_of_its_packs() {
    let mut set = PackSet::empty();
    set.load(&root().join("one-bad-of-two")).unwrap_err();
    assert!(set.packs().is_empty());
    assert_eq!(set.load(&root().join("one-bad-of-two/a-good-one.toml")).unwrap(), ["a-good-one"]);
}

#[test]
fn a_pack_that_is_not_utf8_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("latin1.toml");
    fs::write(&file, b"[pack]\ntitle = \"Libert\xe9\"\n").unwrap();
    let error = PackSet::empty().load(&file).unwrap_err().to_string();
    assert!(error.contains("latin1.toml") && error.contains("line 2 is not UTF-8"), "{error}");
}

#[test]
fn a_folder_without_packs_and_a_path_that_is_not_there_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pack.txt"), "[pack]\ntitle = \"x\"\n").unwrap();
    let error = PackSet::empty().load(folder.path()).unwrap_err().to_string();
    assert!(error.contains("no packs (.toml files) are here"), "{error}");
    let missing = folder.path().join("missing");
    let error = PackSet::empty().load(&missing).unwrap_err().to_string();
    assert!(error.contains("missing: cannot be read: ") && error.contains("No such file"), "{error}");
}

#[test]
fn a_mistake_in_a_very_long_line_is_drawn_in_a_short_one() {
    let filler = "\"phrase\", ".repeat(20_000).replace("phrase", "Ünïcode phrase");
    let filler: Vec<String> =
        filler.split_terminator(", ").enumerate().map(|(i, _)| format!("\"Ünïcode {i}\"")).collect();
    let source =
        format!("[pack]\ntitle = \"x\"\n[[rule]]\nid = \"r\"\nkind = \"ad\"\nis = [{}, \"\"]\n", filler.join(", "));
    let error = Pack::parse("x", "x.toml", &source).unwrap_err();
    let [problem] = error.problems() else { panic!("one problem") };
    let column = source.lines().nth(5).unwrap().chars().count() - 2;
    assert_eq!((problem.line(), problem.column()), (Some(6), Some(column)));
    let text = error.to_string();
    assert!(text.lines().all(|line| line.chars().count() < 400) && text.contains('^'), "{text}");
}

#[test]
fn of_a_thousand_mistakes_the_first_are_told() {
    let rules: String =
        (0..1000).map(|i| format!("[[rule]]\nid = \"Bad {i}\"\nkind = \"ad\"\nis = [\"x{i}\"]\n")).collect();
    let error = Pack::parse("x", "x.toml", &format!("[pack]\ntitle = \"x\"\n{rules}")).unwrap_err();
    assert!((10..=100).contains(&error.problems().len()));
    assert_eq!(error.problems()[0].line(), Some(4));
}
