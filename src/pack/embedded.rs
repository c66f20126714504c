//! The packs that come with dechrome. The table is written by the test
//! `house::the_table_of_embedded_packs_is_current` (run it with `DECHROME_WRITE=1`).

/// Name and text of each file below `patterns/`.
#[rustfmt::skip]
pub(super) const PACKS: &[(&str, &str)] = &[
    ("families/wordpress", include_str!("../../patterns/families/wordpress.toml")),
    ("generic/any", include_str!("../../patterns/generic/any.toml")),
    ("generic/en", include_str!("../../patterns/generic/en.toml")),
    ("businessinsider.com", include_str!("../../patterns/sites/businessinsider.com.toml")),
    ("gadgets360.com", include_str!("../../patterns/sites/gadgets360.com.toml")),
    ("msn.com", include_str!("../../patterns/sites/msn.com.toml")),
    ("rt.com", include_str!("../../patterns/sites/rt.com.toml")),
    ("themoscowtimes.com", include_str!("../../patterns/sites/themoscowtimes.com.toml")),
];

/// Where a built-in pack stands in the source tree.
pub(super) fn file_of(name: &str) -> String {
    let folder = if name.contains('/') { "" } else { "sites/" };
    format!("patterns/{folder}{name}.toml")
}
