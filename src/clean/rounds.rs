//! Rounds of decisions until nothing more is removed.
//!
//! Each round decides on the lines that still stand, as if the text held only them. So what is left in the end is a text
//! of which nothing would be removed, and cleaning twice is cleaning once.

use std::collections::HashMap;

use crate::engine::{Engine, Purpose};
use crate::scorecard::FeatureValues;
use crate::text::Window;

use super::evidence::{self, Asked};
use super::features::{DocumentFeatures, EvidenceLine};
use super::known_items::KnownItems;
use super::round::Round;
use super::scan::Scan;
use super::standing::StandingLines;
use super::taken::TakenLines;
use super::weighed::Weighed;
use super::written::WrittenText;
use super::{blocks, cuts, menus, runs, structure};

/// The memory of rounds, used again from window to window.
#[derive(Default, Debug)]
pub(super) struct Memory {
    scan: Scan,
    standing: StandingLines,
    taken: TakenLines,
    known_items: KnownItems,
    features: DocumentFeatures,
    weighed: HashMap<u32, Weighed>,
}

impl Memory {
    /// Scans a window, decides what is removed, and returns the last round. `Purpose::Explaining` decides the same.
    pub(super) fn decide<'r>(
        &'r mut self,
        engine: &'r Engine,
        window: &'r Window<'r>,
        written: WrittenText<'r>,
        (purpose, asked): (Purpose, Option<&Asked>),
    ) -> Round<'r> {
        let Memory { scan, standing, taken, known_items, features, weighed } = self;
        scan.read(engine, window, purpose);
        taken.begin(scan.lines.len());
        standing.clear();
        known_items.clear();
        weighed.clear();
        let mut round = Round { engine, window, written, purpose, scan, standing, taken, known_items, weighed };
        // Menus need matches too, but those in a line are not looked at before they may matter.
        let may_take =
            !round.scan.matches.is_empty() || !round.scan.inline_menus.is_empty() || written.visible.is_some();
        if may_take {
            while takes_more(&mut round) {}
            // What evidence takes and gives back changes what rules see.
            while asked.is_some_and(|asked| evidence::decide(&mut round, asked, features)) {
                while takes_more(&mut round) {}
            }
        }
        round
    }

    /// Decides by rules alone, and then looks at what evidence could decide on: nothing where rules take nothing.
    pub(super) fn features<'r>(
        &'r mut self,
        engine: &'r Engine,
        window: &'r Window<'r>,
        written: WrittenText<'r>,
        mut found: impl FnMut(&Round<'_>, &EvidenceLine, Option<&FeatureValues>),
    ) {
        let mut features = std::mem::take(&mut self.features);
        let round = self.decide(engine, window, written, (Purpose::Deciding, None));
        if round.taken.count() > 0 {
            features.read(&round);
            features.each(|line, values| found(&round, line, values));
        }
        self.features = features;
    }
}

/// One round. Whether another may take more.
fn takes_more(round: &mut Round<'_>) -> bool {
    let before = round.taken.count();
    round.taken.begin_round();
    round.begin();
    blocks::take(round);
    menus::take(round);
    runs::take(round);
    let has_cut = cuts::take(round);
    structure::give_back(round);
    let is_settled = round.taken.count() == before && !has_cut;
    // An explanation shows what stands in the end; rows of links go without a match.
    let looks_on = round.purpose == Purpose::Explaining || round.written.visible.is_some();
    !is_settled && (has_cut || looks_on || !round.scan.is_used_up(round.taken))
}
