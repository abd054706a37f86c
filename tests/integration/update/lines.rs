//! Conflicts, and how lines are merged: against git, and for any edit.

use std::process::Command;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use spaces_new::unstable::base_line;
use spaces_new::{Adoption, Answers, OnConflict, Plan, Repo};

use super::{BASE, SPACE, age, at, edit, made, record, said, text as text_in, updated};
use crate::snapshots::settings;
use crate::support::{self, Workspace, plan, text};

/// A Space whose Dockerfile a person and a newer template have changed in the same line.
fn in_conflict() -> Workspace {
    let workspace = made("-t gradio");
    age(&workspace, "Dockerfile", "FROM python:3.13-slim-trixie", "FROM python:3.12-slim-bookworm");
    edit(&workspace, "Dockerfile", "FROM python:3.12-slim-bookworm", "FROM mine:1");
    age(&workspace, "requirements.txt", "gradio==6.", "gradio==5.");
    workspace
}

#[test]
fn a_conflict_is_shown_and_nothing_is_written() {
    let workspace = in_conflict();
    let before = workspace.files(SPACE);
    let refused = workspace.run(&format!("update {SPACE}"));
    settings("update").bind(|| insta::assert_snapshot!("conflict", refused.shown()));
    assert_eq!(refused.code(), 1);
    assert!(workspace.files(SPACE) == before);
    let refused = workspace.run(&format!("update {SPACE} --format json"));
    let json = refused.json();
    let file = json["files"].as_array().unwrap().iter().find(|file| file["path"] == "Dockerfile").unwrap();
    assert!(refused.code() == 1 && json["ok"] == false && json["errors"][0]["path"] == "Dockerfile", "{json:#}");
    assert_eq!(file["conflicts"][0]["yours"], "FROM mine:1\n", "{json:#}");
    assert_eq!(file["conflicts"][0]["line"], 1);
}

#[test]
fn a_clean_merge_is_shown_as_a_diff() {
    let workspace = made("-t gradio");
    age(&workspace, "Dockerfile", "FROM python:3.13-slim-trixie", "FROM python:3.12-slim-bookworm");
    edit(&workspace, "Dockerfile", "\nCMD", "\n# mine\nCMD");
    let shown = workspace.run(&format!("update {SPACE} --dry-run --diff")).ok().shown();
    settings("update").bind(|| insta::assert_snapshot!("merge", shown));
}

#[test]
fn conflicts_are_settled_between_markers_or_for_one_side() {
    let workspace = in_conflict();
    for flag in ["--on-conflict", "--conflict"] {
        let marked = workspace.run(&format!("update {SPACE} {flag} markers --dry-run"));
        assert_eq!(marked.code(), 1, "{}", marked.shown());
    }
    let marked = workspace.run(&format!("update {SPACE} --on-conflict markers --format json"));
    assert!(marked.code() == 1 && marked.json()["ok"] == false, "{}", marked.shown());
    let dockerfile = text_in(&workspace, "Dockerfile");
    let start = "<<<<<<< yours\nFROM mine:1\n=======\nFROM python:3.13-slim-trixie\n>>>>>>> template\n";
    assert!(dockerfile.starts_with(start), "{dockerfile}");
    let found = workspace.run(&format!("check {SPACE}"));
    let names_it = found.stdout().contains("[conflict-markers]") && found.stdout().contains("Dockerfile:1:1");
    assert!(found.code() == 1 && names_it, "{}", found.shown());
    for words in ["", "--check", "--on-conflict keep", "--on-conflict markers", "--pins-only"] {
        let again = workspace.run(&format!("update {SPACE} {words}"));
        assert!(said(&again.stdout(), "Dockerfile").contains("markers of a conflict"), "{}", again.shown());
        assert!(!again.stdout().contains("Everything is up to date"), "{}", again.shown());
        assert!(again.code() == 1 && again.stderr().contains("Dockerfile:1"), "{}", again.shown());
    }
    let json = workspace.run(&format!("update {SPACE} --format json")).json();
    assert!(json["ok"] == false && json["errors"][0]["path"] == "Dockerfile", "{json:#}");
    workspace.write(&at("Dockerfile"), dockerfile.replace(start, "FROM mine:1\n"));
    updated(&workspace, "");

    let workspace = in_conflict();
    updated(&workspace, "--on-conflict keep");
    assert!(text_in(&workspace, "Dockerfile").starts_with("FROM mine:1\n"));
    assert!(text_in(&workspace, "requirements.txt").starts_with("gradio==6."));

    let workspace = in_conflict();
    updated(&workspace, "--on-conflict replace");
    assert!(text_in(&workspace, "Dockerfile").starts_with("FROM python:3.13"));
    assert!(text_in(&workspace, "Dockerfile.orig").starts_with("FROM mine:1\n"));
}

