//! Limits on size: lines of a function, shares of a module.

use std::collections::BTreeMap;

use super::graph::module;
use super::rust::{functions, skeleton};
use super::sources::sources;

/// The maximum lines of any function, and of 99 in a hundred.
const LINES: (usize, usize) = (80, 50);

/// The functions that are too long.
fn too_long(mut functions: Vec<(String, usize)>) -> Vec<String> {
    functions.sort_by_key(|(_, lines)| *lines);
    let long = functions.iter().filter(|(_, lines)| *lines > LINES.0);
    let mut faults: Vec<_> = long.map(|(name, lines)| format!("`{name}` has {lines} lines")).collect();
    let above = functions.iter().filter(|(_, lines)| *lines > LINES.1).collect::<Vec<_>>();
    if above.len() > functions.len() / 100 {
        faults.push(format!("{} of {} have more than {} lines: {above:?}", above.len(), functions.len(), LINES.1));
    }
    faults
}

/// The modules that have more than a fifth of all lines. The rules of the check are counted, and have no limit.
fn too_large(files: &[(String, usize)]) -> Vec<String> {
    let all: usize = files.iter().map(|(_, lines)| lines).sum();
    let mut modules = BTreeMap::<&str, usize>::new();
    for (file, lines) in files.iter().filter(|(file, _)| !file.starts_with("check/rules/")) {
        *modules.entry(module(file).unwrap_or(file)).or_default() += lines;
    }
    let large = modules.into_iter().filter(|(_, lines)| lines * 5 > all);
    large.map(|(module, lines)| format!("`{module}` has {lines} of {all} lines")).collect()
}

#[test]
fn functions_are_short() {
    let mut all = Vec::new();
    for (file, text) in sources("src") {
        let skeleton = skeleton(&text);
        all.extend(functions(&skeleton).into_iter().map(|(name, lines)| (format!("{file}: {name}"), lines)));
    }
    assert!(all.len() > 1000, "too few functions are found: {}", all.len());
    let faults = too_long(all);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_module_has_more_than_a_fifth_of_the_lines() {
    let files: Vec<_> = sources("src").into_iter().map(|(file, text)| (file, text.lines().count())).collect();
    assert_eq!(too_large(&files), Vec::<String>::new());
}

#[test]
fn long_functions_and_large_modules_are_found() {
    let named = |lines: usize| (format!("f{lines}"), lines);
    assert_eq!(too_long(vec![named(80); 1].into_iter().chain(vec![named(50); 99]).collect()), Vec::<String>::new());
    assert_eq!(too_long(vec![named(81); 1].into_iter().chain(vec![named(50); 99]).collect()), ["`f81` has 81 lines"]);
    assert_eq!(too_long(vec![named(51); 2].into_iter().chain(vec![named(1); 98]).collect()).len(), 1);
    let files = |lines: usize| {
        let files = [("a/b.rs", lines), ("a.rs", 10), ("c.rs", 40), ("check/rules/x.rs", 50)];
        files.map(|(file, lines)| (file.to_owned(), lines))
    };
    assert_eq!(too_large(&files(10)), ["`c` has 40 of 110 lines"]);
    assert_eq!(too_large(&files(100)), ["`a` has 110 of 200 lines"]);
}
