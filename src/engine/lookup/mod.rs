//! What the tables of the engine are made of: bloom filters, buckets, records, automata.

pub(super) mod automaton;
pub(super) mod bloom_filter;
pub(super) mod buckets;
pub(super) mod first_bytes;
pub(super) mod frequency;
pub(super) mod hashed_patterns;
pub(super) mod records;
