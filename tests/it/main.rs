//! The integration tests, in one binary: modules by feature, cases as data beside them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a campaign says what it tried")]

mod build_digest;
mod campaign;
mod cases;
mod commands;
mod corpora_faults;
mod documents;
mod doors;
mod explain;
mod faults;
mod generic_rules;
mod house;
mod in_time;
mod jsonl;
mod many_packs;
mod markdown;
mod meant;
mod mining;
mod namesakes;
mod needless;
mod pack_errors;
mod pack_form;
mod parquet;
mod place;
mod precision;
mod promises;
mod records;
mod restore;
mod unread;
mod wet;
mod windows;
mod wrapped;
mod wrong_files;
