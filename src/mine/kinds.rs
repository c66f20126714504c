//! What a line's chrome probably is, by the words in it. A guess for a person to correct.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::pack::{Kind, PLACEHOLDER_NAMES};

/// Words, or beginnings of words, of each kind; the first kind that has one is taken.
#[rustfmt::skip]
const KIND_WORDS: &[(Kind, &[&str])] = &[
    (Kind::Cookie, &["cookie", "consent", "gdpr", "datenschutzeinstellungen"]),
    (Kind::Script, &["javascript", "browser", "adobe flash"]),
    (Kind::Legal, &[
        "copyright", "©", "all rights reserved", "privacy", "terms of", "terms and", "terms &", "disclaimer", "trademark",
        "registered", "impressum", "datenschutz", "reprinted", "republish", "tous droits", "derechos reservados",
        "alle rechte", "все права",
    ]),
    (Kind::Newsletter, &["newsletter", "inbox", "e-mail alerts", "email alerts", "sign up for", "notifications"]),
    (Kind::Donation, &["donate", "donation", "contribute", "support us", "support our", "spenden"]),
    (Kind::Paywall, &["subscribe", "subscriber", "subscription", "abonn", "premium"]),
    (Kind::Login, &["sign in", "log in", "login", "logout", "log out", "register", "password", "my account", "sign up", "anmelden", "signed in"]),
    (Kind::Comments, &["comment", "reply", "discussion", "kommentar", "comentario", "commentaire", "коммент"]),
    (Kind::Share, &[
        "share", "facebook", "twitter", "tweet", "whatsapp", "linkedin", "pinterest", "instagram", "reddit", "telegram",
        "follow us", "follow @", "teilen", "partager", "compartir", "поделиться", "youtube", "tiktok", "e-mail to a friend",
    ]),
    (Kind::Print, &["print", "font size", "text size", "drucken", "imprimir", "imprimer", "pdf"]),
    (Kind::Rating, &["rating", "rate this", "stars", "helpful", "votes", "likes", "readers think"]),
    (Kind::Ad, &["advert", "sponsored", "anzeige", "publicidad", "publicité", "реклама", "promoted"]),
    (Kind::Related, &[
        "related", "read more", "more from", "more on", "more stories", "read also", "see also", "recommended", "popular",
        "trending", "latest", "also available", "most read", "mehr zum", "lire aussi", "leer más", "читайте", "headline",
        "recommendations", "you may", "continue reading", "more information", "top stories",
    ]),
    (Kind::Player, &["play ", "video", "audio", "listen", "watch", "loading"]),
];

/// Words with which bylines begin.
const BY: &[&str] = &["by", "von", "par", "por", "di", "door", "af", "автор", "written by", "posted by", "author"];
const MOST_BYLINE_WORDS: usize = 7;

/// What a line of this text probably is.
pub(super) fn guess(text: &str) -> Kind {
    let text = text.to_lowercase();
    if is_byline(&text) {
        return Kind::Byline;
    }
    let begins_a_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let found = WORDS.find_overlapping_iter(&text).filter(|found| begins_a_word(found.start()));
    let first = found.map(|found| KIND_OF_WORD[found.pattern().as_usize()]).min();
    first.map_or(Kind::Navigation, |kind| KIND_WORDS[kind].0)
}

/// All of these words, in one pass.
static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = KIND_WORDS.iter().flat_map(|(_, words)| words.iter());
    // Fails only beyond two thousand million states.
    AhoCorasick::new(words).expect("a few words fit an automaton")
});

/// The place in [`KIND_WORDS`] of each of them.
static KIND_OF_WORD: LazyLock<Vec<usize>> = LazyLock::new(|| {
    KIND_WORDS.iter().enumerate().flat_map(|(kind, (_, words))| words.iter().map(move |_| kind)).collect()
});

/// Whether numbers in lines of this kind are counters and dates of the page, not of what it is about.
pub(super) fn counts(kind: Kind) -> bool {
    matches!(kind, Kind::Byline | Kind::Comments | Kind::Share | Kind::Rating | Kind::Legal)
}

/// Whether lines of this kind begin with what they are and go on with what varies: a teaser, an offer, a plea.
pub(super) fn introduces(kind: Kind) -> bool {
    matches!(kind, Kind::Related | Kind::Share | Kind::Ad | Kind::Newsletter | Kind::Comments | Kind::Donation)
}

/// Whether lines of this kind end with what they are: a teaser with its link, a list of links to share by.
pub(super) fn concludes(kind: Kind) -> bool {
    matches!(kind, Kind::Related | Kind::Share | Kind::Comments | Kind::Rating | Kind::Print)
}

/// Whether what stands in brackets in a line is of this kind because the site put it there.
pub(super) fn inserts(kind: Kind) -> bool {
    matches!(kind, Kind::Ad | Kind::Related | Kind::Newsletter | Kind::Paywall | Kind::Login | Kind::Print)
}

/// Whether lines of this kind open a box.
pub(super) fn opens(kind: Kind) -> bool {
    matches!(kind, Kind::Related | Kind::Ad | Kind::Newsletter | Kind::Share | Kind::Donation)
}

fn is_byline(text: &str) -> bool {
    let head = BY.iter().find_map(|by| text.strip_prefix(by));
    let only_placeholders = text.contains('{') && !without_placeholders(text).contains(char::is_alphabetic);
    let names =
        head.is_some_and(|rest| rest.starts_with([' ', ':']) && rest.split_whitespace().count() <= MOST_BYLINE_WORDS);
    names || only_placeholders
}

fn without_placeholders(text: &str) -> String {
    PLACEHOLDER_NAMES.iter().fold(text.to_owned(), |text, name| text.replace(&format!("{{{name}}}"), ""))
}
