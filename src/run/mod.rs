//! Running a cleaner over streams, files and trees, on all threads of the current rayon pool, in
//! order and in bounded memory.

mod documents;
mod error;
mod held_log;
mod jsonl_records;
mod judge;
mod observe;
mod options;
mod parts;
mod pipeline;
mod plan;
mod removed;
mod restore;
mod restore_file;
mod restore_record;
mod restore_table;
mod resume;
mod review;
mod row_groups;
mod sites;
mod source;
mod stream;
mod tables;
mod tally;
mod text_records;
mod tree;
mod tree_file;
mod verdict;
mod wet_records;
mod work;

pub use documents::{DocumentWitness, read_documents, witness};
pub use error::RunError;
pub use observe::{Observer, Silent};
pub use options::{CorpusOptions, OnError, Policy};
pub use plan::Destination;
pub use removed::{LogEntry, Original};
pub use restore::{RemovalLog, RestoreError, read_log};
pub use restore_file::restore;
pub use resume::continue_log;
pub use review::{Reviewed, review};
pub use sites::SiteSource;
pub use source::{Origin, Source};
pub use stream::clean_to_writer;
pub use tree::clean_tree;
pub use tree_file::output_name;
