//! Advice that is followed literally leads to a clean check: a case `good-fixed-WHAT` is `bad-WHAT` after what its help says. The
//! cases are excerpts: what other rules report in both is not asked.

use spaces_new::Checker;

use super::repository::repository;
use crate::support::{files_under, root};

/// Rules whose bad cases each have a fixed one.
const COMPLETE: [&str; 23] = [
    "build-tool-missing",
    "copy-owned-by-root",
    "env-with-blanks",
    "gpu-at-build",
    "home-owned-by-root",
    "home-unset-at-build",
    "installed-for-root",
    "invalid-exec-form",
    "local-origin",
    "loopback-bind",
    "missing-copy-source",
    "missing-start-file",
    "mkdir-after-user",
    "port-mismatch",
    "refused-host",
    "removed-hub-command",
    "root-user",
    "script-not-executable",
    "uid-already-taken",
    "unknown-user",
    "user-not-1000",
    "useradd-on-alpine",
    "workdir-owned-by-root",
];

#[test]
fn advice_leads_to_a_clean_check() {
    let folder = root().join("tests/cases/check");
    let read = |file: &str| repository(&fs_err::read_to_string(folder.join(file)).unwrap());
    let mut wrong = Vec::new();
    let files = files_under(&folder);
    let mut count = 0;
    for file in files.iter().filter(|file| file.contains("/good-fixed-")) {
        let bad = file.replace("/good-fixed-", "/bad-");
        assert!(files.contains(&bad), "{file}: no `{bad}`");
        let rule = file.split('/').next().unwrap();
        let before = Checker::new().check(&read(&bad));
        assert!(before.iter().any(|found| found.rule == rule && found.help.is_some()), "{bad}: no advice");
        let mut after = Checker::new().check(&read(file));
        let was_there = |name: &str| name == "missing-start-file" || before.iter().any(|found| found.rule == name);
        after.retain(|found| found.rule == rule || !was_there(found.rule));
        if !after.is_empty() {
            wrong.push(format!("{file}: {after:#?}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 130, "{count}");
}

#[test]
fn every_bad_case_of_some_rules_has_a_fixed_one() {
    let files = files_under(&root().join("tests/cases/check"));
    for rule in COMPLETE {
        for bad in files.iter().filter(|file| file.starts_with(&format!("{rule}/bad-"))) {
            let fixed = bad.replace("/bad-", "/good-fixed-");
            assert!(files.contains(&fixed), "{bad} has no `{fixed}`");
        }
    }
}
