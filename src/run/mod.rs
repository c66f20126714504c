//! Running a cleaner over streams, files and trees, on all threads of the current rayon pool, in
//! order and in bounded memory.

mod documents;
mod error;
mod formats;
mod input;
mod log;
mod observer;
mod options;
mod output;
mod pipeline;
mod preview;
mod restore;
mod stream;
mod tables;
mod tally;
mod visitor;
mod worker;

pub use documents::{read_documents, visit_documents};
pub use error::RunError;
pub use input::{Origin, SiteSource, Source};
pub use log::{LogEntry, Original, RemovalLog, read_log};
pub use observer::{Observer, Silent};
pub use options::{CorpusOptions, OnError, Policy};
pub use output::{Destination, Outputs, clean_tree, output_name, stays_inside};
pub use preview::{Previewed, preview};
pub use restore::{RestoreError, restore};
pub use stream::clean_to_writer;
pub use visitor::DocumentVisitor;
