//! Every case under `tests/cases/init`: what is detected in it, as one snapshot.
//!
//! To add a case, add a file.

use insta::Settings;
use spaces_new::{Detected, Evidence, Proposal, Repo, detect};

use crate::check::repository::files;
use crate::support::{files_under, root};

/// The repository that a case describes: the whole tree, over nothing.
fn repository(text: &str) -> Repo {
    let files = files(text).into_iter().filter_map(|(path, bytes)| Some((path.parse().unwrap(), bytes?)));
    Repo::from_files(files)
}

fn place(evidence: &Evidence) -> String {
    let line = evidence.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line} {}", evidence.path, evidence.why)
}

fn shown_proposal(proposal: &Proposal) -> String {
    let mut shown = format!("template: {}\n\nanswers:\n", proposal.template);
    for key in proposal.answers.keys() {
        shown.push_str(&format!("  {key} = {:?}\n", proposal.answers.get(key).unwrap()));
    }
    shown.push_str("\nfound:\n");
    for found in &proposal.found {
        shown.push_str(&format!("  {}: {}  <- {}\n", found.key, found.value, place(&found.evidence)));
    }
    if !proposal.notes.is_empty() {
        shown.push_str("\nnotes:\n");
    }
    for note in &proposal.notes {
        let seen = note.evidence.as_ref().map(|evidence| format!("  <- {}", place(evidence))).unwrap_or_default();
        shown.push_str(&format!("  {}{seen}\n", note.message));
        shown.push_str(&note.help.as_ref().map(|help| format!("    help: {help}\n")).unwrap_or_default());
    }
    shown
}

/// The decisions as a snapshot shows them.
pub(crate) fn shown(detected: &Detected) -> String {
    let mut shown = String::from("apps:\n");
    for app in detected.apps() {
        let object = app.object.as_deref().map(|object| format!(" `{object}`")).unwrap_or_default();
        shown.push_str(&format!("  {} in {}{object}\n", app.framework.name(), app.file));
        shown.extend(app.evidence.iter().map(|evidence| format!("    {}\n", place(evidence))));
    }
    if detected.is_ambiguous() {
        shown.push_str("  which of them is not clear\n");
    }
    for note in detected.notes() {
        shown.push_str(&format!("note: {}\n", note.message));
    }
    if let Some(app) = detected.apps().first() {
        shown.push_str(&format!("\n{}", shown_proposal(&detected.proposal(app, None))));
    }
    shown
}

#[test]
fn cases_give_these_decisions() {
    insta::glob!("../cases/init", "*.md", |case| {
        let text = fs_err::read_to_string(case).unwrap();
        let name = case.file_stem().unwrap().to_str().unwrap();
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(root().join("snapshots/init").join(name));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.remove_snapshot_suffix();
        settings.bind(|| insta::assert_snapshot!("_detected", shown(&detect(&repository(&text)))));
    });
}

#[test]
fn every_snapshot_is_of_a_case() {
    let cases = files_under(&root().join("tests/cases/init"));
    for file in files_under(&root().join("snapshots/init")) {
        let case = format!("{}.md", file.split('/').next().unwrap());
        assert!(cases.contains(&case), "remove the snapshots of `{case}`");
    }
}
