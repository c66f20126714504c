//! Documents: the unit of cleaning.

use std::borrow::Cow;

use super::markup::Markup;

/// One unit of cleaning: the text of a file, of a record, of a row, and the site it is from, if that
/// is known.
///
/// ```
/// use dechrome::Document;
/// let document = Document::new("Some text.\nShare\n").with_site("https://www.example.com/story");
/// assert_eq!(document.site(), Some("www.example.com"));
/// ```
#[derive(Clone, Debug)]
pub struct Document<'t> {
    text: &'t [u8],
    site: Option<Cow<'t, str>>,
    markup: Markup,
}

impl<'t> Document<'t> {
    /// A document of that text, which need not be UTF-8, from an unknown site.
    pub fn new<T: AsRef<[u8]> + ?Sized>(text: &'t T) -> Self {
        Document { text: text.as_ref(), site: None, markup: Markup::Auto }
    }

    /// The same document, known to be from this host; a URL will do. Nothing changes if there is no
    /// host in it.
    #[must_use]
    pub fn with_site(self, host_or_url: &'t str) -> Self {
        let site = host_of(host_or_url);
        Document { site: site.or(self.site), ..self }
    }

    /// The same document, known to be written so.
    #[must_use]
    pub fn with_markup(self, markup: Markup) -> Self {
        Document { markup, ..self }
    }

    /// The text, as bytes.
    pub fn text(&self) -> &'t [u8] {
        self.text
    }

    /// The host it is from, in lower case.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// How it is written.
    pub fn markup(&self) -> Markup {
        self.markup
    }
}

/// The host in a URL or in a bare host name, in lower case, without user, port and final dot. A name in
/// another script is given as DNS has it (`xn--`, UTS 46), so that both spellings are one host.
pub(crate) fn host_of(host_or_url: &str) -> Option<Cow<'_, str>> {
    let after_scheme = host_or_url.split_once("://").map_or(host_or_url, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, rest)| rest);
    let host = match host_and_port.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host_and_port,
    };
    let host = host.trim().trim_end_matches('.');
    if host.is_empty() || host.contains(char::is_whitespace) {
        return None;
    }
    if !host.is_ascii() {
        return idna::domain_to_ascii(host).ok().map(Cow::Owned);
    }
    let upper = host.bytes().any(|byte| byte.is_ascii_uppercase());
    Some(if upper { Cow::Owned(host.to_ascii_lowercase()) } else { Cow::Borrowed(host) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_found_in_urls_and_bare_names() {
        for (given, want) in [
            ("rt.com", Some("rt.com")),
            ("https://www.RT.com:443/news/1?x=a:b#c", Some("www.rt.com")),
            ("http://user:pass@news.example.org./", Some("news.example.org")),
            ("https://\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}/x", Some("xn--e1afmkfd.xn--p1ai")),
            ("XN--E1AFMKFD.xn--p1ai.", Some("xn--e1afmkfd.xn--p1ai")),
            ("//cdn.example.org/x", None),
            ("", None),
            ("not a host", None),
        ] {
            assert_eq!(host_of(given).as_deref(), want, "{given}");
        }
    }
}
