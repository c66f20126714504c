//! The miner: samples of sites, which can be merged.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::clean::Cleaner;
use crate::markup::seen_text;
use crate::text::{Document, host_of, is_binary};

use super::candidate::CandidatePack;
use super::options::MineOptions;
use super::sample::Sample;
use super::site::{self, Proposals};

/// Learns candidate packs from the documents of sites.
///
/// A value that can be merged: miners that saw parts of a corpus, merged in any order, have the same candidates as one
/// that saw all of it. Memory is bounded by [`MineOptions::memory_bytes`] plus some hundred bytes a site.
///
/// ```
/// use dechrome::{CleanOptions, Cleaner, PackSet};
/// use dechrome::mine::{MineOptions, Miner};
///
/// let mut miner = Miner::new(MineOptions::default());
/// for day in ["Monday", "Tuesday", "Thursday", "Friday", "Saturday", "Sunday"] {
///     let page = format!("Skip to the harbour news\nOn {day} the ferry was late, and nobody knew why that was so.\n");
///     miner.add(page.as_bytes(), "https://harbour.example/news");
/// }
/// let known = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
/// let packs = miner.candidates(&known);
/// assert_eq!(packs[0].site, "harbour.example");
/// assert!(packs[0].to_toml().contains("\"Skip to the harbour news\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Miner {
    pub(super) options: MineOptions,
    pub(super) sites: BTreeMap<Box<str>, Sample>,
    /// What a sample may have now, in bytes: the site's limit, halved until all samples fit.
    pub(super) most_bytes: usize,
    /// What all samples are charged.
    charged: usize,
}

impl Miner {
    /// A miner that has seen nothing.
    pub fn new(options: MineOptions) -> Miner {
        let most_bytes = options.site_bytes;
        Miner { options, sites: BTreeMap::new(), most_bytes, charged: 0 }
    }

    /// Shows it a document of the site that `url` names, an address or a host. Documents of hosts under one registered
    /// domain are of one site. One that is binary, or has no host, is not looked at; says whether it was.
    ///
    /// Costs a hash of the text, and a copy if it is taken into the sample.
    pub fn add(&mut self, text: &[u8], url: &str) -> bool {
        self.add_document(&Document::new(text).with_site(url))
    }

    /// The same with a document. Of one with markup it sees what a reader sees, so that lines whose links differ in nothing but
    /// where they lead are one line.
    pub fn add_document(&mut self, document: &Document<'_>) -> bool {
        let Some(site) = document.site().and_then(site_of) else { return false };
        if is_binary(document.text()) {
            return false;
        }
        self.add_seen(&seen_text(document), &site);
        true
    }

    fn add_seen(&mut self, text: &[u8], site: &str) {
        let document_bytes = self.options.document_bytes;
        let most_bytes = self.most_bytes;
        let sample = match self.sites.get_mut(site) {
            Some(sample) => sample,
            None => self.sites.entry(site.into()).or_default(),
        };
        let before = sample.charge(most_bytes);
        sample.offer(text, document_bytes, most_bytes);
        self.charged = (self.charged - before).saturating_add(sample.charge(most_bytes));
        self.fit();
    }

    /// Takes in what another miner of the same options has seen.
    pub fn merge(&mut self, other: Miner) {
        self.most_bytes = self.most_bytes.min(other.most_bytes);
        for (site, sample) in other.sites {
            self.sites.entry(site).or_default().merge(sample, self.most_bytes);
        }
        self.recount();
    }

    /// Sees to it that all samples fit, whatever came into them.
    pub(super) fn recount(&mut self) {
        self.shrink();
        self.fit();
    }

    /// Halves what a sample may have until all fit.
    fn fit(&mut self) {
        while self.charged > self.options.memory_bytes && self.most_bytes > 1 {
            self.most_bytes /= 2;
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        let most_bytes = self.most_bytes;
        self.sites.values_mut().for_each(|sample| sample.shrink(most_bytes));
        let charges = self.sites.values().map(|sample| sample.charge(most_bytes));
        self.charged = charges.fold(0, usize::saturating_add);
    }

    /// What it was made with.
    pub fn options(&self) -> &MineOptions {
        &self.options
    }

    /// The sites it saw documents of, with how many.
    pub fn sites(&self) -> impl Iterator<Item = (&str, u64)> {
        self.sites.iter().map(|(site, sample)| (&**site, sample.offered))
    }

    /// The text that is kept of all samples, in bytes.
    pub fn kept_bytes(&self) -> usize {
        self.sites.values().map(Sample::bytes).sum()
    }

    /// A candidate pack for each site in which anything was found, by site. What the rules of `known` take already is
    /// left out. Works on all threads of the current rayon pool.
    pub fn candidates(&self, known: &Cleaner) -> Vec<CandidatePack> {
        self.mined(known, Proposals::WhatRecurs)
    }

    /// The same, and boxes after the text as blocks: what stands in these goes, though it does not recur.
    pub fn candidates_with_blocks(&self, known: &Cleaner) -> Vec<CandidatePack> {
        self.mined(known, Proposals::BlocksToo)
    }

    fn mined(&self, known: &Cleaner, proposals: Proposals) -> Vec<CandidatePack> {
        let fewest = self.options.fewest_documents;
        let packs = self.sites.par_iter().map(|(site, sample)| site::mine(site, sample, known, fewest, proposals));
        packs.flatten().collect()
    }
}

/// The site of an address: the domain that was registered, or the host where that is not known. Nothing where a pack
/// could not name it.
fn site_of(url: &str) -> Option<String> {
    let host = host_of(url)?;
    let registered = psl::domain_str(&host).unwrap_or(host.strip_prefix("www.").unwrap_or(&host));
    is_site(registered).then(|| registered.to_owned())
}

/// Whether it may be the name of a site, and of the file of its pack.
pub(super) fn is_site(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    name.contains('.') && name.chars().all(is_letter)
}
