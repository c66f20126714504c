//! The digest that tells one build from another.

use std::fs;
use std::path::Path;
use std::process::Command;

#[path = "../../build/digest.rs"]
mod digest;

#[test]
fn it_is_of_what_stands_here() {
    let here = digest::of_package(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(dechrome::BUILD_DIGEST, here, "something that decides changed, and the build script did not run");
}

#[test]
fn the_long_version_has_it_and_the_short_one_has_not() {
    let printed = |option| {
        let done = Command::new(env!("CARGO_BIN_EXE_dechrome")).arg(option).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(printed("--version"), format!("dechrome {version} ({})\n", dechrome::BUILD_DIGEST));
    assert_eq!(printed("-V"), format!("dechrome {version}\n"));
    assert_eq!(dechrome::LONG_VERSION, format!("{version} ({})", dechrome::BUILD_DIGEST));
}

/// The digest of a package of two packs and a source, with these files as well or instead.
fn with(changes: &[(&str, &str)]) -> String {
    let package = tempfile::tempdir().unwrap();
    let files = [("patterns/a.toml", "one"), ("patterns/b.toml", "two"), ("src/text/fold.rs", "three")];
    for (name, content) in files.iter().chain(changes) {
        let path = package.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    for (folder, _) in digest::PLACES {
        fs::create_dir_all(package.path().join(folder)).unwrap();
    }
    digest::of_package(package.path()).unwrap()
}

#[test]
fn each_change_of_what_decides_gives_another_one() {
    let all = [
        with(&[]),
        with(&[("patterns/a.toml", "One")]),
        with(&[("patterns/a.toml", "onet"), ("patterns/b.toml", "wo")]),
        with(&[("patterns/a.toml", "two"), ("patterns/b.toml", "one")]),
        with(&[("patterns/sites/a.toml", "one")]),
        with(&[("patterns/c.toml", "")]),
        with(&[("src/text/fold.rs", "Three")]),
        with(&[("src/clean/menus/rows.rs", "four")]),
        with(&[("src/engine/scan.rs", "four")]),
        with(&[("src/pack/rule.rs", "four")]),
    ];
    for (number, digest) in all.iter().enumerate() {
        assert_eq!(digest.len(), 16);
        assert!(!all[..number].contains(digest), "{number}");
    }
}

#[test]
fn what_does_not_decide_is_not_in_it() {
    assert_eq!(with(&[]), with(&[("patterns/README.md", "Write packs so."), ("src/io/mod.rs", "five")]));
}
