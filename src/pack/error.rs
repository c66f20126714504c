//! What is wrong with a pack, and where.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// Why a pack does not load. Its `Display` draws each mistake with file, line, column, a caret and,
/// where there is one, a suggestion.
#[derive(Debug)]
pub struct PackError {
    problems: Vec<Problem>,
}

/// One mistake in a pack.
#[derive(Clone, Debug)]
pub struct Problem {
    file: String,
    place: Option<ProblemPlace>,
    message: String,
    suggestion: Option<String>,
}

#[derive(Clone, Debug)]
struct ProblemPlace {
    line: usize,
    column: usize,
    source_line: String,
    /// Bytes of `source_line` that are wrong.
    span: Range<usize>,
}

/// Longer source lines are cut to this many bytes in messages.
const SHOWN_LINE_BYTES: usize = 200;

impl PackError {
    pub(crate) fn new(problems: Vec<Problem>) -> PackError {
        debug_assert!(!problems.is_empty());
        PackError { problems }
    }

    /// Every mistake that was found, at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl From<Problem> for PackError {
    fn from(problem: Problem) -> PackError {
        PackError::new(vec![problem])
    }
}

impl Problem {
    /// A mistake at the bytes `span` of `source`, the text of `file`.
    pub(crate) fn at(file: &str, source: &str, span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { place: Some(place(source, span)), ..Problem::whole_file(file, message) }
    }

    /// A mistake that has no place in the file.
    pub(crate) fn whole_file(file: &str, message: impl Into<String>) -> Problem {
        Problem { file: file.to_owned(), place: None, message: message.into(), suggestion: None }
    }

    /// The same mistake with a word on what to do.
    pub(crate) fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Problem {
        self.suggestion = suggestion.map(Into::into);
        self
    }

    /// The pack's file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Line of the file, from 1.
    pub fn line(&self) -> Option<usize> {
        self.place.as_ref().map(|place| place.line)
    }

    /// Column in that line in characters, from 1.
    pub fn column(&self) -> Option<usize> {
        self.place.as_ref().map(|place| place.column)
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

fn place(source: &str, span: Range<usize>) -> ProblemPlace {
    let start = floor_char(source, span.start.min(source.len()));
    let line_start = source[..start].rfind('\n').map_or(0, |i| i + 1);
    let line = source[..start].matches('\n').count() + 1;
    let column = source[line_start..start].chars().count() + 1;
    let line_end = source[start..].find('\n').map_or(source.len(), |i| start + i);
    // A very long line is shown from shortly before the mistake.
    let shown_start = match start - line_start > SHOWN_LINE_BYTES {
        true => floor_char(source, start - SHOWN_LINE_BYTES / 2),
        false => line_start,
    };
    let shown_end = floor_char(source, line_end.min(start.max(shown_start) + SHOWN_LINE_BYTES)).max(start);
    let end = floor_char(source, span.end.min(shown_end)).max(start);
    ProblemPlace {
        line,
        column,
        source_line: source[shown_start..shown_end].trim_end_matches('\r').to_owned(),
        span: start - shown_start..end - shown_start,
    }
}

fn floor_char(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(place) = &self.place else {
            write!(f, "{}: {}", self.file, self.message)?;
            return self.suggestion.iter().try_for_each(|suggestion| write!(f, "\n  help: {suggestion}"));
        };
        let title = format!("{}:{}:{}: {}", self.file, place.line, place.column, self.message);
        let snippet = Snippet::source(&place.source_line)
            .line_start(place.line)
            .annotation(AnnotationKind::Primary.span(place.span.clone()));
        let mut group = Level::ERROR.no_name().primary_title(&title).element(snippet);
        if let Some(suggestion) = &self.suggestion {
            group = group.element(Level::HELP.message(suggestion));
        }
        f.write_str(&Renderer::plain().render(&[group]))
    }
}

impl std::error::Error for PackError {}
