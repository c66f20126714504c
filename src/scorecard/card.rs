//! A scorecard, and the points that a line has by it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::feature::{Feature, FeatureValues};
use super::level::Level;

/// A feature has at most so many steps.
pub(super) const MOST_STEPS: usize = 12;

/// Of each feature one value: where a step begins, less one, or the highest number where there is no such step.
type StepRow = FeatureValues;

/// A table of points: of one feature by its steps, or of two by those of the first and then of the second.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct PointTable {
    first: u8,
    /// Or the number of none.
    second: u8,
    /// Steps of the second feature, from none on.
    width: u8,
    /// Where its points begin, and how many it has.
    start: u32,
    len: u32,
}

/// From how many points on a line goes that no rule takes, below how many one stays that a rule takes, and below how many the item
/// of a menu that no rule matches by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Thresholds {
    pub(crate) takes: i32,
    pub(crate) gives_back: i32,
    pub(crate) gives_back_unknown: i32,
}

/// What each feature of a line, and some pairs of them, is worth as evidence for chrome. All numbers are integers, so that every
/// machine decides the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Scorecard {
    /// What every line has.
    base: i32,
    /// Of careful, standard and thorough.
    levels: [Thresholds; 3],
    steps: Vec<StepRow>,
    /// As they were read.
    tables: PointTables,
    /// Fewer with the same sums.
    merged: PointTables,
}

/// A feature of a line, or two that count together, and the points that they bring or take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Points {
    /// The feature's name and value.
    pub first: (&'static str, i16),
    /// Those of the other one, where there is one.
    pub second: Option<(&'static str, i16)>,
    /// The points.
    pub points: i16,
}

impl Scorecard {
    /// A scorecard without tables.
    pub(super) fn new(base: i32, levels: [Thresholds; 3]) -> Scorecard {
        let steps = vec![FeatureValues::highest(); MOST_STEPS];
        Scorecard { base, levels, steps, tables: PointTables::default(), merged: PointTables::default() }
    }

    /// Sets the steps of a feature, of which there are at most [`MOST_STEPS`].
    pub(super) fn set_steps(&mut self, feature: Feature, steps: &[i16]) {
        for (row, &from) in self.steps.iter_mut().zip(steps) {
            row[feature] = from.saturating_sub(1);
        }
    }

    /// Adds the points of one feature, or of two with so many steps of the second.
    pub(super) fn add_table(&mut self, first: Feature, second: Option<(Feature, usize)>, points: &[i16]) {
        let start = self.tables.points.len() as u32;
        let (width, second) = second.map_or((1, FeatureValues::OF_NONE), |(second, width)| (width as u8, second as u8));
        self.tables.all.push(PointTable { first: first as u8, second, width, start, len: points.len() as u32 });
        self.tables.points.extend_from_slice(points);
    }

    /// Makes the score quick to find, once all tables are there.
    pub(super) fn merge_tables(&mut self) {
        self.merged = self.tables.merged();
    }

    /// The thresholds of a level; rules alone have none.
    pub(crate) fn thresholds(&self, level: Level) -> Option<Thresholds> {
        Some(self.levels[(level as usize).checked_sub(1)?])
    }

    /// Whether a line has so many points: the more, the surer it is chrome.
    pub(crate) fn reaches(&self, values: &FeatureValues, threshold: i32) -> bool {
        let reached = values.counted_above(&self.steps);
        let mut score = self.base;
        for (tables, rest) in self.merged.all.chunks(PART).zip(&self.merged.rests) {
            score += tables.iter().map(|table| i32::from(self.merged.points_of(table, &reached))).sum::<i32>();
            if score + rest.most < threshold {
                return false;
            }
            if score + rest.least >= threshold {
                return true;
            }
        }
        score >= threshold
    }

    /// The points of a line, and what brings or takes them, what counts most first.
    pub(crate) fn weighed(&self, values: &FeatureValues) -> (i32, Vec<Points>) {
        let reached = values.counted_above(&self.steps);
        let named =
            |number: u8| Feature::ALL.get(usize::from(number)).map(|&feature| (feature.name(), values[feature]));
        let of_table = |table: &PointTable| {
            Some(Points {
                first: named(table.first)?,
                second: named(table.second),
                points: self.tables.points_of(table, &reached),
            })
        };
        let mut points: Vec<Points> =
            self.tables.all.iter().filter_map(of_table).filter(|points| points.points != 0).collect();
        points.sort_by_key(|points| std::cmp::Reverse(points.points.unsigned_abs()));
        (self.base + points.iter().map(|points| i32::from(points.points)).sum::<i32>(), points)
    }
}

/// Tables with the points of all of them.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
struct PointTables {
    all: Vec<PointTable>,
    points: Vec<i16>,
    /// For each part, what the tables after it may add. Those come first that differ most: most lines are decided before the last.
    rests: Vec<Rest>,
}

/// How many points some tables add together.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Rest {
    most: i32,
    least: i32,
}

/// Tables of a part.
const PART: usize = 5;

impl PointTables {
    /// The same with the points of single features added to those of a pair that has the feature.
    fn merged(&self) -> PointTables {
        let (mut pairs, singles): (Vec<PointTable>, Vec<PointTable>) =
            self.all.iter().partition(|table| table.second != FeatureValues::OF_NONE);
        let mut points = self.points.clone();
        for single in singles {
            let has_it = |table: &&PointTable| [table.first, table.second].contains(&single.first);
            // Of the singles that have no pair none has this feature.
            let Some(pair) = pairs.iter().find(has_it) else {
                pairs.push(single);
                continue;
            };
            for (place, points) in points[self.range(pair)].iter_mut().enumerate() {
                let width = usize::from(pair.width);
                let step = if pair.first == single.first { place / width } else { place % width };
                *points = points.saturating_add(self.points[single.start as usize + step]);
            }
        }
        let mut merged = PointTables { all: pairs, points, rests: Vec::new() };
        merged.order();
        merged
    }

    /// Brings the tables that differ most to the front, and sums up what each part leaves.
    fn order(&mut self) {
        let extremes = |tables: &PointTables, table: &PointTable| {
            let points = &tables.points[tables.range(table)];
            let [most, least] =
                [points.iter().max(), points.iter().min()].map(|point| point.copied().map_or(0, i32::from));
            (most, least)
        };
        let mut all: Vec<_> = self.all.iter().map(|table| (extremes(self, table), *table)).collect();
        all.sort_by_key(|((most, least), _)| least - most);
        let ends = (PART..).step_by(PART).map(|end| end.min(all.len()));
        self.rests.extend(ends.take(all.len().div_ceil(PART)).map(|end| {
            let rest = || all[end..].iter().map(|(extremes, _)| extremes);
            Rest { most: rest().map(|extremes| extremes.0).sum(), least: rest().map(|extremes| extremes.1).sum() }
        }));
        self.all = all.into_iter().map(|(_, table)| table).collect();
    }

    /// Where the points of a table stand.
    fn range(&self, table: &PointTable) -> Range<usize> {
        let start = table.start as usize;
        start..start + table.len as usize
    }

    #[inline]
    fn points_of(&self, table: &PointTable, reached: &FeatureValues) -> i16 {
        let of_first = reached.at(table.first) * usize::from(table.width);
        self.points[table.start as usize + of_first + reached.at(table.second)]
    }
}
