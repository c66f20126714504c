//! From TOML to a [`Pack`]: every mistake is found here, with its place.

mod blocks;
mod header;
mod patterns;
mod rules;
mod toml_error;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::error::Problem;
use super::source::{SourceExample, SourceFile};
use super::{Example, Pack, PackError};
use crate::text::FoldBuffer;
use patterns::Seen;

/// More mistakes than this are not listed.
const MOST_PROBLEMS: usize = 20;

pub(super) fn read(name: &str, file: &str, source: &str) -> Result<Pack, PackError> {
    let parsed: SourceFile<'_> = toml::from_str(source).map_err(|error| toml_error::problem(file, source, &error))?;
    let mut reader = Reader {
        name,
        file: file.into(),
        source,
        line_starts: line_starts(source),
        seen: Seen::default(),
        folded: FoldBuffer::default(),
        problems: Vec::new(),
    };
    let header = header::read(&mut reader, parsed.pack);
    let mut rules = rules::read_all(&mut reader, parsed.rule);
    rules.iter_mut().for_each(|rule| rule.menus = header.menus);
    let examples = parsed.example.into_iter().map(|example| reader.example(example)).collect();
    if !reader.problems.is_empty() {
        reader.problems.truncate(MOST_PROBLEMS);
        return Err(PackError::new(reader.problems));
    }
    Ok(Pack {
        name: name.to_owned(),
        file: reader.file,
        source: Arc::new(Cow::Owned(source.to_owned())),
        title: header.title,
        sites: header.sites,
        languages: header.languages,
        include: header.include,
        signature: header.signature,
        rules,
        examples,
        replaces: header.replaces,
        built_in: false,
    })
}

/// What reading one file needs: where it is, and what was found wrong so far.
struct Reader<'s> {
    name: &'s str,
    file: Arc<str>,
    source: &'s str,
    line_starts: Vec<usize>,
    seen: Seen,
    /// Memory for folding, used again from pattern to pattern.
    folded: FoldBuffer,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.problem_with(span, message, None::<String>);
    }

    fn problem_with(&mut self, span: Range<usize>, message: impl Into<String>, suggestion: Option<impl Into<String>>) {
        // Finding a place takes time in a large file, and nobody reads a thousand mistakes.
        if self.problems.len() < MOST_PROBLEMS {
            let problem = Problem::at(&self.file, self.source, span, message).suggest(suggestion);
            self.problems.push(problem);
        }
    }

    fn line_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at)
    }

    fn example(&self, example: SourceExample) -> Example {
        let span = example.page.span();
        Example { line: self.line_of(span.start), page: example.page.into_inner(), clean: example.clean, span }
    }
}

fn line_starts(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', source.as_bytes()).map(|i| i + 1)).collect()
}
