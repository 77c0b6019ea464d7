//! The licences of everything a user links: permissive ones only.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

/// What may be linked; an expression passes if one side of each of its ORs is made of these.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
    "MPL-2.0",
];

/// Packages that name a file and no licence; their files were read.
const READ: &[(&str, &str)] = &[("single-clustering", "BSD-3-Clause"), ("single-utilities", "BSD-3-Clause")];

/// The licence of a package: as it says, else as its file says.
fn licence(package: &Value) -> Option<&str> {
    let read = || READ.iter().find(|(name, _)| package["name"] == *name).map(|(_, licence)| *licence);
    package["license"].as_str().or_else(read)
}

fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| ALLOWED.contains(&licence.trim())))
}

/// Packages that the library and the command link: without those that only tests and benchmarks use.
fn linked(metadata: &Value) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let mut wanted = vec![metadata["resolve"]["root"].as_str().unwrap()];
    let mut linked = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        if !linked.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id).unwrap();
        for dependency in node["deps"].as_array().unwrap() {
            if dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev") {
                wanted.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    linked
}

/// This machine, as the compiler names it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    words.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

#[test]
fn everything_linked_is_permissive() {
    // Packages of other systems are not on this machine, and are not asked for.
    let args = ["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", &host()];
    let output = Command::new(env!("CARGO")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let linked = linked(&metadata);
    assert!(linked.len() > 50, "only {} packages seen", linked.len());
    let packages = metadata["packages"].as_array().unwrap().iter();
    let bad: Vec<String> = packages
        .filter(|package| linked.contains(package["id"].as_str().unwrap()))
        .filter(|package| !licence(package).is_some_and(is_allowed))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert!(bad.is_empty(), "not permissive: {bad:?}");
}

#[test]
fn expressions_are_judged_whole() {
    for good in ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "MPL-2.0"] {
        assert!(is_allowed(good), "{good}");
    }
    for bad in ["GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-2.0", "LGPL-2.1", ""] {
        assert!(!is_allowed(bad), "{bad}");
    }
}
