//! The leftovers of killed runs: git does not see them, unless a run is killed between two calls that hide a folder or give it its name;
//! the next run removes them, and reports those that it cannot remove.

use std::process::Command;

use super::super::support::{Ran, Workspace};
use super::traced::can_trace;
use super::{DEMO, Files, UNFINISHED, skipped, staging};

/// The system calls that move files into place.
const RENAMES: &str = "?rename,?renameat,?renameat2";

/// Runs the command with faults injected into some system calls.
fn injected(workspace: &Workspace, words: &str, rule: &str) -> Ran {
    let mut traced = workspace.program("strace");
    traced.args(["-o", "/dev/null", "-e", &format!("inject={rule}"), env!("CARGO_BIN_EXE_spaces-new")]);
    Ran(traced.args(words.split_whitespace()).output().unwrap())
}

fn app(workspace: &Workspace) {
    workspace.write("demo/app.py", "import gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write("demo/requirements.txt", "gradio==5.49.1\n");
}

fn git(workspace: &Workspace, folder: &str, words: &[&str]) -> Option<String> {
    let mut git: Command = workspace.program("git");
    let output = git.args(words).current_dir(workspace.path().join(folder)).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

#[test]
fn git_never_sees_what_a_killed_run_leaves() {
    if !can_trace() {
        return;
    }
    for (words, repository) in
        [("init demo --yes", DEMO), ("demo -t gradio --yes --vcs none", DEMO), ("new -t gradio --yes --vcs none", ".")]
    {
        for number in 1.. {
            let workspace = Workspace::new();
            fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
            if words.starts_with("init") {
                app(&workspace);
            }
            if git(&workspace, repository, &["init", "--quiet"]).is_none() {
                return skipped("git is missing");
            }
            let run = injected(&workspace, words, &format!("openat:signal=KILL:when={number}"));
            let status = git(&workspace, repository, &["status", "--porcelain", "-uall"]).unwrap();
            let seen = |line: &&str| line.contains(UNFINISHED) || line.contains(".spaces-new-");
            let seen: Vec<&str> = status.lines().filter(seen).map(|line| &line[3..]).collect();
            for path in seen {
                // Killed after the list was created and before its line was written
                let size = fs_err::metadata(workspace.path().join(repository).join(path)).unwrap().len();
                assert_eq!(size, 0, "{words}: killed at `openat` {number}: {status}");
            }
            if run.code() != -1 && run.code() != 137 {
                assert!(number > 30, "{words}: only {number} runs were killed: {}", run.shown());
                break;
            }
        }
    }
}

/// A run for another target in the same place removes what a killed one left there, wherever it was killed.
#[test]
fn a_staging_folder_of_a_dead_run_is_removed_by_a_run_for_another_target() {
    if !can_trace() {
        return;
    }
    let mut left = 0;
    for call in ["mkdir,?mkdirat", "?flock", "write", RENAMES, "?unlink,?unlinkat,?rmdir"] {
        for number in 1.. {
            let workspace = Workspace::new();
            let run =
                injected(&workspace, "demo -t gradio --yes --vcs none", &format!("{call}:signal=KILL:when={number}"));
            left += usize::from(!staging(&workspace).is_empty());
            workspace.run("another -t gradio --yes --vcs none -q").ok();
            let case = format!("killed at `{call}` {number}: {:?}", workspace.names());
            assert!(staging(&workspace).is_empty(), "{case}");
            assert!(!workspace.state().exists() || fs_err::read_dir(workspace.state()).unwrap().count() < 2, "{case}");
            if run.code() == 0 {
                break;
            }
        }
    }
    assert!(left > 10, "only {left} runs left something");
}

#[test]
fn leftovers_that_cannot_be_removed_are_reported() {
    if !can_trace() {
        return;
    }
    for (words, target) in [("demo -t gradio --yes --vcs none", "empty"), ("init demo --yes", "app")] {
        let workspace = Workspace::new();
        match target {
            "app" => app(&workspace),
            _ => fs_err::create_dir(workspace.path().join(DEMO)).unwrap(),
        }
        let run = injected(&workspace, words, "?rmdir,?unlinkat:error=EACCES");
        assert_eq!(run.code(), 0, "{}", run.shown());
        let error = run.stderr();
        assert!(error.contains("warning: `") && error.contains("` could not be removed: permission denied"), "{error}");
        assert!(error.contains(UNFINISHED), "{error}");
        // With its rights back, the next run removes it
        if target == "app" {
            workspace.run(words).ok();
            assert!(!workspace.path().join(DEMO).join(UNFINISHED).exists());
        }
    }
}

/// The folder of a run that could not give it its name.
#[test]
fn a_staging_folder_that_cannot_be_removed_is_reported() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    let mut traced = workspace.program("strace");
    // The record, what hides the folder from git, the folder
    traced.args(["-o", "/dev/null", "-e", &format!("inject={RENAMES}:error=EIO:when=3"), "-e"]);
    traced.args(["inject=?rmdir,?unlinkat:error=EACCES", env!("CARGO_BIN_EXE_spaces-new")]);
    let run = Ran(traced.args("demo -t gradio --yes --vcs none".split(' ')).output().unwrap());
    let error = run.stderr();
    assert!(run.code() != 0 && error.contains("could not be removed: permission denied"), "{error}");
    assert!(error.contains(".demo.spaces-new-") && error.contains("cannot create `demo`"), "{error}");
    assert!(!staging(&workspace).is_empty());
    workspace.run("another -t gradio --yes --vcs none").ok();
    assert!(staging(&workspace).is_empty(), "{:?}", workspace.names());
}

/// A run that fails midway, and whose files cannot be rolled back either.
#[test]
fn what_a_failed_run_could_not_roll_back_is_reported_with_its_error() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
    let mut traced = workspace.program("strace");
    traced.args(["-o", "/dev/null", "-e", &format!("inject={RENAMES}:error=EIO:when=6"), "-e"]);
    traced.args(["inject=unlink:error=EACCES:when=2+", env!("CARGO_BIN_EXE_spaces-new")]);
    let run = Ran(traced.args("demo -t gradio --yes --vcs none".split(' ')).output().unwrap());
    let error = run.stderr();
    assert_eq!(run.code(), 2, "{error}");
    assert!(
        error.contains("error: cannot write `demo/") && error.contains("`demo/.dockerignore` could not be"),
        "{error}"
    );
}

