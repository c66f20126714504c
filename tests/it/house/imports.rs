//! Which file of `src` uses which, by Rust's own rules: re-exports are followed, test modules left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, Ident, ItemMod, ItemUse, UseTree};

use super::files_below;

/// A module's path, without `crate`.
pub(super) type ModulePath = Vec<String>;

/// One file of `src`.
#[derive(Default)]
pub(super) struct Module {
    /// The names that it imports, each with its path; `*` for all names of a module.
    imports: Vec<(String, Vec<String>)>,
    /// The other paths in it.
    paths: Vec<Vec<String>>,
    /// The names that it defines.
    names: BTreeSet<String>,
    /// Its modules that are compiled for tests alone, each in a file of its own.
    for_tests: Vec<String>,
    /// Those of its names that are types.
    pub(super) types: Vec<String>,
}

/// The files of the library; those of `bin` are programs of their own.
pub(super) struct Modules(pub(super) BTreeMap<ModulePath, Module>);

impl Modules {
    pub(super) fn read(src: &Path) -> Modules {
        let files = files_below(src, "rs").into_iter().filter(|file| !file.starts_with(src.join("bin")));
        let read = files.map(|file| {
            let below = file.strip_prefix(src).unwrap().with_extension("");
            let mut path: ModulePath = below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            path.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
            let mut module = Module::default();
            module.visit_file(&syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap());
            (path, module)
        });
        let mut modules: BTreeMap<ModulePath, Module> = read.collect();
        let for_tests = |(path, module): (&ModulePath, &Module)| {
            module.for_tests.iter().map(|name| [path, std::slice::from_ref(name)].concat()).collect::<Vec<_>>()
        };
        let for_tests: Vec<ModulePath> = modules.iter().flat_map(for_tests).collect();
        modules.retain(|path, _| !for_tests.iter().any(|test| path.starts_with(test)));
        Modules(modules)
    }

    /// The files that each file uses, apart from the root.
    pub(super) fn used(&self) -> BTreeMap<&ModulePath, BTreeSet<ModulePath>> {
        let used = |(path, module): (_, &Module)| {
            let imports = module.imports.iter().map(|(_, imported)| imported);
            let all = imports.chain(&module.paths).filter_map(|used| self.resolve(path, used, 0));
            (path, all.filter(|used| used != path && !used.is_empty()).collect())
        };
        self.0.iter().map(used).collect()
    }

    /// The file in which the thing of that path is defined, as it is called in a module.
    fn resolve(&self, from: &ModulePath, path: &[String], depth: usize) -> Option<ModulePath> {
        let supers = path.iter().take_while(|part| *part == "super").count();
        let (mut at, rest) = match path.first().filter(|_| depth < 12)?.as_str() {
            "crate" => (ModulePath::new(), &path[1..]),
            "self" => (from.clone(), &path[1..]),
            "super" => (from[..from.len() - supers].to_vec(), &path[supers..]),
            _ => (from.clone(), path),
        };
        let is_relative = rest.len() == path.len();
        for (index, part) in rest.iter().enumerate() {
            let child = [at.as_slice(), std::slice::from_ref(part)].concat();
            let module = self.0.get(&at)?;
            if self.0.contains_key(&child) {
                at = child;
                continue;
            }
            if module.names.contains(part) || part == "*" {
                return Some(at);
            }
            let named = module.imports.iter().find(|(name, imported)| name == part && imported != path);
            if let Some((_, imported)) = named {
                return self.resolve(&at, &[imported, &rest[index + 1..]].concat(), depth + 1);
            }
            // What is not there is of another crate.
            return (!is_relative || index > 0).then_some(at);
        }
        Some(at)
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &&Attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<Ident>().is_ok_and(|word| word == "test")
    };
    attributes.iter().find(is_test).is_some()
}

/// The paths of a `use`, each with the name that it gets here.
fn flatten(tree: &UseTree, before: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let with = |ident: &Ident| [before, &[ident.to_string()]].concat();
    let mut add = |name: &Ident, ident: &Ident| match ident == "self" {
        true => found.push((before.last().unwrap_or(&name.to_string()).clone(), before.to_vec())),
        false => found.push((name.to_string(), with(ident))),
    };
    match tree {
        UseTree::Name(one) => add(&one.ident, &one.ident),
        UseTree::Rename(one) => add(&one.rename, &one.ident),
        UseTree::Glob(_) => found.push(("*".to_owned(), [before, &["*".to_owned()]].concat())),
        UseTree::Path(path) => flatten(&path.tree, &with(&path.ident), found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, found)),
    }
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        match is_for_tests(&item.attrs) {
            true => self.for_tests.push(item.ident.to_string()),
            false => visit::visit_item_mod(self, item),
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_for_tests(&item.attrs) {
            flatten(&item.tree, &[], &mut self.imports);
        }
    }

    // `pub(in crate::engine)` uses nothing of what it names.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (name, is_type) = match item {
            syn::Item::Struct(item) => (&item.ident, true),
            syn::Item::Enum(item) => (&item.ident, true),
            syn::Item::Trait(item) => (&item.ident, true),
            syn::Item::Type(item) => (&item.ident, true),
            syn::Item::Fn(item) => (&item.sig.ident, false),
            syn::Item::Const(item) => (&item.ident, false),
            syn::Item::Static(item) => (&item.ident, false),
            _ => return visit::visit_item(self, item),
        };
        self.names.insert(name.to_string());
        if is_type {
            self.types.push(name.to_string());
        }
        visit::visit_item(self, item);
    }
}
