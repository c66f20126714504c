//! Running a cleaner over streams, files and trees, on all threads of the current rayon pool, in
//! order and in bounded memory.

mod observe;
mod pipeline;
mod review;
mod sites;
mod stream;
mod tree;

pub use observe::{Observer, Silent};
pub use review::{Reviewed, review};
pub use sites::SiteSource;
pub use stream::{Source, clean_to_writer};
pub use tree::{Destination, TreeError, clean_tree};
