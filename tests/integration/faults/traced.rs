//! Runs that are killed before each of their system calls that change something, one after the other. This needs
//! `strace`, and permission to trace; without it the tests print a note and pass.

use std::path::Path;
use std::process::{Command, Stdio};

use super::super::support::{Ran, Workspace};
use super::{DEMO, Files, UNFINISHED, has_journal, skipped, staging, undisturbed};

/// A command that starts no other program.
const MAKE: &str = "demo -t gradio --yes -q --vcs none";

/// The system calls that change files and folders. Those that the system lacks are ignored.
const CALLS: [&str; 14] = [
    "mkdir",
    "mkdirat",
    "openat",
    "write",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchmodat",
    "flock",
];

pub(super) fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let can = traced.is_ok_and(|status| status.success());
    if !can {
        skipped("`strace` is missing or not permitted");
    }
    can
}

/// Runs the command under a rule for its system calls.
fn run_traced(workspace: &Workspace, words: &str, call: &str, rule: &str) -> Ran {
    let command = workspace.command();
    let program = command.get_program().to_owned();
    let mut traced = workspace.program("strace");
    traced.args(["-o", "/dev/null", "-e", &format!("trace=?{call}"), "-e", &format!("inject=?{call}:{rule}")]);
    traced.arg(program).args(words.split_whitespace());
    Ran(traced.output().unwrap())
}

/// Kills one run before each call; `check` looks at what is left. Returns how many were killed.
fn kill_before_each_call(prepare: fn(&Workspace), check: impl FnMut(&Workspace, &str)) -> usize {
    kill_before_each_call_of(MAKE, prepare, check)
}

/// The same for any command.
pub(super) fn kill_before_each_call_of(
    words: &str,
    prepare: fn(&Workspace),
    mut check: impl FnMut(&Workspace, &str),
) -> usize {
    let mut killed = 0;
    for call in CALLS {
        for number in 1.. {
            let workspace = Workspace::new();
            prepare(&workspace);
            if run_traced(&workspace, words, call, &format!("signal=KILL:when={number}")).code() == 0 {
                break;
            }
            killed += 1;
            check(&workspace, &format!("killed at `{call}` {number}"));
        }
    }
    killed
}

/// What runs have recorded outside and not removed, except drafts, which are removed after an hour.
fn records(workspace: &Workspace) -> Vec<String> {
    let entries = fs_err::read_dir(workspace.state()).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    names.filter(|name| Path::new(name).extension().is_none_or(|ending| ending != "new")).collect()
}

fn nothing(_: &Workspace) {}

fn empty_demo(workspace: &Workspace) {
    fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
}

fn finished(files: Files) -> (Files, bool) {
    let all = files.len();
    let rest: Files = files.into_iter().filter(|(path, _)| !path.starts_with(UNFINISHED)).collect();
    let is_clean = rest.len() == all;
    (rest, is_clean)
}

#[test]
fn a_new_folder_is_absent_or_complete_after_a_kill_at_each_call() {
    if !can_trace() {
        return;
    }
    let whole = undisturbed(MAKE, nothing);
    let killed = kill_before_each_call(nothing, |workspace, case| {
        if workspace.path().join(DEMO).exists() {
            assert!(workspace.files(DEMO) == whole, "{case}: it is neither absent nor complete");
            fs_err::remove_dir_all(workspace.path().join(DEMO)).unwrap();
        }
        let run = workspace.run(MAKE);
        assert_eq!(run.code(), 0, "{case}: {}", run.shown());
        assert!(workspace.files(DEMO) == whole, "{case}");
        assert_eq!(workspace.names(), [DEMO], "{case}");
        assert!(records(workspace).is_empty(), "{case}: {:?}", records(workspace));
    });
    assert!(killed > 20, "only {killed} runs were killed");
}

#[test]
fn an_empty_folder_is_finished_by_the_run_after_a_kill_at_each_call() {
    if !can_trace() {
        return;
    }
    let whole = undisturbed(MAKE, empty_demo);
    let killed = kill_before_each_call(empty_demo, |workspace, case| {
        let (left, _) = finished(workspace.files(DEMO));
        let was_done = left == whole && !has_journal(workspace);
        let next = workspace.run(MAKE);
        assert!(next.code() == 0 || (was_done && next.code() == 1), "{case}: {}", next.shown());
        let (files, is_clean) = finished(workspace.files(DEMO));
        assert!(files == whole && is_clean, "{case}: {:?}", workspace.files(DEMO).keys());
        assert!(!workspace.path().join(DEMO).join(UNFINISHED).exists(), "{case}");
        assert_eq!(workspace.names(), [DEMO], "{case}");
        assert!(records(workspace).is_empty(), "{case}: {:?}", records(workspace));
    });
    assert!(killed > 40, "only {killed} runs were killed");
}

#[test]
fn a_run_that_is_slow_to_lock_is_not_treated_as_dead() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| run_traced(&workspace, MAKE, "flock", "delay_enter=300000"));
        while staging(&workspace).is_empty() {
            std::thread::yield_now();
        }
        while !slow.is_finished() && !staging(&workspace).iter().any(|name| holds_lock(&workspace, name)) {
            std::thread::yield_now();
        }
        let fast = workspace.run(MAKE);
        let slow = slow.join().unwrap();
        assert_eq!(fast.code(), 0, "{}", fast.shown());
        assert_eq!(slow.code(), 1, "{}", slow.shown());
        assert!(slow.stderr().contains("another spaces-new is writing into"), "{}", slow.shown());
    });
    assert_eq!(workspace.names(), [DEMO]);
}

/// Whether a lock file has been made, under whatever name it has before it is locked.
fn holds_lock(workspace: &Workspace, name: &str) -> bool {
    fs_err::read_dir(workspace.path().join(name)).is_ok_and(|mut entries| entries.next().is_some())
}
