//! gzip streams: members one after another, and the zeros with which tapes and block devices fill up the last block.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Decodes all members of a stream. Zeros after a member are padding.
pub(super) struct Members<R> {
    /// `None` at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(source: R) -> Members<R> {
        Members { member: Some(GzDecoder::new(source)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            // Looked at where it stands: a failure must not lose the source.
            let source = member.get_mut();
            self.member = match skip_zeros(source)? {
                true => None,
                false => self.member.take().map(|member| GzDecoder::new(member.into_inner())),
            };
        }
        Ok(0)
    }
}

/// Says whether nothing else comes.
fn skip_zeros(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = source.fill_buf()?;
        if bytes.is_empty() {
            return Ok(true);
        }
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let is_all = zeros == bytes.len();
        source.consume(zeros);
        if !is_all {
            return Ok(false);
        }
    }
}
