//! Compressed streams that are cut off or damaged, in files and through pipes.

use dechrome::io::Compression;

use super::{CLEAN_PAGES, PAGES, encoded, ended, wrapped};
use crate::doors::run_with_input;
use crate::place::{Place, stderr};
use crate::wrapped::Wrap;

/// Each format with what goes before its damage.
const FORMATS: [(Wrap, &str); 3] =
    [(Wrap::Jsonl, "pages.jsonl"), (Wrap::Wet, "pages.warc.wet"), (Wrap::Separated, "pages.txt")];
const COMPRESSIONS: [(Compression, &str, &str); 2] =
    [(Compression::Gzip, "gz", "gzip"), (Compression::Zstd, "zst", "zstd")];

/// A whole member, and one that is cut off within its content.
fn cut_off(wrap: Wrap, compression: Compression) -> Vec<u8> {
    let whole = encoded(compression, &wrapped(wrap, &PAGES.repeat(20)));
    [&whole[..], &whole[..whole.len() - 9]].concat()
}

fn damaged(wrap: Wrap, compression: Compression) -> Vec<u8> {
    let mut stream = encoded(compression, &wrapped(wrap, &PAGES));
    let at = stream.len() / 2;
    stream[at..at + 4].fill(0xAA);
    stream
}

#[test]
fn a_stream_that_is_cut_off_is_cleaned_up_to_its_end() {
    cleaned_to_its_end(&[FORMATS[0], FORMATS[2]]);
}

#[test]
fn an_archive_that_is_cut_off_is_cleaned_up_to_its_end() {
    cleaned_to_its_end(&FORMATS[1..2]);
}

fn cleaned_to_its_end(formats: &[(Wrap, &str)]) {
    for &(wrap, name) in formats {
        for (compression, extension, called) in COMPRESSIONS {
            let place = Place::new();
            let file = format!("{name}.{extension}");
            let stream = cut_off(wrap, compression);
            place.write(&file, &stream);
            let before = wrapped(wrap, &CLEAN_PAGES.repeat(20));
            let separator: &[&str] = if wrap == Wrap::Separated { &["--document-separator", "====="] } else { &[] };
            let from_file = place.command(["clean", &file, "--compress", "none"]).args(separator).output().unwrap();
            let mut piped = place.command(["clean", "--compress", "none"]);
            let piped = run_with_input(
                piped.args(separator).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()),
                &stream,
            );
            for (output, called_input) in [(from_file, file.as_str()), (piped, "-")] {
                assert_eq!(output.status.code(), Some(2), "{output:?}");
                assert!(output.stdout.starts_with(&before), "{file}: {}", output.stdout.escape_ascii());
                let said = stderr(&output);
                let end = format!("dechrome: {called_input}: the {called} stream is cut off");
                assert!(said.lines().any(|line| line == end), "{said}");
            }
        }
    }
}

#[test]
fn a_file_that_is_cut_off_or_damaged_passes_whole_into_a_mirror() {
    for (wrap, name) in FORMATS {
        for (compression, extension, called) in COMPRESSIONS {
            for (stream, what) in
                [(cut_off(wrap, compression), "is cut off"), (damaged(wrap, compression), "is damaged: ")]
            {
                let place = Place::new();
                let file = format!("{name}.{extension}");
                place.write(format!("tree/{file}"), &stream);
                place.write("tree/good.txt", PAGES[0]);
                let output = place.run(["clean", "tree", "-o", "out"]);
                let said = stderr(&output);
                assert_eq!(output.status.code(), Some(2), "{said}");
                assert!(said.contains(&format!("dechrome: tree/{file}: the {called} stream {what}")), "{said}");
                assert!(place.read(format!("out/{file}")) == stream, "{file}, which {what}");
                assert_eq!(place.read("out/good.txt"), CLEAN_PAGES[0].as_bytes());
            }
        }
    }
}

#[test]
fn a_file_that_is_cut_off_is_skipped_and_stays_in_place() {
    let place = Place::new();
    let stream = cut_off(Wrap::Jsonl, Compression::Gzip);
    place.write("tree/pages.jsonl.gz", &stream);
    for arguments in [&["-o", "out", "--on-error", "skip"][..], &["--in-place"]] {
        let output = place.command(["clean", "tree"]).args(arguments).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("dechrome: tree/pages.jsonl.gz: the gzip stream is cut off\n"), "{said}");
    }
    assert!(!place.path("out/pages.jsonl.gz").exists());
    assert!(place.read("tree/pages.jsonl.gz") == stream);
}

