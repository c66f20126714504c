//! x
use std::io::{Read, Write};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    if a[1] == "load" { let mut set = dechrome::PackSet::empty(); if let Err(e) = set.load(std::path::Path::new(&a[2])) { println!("{e}"); std::process::exit(1) }
      for p in set.packs() { for w in p.warnings() { println!("warning: {w}"); } for f in dechrome::check_examples(&set, p.name()).unwrap() { println!("{}", f.problem()); } } return; }
    let mut text = Vec::new();
    match a.get(2) { Some(f) => text = std::fs::read(f).unwrap(), None => {std::io::stdin().read_to_end(&mut text).unwrap();} }
    let t = std::time::Instant::now();
    let set = dechrome::PackSet::built_in();
    eprintln!("parse {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let c = match dechrome::Cleaner::new(&set, &Default::default()) { Ok(c) => c, Err(e) => { eprintln!("{e}"); std::process::exit(2) } };
    eprintln!("compile {:?}", t.elapsed());
    if a[1] == "test" { for p in set.packs() { for f in dechrome::check_examples(&set, p.name()).unwrap() { println!("{}", f.problem()); } } return; }
    let t = std::time::Instant::now();
    let out = c.clean(&dechrome::Document::new(&text));
    eprintln!("clean {:?}", t.elapsed());
    std::io::stdout().write_all(out.text()).unwrap();
}
