//! What tells one run from another, so that it can be continued.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::PackSet;
use crate::cli::args::CleanArguments;

/// A digest of the program, the packs, the options and the inputs. Of the built-in packs the build's own digest tells.
pub(in crate::cli) fn fingerprint(arguments: &CleanArguments, packs: &PackSet) -> String {
    fingerprint_of(crate::LONG_VERSION, arguments, packs)
}

fn fingerprint_of(build: &str, arguments: &CleanArguments, packs: &PackSet) -> String {
    let mut digest = Sha256::new();
    digest.update(build);
    for pack in packs.added() {
        digest.update(format!("{:?} {}\n", pack.name(), pack.source().len()));
        digest.update(pack.source());
    }
    let CleanArguments { paths, removed, formats, documents, rules, sites, .. } = arguments;
    digest.update(format!("{paths:?} {} {formats:?} {documents:?} {rules:?} {sites:?}", removed.is_some()));
    HEXLOWER.encode(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use crate::Pack;
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Arguments, Command};

    fn arguments(line: &str) -> CleanArguments {
        match Arguments::parse_from(line.split(' ')).command {
            Command::Clean(arguments) => arguments,
            _ => unreachable!("all are clean"),
        }
    }

    fn pack(phrase: &str) -> Pack {
        let source = format!("[pack]\ntitle = \"Mine\"\n[[rule]]\nid = \"a\"\nkind = \"ad\"\nis = [\"{phrase}\"]\n");
        Pack::parse("mine", "mine.toml", &source).unwrap()
    }

    #[test]
    fn builds_options_and_packs_from_disk_tell_runs_apart() {
        let clean = arguments("dechrome clean corpus -o cleaned");
        let (built_in, mut mine, mut other) = (PackSet::built_in(), PackSet::built_in(), PackSet::built_in());
        mine.insert(pack("Buy ferry tickets"));
        other.insert(pack("Buy bus tickets"));
        let runs = [
            fingerprint(&clean, &built_in),
            fingerprint_of("0.1.0 (0000000000000000)", &clean, &built_in),
            fingerprint(&clean, &mine),
            fingerprint(&clean, &other),
            fingerprint(&arguments("dechrome clean corpus -o cleaned --only ad"), &built_in),
        ];
        for (number, run) in runs.iter().enumerate() {
            assert!(!runs[..number].contains(run), "{number}");
        }
        assert_eq!(runs[0], fingerprint(&clean, &PackSet::built_in()));
        assert_eq!(runs[2], fingerprint(&clean, &mine.clone()));
    }

    #[test]
    fn the_built_in_packs_are_not_among_what_is_hashed() {
        assert_eq!(PackSet::built_in().added().count(), 0);
        let mut mine = PackSet::built_in();
        mine.insert(pack("Buy ferry tickets"));
        assert_eq!(mine.added().map(Pack::name).collect::<Vec<_>>(), ["mine"]);
    }
}