#[test]
fn a_diff_shows_a_conflict_and_marks_it() {
    let workspace = in_conflict();
    // The template alone has changed another line
    let newest = text_in(&workspace, "Dockerfile");
    let (first, last) = (newest.lines().next().unwrap(), newest.lines().last().unwrap());
    let base = newest.replacen(first, "FROM python:3.12-slim-bookworm", 1).replacen(last, "CMD older", 1);
    record(&workspace, "Dockerfile", Some(&base));
    workspace.write(&at("Dockerfile"), base.replacen("FROM python:3.12-slim-bookworm", "FROM mine:1", 1));
    let shown = workspace.run(&format!("update {SPACE} --diff"));
    settings("update").bind(|| insta::assert_snapshot!("conflict-diff", shown.shown()));
    let dry_run = workspace.run(&format!("update {SPACE} --diff --dry-run"));
    assert_eq!((dry_run.code(), dry_run.stdout()), (shown.code(), shown.stdout()));
    let json = workspace.run(&format!("update {SPACE} --diff --format json")).json();
    let diff = json["diff"].as_str().unwrap();
    assert!(diff.contains("\n-FROM mine:1\n+FROM python:3.13-slim-trixie\n"), "{diff}");
    assert_eq!(diff.matches(" @@ conflict\n").count(), 1, "{diff}");
}

#[test]
fn a_conflict_without_lines_is_in_the_diff_with_its_reason() {
    let workspace = made("-t streamlit");
    edit(&workspace, "README.md", "title: ", "title: \"");
    let shown = workspace.run(&format!("update {SPACE} --title Other --diff")).stdout();
    let expected = "diff --git a/README.md b/README.md\nconflict: its front matter cannot be read";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn lines_that_look_like_markers_are_shown_and_marked_without_doubt() {
    let workspace = in_conflict();
    edit(&workspace, "Dockerfile", "FROM mine:1\n", "FROM mine:1\n=======\nENV MINE=1\n");
    let json = workspace.run(&format!("update {SPACE} --format json")).json();
    let file = json["files"].as_array().unwrap().iter().find(|file| file["path"] == "Dockerfile").unwrap();
    let clash = &file["conflicts"][0];
    assert_eq!(clash["yours"], "FROM mine:1\n=======\nENV MINE=1\n", "{json:#}");
    assert_eq!(clash["template"], "FROM python:3.13-slim-trixie\n", "{json:#}");
    let shown = workspace.run(&format!("update {SPACE}")).stdout();
    assert!(shown.contains("    < FROM mine:1\n    < =======\n    < ENV MINE=1\n    > FROM python:3.13"), "{shown}");
    workspace.run(&format!("update {SPACE} --on-conflict markers"));
    let dockerfile = text_in(&workspace, "Dockerfile");
    let start =
        "<<<<<<<< yours\nFROM mine:1\n=======\nENV MINE=1\n========\nFROM python:3.13-slim-trixie\n>>>>>>>> template\n";
    assert!(dockerfile.starts_with(start), "{dockerfile}");
    let again = workspace.run(&format!("update {SPACE}"));
    assert!(again.code() == 1 && again.stderr().contains("Dockerfile:1"), "{}", again.shown());
    workspace.write(&at("Dockerfile"), dockerfile.replace(start, "FROM mine:1\n"));
    updated(&workspace, "");
}

/// A change of a few lines: what becomes of each line of a text.
#[derive(Debug, Clone)]
enum Edit {
    Keep,
    Remove,
    Change,
    InsertBefore,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = prop_oneof![
        12 => Just(Edit::Keep), 1 => Just(Edit::Remove), 1 => Just(Edit::Change), 1 => Just(Edit::InsertBefore)
    ];
    prop::collection::vec(one, 24)
}

/// The text after the edits; new lines carry a mark that no other line has.
fn changed(text: &str, edits: &[Edit], mark: &str) -> String {
    let mut after = String::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        match edits.get(index).unwrap_or(&Edit::Keep) {
            Edit::Keep => after.push_str(line),
            Edit::Remove => {}
            Edit::Change => after.push_str(&format!("# {mark} changed {index}\n")),
            Edit::InsertBefore => after.push_str(&format!("# {mark} new {index}\n{line}")),
        }
    }
    after
}

