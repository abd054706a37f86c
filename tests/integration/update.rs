//! `spaces-new update`: what a newer template brings into a Space, and what becomes of the work of a person.

mod base;
mod command;
mod kept;
mod lines;
mod moved;
mod own;
mod released;

use std::collections::BTreeMap;

use spaces_new::unstable::base_line;

use crate::support::Workspace;

/// The folder of the Space.
const SPACE: &str = "space";

const BASE: &str = ".spaces-new.base";

/// A Space of a template, in a folder outside of git.
fn made(words: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.run(&format!("{SPACE} --yes --vcs none --name space {words}")).ok();
    workspace
}

fn at(path: &str) -> String {
    format!("{SPACE}/{path}")
}

fn text(workspace: &Workspace, path: &str) -> String {
    fs_err::read_to_string(workspace.path().join(at(path))).unwrap()
}

/// Changes a file, as a person does.
fn edit(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let text = text(workspace, path);
    assert!(text.contains(from), "{path} has no {from:?}: {text}");
    workspace.write(&at(path), text.replacen(from, to, 1));
}

/// Makes a file, and what is recorded of it, those of an older template.
fn age(workspace: &Workspace, path: &str, from: &str, to: &str) {
    edit(workspace, path, from, to);
    record(workspace, path, Some(&text(workspace, path)));
}

/// Records what was generated as a file, or that none was.
fn record(workspace: &Workspace, path: &str, generated: Option<&str>) {
    let base = text(workspace, BASE);
    let mut lines: BTreeMap<String, String> =
        base.lines().map(|line| (line.split(' ').next().unwrap().to_owned(), format!("{line}\n"))).collect();
    let with_content = lines.get(path).is_none_or(|line| !line.ends_with(" -\n"));
    lines.remove(path);
    lines.extend(generated.map(|text| (path.to_owned(), base_line(&path.parse().unwrap(), text, with_content))));
    workspace.write(&at(BASE), lines.into_values().collect::<String>());
}

/// Runs the update, which must succeed, and once more, which must change nothing.
#[track_caller]
fn updated(workspace: &Workspace, words: &str) -> String {
    let shown = workspace.run(&format!("update {SPACE} {words}")).ok().stdout();
    let after = workspace.files(SPACE);
    let again = workspace.run(&format!("update {SPACE}")).ok().stdout();
    assert!(again.contains("Everything is up to date"), "{again}");
    assert!(workspace.files(SPACE) == after, "twice is once");
    shown
}

/// The line about a file in a report.
fn said<'t>(report: &'t str, path: &str) -> &'t str {
    let is_of = |line: &&str| line.split_whitespace().nth(1) == Some(path);
    report.lines().find(is_of).unwrap_or_else(|| panic!("nothing is said of {path}: {report}")).trim()
}
