//! Outputs of trees: planned before anything is written, each whole or not there.

mod failures;
mod file;
mod mark;
mod name;
mod outputs;
mod plan;
mod tree;
mod tree_file;

pub(super) use mark::{StoredPath, hex};
pub use name::output_name;
pub use outputs::Outputs;
pub use plan::{Destination, stays_inside};
pub use tree::clean_tree;
