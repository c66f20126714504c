//! What is seen of a text, line for line, and the way back to what is written.

use std::ops::Range;

use super::detect::is_browser_dump;
use super::inline::InlineScan;
use super::marked_line::{LineKind, LineTrait, MarkupLine};
use super::marked_lines::MarkedLines;
use super::unseen::{Shown, Unseen, Wrapped};

/// What is seen of a text. Used again from text to text.
#[derive(Default, Debug)]
pub(crate) struct VisibleText {
    text: Vec<u8>,
    marked: MarkedLines,
    unseen: Unseen,
    /// In order, both of what is seen and of what is written.
    pieces: Vec<VisiblePiece>,
    /// Links of which a text is seen, in its order.
    links: Vec<Link>,
}

/// Bytes of the visible text that stand together in what is written.
#[derive(Clone, Copy, Debug)]
struct VisiblePiece {
    start: u32,
    raw_start: u32,
    raw_len: u32,
    source: PieceSource,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PieceSource {
    /// The same bytes.
    Copied,
    /// Something that is written otherwise, and goes whole.
    Whole,
    /// A border of cells, or the end of a line within a link: it stays as it is written.
    Stays,
}

/// A link.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Its text, in bytes of the visible text.
    pub(crate) text: Range<u32>,
    /// Where it leads, in bytes of what is written.
    pub(crate) destination: Range<u32>,
}

impl VisibleText {
    /// Reads a text, which replaces what was read before.
    pub(crate) fn read(&mut self, raw: &[u8]) {
        let VisibleText { marked, unseen, .. } = self;
        unseen.clear();
        let is_dump = is_browser_dump(raw);
        marked.read(raw, is_dump);
        InlineScan::new(raw, marked, is_dump, unseen).read(marked);
        unseen.wrapped.sort_unstable_by_key(|wrapped| wrapped.raw.start);
        // Of two that begin together the longer one holds the other.
        unseen.hidden.sort_unstable_by_key(|hidden| (hidden.raw.start, std::cmp::Reverse(hidden.raw.end)));
        self.write(raw);
        self.note_links();
        self.note_lines(raw);
    }

    /// The lines that are seen, with a line feed where what is written has one.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Each line as it is written, blank ones too.
    pub(crate) fn lines(&self) -> &[MarkupLine] {
        &self.marked.lines
    }

    /// The links whose text begins in a part of the visible text.
    pub(crate) fn links_in(&self, part: Range<u32>) -> &[Link] {
        let before = |at: u32| self.links.partition_point(|link| link.text.start < at);
        &self.links[before(part.start)..before(part.end)]
    }

    /// The spans of what is written that go when parts of what is seen of a line go, for each part: what is seen, and the marks
    /// of links and emphasis of which the parts together are the whole text.
    pub(crate) fn raw_spans(&self, parts: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
        let parts: Vec<Range<u32>> = parts.iter().map(|part| part.start as u32..part.end as u32).collect();
        let mut raw: Vec<Vec<Range<u32>>> = parts.iter().map(|part| self.raw_of_seen(part)).collect();
        let holds = |at: u32| parts.iter().position(|part| part.contains(&at));
        for wrapped in self.wrapped_in(&raw, parts.first().map_or(0, |part| part.start)) {
            let text = self.seen(&wrapped.inner);
            let is_whole = text.start < text.end && text.clone().all(|at| holds(at).is_some() || self.stays(at));
            if let (true, Some(first), Some(last)) = (is_whole, holds(text.start), holds(text.end.saturating_sub(1))) {
                raw[first].push(wrapped.raw.start..wrapped.inner.start);
                raw[last].push(wrapped.inner.end..wrapped.raw.end);
            }
        }
        raw.into_iter().map(joined).collect()
    }

    /// The links and what else has marks in the line of which a part begins there, up to where these parts end.
    fn wrapped_in(&self, parts: &[Vec<Range<u32>>], seen: u32) -> &[Wrapped] {
        let line = self.lines().partition_point(|line| line.start <= seen).saturating_sub(1);
        // Lines of which nothing is seen begin where the next one does.
        let start = self.lines()[..line].iter().rev().take_while(|line| line.start == seen).last();
        let start = start.or(self.lines().get(line)).map_or(0, |line| line.raw_start);
        let end = parts.iter().flatten().map(|part| part.end).max().unwrap_or(0);
        let before = |at: u32| self.unseen.wrapped.partition_point(|wrapped| wrapped.raw.start < at);
        &self.unseen.wrapped[before(start)..before(end).max(before(start))]
    }

