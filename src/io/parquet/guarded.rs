//! Calls of the decoder on bytes that may be damaged, and of the encoder on what came of them.

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

/// What `encode` gives, or nothing where it panics: on values that the column's type cannot have, which damaged pages
/// may hold, the encoder does not always return an error. What was encoding is not to be used afterwards.
pub(super) fn unless_panicked<T>(encode: impl FnOnce() -> Result<T>) -> Option<Result<T>> {
    catch_unwind(AssertUnwindSafe(encode)).ok()
}
