//! The floors: a module may use those on lower floors, and on its own floor those that come earlier. Therefore there
//! are no cycles.

use std::collections::{BTreeMap, BTreeSet};

use super::rust::{places, skeleton};
use super::sources::sources;

/// The modules of `src/` by floor, the lowest first. The table of CONTRIBUTING.md says what each owns.
pub(super) const FLOORS: [&[&str]; 10] = [
    &["escape", "order", "facts", "values", "disk", "program"],
    &["plan", "formats", "repo"],
    &["app"],
    &["answers", "target"],
    &["render"],
    &["apply", "merge", "check"],
    &["adopt", "advise", "diagnose", "online"],
    &["try_out", "publish"],
    &["report"],
    &["cli"],
];

/// Exceptions, to be removed: from, to.
const STILL_THERE: &[(&str, &str)] = &[];

/// Which module uses which, and in which files.
type Graph = BTreeMap<(String, String), BTreeSet<String>>;

/// The names after `crate::`, also in braces.
fn names(skeleton: &str) -> Vec<&str> {
    let in_word = |char: char| char.is_alphanumeric() || char == '_';
    let word = |text: &'_ str| text.find(|char| !in_word(char)).unwrap_or(text.len());
    let mut names = Vec::new();
    for at in places(skeleton, "crate::") {
        let rest = &skeleton[at + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            names.push(&rest[..word(rest)]);
            continue;
        };
        let (mut depth, mut is_first) = (0, true);
        for (at, char) in list.char_indices() {
            match char {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_first = true,
                _ if is_first && in_word(char) => {
                    names.push(&list[at..at + word(&list[at..])]);
                    is_first = false;
                }
                _ => {}
            }
        }
    }
    names
}

/// The module at the top to which a file of `src/` belongs, if it is not a root.
pub(super) fn module(file: &str) -> Option<&str> {
    let module = file.split(['/', '.']).next()?;
    (!matches!(file, "lib.rs" | "main.rs")).then_some(module)
}

fn graph(sources: &[(String, String)]) -> Graph {
    let mut graph = Graph::new();
    for (file, text) in sources {
        let Some(from) = module(file) else { continue };
        let skeleton = skeleton(text);
        for to in names(&skeleton).into_iter().filter(|to| *to != from) {
            graph.entry((from.to_owned(), to.to_owned())).or_default().insert(file.clone());
        }
    }
    graph
}

/// What is wrong with a graph: upward uses without an exception, and exceptions that are not needed.
fn faults(graph: &Graph, floors: &[&[&str]], tolerated: &[(&str, &str)]) -> Vec<String> {
    let order: Vec<&str> = floors.iter().copied().flatten().copied().collect();
    let place = |name: &str| order.iter().position(|module| *module == name);
    let is_tolerated = |from: &str, to: &str| tolerated.contains(&(from, to));
    let mut faults = Vec::new();
    for ((from, to), files) in graph {
        match (place(from), place(to)) {
            (Some(above), Some(below)) if above > below => {}
            (Some(_), Some(_)) if is_tolerated(from, to) => {}
            (Some(_), Some(_)) => faults.push(format!("`{from}` uses `{to}`, which is not below it: {files:?}")),
            _ => faults.push(format!("`{from}` or `{to}` has no floor: {files:?}")),
        }
    }
    for (from, to) in tolerated {
        let is_needed = graph.contains_key(&((*from).to_owned(), (*to).to_owned())) && place(from) <= place(to);
        if !is_needed {
            faults.push(format!("`{from}` does not use `{to}` any more: remove it from the tolerated uses"));
        }
    }
    faults
}

/// How many modules a path climbs by `super::` at most.
fn climbs(skeleton: &str) -> usize {
    let climb = |at: usize| {
        let rest = &skeleton[at..];
        (rest.len() - rest.trim_start_matches("super::").len()) / "super::".len()
    };
    places(skeleton, "super::").map(climb).max().unwrap_or(0)
}

#[test]
fn modules_use_only_modules_below_them() {
    let graph = graph(&sources("src"));
    assert!(graph.len() > 30, "too few uses are found: {graph:#?}");
    let faults = faults(&graph, &FLOORS, STILL_THERE);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Otherwise a use would be missing in the graph.
#[test]
fn no_path_climbs_out_of_its_module_by_super() {
    for (file, text) in sources("src").iter().filter(|(file, _)| module(file).is_some()) {
        let depth = file.trim_end_matches("/mod.rs").split('/').count();
        assert!(climbs(&skeleton(text)) < depth, "src/{file} names another module by `super::`: use `crate::`");
    }
}

#[test]
fn each_module_has_a_floor() {
    let sources = sources("src");
    let modules: BTreeSet<&str> = sources.iter().filter_map(|(file, _)| module(file)).collect();
    let floors: BTreeSet<&str> = FLOORS.iter().copied().flatten().copied().collect();
    assert_eq!(modules, floors);
    assert_eq!(FLOORS.iter().map(|floor| floor.len()).sum::<usize>(), floors.len(), "a module has two floors");
}

#[test]
fn upward_uses_cycles_and_needless_exceptions_are_found() {
    let source = |file: &str, text: &str| (file.to_owned(), text.to_owned());
    let sources = [
        source(
            "low/mod.rs",
            "use crate::{\n    low::{A, B},\n    middle::{C, in_use::{D}}, top::E,\n};\n// crate::no\n",
        ),
        source(
            "middle.rs",
            "fn f() { $crate::low::f(); mycrate::no(); \"crate::no\" }\n#[cfg(test)]\nmod t { use crate::top; }",
        ),
        source("top/a.rs", "use crate::middle::in_use;\nuse crate::Root;"),
        source("lib.rs", "pub use crate::top::A;"),
    ];
    let graph = graph(&sources);
    let edges: Vec<_> = graph.keys().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(edges, [("low", "middle"), ("low", "top"), ("middle", "low"), ("top", "Root"), ("top", "middle")]);
    let floors: [&[&str]; 2] = [&["low", "middle"], &["top"]];
    let found = |tolerated: &[(&str, &str)]| -> Vec<String> {
        let faults = faults(&graph, &floors, tolerated).into_iter();
        faults.map(|fault| fault.split([':', ',']).next().unwrap().to_owned()).collect()
    };
    let (upwards, root) = (["`low` uses `middle`", "`low` uses `top`"], "`top` or `Root` has no floor");
    assert_eq!(found(&[]), [upwards[0], upwards[1], root]);
    assert_eq!(found(&[("low", "middle"), ("low", "top")]), [root]);
    let needless = "`top` does not use `middle` any more";
    assert_eq!(found(&[("low", "middle"), ("low", "top"), ("top", "middle")]), [root, needless]);
    assert_eq!(climbs("use super::super::a; use self::super::b; mysuper::c"), 2);
}
