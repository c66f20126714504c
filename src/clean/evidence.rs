//! Evidence: what the features of a line are worth by the scorecard decides on lines that no rule knows, and on those that
//! rules take.
//!
//! Evidence follows rules: where they take nothing, nothing stands around a line that would show it to be chrome. So a text of
//! which rules take nothing is left as it is, and cleaning twice is cleaning once.

use crate::engine::Purpose;
use crate::scorecard::{Level, Scorecard, Thresholds};

use super::features::DocumentFeatures;
use super::options::CleanOptions;
use super::round::Round;
use super::structure;
use super::taken::{Cause, How};
use super::weighed::Weighed;

/// A scorecard and how much of it is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    card: Scorecard,
    thresholds: Thresholds,
}

impl Asked {
    /// What options ask for: nothing where rules decide alone.
    pub(super) fn of(options: &CleanOptions) -> Option<Asked> {
        if options.level == Level::Rules {
            return None;
        }
        let card = options.scorecard.clone().unwrap_or_else(Scorecard::built_in);
        let thresholds = card.thresholds(options.level)?;
        Some(Asked { card, thresholds })
    }
}

/// Decides on the lines that stood when the phase began, and begins another phase where that may take more: whether it does.
pub(super) fn decide(round: &mut Round<'_>, asked: &Asked, features: &mut DocumentFeatures) -> bool {
    let Some(rule) = round.engine.evidence() else { return false };
    if round.taken.count_of_phase() == 0 {
        return false;
    }
    if !features.read(round) {
        return false;
    }
    round.taken.begin_round();
    let (mut gives_any_back, mut found) = (false, Vec::new());
    features.each(|facts, values| {
        let (Some(values), line) = (values, facts.line) else { return };
        let is_taken = round.taken.holds(line);
        let Thresholds { takes, gives_back, gives_back_unknown } = asked.thresholds;
        let gives_back = if facts.is_unknown_item() { gives_back_unknown } else { gives_back };
        if round.purpose == Purpose::Explaining {
            let (score, points) = asked.card.weighed(values);
            round.weighed.insert(line, Weighed { score, takes, gives_back, is_taken_by_rule: is_taken, points });
        }
        if is_taken && !asked.card.reaches(values, gives_back) {
            round.taken.give_back(line);
            gives_any_back = true;
        } else if !is_taken && asked.card.reaches(values, takes) {
            found.push(line);
        }
    });
    // Where nothing of what rules take is chrome, nothing speaks for what is beside it.
    if round.taken.count_of_phase() == 0 {
        return false;
    }
    let is_beside = |before: &u32, after: &u32| (before + 1..*after).all(|between| round.taken.holds(between));
    for region in found.chunk_by(is_beside).map(<[u32]>::to_vec).collect::<Vec<_>>() {
        round.taken.take(&region, Cause { rule, how: How::Evidence });
    }
    round.taken.reopen_phase();
    structure::give_back(round);
    let takes_more = round.taken.count_of_phase() > 0 && (gives_any_back || !found.is_empty());
    if takes_more {
        round.begin_phase(gives_any_back);
    }
    takes_more
}
