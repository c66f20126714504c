//! dechrome
#![allow(unused, dead_code)]
mod clean;
mod engine;
mod pack;
mod text;
pub use clean::*;
pub use pack::*;
pub use text::{Cut, Document, LINE_LIMIT, WINDOW_BYTES, Window, next_cut};
