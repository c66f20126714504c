//! What each line is: text behind its marks, code, a rule of a table, and so on.

use std::ops::Range;

use super::browser_dump;
use super::fenced::{Fenced, is_image_mark};
use super::line_marks::{LineMarks, heading_len};
use super::marked_line::{LineKind, LineTrait, MarkupLine};

/// What each line is, and where its text stands. Used again from text to text.
#[derive(Default, Debug)]
pub(super) struct MarkedLines {
    pub(super) lines: Vec<MarkupLine>,
    /// The text of each line, its marks and terminator apart, in bytes of what is written.
    pub(super) texts: Vec<Range<usize>>,
    /// Of each line, whether it goes on with the paragraph of the line above.
    pub(super) goes_on: Vec<bool>,
}

/// Columns that make code of what they stand before.
const CODE_INDENT: usize = 4;

/// What is known from the lines before.
#[derive(Default)]
struct BlockState {
    fenced: Option<Fenced>,
    /// Columns before the text of the list's last item.
    list_indent: Option<usize>,
    after_blank: bool,
    in_code: bool,
    /// Whether a paragraph may go on.
    in_paragraph: bool,
    in_table: bool,
}

impl MarkedLines {
    /// Finds out what the lines of a text are. Dumps of browsers have no code that is told by white space.
    pub(super) fn read(&mut self, raw: &[u8], is_dump: bool) {
        self.lines.clear();
        self.texts.clear();
        self.goes_on.clear();
        let mut state = BlockState { after_blank: true, ..BlockState::default() };
        let references = if is_dump { browser_dump::references(raw) } else { raw.len() };
        let mut start = 0;
        while start < raw.len() {
            let end = memchr::memchr(b'\n', &raw[start..]).map_or(raw.len(), |len| start + len + 1);
            self.line(raw, start..end, &mut state, (is_dump, start >= references));
            start = end;
        }
    }

    fn line(&mut self, raw: &[u8], span: Range<usize>, state: &mut BlockState, (is_dump, is_reference): (bool, bool)) {
        let own = crate::text::trim_terminator(&raw[span.clone()]);
        let marks = LineMarks::of(own);
        let text = &own[marks.len..];
        let after = &raw[span.end..];
        if crate::text::is_blank(own) && state.fenced.is_none() {
            state.after_blank = true;
            state.in_paragraph = false;
            state.in_table = false;
            return self.add(span, LineKind::Blank, own.len(), state);
        }
        if is_reference || self.is_fenced(own, (text, marks), after, state) {
            return self.add(span, LineKind::Protected, own.len(), state);
        }
        let is_code = !is_dump && is_indented_code(marks, state);
        state.in_code = is_code;
        if is_code {
            return self.add(span, LineKind::Protected, own.len(), state);
        }
        let kind = self.kind_of(own, text, state);
        self.note_list(marks, state);
        let len = if marks.is_heading { heading_len(text) } else { text.trim_ascii_end().len() };
        let text_start = span.start + marks.len;
        let goes_on = state.in_paragraph && marks.item_indent.is_none() && !marks.is_heading && kind == LineKind::Text;
        let is_row = kind == LineKind::Text && (state.in_table && text.contains(&b'|') || text.starts_with(b"|"));
        state.in_paragraph = kind == LineKind::Text && !marks.is_heading && !is_row;
        state.in_table = kind == LineKind::TableRule || state.in_table && is_row;
        state.after_blank = false;
        let mut line = MarkupLine::new(span, kind);
        if marks.item_indent.is_some() {
            line.set(if marks.is_numbered { LineTrait::NumberedItem } else { LineTrait::Item });
        }
        if is_row {
            line.set(LineTrait::TableRow);
        }
        if marks.is_heading {
            line.set(LineTrait::Heading);
        }
        if let Some(above) = self.lines.last_mut() {
            match kind {
                LineKind::TableRule => above.set(LineTrait::TableRow),
                LineKind::Underline => above.set(LineTrait::Heading),
                _ => {}
            }
        }
        self.lines.push(line);
        self.texts.push(text_start..text_start + if kind == LineKind::Text { len } else { 0 });
        self.goes_on.push(goes_on);
    }

    fn add(&mut self, span: Range<usize>, kind: LineKind, len: usize, state: &mut BlockState) {
        let start = span.start;
        let shown = if kind == LineKind::Protected { len } else { 0 };
        if kind == LineKind::Protected {
            (state.after_blank, state.in_paragraph, state.in_table) = (state.in_code, false, false);
        }
        self.lines.push(MarkupLine::new(span, kind));
        self.texts.push(start..start + shown);
        self.goes_on.push(false);
    }

    /// Whether the line stands among what a line opened, or opens it, or is set apart by itself.
    fn is_fenced(&self, own: &[u8], (text, marks): (&[u8], LineMarks), after: &[u8], state: &mut BlockState) -> bool {
        let inner = if marks.is_quote { text } else { own };
        if let Some(fenced) = state.fenced {
            if fenced.is_closed_by(inner) {
                state.fenced = None;
            }
            return true;
        }
        if self.lines.is_empty() {
            state.fenced = Fenced::front_matter(own, after);
        }
        if state.fenced.is_none() {
            let opened = if is_image_mark(text) { None } else { Fenced::opened_by(text, after) };
            state.fenced = opened.filter(|fenced| !fenced.is_closed_by_opening(text));
            return opened.is_some() || definition(own).is_some() || is_maths(text);
        }
        true
    }

