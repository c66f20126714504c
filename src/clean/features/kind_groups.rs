//! Kinds of chrome that stand in like places.

use crate::pack::Kind;

/// The group of a kind, from 1: what a page says of other pages, where it leads, what is done with it, what it asks for, what
/// readers say, what the law asks for, who wrote it, what it plays or sells.
pub(super) fn group(kind: Kind) -> u8 {
    match kind {
        Kind::Related => 1,
        Kind::Navigation => 2,
        Kind::Share | Kind::Print | Kind::Icons | Kind::Agent => 3,
        Kind::Newsletter | Kind::Login | Kind::Paywall | Kind::Donation => 4,
        Kind::Comments | Kind::Rating => 5,
        Kind::Legal | Kind::Cookie | Kind::Script => 6,
        Kind::Byline => 7,
        Kind::Ad | Kind::Player => 8,
        Kind::Evidence => 0,
    }
}
