//! Every case under `tests/cases/new` as a generated repository, with one snapshot for each distinct file content.
//!
//! To add a case, add a file.

use spaces_new::Plan;

use crate::snapshots::{Store, settings};
use crate::support::{self, plan};

/// A case with its result.
struct Case {
    /// As `<template>/<case>`.
    name: String,
    plan: Plan,
    warnings: String,
}

impl Case {
    /// The text files with their contents. What is compressed says nothing that the others do not.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let shown = self.plan.files().filter(|(path, _)| path.as_str() != ".spaces-new.base");
        shown.filter_map(|(path, file)| Some((path.as_str(), file.as_text()?)))
    }

    /// The mode of each file, and where its content is.
    fn tree(&self, store: &Store) -> String {
        let lines = self.plan.files().map(|(path, file)| {
            let place = file.as_text().map(|text| store.place(path.as_str(), text)).unwrap_or_default();
            format!("{:o} {path}{place}\n", file.mode().bits())
        });
        lines.chain([self.warnings.clone()]).collect()
    }
}

fn cases() -> Vec<Case> {
    let cases = support::cases().into_iter().map(|(template, name, answers)| {
        let (spec, plan) = plan(&template, &answers.in_folder(&name));
        let warnings = spec.warnings().iter().map(|warning| format!("warning: {warning}\n")).collect();
        Case { name: format!("{template}/{name}"), plan, warnings }
    });
    cases.collect()
}

fn store(cases: &[Case]) -> Store {
    Store::of("new", cases.iter().flat_map(Case::texts))
}

#[test]
fn cases_give_these_repositories() {
    let cases = cases();
    let store = store(&cases);
    insta::glob!("../cases/new", "*/*.toml", |file| {
        let case = cases.iter().find(|case| file.with_extension("").ends_with(&case.name)).unwrap();
        settings(&format!("new/{}", case.name)).bind(|| insta::assert_snapshot!("_tree", case.tree(&store)));
        for (path, text) in case.texts() {
            let (settings, name) = store.settings(&case.name, path, text);
            settings.bind(|| insta::assert_snapshot!(name, text));
        }
    });
}

#[test]
fn every_snapshot_is_of_a_file_that_a_case_makes() {
    let cases = cases();
    let store = store(&cases);
    let trees = cases.iter().map(|case| format!("{}/_tree", case.name));
    let texts = cases.iter().flat_map(|case| case.texts().map(|(path, text)| store.snapshot(&case.name, path, text)));
    store.assert_all(trees.chain(texts));
}
