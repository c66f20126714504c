//! dechrome strips site chrome (donation pleas, share bars, cookie notices, newsletter boxes, "Read
//! more" lines) out of text that was scraped from web pages, and says which rule took what.
//!
//! # Overview
//!
//! * [`PackSet`] holds packs of rules: the built-in ones, and your own.
//! * [`Cleaner`] is a set of packs, compiled: immutable, and shared between threads by reference.
//! * [`Cleaned`] is what is left of a [`Document`], with each [`Removal`].
//!
//! ```
//! use dechrome::{CleanOptions, Cleaner, Document, PackSet};
//!
//! let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
//! let page = "The council met on Tuesday.\n\nAdvertisement\n\nIt will meet again.\n";
//! let cleaned = cleaner.clean(&Document::new(page));
//! assert_eq!(cleaned.to_str()?, "The council met on Tuesday.\n\nIt will meet again.\n");
//!
//! let removal = &cleaned.removals()[0];
//! assert_eq!(&page[removal.span.clone()], "Advertisement\n\n");
//! println!("taken by {}", cleaner.rule(removal.rule).full_id());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Lengths and spans are in bytes, limits in packs in characters. Text need not be UTF-8. Nothing
//! here prints or reads the environment; only [`PackSet::load`], [`io`] and [`run`] touch files.
//!
//! # Features
//!
//! `cli` (default) is what the `dechrome` command needs; a program that uses the library alone
//! switches it off.

mod built_in;
mod check;
mod clean;
#[cfg(feature = "cli")]
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "a command prints")]
pub mod cli;
mod engine;
pub mod io;
pub mod mine;
mod pack;
mod pack_form;
pub mod report;
pub mod run;
mod text;
mod version;

pub use check::{DocumentPlace, ExampleFailure, Overlaps, PackHits, RuleHits, check_examples};
pub use clean::{
    CleanOptions, Cleaned, Cleaner, CleanerError, ExplainedLine, Explanation, How, Meant, Near, Reason, Removal,
    Verdict, apply, kept_spans,
};
pub use pack::{
    Evidence, Example, Kind, LinePlace, Pack, PackError, PackSet, Problem, Rule, RuleId, Scope, UnknownKind, Warning,
    new_pack, pack_schema,
};
pub use report::{Stats, Tally};
pub use text::{Cut, Document, LINE_LIMIT, WINDOW_BYTES, WINDOW_LINES, Window, is_binary, next_cut};
pub use version::{BUILD_DIGEST, LONG_VERSION};
