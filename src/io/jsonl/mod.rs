//! JSON Lines by splicing: one JSON record a line, of which only the text changes and every other byte stays.
//!
//! `locate` checks that a line is one JSON value and finds the string that is the text; [`RawText`] gives what it
//! says ([`decode`](RawText::decode)), the line without some of it ([`without`](RawText::without)), and the line as it
//! was ([`restore`](RawText::restore)). [`with_field`] adds a field to a record.
//!
//! Knows bytes of one line. Must not know files, where lines end, a byte order mark before the first of them, or
//! what a blank line means: a line may end with its `\n` or `\r\n`, and a blank one is a fault.
//!
//! ```
//! use dechrome::io::jsonl::{FieldPath, Fields, locate};
//! let line = br#"{"id": 1e2, "text": "Caf\u00e9\nShare\nbye"}"#;
//! let fields = Fields { text: FieldPath::parse("text")?, url: None };
//! let text = locate(line, &fields)?.text.text().ok_or("no text")?;
//!
//! let mut buffer = Vec::new();
//! assert_eq!(text.decode(&mut buffer), "Café\nShare\nbye".as_bytes());
//!
//! let mut cleaned = Vec::new();
//! text.without([6..12])?.write_line(&mut cleaned);
//! assert_eq!(cleaned, br#"{"id": 1e2, "text": "Caf\u00e9\nbye"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod annotate;
mod cursor;
mod decode;
mod escape;
mod fault;
mod locate;
mod path;
mod plain;
mod raw_text;
mod scanner;
mod search;
mod splice;
mod text_fields;

pub use annotate::{AnnotateFault, with_field};
pub use escape::{escape_into, is_plain};
pub use fault::{JsonFault, JsonKind, JsonMistake, SpliceFault};
pub use locate::{Field, Fields, Located, locate, locate_and_decode};
pub use path::{FieldPath, FieldPathError};
pub use raw_text::RawText;
pub use splice::{GonePiece, Without, decoded_len};
pub use text_fields::text_fields;
