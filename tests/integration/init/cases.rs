//! Every case under `tests/cases/init`: the resulting folder and the report.
//!
//! A line `words: ...` in a case has the command's other arguments; `findings: expected` says that the app itself has
//! findings.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use spaces_new::{Checker, Level, Repo};

use super::{APP, written};
use crate::snapshots::{Store, settings};
use crate::support::{Ran, Workspace, files_under, root};

/// The files whose contents have a snapshot; the others are the same for all.
const SHOWN: [&str; 3] = ["Dockerfile", "README.md", ".streamlit/config.toml"];

fn line<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.lines().take_while(|line| !line.starts_with("```")).find_map(|line| line.strip_prefix(key)).map(str::trim)
}

fn run(workspace: &Workspace, text: &str) -> Ran {
    workspace.run(&format!("init {APP} --yes {}", line(text, "words:").unwrap_or_default()))
}

/// A case with its result.
struct Case {
    name: String,
    report: String,
    before: BTreeMap<String, Vec<u8>>,
    after: BTreeMap<String, Vec<u8>>,
}

impl Case {
    /// The files that are shown, with their texts.
    fn texts(&self) -> Vec<(&str, &str)> {
        let shown = |(path, bytes): &(&String, &Vec<u8>)| {
            SHOWN.contains(&path.as_str()) && self.before.get(*path) != Some(*bytes)
        };
        let texts = self.after.iter().filter(shown);
        texts.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap())).collect()
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
}

fn cases() -> Vec<Case> {
    let folder = root().join("tests/cases/init");
    let cases = files_under(&folder).into_iter().map(|file| {
        let text = fs_err::read_to_string(folder.join(&file)).unwrap();
        let workspace = written(&text);
        let before = workspace.files(APP);
        let report = run(&workspace, &text).shown();
        Case { name: file.trim_end_matches(".md").to_owned(), report, before, after: workspace.files(APP) }
    });
    cases.collect()
}

/// Also finds snapshots without a case, because the cases take long.
#[test]
fn cases_become_these_spaces() {
    let cases = cases();
    let store = Store::of("init", cases.iter().flat_map(Case::texts));
    insta::glob!("../../cases/init", "*.md", |file| {
        let case = cases.iter().find(|case| file.file_stem() == Some(case.name.as_ref())).unwrap();
        settings(&format!("init/{}", case.name)).bind(|| {
            assert_snapshot!("_report", case.report);
            assert_snapshot!("_tree", case.tree(&store));
        });
        for (path, text) in case.texts() {
            let (settings, name) = store.settings(&case.name, path, text);
            settings.bind(|| assert_snapshot!(name, text));
        }
    });
    // `_detected` is compared by the tests of the detection
    let own = ["_detected", "_report", "_tree"];
    let own = cases.iter().flat_map(|case| own.map(|snapshot| format!("{}/{snapshot}", case.name)));
    let texts = cases.iter().flat_map(|case| {
        case.texts().into_iter().map(|(path, text)| store.snapshot(&case.name, path, text)).collect::<Vec<_>>()
    });
    store.assert_all(own.chain(texts));
}

/// Every case and the result of the first run.
fn all() -> Vec<(String, String, Workspace, Ran)> {
    let folder = root().join("tests/cases/init");
    let cases = files_under(&folder).into_iter().map(|file| {
        let text = fs_err::read_to_string(folder.join(&file)).unwrap();
        let workspace = written(&text);
        let ran = run(&workspace, &text);
        (file, text, workspace, ran)
    });
    cases.collect()
}

#[test]
fn the_result_of_every_case_checks_clean() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (file, text, workspace, ran) in all() {
        if ran.code() != 0 || line(&text, "findings:").is_some() {
            continue;
        }
        count += 1;
        let check = workspace.run(&format!("check {APP} --fail-on warning"));
        if check.code() != 0 {
            wrong.push(format!("{file}: {}", check.shown()));
        }
        // What the templates guarantee must hold here as well
        let check = workspace.run(&format!("check {APP} --only untrusted-proxy --pedantic --fail-on warning"));
        if check.code() != 0 && !text.contains("```Dockerfile") {
            wrong.push(format!("{file}: {}", check.shown()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 10, "{count}");
}

/// The rules with errors in a folder.
fn errors(workspace: &Workspace) -> BTreeSet<&'static str> {
    let repo = Repo::open(&workspace.path().join(APP)).unwrap();
    let errors = Checker::new().check(&repo).into_iter().filter(|found| found.level == Level::Error);
    errors.map(|found| found.rule).collect()
}

/// Around an existing Dockerfile, what is added causes no error, and the port is the server's.
#[test]
fn nothing_that_is_added_is_wrong() {
    let mut count = 0;
    for (file, text, workspace, ran) in all() {
        if ran.code() != 0 || !text.contains("```Dockerfile") {
            continue;
        }
        count += 1;
        let before = written(&text);
        before.write(&format!("{APP}/README.md"), "---\nsdk: docker\n---\n");
        let (before, after) = (errors(&before), errors(&workspace));
        let new: Vec<_> = after.difference(&before).collect();
        assert!(new.is_empty(), "{file}: {new:?}");
        let check = workspace.run(&format!("check {APP} --only port-mismatch --fail-on warning"));
        assert_eq!(check.code(), 0, "{file}: {}", check.shown());
    }
    assert!(count > 3, "{count}");
}

#[test]
fn merging_is_idempotent() {
    for (file, text, workspace, ran) in all() {
        let once = workspace.files(APP);
        let again = run(&workspace, &text);
        assert_eq!(again.code(), ran.code(), "{file}: {}", again.shown());
        assert!(workspace.files(APP) == once, "{file}: the second run changed something");
        if again.code() == 0 {
            assert!(again.stdout().contains("nothing was written"), "{file}: {}", again.shown());
        }
    }
}
