//! Long documents: windows, and the memory that they take.

#[cfg(target_os = "linux")]
use std::io::{Read, Write};

use dechrome::{CleanOptions, Cleaner, Document, WINDOW_BYTES, WINDOW_LINES};

use crate::doors;
use crate::wrapped::{Doc, Wrap};

const PACK: &str = r#"
    [pack]
    title = "Windows"
    [[rule]]
    id = "weak"
    kind = "navigation"
    weak = true
    is = ["Home", "Market"]
    [[rule]]
    id = "strong"
    kind = "share"
    is = ["Share this"]
    [[rule]]
    id = "first"
    kind = "login"
    is = ["First"]
    first = 2
    [[rule]]
    id = "last"
    kind = "legal"
    is = ["Last"]
    last = 2
    [[rule]]
    id = "end"
    kind = "related"
    from = { is = ["More stories"] }
    to = "end"
    [[rule]]
    id = "start"
    kind = "navigation"
    from = "start"
    to = { is = ["Skip to text"] }
    [[rule]]
    id = "box"
    kind = "newsletter"
    from = { is = ["Letter box"] }
    to = { is = ["No thanks"] }
"#;

fn cleaner() -> Cleaner {
    doors::cleaner([("windows", PACK)], &CleanOptions::default())
}

/// Prose that fills a window together with `head` and `tail`, to the byte.
fn filled_window(head: &str, tail: &str) -> String {
    let line = format!("{}.\n", "prose ".repeat(1000));
    let mut room = WINDOW_BYTES - head.len() - tail.len();
    let mut text = head.to_owned();
    while room >= 2 * line.len() {
        text.push_str(&line);
        room -= line.len();
    }
    text.push_str(&"p".repeat(room - 1));
    text.push('\n');
    text.push_str(tail);
    assert_eq!(text.len(), WINDOW_BYTES);
    text
}

fn cleans_to(text: &str, clean: &str) {
    let cleaner = cleaner();
    let cleaned = cleaner.clean(&Document::new(text));
    assert!(cleaned.text() == clean.as_bytes(), "the library leaves {} of {} bytes", cleaned.text().len(), clean.len());
    for left in doors::streamed(&cleaner, text.as_bytes(), None, 1 << 20) {
        assert!(left == clean.as_bytes(), "the stream leaves {} of {} bytes", left.len(), clean.len());
    }
}

#[test]
fn a_cut_between_windows_is_no_edge_of_the_document() {
    // Whatever counts only at the document's first or last lines stays on both sides of the cut.
    let before = filled_window("", "More stories\nA bridge\nLast\nHome\n");
    let after = "Home\nFirst\nSkip to text\n";
    let text = format!("{before}{after}The end.\n");
    cleans_to(&text, &text);
}

#[test]
fn a_windows_last_line_is_no_edge_of_the_document() {
    let last = "More stories\nA bridge\nLast\nHome\n";
    let before = format!("Share this\n{}{last}", "p\n".repeat(WINDOW_LINES - 5));
    let text = format!("{before}Home\nFirst\nSkip to text\nThe end.\n");
    let clean = &text["Share this\n".len()..];
    cleans_to(&text, clean);
    for wrap in Wrap::ALL {
        let wrapped = |text: &str| wrap.wrapped(&[Doc { text: text.as_bytes(), url: None }]);
        if wrap != Wrap::Parquet {
            let run = doors::corpus(&cleaner(), doors::stream(wrapped(&text)), &wrap.options());
            assert!(run.left == wrapped(clean), "{wrap:?} leaves {} bytes", run.left.len());
        }
    }
}

#[test]
fn the_documents_own_edges_count_in_its_first_and_last_window() {
    let before = filled_window("Home\nFirst\n", "Share this\n");
    let text = format!("{before}Prose.\n\nLast\nHome\n\n");
    let clean = before.replace("Home\nFirst\n", "").replace("Share this\n", "");
    cleans_to(&text, &format!("{clean}Prose.\n"));
}

#[test]
fn runs_and_blocks_are_decided_in_each_window_by_itself() {
    // Three weak lines in a row go, but the cut parts them; it parts the block too.
    let before = filled_window("", "Letter box\nEvery week\nprose.\nHome\nHome\n");
    let text = format!("{before}Home\nprose.\nNo thanks\nThe end.\n");
    cleans_to(&text, &text);
}

#[test]
fn a_document_of_just_one_window_is_decided_as_a_whole() {
    let text = filled_window("Home\nMarket\n", "\nMore stories\nA bridge\n");
    let clean = text.replace("Home\nMarket\n", "").replace("\nMore stories\nA bridge\n", "");
    cleans_to(&text, &clean);
}

#[test]
fn blank_lines_at_a_cut_stay_as_they_are() {
    let before = filled_window("", "\nShare this\n");
    let text = format!("{before}\n\nShare this\n\nThe end.\n");
    let clean = format!("{}\n\nThe end.\n", before.replace("Share this\n", ""));
    cleans_to(&text, &clean);
}

#[test]
fn a_line_that_fits_no_window_passes_and_those_around_it_are_cleaned() {
    let endless = "x".repeat(WINDOW_BYTES + 1);
    let text = format!("Prose.\nShare this\n{endless}\nProse.\nShare this\nThe end.\n");
    cleans_to(&text, &format!("Prose.\n{endless}\nProse.\nThe end.\n"));
}

/// What the program may hold with one thread, in KiB: sixteen windows. Batches of two windows are
/// read, cleaned and written at a time, and each is there before and after.
#[cfg(target_os = "linux")]
const MOST_KIB: u64 = 16 * (WINDOW_BYTES as u64 >> 10);

/// Runs the program with these arguments, feeds it `megabytes` of the text over and over, and gives the most memory that it held, in
/// KiB, and how many bytes it wrote.
#[cfg(target_os = "linux")]
pub(crate) fn peak_kib(arguments: &[&str], text: &[u8], megabytes: usize) -> (u64, usize) {
    let mut child = doors::command(arguments).stdin(std::process::Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let counting = std::thread::spawn(move || {
        let (mut buffer, mut count) = (vec![0; 1 << 16], 0);
        while let Ok(read @ 1..) = stdout.read(&mut buffer) {
            count += read;
        }
        count
    });
    let piece = text.repeat((1 << 20) / text.len() + 1);
    for _ in 0..megabytes {
        stdin.write_all(&piece).unwrap();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success());
    (peak.trim().trim_end_matches(" kB").parse().unwrap(), counting.join().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_stream_of_lines_is_cleaned_in_bounded_memory() {
    let text = format!("{}.\n\nShare this\n\n", "Prose that goes on and on ".repeat(2500));
    let (peak, written) = peak_kib(&["clean", "-j1"], text.as_bytes(), STREAM_MEGABYTES);
    assert!(peak < MOST_KIB, "{peak} KiB for {STREAM_MEGABYTES} MB");
    assert!(written > STREAM_MEGABYTES * 900_000, "{written} bytes came out");
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_line_passes_in_bounded_memory() {
    let (peak, written) = peak_kib(&["clean", "-j1"], &[b'x'; 1000], STREAM_MEGABYTES);
    assert!(peak < MOST_KIB, "{peak} KiB for a line of {STREAM_MEGABYTES} MB");
    assert!(written > STREAM_MEGABYTES << 20, "{written} bytes came out");
}

/// Several times what the program may hold.
#[cfg(target_os = "linux")]
const STREAM_MEGABYTES: usize = 300;
