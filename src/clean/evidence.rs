//! Evidence: what the features of a line are worth by the scorecard decides on lines that no rule knows, and on those that
//! rules take.
//!
//! Evidence follows rules: where they take nothing, nothing stands around a line that would show it to be chrome. So a text of
//! which rules take nothing is left as it is, and cleaning twice is cleaning once.

use crate::engine::Purpose;
use crate::scorecard::{Scorecard, Thresholds};

use super::features::DocumentFeatures;
use super::round::Round;
use super::structure;
use super::taken::{Cause, How};
use super::weighed::Weighed;

/// A scorecard and how much of it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'c> {
    pub(super) card: &'c Scorecard,
    pub(super) thresholds: Thresholds,
}

/// Decides on the lines that stood when the phase began, and begins another phase where that may take more: whether it does.
pub(super) fn decide(round: &mut Round<'_>, asked: Asked<'_>, features: &mut DocumentFeatures) -> bool {
    let Some(rule) = round.engine.evidence() else { return false };
    if round.taken.count_of_phase() == 0 {
        return false;
    }
    features.read(round);
    if !features.has_text() {
        return false;
    }
    round.taken.begin_round();
    let (mut given_back, mut found, mut weighed) = (0, Vec::new(), Vec::new());
    features.each(|facts, values| {
        let (Some(values), line) = (values, facts.line) else { return };
        let is_taken = round.taken.holds(line);
        let Thresholds { takes, gives_back, gives_back_unknown } = asked.thresholds;
        let gives_back = if facts.is_unknown_item() { gives_back_unknown } else { gives_back };
        if round.purpose == Purpose::Explaining {
            let points = asked.card.points(values);
            let score = asked.card.score(values);
            weighed.push((line, Weighed { score, takes, gives_back, is_taken_by_rule: is_taken, points }));
        }
        if is_taken && !asked.card.reaches(values, gives_back) {
            round.taken.give_back(line);
            given_back += 1;
        } else if !is_taken && asked.card.reaches(values, takes) {
            found.push(line);
        }
    });
    round.weighed.extend(weighed);
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
    let takes_more = round.taken.count_of_phase() > 0 && (given_back > 0 || !found.is_empty());
    if takes_more {
        round.begin_phase(given_back > 0);
    }
    takes_more
}