    fn raw_of_seen(&self, seen: &Range<u32>) -> Vec<Range<u32>> {
        let mut raw = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.start <= seen.start).saturating_sub(1);
        for (number, piece) in self.pieces.iter().enumerate().skip(first) {
            if piece.start >= seen.end {
                break;
            }
            let end = self.pieces.get(number + 1).map_or(self.text.len() as u32, |next| next.start);
            let (from, to) = (seen.start.max(piece.start), seen.end.min(end));
            match piece.source {
                PieceSource::Copied if from < to => {
                    let of = |at: u32| piece.raw_start + (at - piece.start).min(piece.raw_len);
                    raw.push(of(from)..of(to));
                }
                PieceSource::Whole if from < to => raw.push(piece.raw_start..piece.raw_start + piece.raw_len),
                _ => {}
            }
        }
        raw
    }

    /// Whether what is seen there stays as it is written, whatever goes.
    fn stays(&self, at: u32) -> bool {
        let number = self.pieces.partition_point(|piece| piece.start <= at);
        number.checked_sub(1).is_some_and(|number| self.pieces[number].source == PieceSource::Stays)
    }

    /// Where what is seen of a part of what is written stands.
    fn seen(&self, raw: &Range<u32>) -> Range<u32> {
        let at = |raw: u32| {
            let number = self.pieces.partition_point(|piece| piece.raw_start + piece.raw_len <= raw);
            let piece = self.pieces.get(number);
            piece.map_or(self.text.len() as u32, |piece| match piece.source {
                PieceSource::Copied => piece.start + raw.saturating_sub(piece.raw_start),
                _ => piece.start,
            })
        };
        // A line feed that follows the text is not of it.
        let (start, end) = (at(raw.start), at(raw.end));
        let text = &self.text[start as usize..end as usize];
        let feeds = text.iter().rev().take_while(|byte| **byte == b'\n').count() as u32;
        start..end - feeds
    }

    fn write(&mut self, raw: &[u8]) {
        let VisibleText { text, marked, unseen, pieces, .. } = self;
        text.clear();
        pieces.clear();
        let mut writer = Writer { raw, unseen, text, pieces, hidden: 0, covered: 0 };
        // The first line of those that a link joins, and how many follow it.
        let (mut first, mut held) = (0, 0);
        for number in 0..marked.lines.len() {
            let joined = marked.lines[number].joined_to_previous();
            if !joined {
                first = number;
                marked.lines[number].start = writer.text.len() as u32;
            }
            let is_begun = joined && writer.text.len() > marked.lines[first].start as usize;
            writer.line(marked.texts[number].clone(), is_begun);
            let goes_on = marked.lines.get(number + 1).is_some_and(MarkupLine::joined_to_previous);
            if goes_on {
                held += 1;
                continue;
            }
            marked.lines[first].end = writer.text.len() as u32;
            for line in &mut marked.lines[first + 1..=number] {
                writer.text.push(b'\n');
                (line.start, line.end) = (writer.text.len() as u32, writer.text.len() as u32);
            }
            debug_assert_eq!(held, number - first);
            held = 0;
            if raw[marked.lines[number].raw_end as usize - 1] == b'\n' {
                writer.text.push(b'\n');
            }
        }
    }

    fn note_links(&mut self) {
        let mut links = std::mem::take(&mut self.links);
        links.clear();
        for wrapped in &self.unseen.wrapped {
            if let Some(destination) = &wrapped.destination {
                let text = self.seen(&wrapped.inner);
                if text.start < text.end {
                    links.push(Link { text, destination: destination.clone() });
                }
            }
        }
        links.sort_unstable_by_key(|link| link.text.start);
        self.links = links;
    }

    /// Finds out of lines what they are of which nothing is seen, and which ones hold links alone.
    fn note_lines(&mut self, raw: &[u8]) {
        self.unseen.images.sort_unstable_by_key(|image| image.start);
        let mut lines = std::mem::take(&mut self.marked.lines);
        for line in lines.iter_mut().filter(|line| line.kind == LineKind::Text) {
            if line.start == line.end {
                line.kind = self.unseen_kind(raw, line);
            } else if self.holds_only_links(line.start..line.end, &[line.start..line.end]) {
                line.set(LineTrait::OnlyLinks);
            }
        }
        self.marked.lines = lines;
    }

    fn unseen_kind(&self, raw: &[u8], line: &MarkupLine) -> LineKind {
        let span = line.raw_start..line.raw_end;
        let after = self.unseen.images.partition_point(|image| image.end <= span.start);
        let own = &raw[span.start as usize..span.end as usize];
        if self.unseen.images.get(after).is_some_and(|image| image.start < span.end)
            || memchr::memmem::find(own, b"](").is_some()
        {
            LineKind::Image
        } else if own.contains(&b'<') {
            LineKind::Tags
        } else {
            LineKind::Empty
        }
    }

    /// Whether all letters and digits in parts of a line, in order, stand in links, and there are some.
    pub(crate) fn holds_only_links(&self, line: Range<u32>, parts: &[Range<u32>]) -> bool {
        let is_worded = |part: Range<u32>| {
            let text = &self.text[part.start as usize..part.end as usize];
            text.iter().any(u8::is_ascii_alphanumeric)
                || !text.is_ascii() && String::from_utf8_lossy(text).chars().any(char::is_alphanumeric)
        };
        let mut has_words = false;
        for part in parts {
            let mut at = part.start;
            for link in self.links_in(line.clone()) {
                let inside = link.text.start.max(part.start)..link.text.end.min(part.end);
                if inside.start >= inside.end {
                    continue;
                }
                if at < inside.start && is_worded(at..inside.start) {
                    return false;
                }
                has_words |= is_worded(inside.clone());
                at = at.max(inside.end);
            }
            if at < part.end && is_worded(at..part.end) {
                return false;
            }
        }
        has_words
    }
}

