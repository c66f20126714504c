//! The number of threads changes nothing: not what is left, not how it is compressed, not the log.

use dechrome::io::Compression;

use super::{encoded, wrapped};
use crate::doors::run_with_input;
use crate::place::{Place, is_quiet};
use crate::wrapped::{SEPARATOR, Wrap};

/// More than one chunk of records.
fn pages() -> Vec<String> {
    (0..1000).map(|n| format!("Page {n}.\n{}Read more about {n}\n", "It goes on and on.\n".repeat(n % 150))).collect()
}

fn place() -> Place {
    let place = Place::new();
    let pages = pages();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    for (wrap, name) in [(Wrap::Jsonl, "pages.jsonl"), (Wrap::Wet, "pages.wet"), (Wrap::Separated, "pages.txt")] {
        let corpus = wrapped(wrap, &pages);
        place.write(format!("tree/gzip/{name}.gz"), encoded(Compression::Gzip, &corpus));
        place.write(format!("tree/zstd/{name}.zst"), encoded(Compression::Zstd, &corpus));
        place.write(format!("tree/{name}"), corpus);
    }
    place.write("tree/pages.parquet", wrapped(Wrap::Parquet, &pages[..60]));
    place
}

fn sorted_lines(log: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    lines
}

#[test]
fn outputs_and_logs_are_the_same_for_any_number_of_threads() {
    let place = place();
    let run = |threads: &str, how: &[&str]| {
        let folder = format!("out-{threads}");
        let log = format!("gone-{threads}.jsonl");
        let mut command = place.command(["clean", "tree", "-j", threads, "-o", &folder, "--removed", &log]);
        let output = command.args(how).output().unwrap();
        assert!(output.status.success() && is_quiet(&output), "{output:?}");
        let left = place.files(&folder);
        std::fs::remove_dir_all(place.path(&folder)).unwrap();
        (left, place.read(&log))
    };
    for how in [&[][..], &["--document-separator", SEPARATOR, "--compress", "zstd"]] {
        let (left, log) = run("1", how);
        assert!(left.len() == 10 && !log.is_empty());
        for threads in ["2", "5"] {
            let (left_of_more, log_of_more) = run(threads, how);
            for (name, bytes) in &left {
                assert!(left_of_more[name] == *bytes, "{} with {threads} threads, {how:?}", name.display());
            }
            assert!(sorted_lines(&log_of_more) == sorted_lines(&log), "{threads} threads, {how:?}");
        }
    }
}

#[test]
fn a_pipe_gives_the_same_bytes_and_the_same_log_for_any_number_of_threads() {
    let place = place();
    for name in [
        "pages.jsonl",
        "gzip/pages.jsonl.gz",
        "gzip/pages.wet.gz",
        "zstd/pages.wet.zst",
        "zstd/pages.txt.zst",
        "pages.parquet",
    ] {
        let input = place.read(format!("tree/{name}"));
        let run = |threads: &str| {
            let mut command = place.command(["clean", "-j", threads, "--removed", "gone.jsonl"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            let output = run_with_input(&mut command, &input);
            assert!(output.status.success() && is_quiet(&output), "{output:?}");
            (output.stdout, place.read("gone.jsonl"))
        };
        let one = run("1");
        assert!(one.0 != input && !one.1.is_empty(), "{name}");
        for threads in ["2", "5"] {
            assert!(run(threads) == one, "{name} with {threads} threads");
        }
    }
}
