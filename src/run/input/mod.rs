//! Inputs: opened once, and read in parts that are worked on one by one.

mod info;
mod parts;
mod sites;
mod source;

pub(super) use info::InputInfo;
pub(super) use parts::{InputPart, InputParts, PartContent};
pub use sites::SiteSource;
pub(super) use source::{OpenedInput, open};
pub use source::{Origin, Source};
