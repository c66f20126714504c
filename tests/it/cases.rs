//! Cleaning cases as data (`tests/cases/*.toml`), each through every door.
//!
//! A file holds packs, by name below a folder of packs, and cases. Of a case's text `clean` is what
//! is left; without it nothing goes. `removals` are the rules that are named, in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dechrome::{CleanOptions, Cleaner, Kind, Level};
use serde::Deserialize;
use tempfile::TempDir;

use crate::doors::{self, CHUNKS};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(default)]
    packs: BTreeMap<String, String>,
    case: Vec<SourceCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SourceCase {
    name: String,
    text: Option<String>,
    clean: Option<String>,
    bytes: Option<String>,
    clean_bytes: Option<String>,
    site: Option<String>,
    removals: Option<Vec<String>>,
    #[serde(default)]
    options: Options,
}

#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    only: Option<Vec<String>>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    disable: Vec<String>,
    level: Option<String>,
}

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) text: Vec<u8>,
    pub(crate) clean: Vec<u8>,
    removals: Option<Vec<String>>,
}

/// Cases that one run of the program can do.
pub(crate) struct Group {
    pub(crate) site: Option<String>,
    pub(crate) options: Options,
    pub(crate) cases: Vec<Case>,
}

/// What a file of cases holds.
pub(crate) struct CaseRun {
    pub(crate) file: String,
    pub(crate) packs: BTreeMap<String, String>,
    pub(crate) groups: Vec<Group>,
}

#[test]
fn every_case_comes_out_as_it_should_through_every_door() {
    let mut failures = Vec::new();
    for CaseRun { file, packs, groups } in all() {
        let mut run = Run::new(file, packs);
        groups.iter().for_each(|group| run.group(group));
        failures.append(&mut run.failures);
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

/// All files of cases, by name.
pub(crate) fn all() -> impl Iterator<Item = CaseRun> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")).map(|path| {
        let read: CaseFile = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        CaseRun { file, packs: read.packs, groups: groups(read.case) }
    })
}

/// The cleaner of a file's packs that a group asks for.
pub(crate) fn cleaner(packs: &BTreeMap<String, String>, group: &Group) -> Cleaner {
    // A folder below `sites/` is no part of a pack's name.
    let packs = packs.iter().map(|(name, source)| (name.strip_prefix("sites/").unwrap_or(name), &**source));
    doors::cleaner(packs, &group.options.for_library())
}

/// One case file's way through the doors.
struct Run {
    file: String,
    packs: BTreeMap<String, String>,
    folder: TempDir,
    failures: Vec<String>,
}

