//! Hostile folders: nothing outside them is ever touched.

use std::os::unix::fs::symlink;

use crate::support::Workspace;

/// The fingerprint of an empty file.
const EMPTY: &str = "\"bytes\":0,\"checksum\":14695981039346656037";

fn journal(workspace: &Workspace, path: &str) {
    let journal = format!("{{\"files\":[{{\"path\":\"{path}\",{EMPTY}}}]}}");
    workspace.write("demo/.spaces-new-unfinished/journal.json", journal);
}

#[test]
fn a_journal_that_names_a_file_outside_removes_nothing() {
    for path in ["../victim/__init__.py", "/tmp/victim/__init__.py", "link/__init__.py"] {
        let workspace = Workspace::new();
        workspace.write("victim/__init__.py", "");
        journal(&workspace, path);
        symlink("../victim", workspace.path().join("demo/link")).unwrap();
        workspace.run("demo -t gradio --vcs none");
        assert!(workspace.path().join("victim/__init__.py").exists(), "{path}");
    }
}

#[test]
fn a_link_in_place_of_the_staging_folder_is_not_followed() {
    let workspace = Workspace::new();
    workspace.write("outside/tree/mine.txt", "mine").write("outside/lock", "mine").write("demo/.git/HEAD", "");
    symlink("../outside", workspace.path().join("demo/.spaces-new-unfinished")).unwrap();
    let ran = workspace.run("demo -t gradio --vcs none");
    assert_eq!(ran.code(), 2, "{}", ran.stderr());
    assert_eq!(workspace.files("outside").len(), 2);
}

#[test]
fn an_existing_repository_survives_a_failure() {
    let workspace = Workspace::new();
    workspace.write("demo/.git/HEAD", "ref: refs/heads/main").write("gone.bin", "x");
    // The asset disappears between the check and the copy, so that writing fails.
    let answers = spaces_new::Answers::for_folder("demo")
        .set("assets", vec![workspace.path().join("gone.bin").to_str().unwrap()]);
    let (_, plan) = crate::support::plan("gradio", &answers);
    fs_err::remove_file(workspace.path().join("gone.bin")).unwrap();
    let error = plan.write_to(&workspace.path().join("demo"), &workspace.options()).unwrap_err();
    assert!(error.to_string().contains("cannot read") && error.to_string().contains("gone.bin"), "{error}");
    assert!(workspace.path().join("demo/.git/HEAD").exists());
    assert!(!workspace.path().join("demo/.spaces-new-unfinished").exists());
}
