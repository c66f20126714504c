//! Rounds of decisions until nothing more goes.
//!
//! Each round decides on the lines that still stand, as if the text held only them; so what is left
//! in the end is a text from which nothing would go, and cleaning twice is cleaning once.

use crate::engine::{Engine, Reach};
use crate::text::Window;

use super::fates::Fates;
use super::reading::Reading;
use super::view::View;
use super::{blocks, cuts, menus, runs};

/// All that is known of a window, and what becomes of it. Used again from window to window.
#[derive(Default, Debug)]
pub(super) struct Settlement {
    pub(super) reading: Reading,
    pub(super) fates: Fates,
    /// What stands in the end.
    pub(super) view: View,
}

impl Settlement {
    /// Reads a window and decides what goes. `Reach::Explaining` decides the same.
    pub(super) fn settle(&mut self, engine: &Engine, window: &Window<'_>, reach: Reach) {
        let Settlement { reading, fates, view } = self;
        reading.read(engine, window, reach);
        fates.begin(reading.lines.len());
        view.clear();
        // Menus need matches too, but those in a line are not looked at before they may matter.
        if reading.matches.is_empty() && reading.inline_menus.is_empty() {
            return;
        }
        loop {
            let taken = fates.taken();
            reading.tell_languages(engine, window, fates);
            view.refresh(engine, window, reading, fates);
            blocks::take(engine, window, reading, view, fates);
            menus::take(engine, window, reading, view, fates);
            runs::take(engine, window, reading, view, fates);
            let cut = cuts::take(engine, window, reading, view, fates, reach);
            let settled = fates.taken() == taken && !cut;
            // An explanation shows what stands in the end.
            if settled || !cut && reach == Reach::Deciding && reading.is_used_up(fates) {
                return;
            }
        }
    }
}