impl Run {
    fn new(file: String, packs: BTreeMap<String, String>) -> Run {
        let folder = tempfile::tempdir().unwrap();
        for (name, source) in &packs {
            let path = folder.path().join("packs").join(format!("{name}.toml"));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, source).unwrap();
        }
        Run { file, packs, folder, failures: Vec::new() }
    }

    fn group(&mut self, group: &Group) {
        let cleaner = cleaner(&self.packs, group);
        for case in &group.cases {
            self.library(&cleaner, group, case);
            for chunk in CHUNKS {
                for left in doors::streamed(&cleaner, &case.text, group.site.as_deref(), chunk) {
                    self.check(case, &format!("windows, {chunk} bytes at a time"), &left);
                }
            }
        }
        self.files(group);
    }

    fn library(&mut self, cleaner: &Cleaner, group: &Group, case: &Case) {
        let document = doors::document(&case.text, group.site.as_deref());
        let cleaned = cleaner.clean(&document);
        self.check(case, "library", cleaned.text());
        let named: Vec<&str> = cleaned.removals().iter().map(|removal| cleaner.rule(removal.rule).full_id()).collect();
        if case.removals.as_ref().is_some_and(|removals| *removals != named) {
            self.fail(case, "library", &format!("expected removals {:?}\n     but found {named:?}", case.removals));
        }
        if cleaner.explain(&document).removals() != cleaned.removals() {
            self.fail(case, "explain", "it names other removals than clean");
        }
        let again = cleaner.clean(&doors::document(&case.clean, group.site.as_deref()));
        self.check(case, "library, a second time", again.text());
        let borrowed = matches!(cleaned.into_text(), Cow::Borrowed(_));
        if borrowed != (case.text == case.clean) {
            self.fail(case, "library", "the text is borrowed when nothing goes, and only then");
        }
    }

    /// The doors of the program: files, a tree, the same tree in place, and standard input.
    fn files(&mut self, group: &Group) {
        let place = self.folder.path().join("in");
        drop(fs::remove_dir_all(&place));
        fs::create_dir_all(&place).unwrap();
        let paths: Vec<PathBuf> = (0..group.cases.len()).map(|number| place.join(format!("{number:03}.txt"))).collect();
        for (path, case) in paths.iter().zip(&group.cases) {
            fs::write(path, &case.text).unwrap();
        }
        let arguments = self.arguments(group);
        self.files_to_output(group, &arguments, &paths);
        self.standard_input(group, &arguments);
        let out = tempfile::tempdir().unwrap();
        let mirror = out.path().join("out");
        let tree = doors::command(&arguments).arg("-o").arg(&mirror).arg(&place).output().unwrap();
        self.succeeded(group, "tree", &tree);
        self.compare_files(group, "tree", &mirror);
        let in_place = doors::command(&arguments).arg("--in-place").arg(&place).output().unwrap();
        self.succeeded(group, "in place", &in_place);
        self.compare_files(group, "in place", &place);
    }

    fn files_to_output(&mut self, group: &Group, arguments: &[String], paths: &[PathBuf]) {
        let output = doors::command(arguments).args(paths).output().unwrap();
        self.succeeded(group, "files", &output);
        let mut rest = &output.stdout[..];
        for case in &group.cases {
            let (left, after) = rest.split_at(rest.len().min(case.clean.len()));
            if left != case.clean {
                // What follows is out of step.
                return self.check(case, "files", left);
            }
            rest = after;
        }
        if let (false, Some(case)) = (rest.is_empty(), group.cases.last()) {
            self.fail(case, "files", "more was printed than is left of all cases");
        }
    }

    fn standard_input(&mut self, group: &Group, arguments: &[String]) {
        for case in &group.cases {
            let output = doors::run_with_input(&mut doors::command(arguments), &case.text);
            self.check(case, "standard input", &output.stdout);
            if !output.status.success() {
                self.fail(case, "standard input", &String::from_utf8_lossy(&output.stderr));
            }
        }
    }

    fn compare_files(&mut self, group: &Group, door: &str, folder: &Path) {
        for (number, case) in group.cases.iter().enumerate() {
            let left =
                fs::read(folder.join(format!("{number:03}.txt"))).unwrap_or_else(|error| error.to_string().into());
            self.check(case, door, &left);
        }
    }

    fn arguments(&self, group: &Group) -> Vec<String> {
        let mut arguments = vec!["clean".to_owned(), "--no-builtin".to_owned(), "-j2".to_owned()];
        if !self.packs.is_empty() {
            arguments.push(format!("--packs={}", self.folder.path().join("packs").display()));
        }
        arguments.extend(group.site.iter().map(|site| format!("--site={site}")));
        let Options { only, except, disable, level } = &group.options;
        arguments.extend(level.iter().map(|level| format!("--level={level}")));
        let lists = [("only", only.as_ref()), ("except", Some(except)), ("disable", Some(disable))];
        let given = lists.iter().filter_map(|(name, list)| Some((name, list.filter(|list| !list.is_empty())?)));
        arguments.extend(given.map(|(name, list)| format!("--{name}={}", list.join(","))));
        arguments
    }

    fn check(&mut self, case: &Case, door: &str, left: &[u8]) {
        if left != case.clean {
            let same = left.iter().zip(&case.clean).take_while(|(byte, other)| byte == other).count();
            let excerpt = |text: &[u8]| {
                let part = &text[same.saturating_sub(60)..text.len().min(same + 120)];
                format!("{:?}", String::from_utf8_lossy(part))
            };
            let (want, got) = (excerpt(&case.clean), excerpt(left));
            self.fail(case, door, &format!("from byte {same} on, expected {want}\n     but found {got}"));
        }
    }

    fn succeeded(&mut self, group: &Group, door: &str, output: &std::process::Output) {
        if !output.status.success() {
            let message = format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
            self.fail(&group.cases[0], door, &message);
        }
    }

    fn fail(&mut self, case: &Case, door: &str, message: &str) {
        self.failures.push(format!("{}: {}\n  door {door}: {message}", self.file, case.name));
    }
}

