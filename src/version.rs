//! What tells one build from another.

/// A digest of the built-in packs and of the code that reads, matches and decides, made when dechrome was built: sixteen
/// hexadecimal digits. Builds with the same digest take the same out of the same text; the version alone does not tell,
/// because packs and engine change between releases.
///
/// ```
/// assert_eq!(dechrome::BUILD_DIGEST.len(), 16);
/// ```
pub const BUILD_DIGEST: &str = env!("DECHROME_BUILD_DIGEST");

/// The version with the digest of the build, as `dechrome --version` prints it: `0.1.0 (1a2b3c4d5e6f7a8b)`.
pub const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("DECHROME_BUILD_DIGEST"), ")");
