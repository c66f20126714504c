//! The entry of an input as a whole.

use crate::run::input::InputInfo;

use super::entry::{LogEntry, Original, append, written_path};
use super::sums::Contents;

/// Appends what an input was, and what it and its output hold if that is known.
pub(in crate::run) fn log_original(input: &InputInfo, contents: Option<Contents>, log: &mut Vec<u8>) {
    // An output's name differs in its last part alone.
    let file_name = input.name.file_name().unwrap_or_default();
    let (name, name_base64) = written_path(&input.label.with_file_name(file_name));
    let original = Some(Original { name, name_base64, compression: input.compression });
    let (label, input_base64) = written_path(&input.label);
    let (before, after) = (contents.map(|both| both.before), contents.map(|both| both.after));
    append(&LogEntry { input: label, input_base64, original, before, after, ..LogEntry::default() }, log);
}
