//! dechrome
#![allow(unused, dead_code)]
mod clean;
mod engine;
mod pack;
mod text;
pub use clean::*;
pub use pack::*;
pub use text::{Cut, Document, LINE_LIMIT, WINDOW_BYTES, Window, next_cut};
pub mod io;
mod report;
pub use report::*;
pub use text::is_binary;
pub mod run;
