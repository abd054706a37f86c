//! Every case under `tests/cases/add/<target>`: a whole folder in, the whole folder afterwards and the report out.
//!
//! A line `words: ...` before the first file has the command's other arguments.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use spaces_new::{Addition, Checker, Level, Repo};

use super::{APP, written};
use crate::snapshots::{Store, settings};
use crate::support::{Ran, Workspace, files_under, root};

/// A case with its result.
struct Case {
    target: String,
    /// The target and the name.
    name: String,
    text: String,
    before: BTreeMap<String, Vec<u8>>,
    workspace: Workspace,
    ran: Ran,
    after: BTreeMap<String, Vec<u8>>,
}

fn run(workspace: &Workspace, target: &str, text: &str, more: &str) -> Ran {
    let words = text.lines().take_while(|line| !line.starts_with("```")).find_map(|line| line.strip_prefix("words:"));
    workspace.run(&format!("add {target} {APP} --yes {} {more}", words.unwrap_or_default().trim()))
}

impl Case {
    fn of(file: &str) -> Self {
        let text = fs_err::read_to_string(root().join("tests/cases/add").join(file)).unwrap();
        let name = file.trim_end_matches(".md").to_owned();
        let target = name.split('/').next().unwrap().to_owned();
        let workspace = written(&text);
        let before = workspace.files(APP);
        let ran = run(&workspace, &target, &text, "");
        let after = workspace.files(APP);
        Self { target, name, text, before, workspace, ran, after }
    }

    /// What was created or changed, with its text.
    fn texts(&self) -> Vec<(&str, &str)> {
        let changed = self.after.iter().filter(|(path, bytes)| self.before.get(*path) != Some(*bytes));
        changed.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap())).collect()
    }

    /// Every file afterwards, with its change, and where its content is.
    fn tree(&self, store: &Store) -> String {
        let texts: BTreeMap<_, _> = self.texts().into_iter().collect();
        let line = |(path, bytes): (&String, &Vec<u8>)| {
            let became = match self.before.get(path) {
                None => "created ",
                Some(old) if old == bytes => "        ",
                Some(_) => "changed ",
            };
            let place = texts.get(path.as_str()).map(|text| store.place(path, text)).unwrap_or_default();
            format!("{became}   {path}{place}\n")
        };
        self.after.iter().map(line).collect()
    }

    /// The rules that find errors or warnings in a folder.
    fn found(workspace: &Workspace) -> BTreeSet<&'static str> {
        let repo = Repo::open(&workspace.path().join(APP)).unwrap();
        let found = Checker::new().check(&repo).into_iter().filter(|found| found.level >= Level::Warning);
        found.map(|found| found.rule).collect()
    }
}

fn cases() -> Vec<Case> {
    files_under(&root().join("tests/cases/add")).iter().map(|file| Case::of(file)).collect()
}

#[test]
fn cases_become_these_folders() {
    let cases = cases();
    let store = Store::of("add", cases.iter().flat_map(Case::texts));
    for case in &cases {
        settings(&format!("add/{}", case.name)).bind(|| {
            assert_snapshot!("_report", case.ran.shown());
            assert_snapshot!("_tree", case.tree(&store));
        });
        for (path, text) in case.texts() {
            let (settings, name) = store.settings(&case.name, path, text);
            settings.bind(|| assert_snapshot!(name, text));
        }
    }
    let own = cases.iter().flat_map(|case| ["_report", "_tree"].map(|snapshot| format!("{}/{snapshot}", case.name)));
    let texts = cases.iter().flat_map(|case| {
        case.texts().into_iter().map(|(path, text)| store.snapshot(&case.name, path, text)).collect::<Vec<_>>()
    });
    store.assert_all(own.chain(texts));
}

#[test]
fn a_dry_run_writes_nothing_and_a_second_run_changes_nothing() {
    for case in cases() {
        let fresh = written(&case.text);
        let dry = run(&fresh, &case.target, &case.text, "--dry-run --diff");
        assert_eq!(dry.code(), case.ran.code(), "{}: {}", case.name, dry.shown());
        assert!(fresh.files(APP) == case.before, "{}: the dry run wrote something", case.name);
        let again = run(&case.workspace, &case.target, &case.text, "");
        assert_eq!(again.code(), case.ran.code(), "{}: {}", case.name, again.shown());
        assert!(case.workspace.files(APP) == case.after, "{}: the second run changed something", case.name);
        let is_command = case.after == case.before && again.stdout() == case.ran.stdout();
        if again.code() == 0 && !is_command {
            assert!(again.stdout().contains("nothing was written"), "{}: {}", case.name, again.shown());
        }
    }
}

#[test]
fn a_refusal_changes_nothing_and_what_is_added_has_no_findings() {
    for case in cases() {
        if case.ran.code() != 0 {
            assert!(case.after == case.before, "{}: it was refused, and something was written", case.name);
            continue;
        }
        let (before, after) = (Case::found(&written(&case.text)), Case::found(&case.workspace));
        let new: Vec<_> = after.difference(&before).collect();
        assert!(new.is_empty(), "{}: {new:?}", case.name);
    }
}

#[test]
fn every_target_has_cases() {
    let targets: BTreeSet<String> = cases().into_iter().map(|case| case.target).collect();
    let known: BTreeSet<String> = Addition::targets().into_iter().map(str::to_owned).collect();
    assert_eq!(targets, known);
}