/// Everything below a folder, with its kind.
fn everything(workspace: &Workspace) -> (Files, usize) {
    let count =
        Command::new("find").arg(workspace.path()).output().unwrap().stdout.split(|byte| *byte == b'\n').count();
    (workspace.files("."), count)
}

#[test]
fn a_dry_run_and_a_check_do_not_touch_a_killed_run() {
    if !can_trace() {
        return;
    }
    let commands = ["demo -t gradio --dry-run", "init demo --yes --dry-run", "check demo", "check demo --fix --diff"];
    for number in 1..30 {
        let workspace = Workspace::new();
        fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
        let rule = format!("?unlink,?unlinkat,?rmdir,?rename,?renameat,?renameat2:signal=KILL:when={number}");
        if injected(&workspace, "demo -t gradio --yes --vcs none", &rule).code() == 0 {
            assert!(number > 10, "{number}");
            break;
        }
        let before = everything(&workspace);
        for words in commands {
            workspace.run(words);
            assert!(everything(&workspace) == before, "`{words}` changed what was left at {number}");
        }
    }
}

#[test]
fn a_check_reports_a_killed_run_until_it_is_rolled_back() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    app(&workspace);
    workspace.write("demo/README.md", "---\ntitle: x\nsdk: gradio\nsdk_version: 5.49.1\npython_version: 3.10\n---\n");
    injected(&workspace, "check demo --fix", &format!("{RENAMES}:signal=KILL:when=3"));
    assert!(workspace.path().join(DEMO).join(UNFINISHED).exists());
    let check = workspace.run("check demo --only unfinished-run");
    assert!(check.stdout().contains("unfinished-run") && check.code() == 0, "{}", check.shown());
    let fixed = workspace.run("check demo --fix");
    assert!(fixed.stderr().contains("Undid the changes of an interrupted run in"), "{}", fixed.shown());
    assert!(!fixed.stdout().contains("unfinished-run"), "{}", fixed.shown());
    assert!(workspace.files(DEMO)["README.md"].windows(6).any(|part| part == b"\"3.10\""));
}
