//! Targets that already exist, and targets that only look so.

use std::process::Command;

use super::super::support::Workspace;
use super::{DEMO, MAKE, undisturbed};

#[test]
fn refuses_a_folder_with_a_file_in_it_and_lists_what_is_there() {
    let workspace = Workspace::new();
    workspace.write("demo/notes.txt", "mine").write("demo/sub/deep.txt", "mine too");
    let before = workspace.files(DEMO);
    let refused = workspace.run(MAKE);
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    let error = refused.stderr();
    assert!(error.contains("`demo` is not empty\n    notes.txt\n    sub/\n"), "{error}");
    assert!(error.contains("hint: choose a new folder"), "{error}");
    assert_eq!(workspace.files(DEMO), before);
    assert_eq!(workspace.names(), [DEMO]);
}

#[test]
fn refuses_a_folder_with_an_empty_folder_in_it() {
    let workspace = Workspace::new();
    fs_err::create_dir_all(workspace.path().join("demo/assets")).unwrap();
    let refused = workspace.run(MAKE);
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    assert!(refused.stderr().contains("\n    assets/\n"), "{}", refused.shown());
    assert!(workspace.files(DEMO).is_empty());
}

#[test]
fn a_second_run_on_the_same_folder_is_refused_and_changes_nothing() {
    let workspace = Workspace::new();
    workspace.run(MAKE).ok();
    let before = workspace.files(DEMO);
    let refused = workspace.run("demo -t streamlit --yes");
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    assert_eq!(workspace.files(DEMO), before);
    assert_eq!(workspace.names(), [DEMO]);
}

#[test]
fn lists_ten_entries_of_a_full_folder_and_counts_the_rest() {
    let workspace = Workspace::new();
    for number in 10..23 {
        workspace.write(&format!("demo/{number}"), "");
    }
    let error = workspace.run(MAKE).stderr();
    assert!(error.contains("\n    10\n") && error.contains("\n    19\n    and 3 more\n"), "{error}");
}

#[test]
fn refuses_a_file() {
    let workspace = Workspace::new();
    workspace.write(DEMO, "mine");
    let refused = workspace.run(MAKE);
    assert_eq!(refused.code(), 2, "{}", refused.shown());
    assert!(refused.stderr().contains("`demo` is a file"), "{}", refused.shown());
    assert_eq!(fs_err::read(workspace.path().join(DEMO)).unwrap(), b"mine");
    assert_eq!(workspace.names(), [DEMO]);
}

#[test]
fn refuses_a_folder_below_a_file() {
    let workspace = Workspace::new();
    workspace.write("file", "mine");
    for target in ["file/demo", "file/a/b/demo"] {
        let refused = workspace.run(&format!("{target} -t gradio --yes"));
        assert_eq!(refused.code(), 2, "{}", refused.shown());
        assert!(refused.stderr().contains("`file` is a file"), "{}", refused.shown());
    }
    assert_eq!(workspace.names(), ["file"]);
}

#[cfg(unix)]
#[test]
fn refuses_a_link_wherever_it_leads() {
    for (leads_to, exists) in [("there", true), ("nowhere", false)] {
        let workspace = Workspace::new();
        if exists {
            fs_err::create_dir(workspace.path().join(leads_to)).unwrap();
        }
        std::os::unix::fs::symlink(leads_to, workspace.path().join(DEMO)).unwrap();
        let before = workspace.names();
        let refused = workspace.run(MAKE);
        assert_eq!(refused.code(), 2, "{}", refused.shown());
        let expected = format!("`demo` is a symbolic link to `{leads_to}`");
        assert!(refused.stderr().contains(&expected), "{}", refused.shown());
        assert_eq!(workspace.names(), before);
        assert!(!exists || workspace.files(leads_to).is_empty());
    }
}

#[cfg(unix)]
#[cfg(target_os = "linux")]
#[test]
fn refuses_a_folder_where_none_can_be_made() {
    let workspace = Workspace::new();
    for target in ["/proc/demo", "/proc/demo/inner"] {
        let refused = workspace.run(&format!("{target} -t static --yes"));
        assert_eq!(refused.code(), 2, "{}", refused.shown());
        let error = "cannot create a folder in `/proc`: its file system does not allow it";
        assert!(refused.stderr().contains(error), "{}", refused.shown());
        assert!(refused.stderr().contains("hint: choose a folder on a file system"), "{}", refused.shown());
    }
    let refused = workspace.run(&format!("{} -t static --yes", "a".repeat(300)));
    assert!(refused.stderr().ends_with("`: file name too long\n"), "{}", refused.shown());
}

#[test]
fn follows_a_link_above_the_target() {
    let workspace = Workspace::new();
    fs_err::create_dir(workspace.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", workspace.path().join("link")).unwrap();
    workspace.run("link/demo -t gradio --yes -q").ok();
    assert_eq!(workspace.files("real/demo"), undisturbed(MAKE, |_| ()));
    assert_eq!(workspace.names(), ["link", "real"]);
}

#[test]
fn makes_the_folders_above_the_target() {
    let workspace = Workspace::new();
    workspace.run("a/b/demo -t gradio --yes -q").ok();
    assert_eq!(workspace.files("a/b/demo"), undisturbed(MAKE, |_| ()));
    assert_eq!(fs_err::read_dir(workspace.path().join("a/b")).unwrap().count(), 1);
    assert_eq!(workspace.names(), ["a"]);
}

#[test]
fn refuses_a_target_without_a_name() {
    let workspace = Workspace::new();
    for target in ["..", "missing/.."] {
        let refused = workspace.run(&format!("{target} -t gradio --yes"));
        assert_ne!(refused.code(), 0, "{}", refused.shown());
    }
    assert!(workspace.names().is_empty(), "{:?}", workspace.names());
}

#[test]
fn fills_a_fresh_repository_and_does_not_touch_git() {
    let workspace = Workspace::new();
    let mut git = Command::new("git");
    git.args(["init", "-q", "-b", "trunk", DEMO]).current_dir(workspace.path());
    if !git.status().is_ok_and(|status| status.success()) {
        return super::skipped("git is missing");
    }
    let before = workspace.files("demo/.git");
    let run = workspace.run("demo -t gradio --yes").ok();
    assert!(run.stdout().contains("It was a git repository already."), "{}", run.stdout());
    assert_eq!(workspace.files("demo/.git"), before);
    assert_eq!(workspace.files(DEMO), undisturbed(MAKE, |_| ()));
}

#[test]
fn fills_the_folder_that_it_is_run_in() {
    let workspace = Workspace::new();
    workspace.run(". -t gradio --yes -q --name demo --title Demo").ok();
    assert_eq!(workspace.files("."), undisturbed(MAKE, |_| ()));
}
