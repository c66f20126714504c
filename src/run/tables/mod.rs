//! Tables: their rows are cleaned and written by row groups.

mod clean;
mod row_groups;

pub(super) use clean::{TableRun, first_rows};