/// Runs the update in a Space whose Dockerfile was generated as one text and is another.
fn run(workspace: &Workspace, base: &str, there: &str) -> (i32, String) {
    record(workspace, "Dockerfile", Some(base));
    workspace.write(&at("Dockerfile"), there);
    (workspace.run(&format!("update {SPACE} -q")).code(), text_in(workspace, "Dockerfile"))
}

#[test]
fn no_line_of_a_person_is_lost_and_the_merge_is_that_of_git() {
    let workspace = made("-t gradio");
    let wanted = text_in(&workspace, "Dockerfile");
    let recorded = text_in(&workspace, BASE);
    let merged = std::cell::Cell::new(0);
    let outcome = TestRunner::new(support::property(60)).run(&(edits(), edits()), |(of_template, of_person)| {
        workspace.write(&at(BASE), &recorded);
        let base = changed(&wanted, &of_template, "template");
        let there = changed(&base, &of_person, "person");
        let (code, after) = run(&workspace, &base, &there);
        let (git_code, by_git) = merge_file(&workspace, &there, &base, &wanted);
        if code == 0 {
            for line in there.lines().filter(|line| line.starts_with("# person")) {
                prop_assert!(after.lines().any(|other| other == line), "{line} is lost: {after}");
            }
            if git_code == 0 {
                prop_assert_eq!(&after, &by_git);
                merged.set(merged.get() + 1);
            }
            prop_assert_eq!(workspace.run(&format!("update {SPACE} -q --check")).code(), 0);
        } else {
            prop_assert_eq!(code, 1);
            prop_assert_eq!(&after, &there, "nothing is written");
        }
        prop_assert_eq!(code == 0, git_code == 0, "git finds conflicts where we do");
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(merged.get() > 5, "only {} merges were compared", merged.get());
}

/// A Space in memory: what was generated is the files with the edits of an older template, and a person has edited those again.
fn edited(plan: &Plan, seed: &[(Vec<Edit>, Vec<Edit>)]) -> Repo {
    let mut files = Vec::new();
    let mut base = String::new();
    let known: Vec<_> = text(plan, BASE).lines().map(str::to_owned).collect();
    let generated = plan.files().filter(|(path, _)| path.as_str() != BASE);
    for ((path, file), (of_template, of_person)) in generated.zip(seed.iter().cycle()) {
        let wanted = file.as_text().unwrap();
        let Some(line) = known.iter().find(|line| line.split(' ').next() == Some(path.as_str())) else {
            files.push((path.clone(), wanted.as_bytes().to_vec()));
            continue;
        };
        let older = changed(wanted, of_template, "template");
        base.push_str(&base_line(path, &older, !line.ends_with(" -")));
        files.push((path.clone(), changed(&older, of_person, "person").into_bytes()));
    }
    files.push((BASE.parse().unwrap(), base.into_bytes()));
    Repo::from_files(files)
}

#[test]
fn in_any_file_no_line_of_a_person_is_lost_and_a_second_run_changes_nothing() {
    let (_, plan) = plan("streamlit", &Answers::for_folder("demo"));
    let (clean, clashing) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let seeds = prop::collection::vec((edits(), edits()), 7);
    let outcome = TestRunner::new(support::property(60)).run(&seeds, |seed| {
        let repo = edited(&plan, &seed);
        let update =
            |repo: &Repo| Adoption::begin(repo).on_conflict(OnConflict::Keep).update().unwrap().adopt().unwrap();
        let adoption = update(&repo);
        for file in repo.files() {
            let before = file.text().unwrap();
            let after = adoption.after.text(file.path()).unwrap_or_default();
            for line in before.lines().filter(|line| line.contains("# person")) {
                prop_assert!(after.lines().any(|other| other == line), "{}: {line} is lost: {after}", file.path());
            }
        }
        let refused = Adoption::begin(&repo).update().unwrap().adopt().unwrap();
        let count = if refused.merge.conflicts().next().is_none() { &clean } else { &clashing };
        count.set(count.get() + 1);
        let again = update(&adoption.after);
        prop_assert!(again.merge.is_nothing(), "{:#?}", again.merge.files());
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(clashing.get() > 5, "{} without a conflict, {} with one", clean.get(), clashing.get());
}

/// What `git merge-file` makes of three texts: its exit code, and the text.
fn merge_file(workspace: &Workspace, there: &str, base: &str, wanted: &str) -> (i32, String) {
    for (name, text) in [("there", there), ("base", base), ("wanted", wanted)] {
        workspace.write(name, text);
    }
    let mut git = Command::new("git");
    git.args(["merge-file", "-p", "there", "base", "wanted"]).current_dir(workspace.path());
    let output = git.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_package_that_somebody_adds_is_no_conflict_with_a_newer_version() {
    for (template, package) in [("streamlit", "streamlit=="), ("gradio", "gradio=="), ("flask", "gunicorn==")] {
        for words in ["", "--pins-only"] {
            let workspace = made(&format!("-t {template}"));
            let newest = text_in(&workspace, "requirements.txt");
            let line = newest.lines().find(|line| line.starts_with(package)).unwrap().to_owned();
            age(&workspace, "requirements.txt", &line, &format!("{package}0.5.0"));
            let there = text_in(&workspace, "requirements.txt");
            workspace.write(&at("requirements.txt"), there + "scikit-learn==1.7.0\n");
            workspace.run(&format!("update {SPACE} {words}")).ok();
            assert_eq!(text_in(&workspace, "requirements.txt"), newest + "scikit-learn==1.7.0\n");
            updated(&workspace, "");
        }
    }
}

#[test]
fn what_cannot_be_merged_is_named_and_gets_no_markers() {
    for (path, from, to, why) in [
        (".spaces-new.toml", "title", "# mine\r\ntitle", "its line breaks are mixed"),
        ("README.md", "title: ", "title: \"", "its front matter cannot be read"),
        ("README.md", "\n---\n", "\n", "its front matter is unclosed"),
        (".streamlit/config.toml", "[", "a = \"\n[", "it is not TOML"),
    ] {
        let workspace = made("-t streamlit");
        edit(&workspace, path, from, to);
        if path.starts_with(".streamlit") {
            record(&workspace, path, Some("older\n"));
        }
        let before = workspace.files(SPACE);
        for words in ["", "--on-conflict markers"] {
            let refused = workspace.run(&format!("update {SPACE} --title Other --port 9000 {words}"));
            assert!(said(&refused.stdout(), path).contains(why), "{path}: {}", refused.shown());
            assert!(refused.code() == 1 && refused.stderr().contains(why), "{path}: {}", refused.shown());
            assert!(!refused.stdout().contains("yours, and those of the template"), "{}", refused.shown());
            assert!(workspace.files(SPACE) == before);
        }
    }
}
