//! Every case under `tests/cases/check/RULE/`: its rule finds a `bad-` case, and not a `good-` one.

use spaces_new::values::{AppFile, Dependencies, InstallFile};
use spaces_new::{Checker, Repo, Spec, rules};

use super::repository::{repository, verdict};
use crate::support::{files_under, root};

/// The rules with findings.
fn found(text: &str) -> Vec<&'static str> {
    let diagnostics = Checker::new().pedantic(true).check_with(&repository(text), &verdict(text));
    diagnostics.into_iter().map(|diagnostic| diagnostic.rule).collect()
}

#[test]
fn the_base_of_all_cases_is_clean() {
    assert!(found("").is_empty(), "{:?}", found(""));
}

#[test]
fn bad_cases_are_found_and_good_ones_are_not() {
    let folder = root().join("tests/cases/check");
    let mut wrong = Vec::new();
    for file in files_under(&folder).into_iter().filter(|file| file.contains('/')) {
        let (rule, case) = file.split_once('/').unwrap();
        let found = found(&fs_err::read_to_string(folder.join(&file)).unwrap());
        let expected = case.starts_with("bad-");
        assert!(expected || case.starts_with("good-"), "{file}: begin the name with `bad-` or `good-`");
        if found.contains(&rule) != expected {
            wrong.push(format!("{file}: found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The documentation of a rule as its file has it, with what only tests need.
pub(super) fn documentation(id: &str) -> String {
    let path = root().join("src/check/rules").join(format!("{}.rs", id.replace('-', "_")));
    let source = fs_err::read_to_string(path).unwrap();
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

#[test]
fn the_examples_in_the_docs_are_correct() {
    for rule in rules() {
        let docs = documentation(rule.id());
        let section = |title: &str| {
            let (_, rest) =
                docs.split_once(&format!("## {title}\n")).unwrap_or_else(|| panic!("{}: no {title}", rule.id()));
            rest.split("\n## ").next().unwrap().to_owned()
        };
        let (bad, good) = (found(&section("Example")), found(&section("Use instead")));
        assert!(bad.contains(&rule.id()), "{}: its example is not found: {bad:?}", rule.id());
        assert!(!good.contains(&rule.id()), "{}: its remedy is found too", rule.id());
    }
}

/// The parts of an existing app that its answers name.
fn app(spec: &Spec) -> Repo {
    let dockerfile = "FROM python:3.13-slim-trixie\nRUN useradd --create-home --uid 1000 user\nUSER user\n\
        ENV HOME=/home/user\nWORKDIR /home/user/app\nCOPY --chown=user . ./\nCMD [\"python\", \"app.py\"]\n";
    let mut files = vec!["pyproject.toml", "requirements.txt", "package.json", "go.mod", "Cargo.toml", "app.py"];
    files.extend(spec.app_file().map(AppFile::as_str));
    files.extend(spec.dependencies().map(Dependencies::as_str).filter(|file| *file != "none"));
    let beside = spec.install_files().iter().filter(|file| !file.is_everything());
    files.extend(beside.map(InstallFile::as_str));
    Repo::from_files(files.into_iter().map(|file| {
        let text = if file == "Dockerfile" { dockerfile } else { "" };
        (file.parse().unwrap(), text.as_bytes().to_vec())
    }))
}

fn is_unfit_for_dev_mode(repo: &Repo) -> bool {
    !Checker::new().only(["unfit-for-dev-mode"]).unwrap().check(repo).is_empty()
}

/// Every Space that the templates make, under every case.
#[test]
fn what_is_generated_checks_clean() {
    let mut count = 0;
    for (template, name, answers) in crate::support::cases() {
        let (spec, plan) = crate::support::plan(&template, &answers.in_folder(&name));
        if spec.app_file().is_some() {
            let after = app(&spec).overlay(&plan);
            let found = Checker::new().check(&after);
            assert!(found.is_empty(), "{template}/{name}: {found:#?}");
            assert!(!is_unfit_for_dev_mode(&after), "{template}/{name}");
            count += 1;
            continue;
        }
        let mut found = plan.check(&spec);
        // A command of a case may start a script that a person adds
        found.given.retain(|found| found.rule != "missing-start-file" || spec.command().is_none());
        assert!(found.template.is_empty(), "{template}/{name}: {:#?}", found.template);
        assert!(found.given.is_empty(), "{template}/{name}: {:#?}", found.given);
        assert!(found.refused.is_empty(), "{template}/{name}: {:#?}", found.refused);
        assert!(!is_unfit_for_dev_mode(&plan.to_repo()), "{template}/{name}");
        count += 1;
    }
    assert!(count > 30, "{count}");
}

/// A safe fix removes its finding completely, and a second run changes nothing.
#[test]
fn a_safe_fix_resolves_its_finding() {
    let folder = root().join("tests/cases/check");
    let mut fixable = std::collections::BTreeSet::new();
    for file in files_under(&folder).into_iter().filter(|file| file.contains("/bad-")) {
        let repo = repository(&fs_err::read_to_string(folder.join(&file)).unwrap());
        let checker = Checker::new();
        let mut before = checker.check(&repo);
        before.retain(|found| found.is_fixable());
        let fixed = checker.fix(&repo, false);
        for found in before {
            let left = fixed.remaining.iter().any(|left| left.rule == found.rule && left.is_fixable());
            assert!(!left, "{file}: `{}` is still there: {:#?}", found.rule, fixed.remaining);
            fixable.insert(found.rule);
        }
        let changed = fixed.files.iter().map(|file| (file.path.clone(), file.after.clone().into_bytes()));
        assert!(checker.fix(&repo.with(changed), false).files.is_empty(), "{file}: fixing twice differs");
    }
    assert!(fixable.len() >= 20, "{} rules have a safe fix: {fixable:?}", fixable.len());
}

/// Each file extension gets its own line in one round, whether the file ends with a line break or not.
#[test]
fn lines_of_one_rule_are_added_together() {
    for attributes in ["", "*.txt text\n", "*.txt text"] {
        let binaries = (0..30).map(|number| (format!("a.kind{number:02}"), vec![0; 64]));
        let card = ("README.md".to_owned(), b"---\nsdk: static\n---\n".to_vec());
        let files = [card, (".gitattributes".to_owned(), attributes.into()), ("index.html".to_owned(), Vec::new())];
        let files = files.into_iter().chain(binaries);
        let repo = Repo::from_files(files.map(|(path, bytes)| (path.parse().unwrap(), bytes)));
        let fixed = Checker::new().fix(&repo, false);
        assert_eq!(fixed.remaining, [], "{attributes:?}");
        let after = &fixed.files[0].after;
        assert_eq!(after.matches("filter=lfs").count(), 30, "{after}");
        assert!(after.starts_with(attributes), "{after}");
    }
}
