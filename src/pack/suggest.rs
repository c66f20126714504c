//! "did you mean".

/// The word nearest to `given`, if one is near enough to be what was meant.
pub(crate) fn nearest<'w>(given: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let given = given.to_lowercase();
    let scored = known.into_iter().map(|word| (strsim::jaro_winkler(&given, word), word));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
    // The bound that clap uses for its own suggestions is 0.7; ids are longer and more alike.
    best.filter(|(score, _)| *score > 0.75).map(|(_, word)| word)
}
