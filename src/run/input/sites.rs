//! Where the site of a file is known from.

use std::path::Path;

use crate::clean::Cleaner;
use crate::text::host_of;

/// How the site of each input is found.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum SiteSource {
    /// It is not known: packs are activated by their signatures.
    #[default]
    Unknown,
    /// All inputs are from this host.
    Given(String),
    /// It is the part of the file's path that is a host: the nearest one that some pack covers, or
    /// else the nearest one at all. `corpus/rt.com/0001.txt` and `corpus/rt.com.txt` are both from
    /// `rt.com`.
    Path,
}

impl SiteSource {
    /// The site of a file, as a host in lower case.
    pub fn site_of(&self, path: &Path, cleaner: &Cleaner) -> Option<String> {
        match self {
            SiteSource::Unknown => None,
            SiteSource::Given(host) => host_of(host).map(|host| host.into_owned()),
            SiteSource::Path => {
                let hosts: Vec<String> = hosts_in(path);
                let covered = hosts.iter().find(|host| cleaner.covers_site(host));
                covered.or(hosts.first()).cloned()
            }
        }
    }
}

/// The parts of a path that look like hosts, the nearest to the file first.
fn hosts_in(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> =
        path.components().rev().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if let Some(name) = parts.first_mut() {
        // `rt.com.txt`: an extension is no part of a host.
        *name = name.rsplit_once('.').map_or_else(String::new, |(stem, _)| stem.to_owned());
    }
    parts
        .iter()
        .filter_map(|part| host_of(part))
        .filter(|host| looks_like_host(host))
        .map(|host| host.into_owned())
        .collect()
}

fn looks_like_host(host: &str) -> bool {
    let Some((_, top)) = host.rsplit_once('.') else { return false };
    let labels_fit = host.split('.').all(|label| {
        !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    labels_fit && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_paths() {
        for (path, want) in [
            ("corpus/rt.com/0001.txt", vec!["rt.com"]),
            ("corpus/www.RT.com.txt", vec!["www.rt.com"]),
            ("a.org/b.example.net/c.txt", vec!["b.example.net", "a.org"]),
            ("./corpus/2021.02/x.txt", vec![]),
            ("rt.com", vec![]),
        ] {
            assert_eq!(hosts_in(Path::new(path)), want, "{path}");
        }
    }
}
