//! Packs of one name: they stand side by side, unless one says that it replaces the others.

use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet, Stats, check_examples};

fn pack(name: &str, file: &str, header: &str, phrase: &str) -> Pack {
    let rule = format!("[[rule]]\nid = \"bye\"\nkind = \"share\"\nis = [\"{phrase}\"]\n");
    Pack::parse(name, file, &format!("[pack]\ntitle = \"T\"\n{header}\n{rule}")).unwrap()
}

const SITE: &str = "sites = [\"ferry.example\"]";

fn left(packs: &PackSet, disable: &[&str]) -> String {
    let disable = disable.iter().map(|name| (*name).to_owned()).collect();
    let cleaner = Cleaner::new(packs, &CleanOptions { disable, ..CleanOptions::default() }).unwrap();
    let page = Document::new("One goes\nIt sails.\nTwo goes\n").with_site("ferry.example");
    cleaner.clean(&page).to_str().unwrap().to_owned()
}

fn two() -> PackSet {
    let mut packs = PackSet::empty();
    packs.insert(pack("ferry.example", "a.toml", SITE, "One goes"));
    packs.insert(pack("ferry.example", "b.toml", SITE, "Two goes"));
    packs
}

#[test]
fn packs_of_one_name_count_both_and_the_name_is_both_packs() {
    let packs = two();
    assert_eq!(left(&packs, &[]), "It sails.\n");
    assert_eq!(left(&packs, &["ferry.example"]), "One goes\nIt sails.\nTwo goes\n");
    assert_eq!(left(&packs, &["ferry.example/bye"]), "One goes\nIt sails.\nTwo goes\n");
    let files: Vec<&str> = packs.named("ferry.example").map(Pack::file).collect();
    assert_eq!(files, ["b.toml", "a.toml"]);
}

#[test]
fn a_pack_for_a_site_that_has_a_built_in_one_adds_to_that() {
    let mut packs = PackSet::built_in();
    let site = packs.packs().iter().find(|pack| !pack.sites().is_empty()).unwrap();
    let (name, host, rules) = (site.name().to_owned(), site.sites()[0].clone(), site.rules().len());
    packs.insert(pack(&name, "own.toml", &format!("sites = [\"{host}\"]"), "One goes"));
    let counted: Vec<usize> = packs.named(&name).map(|pack| pack.rules().len()).collect();
    assert_eq!(counted, [1, rules]);
}

#[test]
fn a_pack_that_says_so_replaces_those_of_its_name_and_a_file_itself() {
    let mut packs = two();
    packs.insert(pack("ferry.example", "b.toml", SITE, "It sails."));
    assert_eq!(left(&packs, &[]), "Two goes\n", "the file was read again");
    packs.insert(pack("ferry.example", "c.toml", &format!("{SITE}\nreplaces = true"), "Two goes"));
    assert_eq!(left(&packs, &[]), "One goes\nIt sails.\n");
    assert_eq!(packs.packs().len(), 1);
}

#[test]
fn a_pack_activates_what_it_includes_by_name_and_not_its_namesake() {
    let mut packs = PackSet::empty();
    packs.insert(pack("families/quay", "a.toml", "signature = [\"Powered by the Quay engine\"]", "One goes"));
    packs.insert(pack("families/quay", "b.toml", "signature = [\"Powered by the other Quay\"]", "Two goes"));
    assert_eq!(left(&packs, &[]), "One goes\nIt sails.\nTwo goes\n");
    packs.insert(pack("ferry.example", "c.toml", &format!("{SITE}\ninclude = [\"families/quay\"]"), "Never"));
    assert_eq!(left(&packs, &[]), "It sails.\n");
    let mut packs = PackSet::empty();
    packs.insert(pack("ferry.example", "a.toml", SITE, "One goes"));
    packs.insert(pack("ferry.example", "b.toml", "", "Two goes"));
    let cleaner = Cleaner::new(&packs, &CleanOptions::default()).unwrap();
    let elsewhere = cleaner.clean(&Document::new("One goes\nTwo goes\nEnd.\n").with_site("quay.example"));
    assert_eq!(elsewhere.to_str().unwrap(), "One goes\nEnd.\n", "what is active everywhere activates no namesake");
}

#[test]
fn examples_are_of_their_own_pack_alone() {
    let mut packs = two();
    let source = "[pack]\ntitle = \"T\"\nsites = [\"ferry.example\"]\n[[rule]]\nid = \"three\"\nkind = \"share\"\n\
                  is = [\"Three goes\"]\n[[example]]\npage = \"One goes\\nThree goes\\n\"\nclean = \"One goes\\n\"\n";
    packs.insert(Pack::parse("ferry.example", "c.toml", source).unwrap());
    assert!(check_examples(&packs, "ferry.example").unwrap().is_empty());
    assert_eq!(left(&packs, &[]), "It sails.\n");
}

#[test]
fn figures_of_rules_of_one_name_add_up() {
    let cleaner = Cleaner::new(&two(), &CleanOptions::default()).unwrap();
    let mut stats = Stats::default();
    let page = Document::new("One goes\nIt sails.\nTwo goes\n").with_site("ferry.example");
    stats.add_document(&page, &cleaner.removals(&page));
    assert!(stats.to_text(&cleaner).contains("         2           18  ferry.example/bye\n"));
    let figures: serde_json::Value = serde_json::from_str(&stats.to_json(&cleaner)).unwrap();
    assert_eq!(figures["removals"]["rule"]["ferry.example/bye"]["removals"], 2);
}