fn groups(cases: Vec<SourceCase>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for SourceCase { name, text, clean, bytes, clean_bytes, site, removals, options } in cases {
        let text = either(text, bytes).unwrap_or_else(|| panic!("{name}: text or bytes"));
        let changed = either(clean, clean_bytes);
        assert!(changed.is_some() || removals.is_none(), "{name}: removals without clean");
        let clean = changed.unwrap_or_else(|| text.clone());
        let removals = removals.or_else(|| (text == clean).then(Vec::new));
        let case = Case { name, text, clean, removals };
        match groups.iter_mut().find(|group| group.site == site && group.options == options) {
            Some(group) => group.cases.push(case),
            None => groups.push(Group { site, options, cases: vec![case] }),
        }
    }
    groups
}

fn either(text: Option<String>, bytes: Option<String>) -> Option<Vec<u8>> {
    assert!(text.is_none() || bytes.is_none(), "text or bytes, not both");
    text.map(|text| spell_out(&text).into_bytes()).or(bytes.map(|bytes| unescape(&bytes)))
}

/// Writes out what a case says in short: `{pad:N}`, `{x:N}`, `{words:N}`, `{lines:N}`.
fn spell_out(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let short = after.split_once('}').and_then(|(inner, after)| Some((inner.split_once(':')?, after)));
        let Some(((name, count), after)) = short else {
            out.push('{');
            rest = after;
            continue;
        };
        let count: usize = count.parse().unwrap();
        match name {
            "pad" => out.push_str(&" ".repeat(count)),
            "x" => out.push_str(&"x".repeat(count)),
            "words" => out.push_str(&"some words ".repeat(count)),
            "lines" => (1..=count).for_each(|number| out.push_str(&format!("Line {number} of the list\n"))),
            _ => panic!("{{{name}}} is not known"),
        }
        rest = after;
    }
    out + rest
}

/// Bytes written as text with `\xHH`, `\n`, `\r` and `\\`.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, len) = match (first, after) {
            (b'\\', [b'n', ..]) => (b'\n', 2),
            (b'\\', [b'r', ..]) => (b'\r', 2),
            (b'\\', [b'\\', ..]) => (b'\\', 2),
            (b'\\', [b'x', high, low, ..]) => {
                let digits = [*high, *low];
                (u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap(), 4)
            }
            (b'\\', _) => panic!("an escape that is not known in {text}"),
            (byte, _) => (*byte, 1),
        };
        bytes.push(byte);
        rest = &rest[len..];
    }
    bytes
}

impl Options {
    fn for_library(&self) -> CleanOptions {
        let kinds = |words: &Vec<String>| words.iter().map(|word| word.parse::<Kind>().unwrap()).collect::<Vec<_>>();
        CleanOptions {
            only: self.only.as_ref().map(kinds),
            except: kinds(&self.except),
            disable: self.disable.clone(),
            level: self.level.as_ref().map_or_else(Level::default, |word| word.parse().unwrap()),
            ..CleanOptions::default()
        }
    }
}
