//! The house: imports run one way, every file has its place, and what is generated is current.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dechrome::{Overlaps, Pack, PackSet, check_examples, pack_schema};
use imports::{ModulePath, Modules};

/// Each layer and those that it may use, from bottom to top.
const LAYERS: [(&str, &[&str]); 15] = [
    ("text", &[]),
    ("markup", &["text"]),
    ("pack", &["text"]),
    ("engine", &["text", "pack"]),
    ("scorecard", &[]),
    ("built_in", &["pack", "engine", "scorecard"]),
    ("clean", &["text", "markup", "pack", "engine", "scorecard"]),
    ("check", &["text", "pack", "clean"]),
    ("pack_form", &["pack"]),
    ("mine", &["text", "markup", "pack", "engine", "clean"]),
    ("report", &["text", "pack", "clean"]),
    ("io", &["text", "markup"]),
    ("run", &["text", "clean", "report", "io"]),
    ("version", &[]),
    (
        "cli",
        &[
            "text",
            "markup",
            "pack",
            "pack_form",
            "clean",
            "check",
            "mine",
            "report",
            "io",
            "run",
            "scorecard",
            "version",
        ],
    ),
];

/// The longest name of a function, in characters: of a test it says what holds.
const LONGEST_NAME: usize = 70;

/// A room of more lines holds more than one thing.
const LONGEST_FILE: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

#[test]
fn imports_run_one_way() {
    let modules = Modules::read(&root().join("src"));
    let mut wrong = Vec::new();
    for (from, used) in modules.used() {
        let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| Some(*layer) == from.first().map(String::as_str))
        else {
            continue;
        };
        let is_foreign = |used: &&ModulePath| used[0] != *layer && !allowed.contains(&used[0].as_str());
        wrong
            .extend(used.iter().filter(is_foreign).map(|used| format!("{} uses {}", from.join("::"), used.join("::"))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All files that a file uses, and those that these use, and so on.
fn reached<'u>(
    used: &'u BTreeMap<&ModulePath, BTreeSet<ModulePath>>,
    from: &'u ModulePath,
) -> BTreeSet<&'u ModulePath> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        next.extend(used.get(module).into_iter().flatten().filter(|used| reached.insert(*used)));
    }
    reached
}

#[test]
fn no_file_imports_one_that_imports_it() {
    let modules = Modules::read(&root().join("src"));
    let used = modules.used();
    let all: BTreeMap<&ModulePath, _> = used.keys().map(|module| (*module, reached(&used, module))).collect();
    let in_circles = used.iter().flat_map(|(from, used)| used.iter().map(move |used| (*from, used)));
    let in_circles = in_circles.filter(|(from, used)| all.get(used).is_some_and(|reached| reached.contains(from)));
    let shown: Vec<String> =
        in_circles.map(|(from, used)| format!("{} uses {}", from.join("::"), used.join("::"))).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn no_type_name_is_defined_twice() {
    let modules = Modules::read(&root().join("src"));
    let mut defined: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, module) in &modules.0 {
        module.types.iter().for_each(|name| defined.entry(name).or_default().push(path.join("::")));
    }
    defined.retain(|_, modules| modules.len() > 1);
    assert!(defined.is_empty(), "{defined:#?}");
}

#[test]
fn names_of_tests_are_short() {
    let files = ["src", "tests"].map(|folder| files_below(&root().join(folder), "rs")).concat();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let names = source.lines().filter_map(|line| line.trim_start().strip_prefix("fn ")?.split_once('('));
        let long = names.map(|(name, _)| name).find(|name| name.len() > LONGEST_NAME);
        assert!(long.is_none(), "{}: {}", file.display(), long.unwrap_or_default());
    }
}

#[test]
fn every_source_file_is_a_module_of_its_folder() {
    for file in files_below(&root().join("src"), "rs") {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        if matches!(stem, "lib" | "main" | "mod") {
            continue;
        }
        let folder = file.parent().unwrap();
        let owners =
            [folder.join("mod.rs"), folder.join("lib.rs"), folder.join("main.rs"), folder.with_extension("rs")];
        let owner = owners.iter().find(|owner| owner.is_file()).unwrap();
        let declared = fs::read_to_string(owner).unwrap().contains(&format!("mod {stem};"));
        assert!(declared, "{} is no module of {}", file.display(), owner.display());
    }
}

#[test]
fn rooms_stay_small() {
    for file in files_below(&root().join("src"), "rs") {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", file.display());
    }
}

/// Compares a checked-in file with what it should be; `DECHROME_WRITE=1` writes it instead.
fn assert_current(path: &Path, wanted: &str) {
    if std::env::var_os("DECHROME_WRITE").is_some() {
        fs::write(path, wanted).unwrap();
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "{} is not current: run the tests with DECHROME_WRITE=1", path.display());
}

#[test]
fn the_schema_of_packs_is_current() {
    assert_current(&root().join("patterns/pack.schema.json"), &pack_schema());
}

#[test]
fn every_pack_below_patterns_is_built_in_as_it_would_be_read_from_disk() {
    let mut read = PackSet::empty();
    read.load(&root().join("patterns")).unwrap();
    let built_in = PackSet::built_in();
    let names = |set: &PackSet| set.packs().iter().map(|pack| pack.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&built_in), names(&read));
    for (built_in, read) in built_in.packs().iter().zip(read.packs()) {
        assert_eq!(built_in.source(), read.source());
        assert!(Path::new(read.file()).ends_with(built_in.file()), "{}", built_in.file());
        let shown = |pack: &Pack| format!("{:?}", (pack.rules(), pack.examples(), pack.sites(), pack.languages()));
        assert_eq!(shown(built_in), shown(read).replace(read.file(), built_in.file()), "{}", built_in.name());
    }
}

#[test]
fn built_in_packs_pass_their_own_examples_and_raise_no_warning() {
    let packs = PackSet::built_in();
    let overlaps = Overlaps::new(&packs).unwrap();
    for pack in packs.packs() {
        let needless = overlaps.of(pack.name());
        assert!(needless.is_empty(), "{} warnings, of them {}", needless.len(), needless[0]);
        let failures = check_examples(&packs, pack.name()).unwrap();
        assert!(failures.is_empty(), "{}", failures[0].problem());
        assert!(pack.warnings().is_empty(), "{}", pack.warnings()[0]);
        assert!(!pack.examples().is_empty(), "{} has no example", pack.name());
    }
}

#[test]
fn the_public_types_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<dechrome::Cleaner>();
    shared::<dechrome::PackSet>();
    shared::<dechrome::Cleaned<'_>>();
    shared::<dechrome::Stats>();
}

#[test]
fn the_example_pages_come_out_as_they_should() {
    let cleaner = dechrome::Cleaner::new(&PackSet::built_in(), &dechrome::CleanOptions::default()).unwrap();
    let pages = root().join("examples/pages");
    for page in ["txt", "md"].into_iter().flat_map(|extension| files_below(&pages, extension)) {
        let wanted = root().join("examples/cleaned").join(page.file_name().unwrap());
        let text = fs::read(&page).unwrap();
        let cleaned = cleaner.clean(&dechrome::Document::new(&text));
        assert_eq!(cleaned.to_str().unwrap(), fs::read_to_string(wanted).unwrap(), "{}", page.display());
    }
}
