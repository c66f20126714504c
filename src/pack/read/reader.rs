//! What reading one pack needs and finds wrong.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use super::line_numbers::LineNumbers;
use super::listed::ListedTexts;
use super::plain_rows::PlainRows;
use super::seen::SeenPatterns;
use crate::pack::Example;
use crate::pack::error::Problem;
use crate::pack::source::{SourceExample, SourceText};
use crate::pack::template_list::TemplateList;

/// More mistakes than this are not listed.
const MOST_PROBLEMS: usize = 20;

/// What reading one file needs: its text, and the mistakes so far.
pub(super) struct PackReader<'s> {
    pub(super) name: &'s str,
    pub(super) file: Arc<str>,
    pub(super) source: &'s str,
    lines: LineNumbers<'s>,
    rows: &'s PlainRows,
    /// How many of the rows have been read.
    pub(super) rows_read: usize,
    pub(super) seen: SeenPatterns,
    pub(super) templates: TemplateList,
    pub(super) problems: Vec<Problem>,
}

impl<'s> PackReader<'s> {
    pub(super) fn new(name: &'s str, file: &str, source: &'s str, rows: &'s PlainRows) -> PackReader<'s> {
        PackReader {
            name,
            file: file.into(),
            source,
            lines: LineNumbers::of(source),
            rows,
            rows_read: 0,
            seen: SeenPatterns::default(),
            templates: TemplateList::default(),
            problems: Vec::new(),
        }
    }

    pub(super) fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.problem_with(span, message, None::<String>);
    }

    pub(super) fn problem_with(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        suggestion: Option<impl Into<String>>,
    ) {
        // To find a place takes time in a large file, and nobody reads a thousand mistakes.
        if self.problems.len() < MOST_PROBLEMS {
            let problem = Problem::at(&self.file, self.source, span, message).suggest(suggestion);
            self.problems.push(problem);
        }
    }

    /// All texts of a list of which the TOML library found these. A list is to be asked for once.
    pub(super) fn listed<'t>(&mut self, found: &'t [Spanned<SourceText<'t>>]) -> ListedTexts<'t>
    where
        's: 't,
    {
        let listed = ListedTexts::of(self.source, self.rows, found);
        self.rows_read += listed.rows();
        listed
    }

    pub(super) fn line_of(&self, at: usize) -> usize {
        self.lines.line_of(at)
    }

    pub(super) fn example(&self, example: SourceExample) -> Example {
        let span = example.page.span();
        Example { line: self.line_of(span.start), page: example.page.into_inner(), clean: example.clean, span }
    }
}
