//! The search: goes over a record once, to its end, and notes where the values of some paths stand.

use std::ops::Range;

use super::decode::decode_into;
use super::fault::{JsonFault, JsonKind};
use super::path::{FieldPath, Step};
use super::scanner::Scanner;

/// A value in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SearchedValue {
    pub(super) kind: JsonKind,
    /// Its bytes in the line, with its quotes or brackets.
    pub(super) span: Range<usize>,
    /// If it is a string that was decoded: how many bytes it says.
    pub(super) said: Option<usize>,
}

/// What is left of each path; `None` for one that does not lead here.
type Ways<'p, const N: usize> = [Option<&'p [Step]>; N];

/// Checks that `line` is one JSON value and finds what stands at each path. Where keys come twice, the last one
/// counts, as for parsers.
pub(super) fn search<const N: usize>(
    line: &[u8],
    paths: [Option<&FieldPath>; N],
) -> Result<(SearchedValue, [Option<SearchedValue>; N]), JsonFault> {
    search_into(line, paths, None)
}

/// The same. What the string at the first path says is written to `buffer`, if it does not say itself.
pub(super) fn search_into<const N: usize>(
    line: &[u8],
    paths: [Option<&FieldPath>; N],
    buffer: Option<&mut Vec<u8>>,
) -> Result<(SearchedValue, [Option<SearchedValue>; N]), JsonFault> {
    let mut search = Search { line, scanner: Scanner::new(line), found: [const { None }; N], buffer };
    let record = search.value(paths.map(|path| path.map(FieldPath::steps)))?;
    search.scanner.end()?;
    Ok((record, search.found))
}

struct Search<'l, 'b, const N: usize> {
    line: &'l [u8],
    scanner: Scanner<'l>,
    found: [Option<SearchedValue>; N],
    /// For the string that was last found at the first path.
    buffer: Option<&'b mut Vec<u8>>,
}

impl<const N: usize> Search<'_, '_, N> {
    /// Goes over the value that stands here. Recurses no deeper than the longest path, and the scanner's limit.
    fn value(&mut self, ways: Ways<'_, N>) -> Result<SearchedValue, JsonFault> {
        let start = self.scanner.at();
        let goes_on = ways.iter().flatten().any(|way| !way.is_empty());
        let is_first = ways.first().is_some_and(|way| way.is_some_and(<[Step]>::is_empty));
        let mut said = None;
        let kind = match (self.scanner.kind()?, &mut self.buffer) {
            (JsonKind::Object, _) if goes_on => self.object(&ways)?,
            (JsonKind::Array, _) if goes_on => self.array(&ways)?,
            (JsonKind::String, Some(buffer)) if is_first => {
                said = self.scanner.text(buffer)?;
                JsonKind::String
            }
            _ => self.scanner.value()?,
        };
        let value = SearchedValue { kind, span: start..self.scanner.at(), said };
        for (found, way) in self.found.iter_mut().zip(ways) {
            if way.is_some_and(<[Step]>::is_empty) {
                *found = Some(value.clone());
            }
        }
        Ok(value)
    }

    fn object(&mut self, ways: &Ways<'_, N>) -> Result<JsonKind, JsonFault> {
        let mut decoded = Vec::new();
        let mut another = self.scanner.open()?;
        while another {
            let raw = self.scanner.key()?;
            let key = decode_into(&self.line[raw], &mut decoded);
            let inside = ways.map(|way| step(way, |step| step.is_key(key)));
            self.forget(&inside);
            self.value(inside)?;
            another = self.scanner.more()?;
        }
        Ok(JsonKind::Object)
    }

    fn array(&mut self, ways: &Ways<'_, N>) -> Result<JsonKind, JsonFault> {
        let mut index = 0;
        let mut another = self.scanner.open()?;
        while another {
            self.value(ways.map(|way| step(way, |step| step.is_index(index))))?;
            index += 1;
            another = self.scanner.more()?;
        }
        Ok(JsonKind::Array)
    }

    /// A key that came before does not count, whatever its value held.
    fn forget(&mut self, ways: &Ways<'_, N>) {
        for (found, way) in self.found.iter_mut().zip(ways) {
            if way.is_some() {
                *found = None;
            }
        }
    }
}

/// What is left of a way after its first step, if that leads on.
fn step(way: Option<&[Step]>, leads_on: impl Fn(&Step) -> bool) -> Option<&[Step]> {
    let (first, rest) = way?.split_first()?;
    leads_on(first).then_some(rest)
}
