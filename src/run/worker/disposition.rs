//! What becomes of a document as a whole.

use crate::clean::{Removal, kept_spans};

use crate::run::options::Policy;

/// What becomes of a document as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::run) enum Disposition {
    /// The removals are made.
    Cleaned,
    /// So much would go that the document stays as it is.
    Suspect,
    /// It is left out.
    Dropped,
}

/// Decides on a document by what would be left of it.
pub(in crate::run) fn disposition(policy: &Policy, text: &[u8], removals: &[Removal]) -> Disposition {
    if *policy == Policy::default() {
        return Disposition::Cleaned;
    }
    let left: Vec<&[u8]> = kept_spans(text.len(), removals).map(|span| &text[span]).collect();
    disposition_by(policy, text.len(), &left)
}

fn disposition_by(policy: &Policy, bytes: usize, left: &[&[u8]]) -> Disposition {
    let gone = bytes - left.iter().map(|part| part.len()).sum::<usize>();
    if policy.max_removed.is_some_and(|percent| 100.0 * gone as f64 > percent * bytes as f64) {
        return Disposition::Suspect;
    }
    let is_empty = || left.iter().all(|part| part.trim_ascii().is_empty());
    let is_short = |least: usize| left.iter().map(|part| chars(part)).sum::<usize>() < least;
    if policy.drop_empty && is_empty() || policy.min_chars.is_some_and(is_short) {
        return Disposition::Dropped;
    }
    Disposition::Cleaned
}

/// Whether of a document of which something goes nothing but white space is left, or at most a twentieth of its bytes.
pub(in crate::run) fn is_emptied(text: &[u8], removals: &[Removal]) -> bool {
    let gone: usize = removals.iter().map(|removal| removal.span.len()).sum();
    let is_blank = || kept_spans(text.len(), removals).all(|span| text[span].trim_ascii().is_empty());
    gone > 0 && (leaves_little(text.len() as u64, gone as u64) || is_blank())
}

/// Whether so many bytes of a document are nearly all of it.
pub(in crate::run) fn leaves_little(bytes: u64, gone: u64) -> bool {
    gone > 0 && (bytes - gone.min(bytes)).saturating_mul(20) <= bytes
}

fn chars(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_decides_what_becomes_of_a_document() {
        let text = "Share\nÄhm\n".as_bytes();
        // So many bytes go from the start.
        let decided = |policy, gone: usize| disposition_by(&policy, text.len(), &[&text[gone..]]);
        let none = Policy::default();
        assert_eq!(decided(none, 11), Disposition::Cleaned);
        assert_eq!(decided(Policy { drop_empty: true, ..none }, 10), Disposition::Dropped);
        assert_eq!(decided(Policy { drop_empty: true, ..none }, 6), Disposition::Cleaned);
        assert_eq!(decided(Policy { min_chars: Some(4), ..none }, 6), Disposition::Cleaned);
        assert_eq!(decided(Policy { min_chars: Some(5), ..none }, 6), Disposition::Dropped);
        assert_eq!(decided(Policy { max_removed: Some(50.0), ..none }, 6), Disposition::Suspect);
        assert_eq!(decided(Policy { max_removed: Some(55.0), ..none }, 6), Disposition::Cleaned);
        let both = Policy { max_removed: Some(50.0), drop_empty: true, ..none };
        assert_eq!(decided(both, 11), Disposition::Suspect, "what is suspect is not lost");
    }
}
