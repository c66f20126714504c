//! Lines of the log that count only once what they are about is done.

use std::io::{self, Seek, Write};

use tempfile::SpooledTempFile;

/// So many bytes are held in memory, more in a temporary file.
const IN_MEMORY: usize = 1 << 20;

/// Lines that are held back, of any number in bounded memory.
pub(in crate::run) struct HeldLog(SpooledTempFile);

impl HeldLog {
    /// Nothing yet.
    pub(in crate::run) fn new() -> HeldLog {
        HeldLog(SpooledTempFile::new(IN_MEMORY))
    }

    /// Moves all lines after those of `log`, and says whether there were any.
    ///
    /// # Errors
    /// The temporary file cannot be read, or the log not be written.
    pub(in crate::run) fn pour(&mut self, log: &mut impl Write) -> io::Result<bool> {
        if self.0.stream_position()? == 0 {
            return Ok(false);
        }
        self.0.rewind()?;
        io::copy(&mut self.0, log)?;
        self.discard();
        Ok(true)
    }

    /// Forgets all lines.
    pub(in crate::run) fn discard(&mut self) {
        *self = HeldLog::new();
    }
}

impl Write for HeldLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
