//! What would change, as a unified diff.

use std::fmt::Write;
use std::path::Path;

use similar::TextDiff;

use crate::cli::sanitize::is_unsafe;
use crate::run::Previewed;

/// The diff of one input, in bytes, as patch takes it; empty if nothing would change. `name` is
/// what patch will look for.
pub(in crate::cli) fn unified(previewed: &Previewed) -> Vec<u8> {
    let mut diff = Vec::new();
    if previewed.text == previewed.left {
        return diff;
    }
    let lines = TextDiff::from_lines(previewed.text.as_slice(), previewed.left.as_slice());
    let name = header_name(&previewed.name);
    let written = lines.unified_diff().header(&name, &name).to_writer(&mut diff);
    debug_assert!(written.is_ok(), "memory takes every byte");
    diff
}

/// The name as git and patch read it in a header: as it is, with a tab that ends it, so that it may hold spaces; or
/// quoted as a string of C where it holds what would end the line, or could be taken for something else.
fn header_name(name: &Path) -> String {
    let is_plain = |name: &&str| !name.contains(|c| matches!(c, '"' | '\\') || is_unsafe(c));
    if let Some(plain) = name.to_str().filter(is_plain) {
        return format!("{plain}\t");
    }
    let mut quoted = String::from("\"");
    for byte in name.as_os_str().as_encoded_bytes() {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => quoted.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => _ = write!(quoted, "\\{byte:03o}"),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_git_does_where_they_must_be() {
        for (name, shown) in [
            ("a page.txt", "a page.txt\t"),
            ("caf\u{e9}.txt", "caf\u{e9}.txt\t"),
            ("a\nb\t\"c\"\\.txt", r#""a\012b\011\"c\"\\.txt""#),
            ("\u{202e}txt", r#""\342\200\256txt""#),
        ] {
            assert_eq!(header_name(Path::new(name)), shown);
        }
    }
}
