//! Reading a scorecard from its TOML file.

use std::fmt;

use serde::Deserialize;

use super::card::{MOST_STEPS, Scorecard, Thresholds};
use super::feature::Feature;

/// What is wrong with a scorecard.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScorecardError {
    /// It is no TOML, or has other keys than a scorecard has.
    Toml(Box<toml::de::Error>),
    /// What it says cannot be.
    Wrong(String),
}

impl fmt::Display for ScorecardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScorecardError::Toml(error) => error.fmt(f),
            ScorecardError::Wrong(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for ScorecardError {}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScorecardSource {
    base: i32,
    levels: LevelsSource,
    #[serde(default)]
    feature: Vec<FeatureSource>,
    #[serde(default)]
    pair: Vec<PairSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelsSource {
    careful: ThresholdsSource,
    standard: ThresholdsSource,
    thorough: ThresholdsSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ThresholdsSource {
    takes: i32,
    gives_back: i32,
    gives_back_unknown: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeatureSource {
    name: String,
    steps: Vec<i16>,
    #[serde(default)]
    points: Vec<i16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairSource {
    features: [String; 2],
    points: Vec<Vec<i16>>,
}

impl Scorecard {
    /// Reads a scorecard.
    ///
    /// # Errors
    /// If it is no TOML, a key or a feature is unknown, or a table has not a row for each step.
    pub fn parse(source: &str) -> Result<Scorecard, ScorecardError> {
        let source: ScorecardSource = toml::from_str(source).map_err(|error| ScorecardError::Toml(Box::new(error)))?;
        let LevelsSource { careful, standard, thorough } = source.levels;
        let levels = [careful, standard, thorough].map(|level| Thresholds {
            takes: level.takes,
            gives_back: level.gives_back,
            gives_back_unknown: level.gives_back_unknown,
        });
        let mut card = Scorecard::new(source.base, levels);
        let mut counts = vec![1; Feature::ALL.len()];
        for FeatureSource { name, steps, points } in source.feature {
            let feature = feature(&name)?;
            let is_in_order = steps.windows(2).all(|steps| steps[0] < steps[1]);
            let count = &mut counts[feature as usize];
            if steps.len() > MOST_STEPS || !is_in_order || *count > 1 {
                return Err(wrong(format!("`{name}`: at most {MOST_STEPS} steps, in order, once")));
            }
            *count += steps.len();
            card.set_steps(feature, &steps);
            if points.len() == *count {
                card.add_table(feature, None, &points);
            } else if !points.is_empty() {
                return Err(wrong(format!("`{name}`: {count} points are needed, one more than steps")));
            }
        }
        for PairSource { features: [first, second], points } in source.pair {
            let features = (feature(&first)?, feature(&second)?);
            let (rows, width) = (counts[features.0 as usize], counts[features.1 as usize]);
            if points.len() != rows || points.iter().any(|row| row.len() != width) {
                return Err(wrong(format!("`{first}` and `{second}`: {rows} rows of {width} points are needed")));
            }
            card.add_table(features.0, Some((features.1, width)), &points.concat());
        }
        card.merge_tables();
        Ok(card)
    }
}

fn feature(name: &str) -> Result<Feature, ScorecardError> {
    let found = Feature::ALL.iter().find(|feature| feature.name() == name);
    found.copied().ok_or_else(|| wrong(format!("there is no feature `{name}`")))
}

fn wrong(what: String) -> ScorecardError {
    ScorecardError::Wrong(what)
}
