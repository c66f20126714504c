//! The `[pack]` table.

use std::borrow::Cow;

use toml::Spanned;

use super::patterns;
use super::reader::PackReader;
use super::seen::PatternUse;
use crate::pack::source::SourcePack;
use crate::pack::{Anchor, Include, Pattern};
use crate::text::host_of;

pub(super) struct Header {
    pub(super) title: String,
    pub(super) sites: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) include: Vec<Include>,
    pub(super) signature: Vec<Pattern>,
    pub(super) menu_evidence: bool,
    pub(super) reviewed: Option<String>,
    pub(super) replaces: bool,
}

pub(super) fn read(reader: &mut PackReader<'_>, pack: SourcePack) -> Header {
    if pack.title.as_ref().trim().is_empty() {
        reader.problem(pack.title.span(), "the title is empty");
    }
    for site in &pack.sites {
        check_site(reader, site);
    }
    for language in &pack.languages {
        check_language(reader, language);
    }
    for include in &pack.include {
        if include.as_ref() == reader.name {
            reader.problem(include.span(), "the pack includes itself");
        }
    }
    if let Some(month) = &pack.reviewed
        && !is_month(month.as_ref())
    {
        reader.problem(month.span(), "`reviewed` is a month such as \"2026-11\"");
    }
    let signature = patterns::read(reader, &pack.signature, Anchor::Contains, PatternUse::Signature, false);
    Header {
        title: pack.title.into_inner(),
        // As hosts of documents are compared: one in another script as DNS has it.
        sites: pack.sites.iter().filter_map(|site| host_of(site.as_ref())).map(Cow::into_owned).collect(),
        languages: pack.languages.into_iter().map(Spanned::into_inner).collect(),
        include: pack.include.into_iter().map(|name| Include { span: name.span(), pack: name.into_inner() }).collect(),
        signature,
        menu_evidence: pack.menu_evidence,
        reviewed: pack.reviewed.map(Spanned::into_inner),
        replaces: pack.replaces,
    }
}

fn check_site(reader: &mut PackReader<'_>, site: &Spanned<String>) {
    let given = site.as_ref();
    let is_name =
        |host: &str| host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let host = host_of(given).filter(|host| is_name(host));
    let host = host.as_deref().map(|host| host.strip_prefix("www.").unwrap_or(host));
    // In another script both spellings are right.
    let is_right = host == Some(given) || !given.is_ascii() && host.is_some() && is_name(given);
    if !is_right {
        let suggestion = host.map(|host| format!("write the bare host: \"{host}\""));
        reader.problem_with(site.span(), format!("`{given}` is no host name such as example.com"), suggestion);
    }
}

fn check_language(reader: &mut PackReader<'_>, language: &Spanned<String>) {
    let code = language.as_ref();
    let primary = code.split('-').next().unwrap_or_default();
    let well_formed = matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !well_formed {
        reader.problem(language.span(), format!("`{code}` is no ISO 639 language code such as \"en\" or \"zh-Hant\""));
    }
}

/// Whether the text is a month as `YYYY-MM`.
fn is_month(text: &str) -> bool {
    let Some((year, month)) = text.split_once('-') else { return false };
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(year, 4) && is_number(month, 2) && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}
