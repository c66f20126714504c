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
//! here but `cli` prints or reads the environment; only [`PackSet::load`], [`run`] and [`cli`] touch files.
//!
//! # What you need
//!
//! | to | use | example |
//! | --- | --- | --- |
//! | clean a text | [`Cleaner::clean`] | `cargo run --example clean` |
//! | know why a line is removed, or stays | [`Cleaner::explain`] | `cargo run --example explain` |
//! | learn a site's chrome | [`mine::Miner`] | `cargo run --example mine` |
//! | read the documents of JSONL, WET, Parquet, text | [`run::visit_documents`] | `cargo run --example read` |
//! | clean streams and trees of these | [`run::clean_to_writer`], [`run::clean_tree`] | `cargo run --example run` |
//! | run the command | [`cli::run`] | |
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
#[doc(hidden)]
pub mod io;
mod markup;
pub mod mine;
mod pack;
mod pack_form;
#[doc(hidden)]
pub mod report;
pub mod run;
mod scorecard;
mod text;
mod version;

pub use clean::{
    CleanOptions, Cleaned, Cleaner, CleanerError, ExplainedLine, Explanation, How, Near, Reason, Removal, Verdict,
    Weighed,
};
pub use pack::{Kind, Pack, PackError, PackSet, Rule, RuleId};
pub use report::Stats;
pub use scorecard::{Level, Points, Scorecard, ScorecardError, UnknownLevel};
pub use text::{Document, Markup, UnknownMarkup};

// For the wheel, the tests and the benchmarks of this repository alone: they may change with any version.
#[doc(hidden)]
pub use check::{DocumentPlace, ExampleFailure, Overlaps, PackHits, RuleHits, check_examples};
#[doc(hidden)]
pub use clean::{Meant, apply, kept_spans};
#[doc(hidden)]
pub use pack::{Evidence, Example, LinePlace, Problem, Scope, UnknownKind, Warning, new_pack, pack_schema};
#[doc(hidden)]
pub use report::Tally;
#[doc(hidden)]
pub use text::{Cut, LINE_LIMIT, WINDOW_BYTES, WINDOW_LINES, Window, is_binary, next_cut};
#[doc(hidden)]
pub use version::{BUILD_DIGEST, LONG_VERSION};
