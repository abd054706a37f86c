//! Every case under `tests/cases/init`: what the folder becomes, and what is told of it.
//!
//! A line `words: ...` in a case gives the command's other words; `findings: expected` says that the app itself has
//! something that the check finds.

use std::collections::BTreeMap;

use insta::{Settings, assert_snapshot};

use super::{APP, written};
use crate::support::{Ran, Workspace, files_under, root};

/// The files whose contents are worth a snapshot; the others are the same for all.
const SHOWN: [&str; 3] = ["Dockerfile", "README.md", ".streamlit/config.toml"];

fn line<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.lines().take_while(|line| !line.starts_with("```")).find_map(|line| line.strip_prefix(key)).map(str::trim)
}

fn run(workspace: &Workspace, text: &str) -> Ran {
    workspace.run(&format!("init {APP} --yes {}", line(text, "words:").unwrap_or_default()))
}

/// Every file afterwards, with what became of it.
fn tree(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> String {
    let line = |(path, bytes): (&String, &Vec<u8>)| match before.get(path) {
        None => format!("created    {path}\n"),
        Some(old) if old == bytes => format!("           {path}\n"),
        Some(_) => format!("changed    {path}\n"),
    };
    after.iter().map(line).collect()
}

#[test]
fn cases_become_these_spaces() {
    insta::glob!("../../cases/init", "*.md", |case| {
        let text = fs_err::read_to_string(case).unwrap();
        let workspace = written(&text);
        let before = workspace.files(APP);
        let ran = run(&workspace, &text);
        let after = workspace.files(APP);
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(root().join("snapshots/init").join(case.file_stem().unwrap()));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.remove_snapshot_suffix();
        settings.bind(|| {
            assert_snapshot!("_report", ran.shown());
            assert_snapshot!("_tree", tree(&before, &after));
        });
        for path in SHOWN.into_iter().filter(|path| after.contains_key(*path) && before.get(*path) != after.get(*path))
        {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let mut settings = settings.clone();
            settings.set_snapshot_path(root().join("snapshots/init").join(case.file_stem().unwrap()).join(folder));
            settings.bind(|| assert_snapshot!(name, String::from_utf8_lossy(&after[path])));
        }
    });
}

/// Every case and what the first run gave.
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
fn what_becomes_of_a_case_checks_clean() {
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
        // What the templates see to has to be seen to here as well
        let check = workspace.run(&format!("check {APP} --only untrusted-proxy --pedantic --fail-on warning"));
        if check.code() != 0 && !text.contains("```Dockerfile") {
            wrong.push(format!("{file}: {}", check.shown()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 10, "{count}");
}

#[test]
fn twice_is_once() {
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
