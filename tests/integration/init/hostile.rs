//! Hostile folders: nothing outside them changes, nothing in them is run, no file is lost.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::{APP, ordinary};
use crate::support::Workspace;

const UNFINISHED: &str = "my-app/.spaces-new-unfinished";

fn git(workspace: &Workspace, words: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=a", "-c", "user.email=a@localhost"]).args(words);
    assert!(git.current_dir(workspace.path().join(APP)).output().unwrap().status.success(), "{words:?}");
}

/// FNV-1a, as in the journal.
fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!(r#"{{"bytes":{},"checksum":{hash}}}"#, bytes.len())
}

#[test]
fn nothing_that_gits_settings_name_is_run() {
    let workspace = ordinary();
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "."]);
    git(&workspace, &["commit", "--quiet", "--message", "first"]);
    workspace.write("my-app/.gitattributes", "*.py filter=evil.a=b\n*.txt filter=worse\n");
    let ran = workspace.path().join("ran");
    let touch = format!("touch {}; cat", ran.display());
    let settings = [
        ("filter.evil.a=b.clean", touch.as_str()),
        ("filter.worse.process", touch.as_str()),
        ("filter.worse.required", "true"),
        ("core.fsmonitor", touch.as_str()),
    ];
    for (name, value) in settings {
        // A name with an equals sign can only be written into the file itself
        let (section, key) = name.rsplit_once('.').unwrap();
        let (section, subsection) = section.split_once('.').map_or((section, ""), |(one, two)| (one, two));
        let heading =
            if subsection.is_empty() { format!("[{section}]") } else { format!("[{section} \"{subsection}\"]") };
        let config = workspace.path().join(APP).join(".git/config");
        let text = fs_err::read_to_string(&config).unwrap();
        fs_err::write(&config, format!("{text}{heading}\n\t{key} = \"{value}\"\n")).unwrap();
    }
    // Of the same length, so that git must read it
    workspace.write("my-app/requirements.txt", "gradio==6.31.1\n");
    workspace.write("my-app/app.py", workspace.files(APP)["app.py"].clone());
    let run = workspace.run("init my-app --dry-run").ok();
    assert!(!ran.exists(), "{}", run.shown());
}

#[test]
fn leftovers_that_lead_outside_are_refused_and_change_nothing_there() {
    let workspace = ordinary();
    workspace.write("outside/bashrc", "known\n").write("my-app/bashrc", "ours\n");
    let journal = format!(
        r#"{{"files":[{{"path":"bashrc","before":{},"after":{}}}],"folders":[]}}"#,
        fingerprint(b"known\n"),
        fingerprint(b"ours\n")
    );
    workspace.write(&format!("{UNFINISHED}/changes.json"), journal);
    symlink("../../outside", workspace.path().join(UNFINISHED).join("before")).unwrap();
    symlink("../../outside/bashrc", workspace.path().join(UNFINISHED).join("journal.new")).unwrap();
    let before = workspace.files("outside");
    let refused = workspace.run("init my-app --yes");
    assert_eq!(refused.code(), 2, "{}", refused.shown());
    assert_eq!(workspace.files("outside"), before);
    assert_eq!(workspace.files(APP)["bashrc"], b"ours\n");
}

#[test]
fn a_dry_run_does_not_roll_back() {
    let workspace = ordinary();
    workspace.write("my-app/note.md", "mine\n");
    let journal =
        format!(r#"{{"files":[{{"path":"note.md","before":null,"after":{}}}],"folders":[]}}"#, fingerprint(b"mine\n"));
    workspace.write(&format!("{UNFINISHED}/changes.json"), journal);
    let before = workspace.files(APP);
    let run = workspace.run("init my-app --dry-run").ok();
    assert!(run.stderr().contains("was left by an interrupted run"), "{}", run.shown());
    assert!(workspace.files(APP) == before);
}
