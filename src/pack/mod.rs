//! Packs: TOML files of rules; reading them strictly, and bringing them together in a set. Knows
//! nothing of how rules are matched; only `load` reads the disk. The build script reads the built-in
//! packs with this same code.

mod anchor;
mod common_phrases;
mod error;
mod evidence;
mod includes;
mod kind;
mod lint;
mod load;
mod pack_file;
mod read;
mod rule;
mod schema;
mod set;
mod skeleton;
mod source;
mod suggest;
mod template;
mod template_list;

pub(crate) use anchor::Anchor;
pub use error::{PackError, Problem};
pub use evidence::{Evidence, LinePlace};
pub(crate) use includes::included;
pub use kind::{Kind, UnknownKind};
pub use lint::Warning;
pub(crate) use pack_file::Include;
pub use pack_file::{Example, Pack, Scope};
pub(crate) use rule::{Action, BlockClosing, BlockOpening, Notes, Pattern};
pub use rule::{Rule, RuleId};
pub use schema::pack_schema;
pub use set::PackSet;
pub use skeleton::new_pack;
pub(crate) use suggest::nearest;
pub(crate) use template::{PLACEHOLDER_NAMES, Template, TemplatePart, TemplateParts};
