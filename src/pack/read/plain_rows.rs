//! Rows of plain texts, one a line, which are most of a large pack. They are read here, as the TOML library takes ten
//! times as long for each.
//!
//! The library is given the file without all lines of a row but the first. If then, of an array of texts, an item is
//! where a row begins, the row's other texts are items of that array as well: each line is a string, a comma and the
//! line's end. A row that begins with no such item stands in a page of an example; then, and after any mistake that the
//! library finds, the file is read as it stands.

use std::ops::Range;

/// The rows of a file.
#[derive(Default)]
pub(super) struct PlainRows {
    /// The places of all texts in rows, quotes included.
    places: Vec<Range<usize>>,
    /// In the order of the file.
    rows: Vec<PlainRow>,
}

struct PlainRow {
    /// Where its first text begins.
    start: usize,
    /// Which of the places are its others.
    others: Range<usize>,
    /// The bytes of the lines of these.
    left_out: Range<usize>,
    /// How many bytes are left out before it.
    left_out_before: usize,
}

impl PlainRows {
    /// The rows of at least so many texts, two or more.
    pub(super) fn find(source: &str, shortest: usize) -> PlainRows {
        rows_of(source.as_bytes(), shortest)
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// The places of the texts that follow the one that begins there; none where that begins no row.
    pub(super) fn after(&self, start: usize) -> &[Range<usize>] {
        match self.rows.binary_search_by_key(&start, |row| row.start) {
            Ok(at) => &self.places[self.rows[at].others.clone()],
            Err(_) => &[],
        }
    }

    /// The file without the rows.
    pub(super) fn rest(&self, source: &str) -> String {
        let mut rest = String::new();
        let mut end = 0;
        for PlainRow { left_out, .. } in &self.rows {
            rest.push_str(&source[end..left_out.start]);
            end = left_out.end;
        }
        rest.push_str(&source[end..]);
        rest
    }

    /// Where in the file stands what is at that place of the rest.
    pub(super) fn in_file(&self, at: usize) -> usize {
        let before = self.rows.partition_point(|row| row.left_out.start - row.left_out_before <= at);
        let last = self.rows[..before].last();
        at + last.map_or(0, |row| row.left_out_before + row.left_out.len())
    }

    /// Adds the row that begins with the place of that number, if it is one, and ends at that byte.
    fn add(&mut self, first: usize, end: usize, shortest: usize) {
        if self.places.len() < first + shortest {
            return self.places.truncate(first);
        }
        let before = self.rows.last().map_or(0, |row| row.left_out_before + row.left_out.len());
        // Spaces before the second text stay, which makes no difference.
        let left_out = self.places[first + 1].start..end;
        let others = first + 1..self.places.len();
        self.rows.push(PlainRow { start: self.places[first].start, others, left_out, left_out_before: before });
    }
}

/// The text between the quotes at a place of a row, where no escape stands.
pub(super) fn text_at<'s>(source: &'s str, place: &Range<usize>) -> &'s str {
    &source[place.start + 1..place.end - 1]
}

fn rows_of(source: &[u8], shortest: usize) -> PlainRows {
    let mut rows = PlainRows::default();
    if has_refused_control(source) {
        return rows;
    }
    let (mut at, mut first) = (0, 0);
    while at < source.len() {
        if let Some((place, next)) = plain_line(source, at) {
            rows.places.push(place);
            at = next;
            continue;
        }
        rows.add(first, at, shortest);
        first = rows.places.len();
        at = memchr::memchr(b'\n', &source[at..]).map_or(source.len(), |len| at + len + 1);
    }
    rows.add(first, at, shortest);
    rows
}

/// Where the text of the line at `at` stands, if that line is a string without escapes and a comma; and the next line.
fn plain_line(source: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let start = at + source[at..].iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
    if source[start] != b'"' {
        return None;
    }
    let end = start + 2 + memchr::memchr3(b'"', b'\\', b'\n', &source[start + 1..])?;
    match source[end - 1..] {
        [b'"', b',', b'\n', ..] => Some((start..end, end + 2)),
        [b'"', b',', b'\r', b'\n', ..] => Some((start..end, end + 3)),
        _ => None,
    }
}

/// Whether there is a control character that TOML refuses in a string. The last byte is none in a row.
fn has_refused_control(source: &[u8]) -> bool {
    let next = source.iter().skip(1);
    // Without a way out early the compiler looks at many bytes at a time.
    source.iter().zip(next).fold(false, |any, (&byte, &next)| any | is_refused(byte, next))
}

fn is_refused(byte: u8, next: u8) -> bool {
    let is_control = (byte < b' ') | (byte == 0x7F);
    is_control & (byte != b'\t') & (byte != b'\n') & ((byte != b'\r') | (next != b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "is = [\n  \"one\",\n\t\"two\",\n\"\",\r\n  \"ёлка\",\n  \"five\"\n]\nlast = 1\n";

    #[test]
    fn a_row_is_left_out_but_for_its_first_text() {
        let rows = PlainRows::find(FILE, 2);
        let rest = rows.rest(FILE);
        assert_eq!(rest, "is = [\n  \"one\",\n\t  \"five\"\n]\nlast = 1\n");
        let start = FILE.find("\"one").unwrap();
        let others = rows.after(start).iter().map(|place| text_at(FILE, place));
        assert_eq!(others.collect::<Vec<_>>(), ["two", "", "ёлка"]);
        assert!(rows.after(start + 1).is_empty());
        for text in ["is", "one", "five", "]", "last", "1"] {
            assert_eq!(rows.in_file(rest.find(text).unwrap()), FILE.find(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn places_behind_several_rows_are_found() {
        let file = FILE.repeat(3);
        let rows = PlainRows::find(&file, 2);
        let rest = rows.rest(&file);
        let places = |text: &str| text.match_indices("last").map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(rows.count(), 3);
        assert_eq!(places(&rest).iter().map(|&at| rows.in_file(at)).collect::<Vec<_>>(), places(&file));
    }

    #[test]
    fn lines_that_are_read_otherwise_are_in_no_row() {
        let others = ["'a',", "\"a\"", "\"a\\n\",", "\"\"\",", "\"a\", # b", "\"a\" ,", "1,", "", "\"a", "\"a\",,"];
        for line in others {
            let file = format!("\"x\",\n{line}\n").repeat(3);
            assert_eq!(PlainRows::find(&file, 2).count(), 0, "{line}");
        }
        for control in ["\u{0}", "\u{1f}", "\u{7f}", "\r"] {
            let file = format!("\"x\",\n\"a{control}b\",\n").repeat(3);
            assert_eq!(PlainRows::find(&file, 2).count(), 0, "{control:?}");
        }
        assert_eq!(PlainRows::find("\"x\",\n\"y\",\n\"z\",", 3).count(), 0);
    }
}
