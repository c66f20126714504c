//! What a line is by its markup.

use std::ops::Range;

/// A line as it is written, and where what is seen of it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarkupLine {
    /// Where it begins, and where it ends, its terminator included, in bytes of the text as it is written.
    pub(crate) raw_start: u32,
    pub(crate) raw_end: u32,
    /// Where what is seen of it begins and ends, without terminator, in bytes of the visible text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: LineKind,
    traits: u8,
}

/// What kind of line it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LineKind {
    /// Nothing is written there but white space.
    Blank,
    Text,
    /// Code, maths, front matter, link definitions, comments: it is seen as it is written, and nothing may take it.
    Protected,
    /// All that stands there are images, links without a text, or marks of converters for images.
    Image,
    /// It makes a heading of the line above.
    Underline,
    /// It parts a table's header from its rows.
    TableRule,
    /// It parts sections.
    Break,
    /// All that stands there are HTML tags.
    Tags,
    /// Marks of a list, a quote or a heading alone, or empty cells.
    Empty,
}

/// What else markup says of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LineTrait {
    Item,
    NumberedItem,
    TableRow,
    OnlyLinks,
    JoinedToPrevious,
    Heading,
}

impl MarkupLine {
    pub(super) fn new(raw: Range<usize>, kind: LineKind) -> MarkupLine {
        MarkupLine { raw_start: raw.start as u32, raw_end: raw.end as u32, start: 0, end: 0, kind, traits: 0 }
    }

    pub(super) fn set(&mut self, shown: LineTrait) {
        self.traits |= 1 << shown as u8;
    }

    fn shows(&self, shown: LineTrait) -> bool {
        self.traits >> shown as u8 & 1 == 1
    }

    /// Whether it begins with the mark of a list.
    pub(crate) fn is_item(&self) -> bool {
        self.shows(LineTrait::Item) || self.is_numbered()
    }

    /// Whether that mark is a number.
    pub(crate) fn is_numbered(&self) -> bool {
        self.shows(LineTrait::NumberedItem)
    }

    /// Whether it is a heading.
    pub(crate) fn is_heading(&self) -> bool {
        self.shows(LineTrait::Heading)
    }

    /// Whether it is a row of a table.
    pub(crate) fn is_table_row(&self) -> bool {
        self.shows(LineTrait::TableRow)
    }

    /// Whether all letters and digits that are seen of it stand in links.
    pub(crate) fn only_links(&self) -> bool {
        self.shows(LineTrait::OnlyLinks)
    }

    /// Whether a link that an earlier line opened goes on there: these lines go or stay together. What is seen of all of
    /// them stands in the first one.
    pub(crate) fn joined_to_previous(&self) -> bool {
        self.shows(LineTrait::JoinedToPrevious)
    }
}
