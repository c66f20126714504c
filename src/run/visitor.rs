//! Who is shown documents.

use crate::clean::Removal;
use crate::report::html::DocumentSeen;

/// Is shown documents, from several threads at once and in no order.
pub trait DocumentVisitor: Sync {
    /// Looks at a document as it was, and at what would go of it, in order. Of a plain text longer than a window, each
    /// window is shown as a document.
    fn document(&self, document: &DocumentSeen<'_>, removals: &[Removal]);
}
