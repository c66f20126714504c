//! `--stats` takes a file only after `=` or with an ending of JSON: an input after it would be overwritten.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Lets `--stats FILE.json` be written with a space too. `--stats` alone takes no value, and without
/// this rule the first input after it would be overwritten with figures.
pub(in crate::cli) fn with_joined_stats(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for argument in arguments {
        let is_json = PathBuf::from(&argument).extension().is_some_and(|extension| extension == "json");
        match joined.last_mut() {
            Some(last) if last == "--stats" && is_json => {
                last.push("=");
                last.push(argument);
            }
            _ => joined.push(argument),
        }
    }
    joined
}

/// What is wrong where a file for figures stands after `clean --stats` that would be taken for an input and is not there.
pub(in crate::cli) fn stats_mistake(arguments: &[OsString], is_there: impl Fn(&Path) -> bool) -> Option<String> {
    let is_clean = arguments.get(1).is_some_and(|command| command == "clean");
    let pair = arguments.windows(2).find(|pair| is_clean && pair[0] == "--stats")?;
    let given = pair[1].to_string_lossy();
    (!given.starts_with('-') && !is_there(Path::new(&pair[1])))
        .then(|| format!("{given}: there is no such input; if figures are to be written there: --stats={given}"))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::super::{Arguments, Command};
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn stats_takes_a_json_file_and_never_an_input() {
        let parse = |line: &str| {
            let arguments = with_joined_stats(line.split(' ').map(OsString::from));
            match Arguments::parse_from(arguments).command {
                Command::Clean(clean) => (clean.stats, clean.paths),
                _ => unreachable!("all are clean"),
            }
        };
        let paths = vec![PathBuf::from("page.txt")];
        assert_eq!(parse("dechrome clean --stats page.txt"), (Some(None), paths.clone()));
        assert_eq!(parse("dechrome clean --stats out.json page.txt"), (Some(Some("out.json".into())), paths.clone()));
        assert_eq!(parse("dechrome clean --stats=out page.txt"), (Some(Some("out".into())), paths.clone()));
        assert_eq!(parse("dechrome clean page.txt"), (None, paths));
    }

    #[test]
    fn a_file_after_stats_that_is_not_there_is_asked_about() {
        let mistake = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            stats_mistake(&arguments, |path| path == Path::new("page.txt"))
        };
        let said = mistake("dechrome clean page.txt --stats figures.txt").unwrap();
        assert!(said.ends_with("--stats=figures.txt"), "{said}");
        for line in ["dechrome clean --stats page.txt", "dechrome clean --stats", "dechrome clean --stats --check x"] {
            assert_eq!(mistake(line), None, "{line}");
        }
        assert_eq!(mistake("dechrome report --removed log --stats figures.txt"), None);
    }
}
