//! The one architectural rule: a module imports only what stands above it in `lib.rs`.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use syn::{Item, UseTree, visit::Visit};

/// First names after `crate::` in a file, wherever they stand.
#[derive(Default)]
struct Imports(BTreeSet<String>);

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let UseTree::Path(path) = &item.tree
            && path.ident == "crate"
        {
            self.enter(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut names = path.segments.iter().map(|it| it.ident.to_string());
        if names.next().as_deref() == Some("crate") {
            self.0.extend(names.next());
        }
        syn::visit::visit_path(self, path);
    }
}

impl Imports {
    fn enter(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => drop(self.0.insert(path.ident.to_string())),
            UseTree::Name(name) => drop(self.0.insert(name.ident.to_string())),
            UseTree::Rename(name) => drop(self.0.insert(name.ident.to_string())),
            UseTree::Group(group) => group.items.iter().for_each(|it| self.enter(it)),
            UseTree::Glob(_) => panic!("a glob import hides what is used"),
        }
    }
}

/// The modules of `lib.rs` in order, and for each item it lifts to the top the module it comes from.
fn library() -> (Vec<String>, Vec<(String, String)>) {
    let lib = syn::parse_file(&fs::read_to_string("src/lib.rs").unwrap()).unwrap();
    let (mut modules, mut lifted) = (Vec::new(), Vec::new());
    for item in lib.items {
        match item {
            Item::Mod(module) => modules.push(module.ident.to_string()),
            Item::Use(item) => {
                let UseTree::Path(path) = item.tree else { panic!("lib.rs lifts items out of its modules only") };
                let mut names = Imports::default();
                names.enter(&path.tree);
                lifted.extend(names.0.into_iter().map(|name| (name, path.ident.to_string())));
            }
            _ => panic!("lib.rs declares modules and lifts items, nothing else"),
        }
    }
    (modules, lifted)
}

fn sources(module: &str) -> Vec<PathBuf> {
    let folder = Path::new("src").join(module);
    if !folder.is_dir() {
        return vec![folder.with_extension("rs")];
    }
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn modules_import_only_what_stands_above_them() {
    let (modules, lifted) = library();
    let mut seen = 0;
    for (rank, module) in modules.iter().enumerate() {
        for file in sources(module) {
            let mut imports = Imports::default();
            imports.visit_file(&syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap());
            for name in imports.0 {
                let home = lifted.iter().find(|(item, _)| *item == name).map_or(&name, |(_, module)| module);
                let at = modules.iter().position(|it| it == home);
                let at = at.unwrap_or_else(|| panic!("{} imports {name}, which lib.rs does not know", file.display()));
                assert!(at <= rank, "{} imports {home}, which stands below {module} in lib.rs", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "only {seen} imports seen: the test does not see the code");
}
