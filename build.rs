//! Reads and compiles the built-in packs while the crate is built, so that the program need not do so when it
//! starts. A mistake in one of them ends the build with the message that `dechrome pack check` gives. Also makes the
//! digest that tells this build from others.

#[path = "build/digest.rs"]
mod digest;
#[allow(dead_code, unused_imports, unreachable_pub, reason = "what compiles packs is all that is used here")]
#[path = "src/engine/mod.rs"]
mod engine;
#[allow(dead_code, unused_imports, unreachable_pub, reason = "what reads packs is all that is used here")]
#[path = "src/pack/mod.rs"]
mod pack;
#[allow(dead_code, unused_imports, unreachable_pub, reason = "what reads the scorecard is all that is used here")]
#[path = "src/scorecard/mod.rs"]
mod scorecard;
#[allow(dead_code, unused_imports, unreachable_pub, reason = "what reads packs is all that is used here")]
#[path = "src/text/mod.rs"]
mod text;

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use engine::Engine;
use pack::PackSet;

/// What evidence is worth.
const SCORECARD: &str = "scorecard/scorecard.toml";

fn main() -> io::Result<()> {
    for path in ["build.rs", "build"].into_iter().chain(digest::PLACES.map(|(folder, _)| folder)) {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rustc-env=DECHROME_BUILD_DIGEST={}", digest::of_package(Path::new("."))?);
    let mut set = PackSet::empty();
    if let Err(error) = set.load(Path::new("patterns")) {
        error.to_string().lines().for_each(|line| println!("cargo::error={line}"));
        process::exit(1);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let compiled = postcard::to_stdvec(set.packs()).map_err(io::Error::other)?;
    fs::write(out.join("packs.bin"), compiled)?;
    let engine = Engine::new(&set, &|_| true);
    fs::write(out.join("engine.bin"), postcard::to_stdvec(&engine).map_err(io::Error::other)?)?;
    let scorecard = scorecard::Scorecard::parse(&fs::read_to_string(SCORECARD)?);
    let scorecard = scorecard.map_err(|error| io::Error::other(format!("{SCORECARD}: {error}")))?;
    fs::write(out.join("scorecard.bin"), postcard::to_stdvec(&scorecard).map_err(io::Error::other)?)?;
    let mut sources = String::from("&[\n");
    for pack in set.packs() {
        let file = pack.file();
        let path = fs::canonicalize(file)?;
        sources.push_str(&format!("    ({file:?}, include_str!({path:?})),\n"));
    }
    sources.push_str("]\n");
    fs::write(out.join("sources.rs"), sources)
}
