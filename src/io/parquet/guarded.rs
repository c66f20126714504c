//! Calls of the decoder on bytes that may be damaged.

use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::{ParquetError, Result};

/// What `decode` gives, or in words why not. On some damaged pages the decoder does not return an
/// error but panics; that must not end the run. What was decoding is not to be used afterwards.
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T>) -> std::result::Result<T, String> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(Ok(decoded)) => Ok(decoded),
        Ok(Err(ParquetError::General(message) | ParquetError::EOF(message) | ParquetError::NYI(message))) => {
            Err(message)
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the bytes are damaged".to_owned()),
    }
}
