//! Features: what a line, its place and the lines around it are worth as evidence, in numbers.

mod facts;
mod kind_groups;
mod rows;
mod values;

pub(super) use facts::EvidenceLine;
pub(super) use values::DocumentFeatures;
