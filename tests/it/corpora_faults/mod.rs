//! Corpora through the command, where something is wrong: records, streams, outputs, logs, runs that were killed.
#![cfg(unix)]

mod hostile_logs;
mod in_place;
mod kept_files;
mod logs;
mod long_records;
mod memory;
mod notes;
mod outputs;
mod records;
mod remembered;
mod resume;
mod streams;
mod tables;
mod threads;
mod undo;

use std::process::Output;

use dechrome::io::Compression;

use crate::place::stderr;
use crate::wrapped::{Doc, Wrap};

/// Texts of which something goes.
const PAGES: [&str; 4] = ["One.\nRead more\n", "Two stays.\n", "Three.\nRead more here\nThe end.\n", "Read more\n"];
const CLEAN_PAGES: [&str; 4] = ["One.\n", "Two stays.\n", "Three.\nThe end.\n", ""];

fn docs<'d>(texts: &[&'d str]) -> Vec<Doc<'d>> {
    texts.iter().map(|text| Doc { text: text.as_bytes(), url: Some("https://mill.example/") }).collect()
}

fn wrapped(wrap: Wrap, texts: &[&str]) -> Vec<u8> {
    wrap.wrapped(&docs(texts))
}

fn encoded(compression: Compression, bytes: &[u8]) -> Vec<u8> {
    compression.encode(bytes.to_vec()).unwrap()
}

/// Asserts the exit status and all that was said.
#[track_caller]
fn ended(output: &Output, status: i32, said: &str) {
    assert_eq!((output.status.code(), stderr(output).as_str()), (Some(status), said));
}
