//! What is seen of a text, line for line, and the way back to what is written.

mod piece;
mod writer;

use std::ops::Range;

use super::detect::is_browser_dump;
use super::inline::InlineScan;
use super::marked_line::{LineKind, LineTrait, MarkupLine};
use super::marked_lines::MarkedLines;
use super::unseen::{Unseen, Wrapped};
use piece::{PieceSource, VisiblePiece};
use writer::Writer;

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
    is_dump: bool,
}

/// A link.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Its text, in bytes of the visible text.
    pub(crate) text: Range<u32>,
    /// Where it leads, in bytes of what is written.
    pub(crate) destination: Range<u32>,
}

impl Link {
    /// Whether it leads to a place on the page itself; `raw` is what is written.
    pub(crate) fn leads_to_page_itself(&self, raw: &[u8]) -> bool {
        raw[self.destination.start as usize..self.destination.end as usize].starts_with(b"#")
    }
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
        self.is_dump = is_dump;
        self.write(raw);
        self.note_links();
        self.note_lines(raw);
    }

    /// Whether a text browser dumped it: then white space says where things stood on the page, and nothing of lists.
    pub(crate) fn is_dump(&self) -> bool {
        self.is_dump
    }

    /// The lines that are seen, with a line feed where what is written has one.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The same, on its own.
    pub(super) fn into_text(self) -> Vec<u8> {
        self.text
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
        // The parts are in order.
        let holds = |at: u32| {
            let number = parts.partition_point(|part| part.end <= at);
            parts.get(number).filter(|part| part.start <= at).map(|_| number)
        };
        let goes = |text: &Range<u32>| {
            let mut at = text.start;
            while at < text.end {
                at = match holds(at) {
                    Some(number) => parts[number].end,
                    None if self.stays(at) => at + 1,
                    None => return false,
                };
            }
            text.start < text.end
        };
        for wrapped in self.wrapped_in(&raw, parts.first().map_or(0, |part| part.start)) {
            let text = self.seen(&wrapped.inner);
            if goes(&text)
                && let (Some(first), Some(last)) = (holds(text.start), holds(text.end - 1))
            {
                raw[first].push(wrapped.raw.start..wrapped.inner.start);
                raw[last].push(wrapped.inner.end..wrapped.raw.end);
            }
        }
        raw.into_iter().map(joined).collect()
    }

    /// The links and what else has marks in the line of which a part begins there, up to where these parts end.
    fn wrapped_in(&self, parts: &[Vec<Range<u32>>], seen: u32) -> &[Wrapped] {
        let line = self.lines().partition_point(|line| line.start <= seen).saturating_sub(1);
        let start = self.lines().get(line).map_or(0, |line| line.raw_start);
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
        let mut writer = Writer::new(raw, unseen, (text, pieces));
        // The first line of those that a link joins.
        let mut first = 0;
        for number in 0..marked.lines.len() {
            let joined = marked.lines[number].joined_to_previous();
            if !joined {
                first = number;
                marked.lines[number].start = writer.len() as u32;
            }
            let is_begun = joined && writer.len() > marked.lines[first].start as usize;
            writer.line(marked.texts[number].clone(), is_begun);
            if marked.lines.get(number + 1).is_some_and(MarkupLine::joined_to_previous) {
                continue;
            }
            marked.lines[first].end = writer.len() as u32;
            for line in &mut marked.lines[first + 1..=number] {
                writer.end_line();
                (line.start, line.end) = (writer.len() as u32, writer.len() as u32);
            }
            if raw[marked.lines[number].raw_end as usize - 1] == b'\n' {
                writer.end_line();
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
            let seen = line.start..line.end;
            if seen.is_empty() {
                line.kind = self.unseen_kind(raw, line);
            } else if self.holds_only_links(seen.clone(), std::slice::from_ref(&seen)) {
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

#[cfg(test)]
mod tests;
