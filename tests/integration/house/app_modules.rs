//! How the modules of `src/app/` use each other.

use std::collections::{BTreeMap, BTreeSet};

use super::rust::code;
use super::sources::sources;

/// For each module of a folder, the others that it uses; a subfolder counts as one.
fn uses(folder: &str, path: &str) -> BTreeMap<String, BTreeSet<String>> {
    let module = |file: &str| file.split('/').next().unwrap_or(file).trim_end_matches(".rs").to_owned();
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in sources(folder).into_iter().filter(|(file, _)| file != "mod.rs") {
        let code = code(&text);
        // In a subfolder, `super` may be that folder
        let begins: &[&str] = if file.contains('/') { &[path] } else { &["super::", path] };
        let names = begins.iter().flat_map(|begin| code.split(*begin).skip(1)).flat_map(first_names);
        uses.entry(module(&file)).or_default().extend(names);
    }
    let known: BTreeSet<String> = uses.keys().cloned().collect();
    for (name, used) in &mut uses {
        used.retain(|other| other != name && known.contains(other));
    }
    uses
}

/// The names that a path begins with: one, or those of a list.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect::<String>();
    match rest.strip_prefix('{').and_then(|list| list.split_once("};")) {
        Some((list, _)) => list.split([',', '{', '}']).map(|item| name(item.trim_start())).collect(),
        None => vec![name(rest)],
    }
}

/// Removes modules that use none of the remaining ones, until there are no more.
fn circle(mut uses: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        let count = uses.len();
        uses.retain(|_, used| used.iter().any(|other| left.contains(other)));
        if uses.len() == count {
            return uses.into_keys().collect();
        }
    }
}

#[test]
fn no_modules_of_app_use_each_other_in_a_cycle() {
    let uses = uses("src/app", "crate::app::");
    assert!(uses.len() > 20 && uses["frameworks"].contains("candidate"), "{uses:?}");
    assert!(uses["rank"].is_superset(&["frameworks", "python_entry"].map(str::to_owned).into()), "{uses:?}");
    assert_eq!(circle(uses), Vec::<String>::new(), "these use each other, or what does");
    for folder in ["hub", "image", "lost", "needs", "start"] {
        let uses = self::uses(&format!("src/app/{folder}"), &format!("crate::app::{folder}::"));
        assert!(uses.values().any(|used| !used.is_empty()), "{folder}: {uses:?}");
        assert_eq!(circle(uses), Vec::<String>::new(), "in {folder}, these use each other, or what does");
    }
}

#[test]
fn a_cycle_is_found() {
    let uses = |pairs: &[(&str, &str)]| {
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, used) in pairs {
            uses.entry((*name).to_owned()).or_default().insert((*used).to_owned());
            uses.entry((*used).to_owned()).or_default();
        }
        uses
    };
    assert_eq!(circle(uses(&[("a", "b"), ("b", "c"), ("a", "c")])), Vec::<String>::new());
    assert_eq!(circle(uses(&[("a", "b"), ("b", "c"), ("c", "b")])), ["a", "b", "c"]);
}
