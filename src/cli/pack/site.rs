//! The host that a pack is made for.

use anyhow::bail;

use crate::Document;

/// The host as packs name it.
pub(in crate::cli) fn host_of(site: &str) -> anyhow::Result<String> {
    let document = Document::new("").with_site(site);
    let host = document.site().map(|host| host.strip_prefix("www.").unwrap_or(host));
    match host.filter(|host| host.contains('.')) {
        Some(host) => Ok(host.to_owned()),
        None => bail!("`{site}` is no host name such as example.com"),
    }
}