#[test]
fn a_stream_cut_off_in_its_first_bytes_is_cleaned_up_to_there() {
    let whole = encoded(Compression::Zstd, &wrapped(Wrap::Jsonl, &PAGES[..1]));
    let place = Place::new();
    let mut command = place.command(["clean", "--compress", "none", "--format", "jsonl"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let output = run_with_input(&mut command, &[&whole[..], &whole[..whole.len() - 9]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        output.stdout.escape_ascii().to_string(),
        wrapped(Wrap::Jsonl, &CLEAN_PAGES[..1]).escape_ascii().to_string()
    );
}

#[test]
fn a_damaged_stream_through_a_pipe_is_named() {
    for (compression, _, called) in COMPRESSIONS {
        let place = Place::new();
        let mut command = place.command(["clean"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let output = run_with_input(&mut command, &damaged(Wrap::Jsonl, compression));
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(&format!("dechrome: -: the {called} stream is damaged: ")), "{said}");
    }
}

#[test]
fn an_empty_compressed_file_stays_one() {
    for (compression, extension, _) in COMPRESSIONS {
        let place = Place::new();
        let file = format!("tree/empty.jsonl.{extension}");
        place.write(&file, encoded(compression, b""));
        place.quiet(["clean", "tree", "-o", "out"]);
        let left = place.read(format!("out/empty.jsonl.{extension}"));
        assert_eq!(crate::wrapped::decompressed(&left, compression), b"");
        assert_eq!(Compression::of_beginning(&left), compression, "a reader finds a stream there");
    }
}

#[test]
fn a_file_whose_name_says_what_it_is_not_is_named() {
    let place = Place::new();
    place.write("page.txt.gz", "Read more\n");
    let output = place.run(["clean", "page.txt.gz"]);
    let said = stderr(&output);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    assert!(said.starts_with("dechrome: page.txt.gz: the gzip stream is damaged: "), "{said}");
    place.write("page.parquet", "Read more\n");
    let output = place.run(["clean", "page.parquet", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("dechrome: page.parquet: "), "{output:?}");
    assert_eq!(place.read("out/page.parquet"), b"Read more\n", "it passes as it is");
}

#[test]
fn a_table_among_other_inputs_of_one_output_is_refused() {
    let place = Place::new();
    place.write("pages.parquet", wrapped(Wrap::Parquet, &PAGES));
    place.write("page.txt", PAGES[0]);
    let output = place.run(["clean", "pages.parquet", "page.txt"]);
    let what = "a Parquet file cannot be written after another output; give a folder";
    ended(&output, 2, &format!("dechrome: pages.parquet: {what}\n"));
    let output = place.run(["clean", "page.txt", "pages.parquet"]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), CLEAN_PAGES[0].as_bytes()));
    assert!(stderr(&output).starts_with("dechrome: pages.parquet: a Parquet file among other inputs"), "{output:?}");
}

#[test]
fn zeros_behind_a_gzip_stream_are_padding() {
    for (wrap, name) in FORMATS {
        let whole = encoded(Compression::Gzip, &wrapped(wrap, &PAGES));
        let clean = wrapped(wrap, &CLEAN_PAGES);
        let parts = [&whole[..], &[0; 1], &whole, &[0; 10_000]];
        // As tapes and block devices leave it, and streams of such that were put one behind another.
        for stream in [parts[..2].concat(), [&whole[..], &[0; 10_000]].concat(), parts.concat()] {
            let place = Place::new();
            place.write(format!("tree/{name}.gz"), &stream);
            place.quiet(["clean", "tree", "-o", "out"]);
            let left = crate::wrapped::decompressed(&place.read(format!("out/{name}.gz")), Compression::Gzip);
            assert!(left.starts_with(&clean[..clean.len() / 2]) && !left.ends_with(b"\0"), "{}", left.escape_ascii());
            let mut piped = place.command(["clean", "--compress", "none", "--format", wrap_name(wrap)]);
            piped.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            let output = run_with_input(&mut piped, &stream);
            assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
        }
    }
}

fn wrap_name(wrap: Wrap) -> &'static str {
    match wrap {
        Wrap::Jsonl => "jsonl",
        Wrap::Wet => "wet",
        _ => "text",
    }
}

#[test]
fn what_is_no_padding_behind_a_gzip_stream_is_named() {
    let place = Place::new();
    let whole = encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &PAGES));
    for behind in [&b"\0\0something else"[..], b"something else"] {
        let stream = [&whole[..], behind].concat();
        place.write("pages.jsonl.gz", &stream);
        let output = place.run(["clean", "pages.jsonl.gz", "-o", "out"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("the gzip stream is damaged: "), "{output:?}");
        assert!(place.read("out/pages.jsonl.gz") == stream);
    }
}

#[test]
fn a_damaged_table_under_another_name_passes_whole() {
    let place = Place::new();
    let table = wrapped(Wrap::Parquet, &PAGES);
    let damaged = &table[..table.len() - 20];
    for name in ["pages", "pages.data"] {
        place.write(format!("tree/{name}"), damaged);
    }
    let output = place.run(["clean", "tree", "-o", "out", "--format", "parquet"]);
    let said = stderr(&output);
    assert_eq!((output.status.code(), said.lines().count()), (Some(2), 2), "{said}");
    for name in ["pages", "pages.data"] {
        assert!(said.contains(&format!("dechrome: tree/{name}: not a Parquet file, or its end is missing")), "{said}");
        assert!(place.read(format!("out/{name}")) == damaged, "{name}");
    }
}
