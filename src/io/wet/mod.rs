//! Records of web archives (WARC), as Common Crawl's WET files hold the text of pages.
//!
//! [`next_record`] frames, which is cheap and in order; [`WarcRecord`] reads one record and
//! [`with_body`] writes it with another body, which may be done in parallel. [`RecordReader`] frames a
//! stream in bounded memory. All of it works on bytes that are already decompressed, knows nothing of
//! gzip, and gives every byte it does not understand back as it was.

mod digest;
mod fault;
mod frame;
mod head;
mod json_line;
mod reader;
mod record;
mod write;

pub use fault::WarcFault;
pub use frame::{Frame, LONGEST_RECORD_BYTES, next_record};
pub use json_line::to_json_line;
pub use reader::{Piece, RecordReader};
pub use record::WarcRecord;
pub use write::{Rewrite, restore, with_body};
