//! What reading one pack needs and finds wrong.

use std::ops::Range;
use std::sync::Arc;

use super::seen::SeenPatterns;
use crate::pack::Example;
use crate::pack::error::Problem;
use crate::pack::source::SourceExample;
use crate::text::FoldBuffer;

/// More mistakes than this are not listed.
const MOST_PROBLEMS: usize = 20;

/// What reading one file needs: its text, and the mistakes so far.
pub(super) struct PackReader<'s> {
    pub(super) name: &'s str,
    pub(super) file: Arc<str>,
    pub(super) source: &'s str,
    line_starts: Vec<usize>,
    pub(super) seen: SeenPatterns,
    /// Memory for folding, shared by all patterns.
    pub(super) folded: FoldBuffer,
    pub(super) problems: Vec<Problem>,
}

impl<'s> PackReader<'s> {
    pub(super) fn new(name: &'s str, file: &str, source: &'s str) -> PackReader<'s> {
        PackReader {
            name,
            file: file.into(),
            source,
            line_starts: line_starts(source),
            seen: SeenPatterns::default(),
            folded: FoldBuffer::default(),
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

    pub(super) fn line_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at)
    }

    pub(super) fn example(&self, example: SourceExample) -> Example {
        let span = example.page.span();
        Example { line: self.line_of(span.start), page: example.page.into_inner(), clean: example.clean, span }
    }
}

fn line_starts(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', source.as_bytes()).map(|i| i + 1)).collect()
}
