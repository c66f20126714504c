//! Where the links of a document lead: to the page itself, to its site, to social networks, or elsewhere.

use std::collections::HashMap;

use crate::markup::{Link, VisibleText};

use super::round::Round;

/// The destinations of a document's links.
pub(super) struct Destinations<'r> {
    round: &'r Round<'r>,
    visible: &'r VisibleText,
    /// The site's host as far as it is known: what is said of the document, or else where most of its links lead.
    site: Option<&'r str>,
}

/// Hosts of networks on which pages are shared, without what stands before them.
const NETWORKS: [&str; 28] = [
    "bsky.app",
    "discord.com",
    "discord.gg",
    "facebook.com",
    "fb.com",
    "flipboard.com",
    "instagram.com",
    "line.me",
    "linkedin.com",
    "mastodon.social",
    "ok.ru",
    "pinterest.com",
    "getpocket.com",
    "reddit.com",
    "snapchat.com",
    "t.me",
    "telegram.me",
    "threads.net",
    "tiktok.com",
    "tumblr.com",
    "twitter.com",
    "vk.com",
    "wa.me",
    "weibo.com",
    "whatsapp.com",
    "x.com",
    "xing.com",
    "youtube.com",
];

/// Files of these kinds lie beside a manual's or a program's own, and in no site's menu.
const FILES_OF_TEXT: [&str; 4] = [".md", ".markdown", ".rst", ".txt"];

impl<'r> Destinations<'r> {
    /// Those of a document with markup.
    pub(super) fn of(round: &'r Round<'r>) -> Option<Destinations<'r>> {
        let visible = round.written.visible?;
        let mut destinations = Destinations { round, visible, site: round.window.site };
        destinations.site = destinations.site.or_else(|| destinations.most_frequent_host());
        Some(destinations)
    }

    /// Whether a link of the line at that position leads to a place on the page itself.
    pub(super) fn are_on_the_page(&self, position: usize) -> bool {
        self.links(position).iter().any(|link| link.leads_to_page_itself(self.round.written.text))
    }

    /// Whether most links of the line lead to pages of the site or to social networks.
    pub(super) fn are_near(&self, position: usize) -> bool {
        let (mut near, mut all) = (0, 0);
        for destination in self.at(position) {
            all += 1;
            near += usize::from(self.is_near(destination));
        }
        2 * near > all
    }

    fn is_near(&self, destination: &str) -> bool {
        let Some(host) = host(destination) else {
            let path = destination.split(['#', '?']).next().unwrap_or_default();
            return !FILES_OF_TEXT.iter().any(|end| path.ends_with(end));
        };
        let is_of =
            |site: &str| host.strip_suffix(site).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        NETWORKS.into_iter().any(is_of) || self.site.is_some_and(|site| are_akin(host, site))
    }

    fn links(&self, position: usize) -> &'r [Link] {
        let line = self.round.scan.lines[self.round.standing.lines[position] as usize];
        self.visible.links_in(line.start..line.end)
    }

    fn at(&self, position: usize) -> impl Iterator<Item = &'r str> {
        let raw = self.round.written.text;
        self.links(position).iter().map(move |link| {
            let bytes = &raw[link.destination.start as usize..link.destination.end as usize];
            std::str::from_utf8(bytes).unwrap_or_default()
        })
    }

    fn most_frequent_host(&self) -> Option<&'r str> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for position in 0..self.round.count() {
            self.at(position).filter_map(host).for_each(|host| *counts.entry(host).or_default() += 1);
        }
        // Of equal ones the first by name, so that it does not depend on the map.
        counts.into_iter().max_by_key(|&(host, count)| (count, std::cmp::Reverse(host))).map(|(host, _)| host)
    }
}

/// The host of an address that has one; addresses without one lead to the same site.
fn host(destination: &str) -> Option<&str> {
    let is_scheme = |before: &str| {
        before.is_empty()
            || before.strip_suffix(':').is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    let after = destination.split_once("//").filter(|(before, _)| is_scheme(before))?.1;
    let end = after.find(['/', '?', '#', ':']).unwrap_or(after.len());
    Some(&after[..end])
}

/// Whether two hosts are one site: of one registered domain, or equal where that is not known.
fn are_akin(host: &str, site: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let registered = |host: &'_ str| psl::domain_str(host).unwrap_or(host).len();
    let (own, other) = (&host[host.len() - registered(&host)..], &site[site.len() - registered(site)..]);
    own == other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_site_are_akin() {
        for (host, site, want) in [
            ("www.mill.example", "mill.example", true),
            ("shop.mill.example", "news.mill.example", true),
            ("WWW.mill.example", "www.mill.example", true),
            ("ferry.co.uk", "mill.co.uk", false),
            ("shop.ferry.co.uk", "ferry.co.uk", true),
            ("windmill.example", "mill.example", false),
        ] {
            assert_eq!(are_akin(host, site), want, "{host} {site}");
        }
    }

    #[test]
    fn addresses_without_a_host_have_none() {
        for (destination, want) in [
            ("/about", None),
            ("about.html?back=http://x.example", None),
            ("mailto:miller@mill.example", None),
            ("//mill.example/about", Some("mill.example")),
            ("https://mill.example:80/a//b", Some("mill.example")),
        ] {
            assert_eq!(host(destination), want, "{destination}");
        }
    }
}
