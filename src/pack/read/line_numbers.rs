//! Which line of a file a place is on.

/// So many bytes are counted together.
const BLOCK: usize = 4096;

/// How many lines end before each block of a file, and before its end.
pub(super) struct LineNumbers<'s> {
    source: &'s [u8],
    ended: Vec<usize>,
}

impl LineNumbers<'_> {
    pub(super) fn of(source: &str) -> LineNumbers<'_> {
        let source = source.as_bytes();
        let mut ended = vec![0];
        for block in source.chunks(BLOCK) {
            ended.push(ended[ended.len() - 1] + line_feeds(block));
        }
        LineNumbers { source, ended }
    }

    /// The line of a place, from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        let block = at / BLOCK;
        self.ended[block] + line_feeds(&self.source[block * BLOCK..at]) + 1
    }
}

fn line_feeds(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_feed_ends_a_line() {
        let source = "a line\n\n".repeat(BLOCK / 4);
        let numbers = LineNumbers::of(&source);
        let mut line = 1;
        for (at, byte) in source.bytes().enumerate() {
            assert_eq!(numbers.line_of(at), line);
            line += usize::from(byte == b'\n');
        }
        assert_eq!(numbers.line_of(source.len()), line);
        assert_eq!(LineNumbers::of("").line_of(0), 1);
    }
}
