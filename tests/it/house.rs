//! The house: imports run one way, every file has its place, and what is generated is current.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dechrome::{Overlaps, Pack, PackSet, check_examples, pack_schema};

/// Each layer and those that it may use, from bottom to top; `bin` sees public names alone, which the
/// compiler keeps.
const LAYERS: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("pack", &["text"]),
    ("engine", &["text", "pack"]),
    ("built_in", &["pack", "engine"]),
    ("clean", &["text", "pack", "engine"]),
    ("check", &["text", "pack", "clean"]),
    ("pack_form", &["pack"]),
    ("mine", &["text", "pack", "engine", "clean"]),
    ("report", &["text", "pack", "clean"]),
    ("io", &["text"]),
    ("run", &["text", "clean", "report", "io"]),
    ("version", &[]),
];

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

/// The crate's own modules that a file names, comments apart.
fn used_modules(source: &str) -> BTreeSet<&str> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let after = code.flat_map(|line| line.split("crate::").skip(1));
    after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()).collect()
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (layer, allowed) in LAYERS {
        let room = root().join("src").join(layer);
        let files = if room.is_dir() { files_below(&room, "rs") } else { vec![room.with_extension("rs")] };
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            let used = used_modules(&source);
            let foreign = used.iter().filter(|used| **used != layer && !allowed.contains(used));
            wrong.extend(foreign.map(|used| format!("{} uses crate::{used}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
            [folder.join("mod.rs"), folder.join("main.rs"), folder.join("lib.rs"), folder.with_extension("rs")];
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
    for page in files_below(&root().join("examples/pages"), "txt") {
        let wanted = root().join("examples/cleaned").join(page.file_name().unwrap());
        let text = fs::read(&page).unwrap();
        let cleaned = cleaner.clean(&dechrome::Document::new(&text));
        assert_eq!(cleaned.to_str().unwrap(), fs::read_to_string(wanted).unwrap(), "{}", page.display());
    }
}
