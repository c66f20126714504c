//! Files and streams: finding inputs, telling formats and decoding them, reading windows and records, writing
//! outputs that are whole or not there. Knows documents and windows, not packs.

mod access;
mod atomic;
mod attributes;
mod buffers;
mod checksum;
mod chunks;
mod codec;
mod format;
mod gzip;
pub mod jsonl;
mod own_files;
pub mod parquet;
mod segments;
mod tree_access;
mod unread;
mod walk;
pub mod wet;

pub use access::Access;
pub use atomic::{AtomicFile, Durability, discard_unfinished, write_atomically};
pub(crate) use attributes::take_over;
pub use buffers::Buffers;
pub use checksum::{Checksum, RunningChecksum};
pub(crate) use chunks::separators;
pub use chunks::{CHUNK_BYTES, Chunk, ChunkEnd, ChunkReader, Framing, LongPart, PieceKind, RECORD_LIMIT};
pub use codec::Compression;
pub use format::Format;
pub use own_files::OwnFile;
pub use segments::{Segment, SegmentReader};
pub use unread::UnreadFormat;
pub(crate) use unread::is_html_value;
pub use walk::{InputFile, Walked, walk};
