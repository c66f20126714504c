//! The promises of JSONL by splicing, with `serde_json` as the judge of what JSON is and what a string says.

mod grammar;
mod promises;
mod records;

pub(crate) use records::cases;