    fn kind_of(&self, own: &[u8], text: &[u8], state: &BlockState) -> LineKind {
        let bare = own.trim_ascii();
        let all = |allowed: &[u8]| bare.iter().all(|byte| allowed.contains(byte));
        let above = self.lines.last();
        let is_below_text = state.in_paragraph && above.is_some_and(|above| above.kind == LineKind::Text);
        if is_below_text && (all(b"=") || bare.len() >= 2 && all(b"-")) {
            return LineKind::Underline;
        }
        let may_have_header = above.is_some_and(|above| matches!(above.kind, LineKind::Text | LineKind::Empty));
        let has_cells = || bare.contains(&b'|') || bare.contains(&b':');
        if may_have_header && !state.after_blank && all(b"|:- ") && bare.contains(&b'-') && has_cells() {
            return LineKind::TableRule;
        }
        let is_break = |mark: u8| {
            let count = bare.iter().filter(|byte| **byte == mark).count();
            count >= 3 && bare.iter().all(|byte| *byte == mark || *byte == b' ')
        };
        if is_break(b'-') || is_break(b'*') || is_break(b'_') || bare.len() >= 3 && all(b"=") {
            return LineKind::Break;
        }
        match text.trim_ascii() {
            [] => LineKind::Empty,
            cells if cells.iter().all(|byte| matches!(byte, b'|' | b' ')) => LineKind::Empty,
            _ => LineKind::Text,
        }
    }

    fn note_list(&self, marks: LineMarks, state: &mut BlockState) {
        match (marks.item_indent, state.list_indent) {
            (Some(indent), _) => state.list_indent = Some(indent),
            // A line that is not indented ends the list, unless it goes on with the item.
            (None, Some(_)) if marks.indent == 0 && state.after_blank => state.list_indent = None,
            _ => {}
        }
    }
}

/// Whether a line is code by its white space. In lists it takes more of it, and what is in doubt is none.
fn is_indented_code(marks: LineMarks, state: &BlockState) -> bool {
    let least = state.list_indent.unwrap_or(0) + CODE_INDENT;
    let may_begin = state.after_blank || state.in_code;
    may_begin && marks.indent >= least && marks.item_indent.is_none() && !marks.is_quote
}

/// Of a line that says where a reference leads, as CommonMark has it: the label, and where it leads, both in bytes of the
/// line.
pub(super) fn definition(line: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    const MOST_SPACES: usize = 3;
    let indent = line.iter().take_while(|byte| **byte == b' ').count();
    let inside = line[indent..].strip_prefix(b"[").filter(|_| indent <= MOST_SPACES)?;
    let close = inside.iter().position(|byte| matches!(byte, b']' | b'['))?;
    let after = inside[close..].strip_prefix(b"]:")?;
    let spaces = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let destination = after[spaces..].split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
    if close == 0 || destination.is_empty() {
        return None;
    }
    let label = indent + 1..indent + 1 + close;
    let at = label.end + "]:".len() + spaces;
    Some((label, at..at + destination.len()))
}

/// Whether all of a line is a formula.
fn is_maths(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    text.len() > 4 && text.starts_with(b"$$") && text.ends_with(b"$$")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> String {
        let mut blocks = MarkedLines::default();
        blocks.read(text.as_bytes(), false);
        let letter = |line: &MarkupLine| match line.kind {
            LineKind::Blank => '.',
            LineKind::Text if line.is_table_row() => 'r',
            LineKind::Text if line.is_item() => 'i',
            LineKind::Text => 't',
            LineKind::Protected => 'P',
            LineKind::Image => 'I',
            LineKind::Underline => 'u',
            LineKind::TableRule => 'R',
            LineKind::Break => '-',
            LineKind::Tags => '<',
            LineKind::Empty => 'e',
        };
        blocks.lines.iter().map(letter).collect()
    }

    #[test]
    fn each_line_is_of_one_kind() {
        for (text, want) in [
            ("Mill\n====\n\ntext\n---\n\n---\n", "tu.tu.-"),
            ("---\ntitle: x\n---\ntext", "PPPt"),
            ("```\n* a\n\n```\ntext", "PPPPt"),
            ("* a\n  ```\n  x\n  ```\n* b", "iPPPi"),
            ("> ```\n> x\n> ```\n> text", "PPPt"),
            ("text\n    not code\n\n    code\n\n    code\ntext", "tt.P.Pt"),
            ("* a\n\n    b\n\n        code\n", "i.t.P"),
            ("* a\n    * b\n        * c\n", "iii"),
            ("| a | b |\n| --- | --- |\n| c | d |\n\nx", "rRr.t"),
            ("a | b\n--- | ---\nc | d\ne", "rRrt"),
            ("|  |  |\n| --- | --- |\n| c | d |\n", "eRr"),
            ("[a]: /b\n[a]:\n[^1]: note", "PtP"),
            ("* \n> \n#\n", "eee"),
            ("$$\nx\n$$\n$$ y $$\nit costs $$ 5", "PPPPt"),
            ("<!-- a\nb -->\ntext", "PPt"),
            ("```\nopen\n", "PP"),
        ] {
            assert_eq!(kinds(text), want, "{text}");
        }
    }

    #[test]
    fn definitions_have_a_label_and_a_destination() {
        let line = " [the mill]:  /mill \"Title\"";
        let (label, destination) = definition(line.as_bytes()).unwrap();
        assert_eq!((&line[label], &line[destination]), ("the mill", "/mill"));
        for line in ["[]: /mill", "[a] : /mill", "[a]:", "    [a]: /mill", "a [b]: /mill"] {
            assert!(definition(line.as_bytes()).is_none(), "{line}");
        }
    }
}