/// Spans in order, those that touch as one.
fn joined(mut parts: Vec<Range<u32>>) -> Vec<Range<usize>> {
    parts.retain(|part| part.start < part.end);
    parts.sort_unstable_by_key(|part| part.start);
    let mut spans: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let part = part.start as usize..part.end as usize;
        match spans.last_mut().filter(|last| part.start <= last.end) {
            Some(last) => last.end = last.end.max(part.end),
            None => spans.push(part),
        }
    }
    spans
}

/// Writes what is seen.
struct Writer<'w> {
    raw: &'w [u8],
    unseen: &'w Unseen,
    text: &'w mut Vec<u8>,
    pieces: &'w mut Vec<VisiblePiece>,
    /// How many of what is hidden lie behind.
    hidden: usize,
    /// Up to where nothing more is seen.
    covered: usize,
}

impl Writer<'_> {
    /// Writes what is seen of a part of a line; after a space, if it goes on with what is there.
    fn line(&mut self, part: Range<usize>, goes_on: bool) {
        let before = self.text.len();
        if goes_on {
            self.add(b" ", part.start..part.start, PieceSource::Stays);
        }
        let begun = self.text.len();
        let mut at = part.start.max(self.covered);
        while let Some(hidden) =
            self.unseen.hidden.get(self.hidden).filter(|hidden| (hidden.raw.start as usize) < part.end)
        {
            self.hidden += 1;
            let (start, end) = (hidden.raw.start as usize, hidden.raw.end as usize);
            // It lies within another that is hidden, or before the text.
            if start < at {
                if end > at && start >= part.start {
                    at = end;
                    self.covered = self.covered.max(end);
                }
                continue;
            }
            self.add_raw(at..start);
            match hidden.shown {
                Shown::Nothing => {}
                Shown::Char(c) => self.add(c.encode_utf8(&mut [0; 4]).as_bytes(), start..end, PieceSource::Whole),
                Shown::CellBorder => self.add(b" | ", start..end, PieceSource::Stays),
            }
            at = end;
            self.covered = end;
        }
        if at < part.end {
            self.add_raw(at..part.end);
        }
        self.trim(begun);
        if self.text.len() == begun {
            self.cut(before);
        }
    }

    fn add_raw(&mut self, part: Range<usize>) {
        if !part.is_empty() {
            let bytes = &self.raw[part.clone()];
            let (start, raw_start, raw_len) = (self.text.len() as u32, part.start as u32, part.len() as u32);
            self.pieces.push(VisiblePiece { start, raw_start, raw_len, source: PieceSource::Copied });
            self.text.extend_from_slice(bytes);
        }
    }

    fn add(&mut self, shown: &[u8], raw: Range<usize>, source: PieceSource) {
        let (start, raw_start, raw_len) = (self.text.len() as u32, raw.start as u32, raw.len() as u32);
        self.pieces.push(VisiblePiece { start, raw_start, raw_len, source });
        self.text.extend_from_slice(shown);
    }

    /// Leaves no white space at the end of a line.
    fn trim(&mut self, from: usize) {
        let len = from + self.text[from..].trim_ascii_end().len();
        self.cut(len);
    }

    fn cut(&mut self, len: usize) {
        self.text.truncate(len);
        while let Some(last) = self.pieces.pop_if(|last| last.start as usize >= len) {
            let _ = last;
        }
        if let Some(last) = self.pieces.last_mut().filter(|last| last.source == PieceSource::Copied) {
            last.raw_len = last.raw_len.min(len as u32 - last.start);
        }
    }
}

#[cfg(test)]
mod tests;
