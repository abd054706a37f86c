//! Ids, files, docs and cases belong together.

use spaces_new::{Group, rules};

use crate::support::{files_under, root};

#[test]
fn every_rule_has_its_file_docs_and_cases() {
    let cases = files_under(&root().join("tests/cases/check"));
    for rule in rules() {
        let id = rule.id();
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{id}");
        let file = root().join("src/check/rules").join(format!("{}.rs", id.replace('-', "_")));
        assert!(file.exists(), "{id}: its code belongs in {}", file.display());
        let docs = rule.docs();
        for heading in ["## What it does", "## Why it matters", "## Example", "## Use instead", "## Source"] {
            assert!(docs.contains(heading), "{id}: no `{heading}`");
        }
        assert!(rule.summary().ends_with('.'), "{id}: its first line is one sentence");
        for kind in ["bad", "good"] {
            let prefix = format!("{id}/{kind}-");
            assert!(
                cases.iter().any(|case| case.starts_with(&prefix)),
                "{id}: add a case tests/cases/check/{prefix}*.md"
            );
        }
    }
}

/// Words for tests behind the name of a code block, and the code of the rules, are not for people.
#[test]
fn the_documentation_has_no_source_text() {
    for rule in rules() {
        let mut fences = rule.docs().lines().filter_map(|line| line.strip_prefix("```"));
        assert!(fences.all(|info| !info.contains([' ', '!'])), "{}", rule.id());
        assert!(!rule.docs().contains("fn check("), "{}", rule.id());
    }
}

#[test]
fn every_file_and_folder_belongs_to_a_rule() {
    let known = |name: &str| rules().iter().any(|rule| rule.id() == name);
    for case in files_under(&root().join("tests/cases/check")) {
        let Some((rule, _)) = case.split_once('/') else { continue };
        assert!(known(rule), "tests/cases/check/{rule}: unknown rule");
    }
    for file in files_under(&root().join("src/check/rules")) {
        let name = file.trim_end_matches(".rs").replace('_', "-");
        assert!(name == "mod" || known(&name), "src/check/rules/{file}: not in the list of rules/mod.rs");
    }
}

#[test]
fn rules_stand_in_order_and_once() {
    let ids: Vec<_> = rules().iter().map(|rule| rule.id()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    assert!(rules().iter().all(|rule| Group::ALL.contains(&rule.group())));
}

/// A rule is named only in its own file: the engine, the reports and the command name no rule by its id. A platform may have the
/// same name, which its own files say. The rules that explain what a run shows are a table of facts.
#[test]
fn only_its_own_file_names_a_rule() {
    for file in files_under(&root().join("src")) {
        let source = fs_err::read_to_string(root().join("src").join(&file)).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        let folders = ["check/rules/", "target/", "facts/platforms/"];
        let own = folders.iter().find_map(|folder| file.strip_prefix(folder));
        let own = own.map(|name| name.trim_end_matches(".rs").replace('_', "-"));
        for id in rules().iter().map(|rule| rule.id()) {
            let is_table = ["check/renamed.rs", "facts/seen_faults.rs"].contains(&file.as_str());
            let may_name = own.as_deref() == Some(id) || is_table || file.starts_with("facts/messages/");
            assert!(may_name || !code.contains(&format!("\"{id}\"")), "src/{file} names `{id}`");
        }
    }
}

/// `docs/rules.md` is made from the rules; `UPDATE=1` renews it.
#[test]
fn the_page_of_rules_is_current() {
    let path = root().join("docs/rules.md");
    let page = spaces_new::report::rules_page();
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, &page).unwrap();
    }
    assert!(fs_err::read_to_string(&path).unwrap() == page, "docs/rules.md is not current: write it with UPDATE=1");
}
