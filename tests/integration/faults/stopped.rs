//! Ctrl-C while files are written, and the permissions of what is written.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::thread;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::super::support::{Ran, Workspace};
use super::DEMO;

/// A large file without contents, and many files after it: writing them takes a while on every file system.
fn large_assets(workspace: &Workspace) {
    workspace.write("data/a.bin", "");
    let large = std::fs::OpenOptions::new().write(true).open(workspace.path().join("data/a.bin")).unwrap();
    large.set_len(200 << 20).unwrap();
    for number in 0..400 {
        workspace.write(&format!("data/z/{number}.txt"), "x");
    }
}

/// Whether a run has begun to write the large file, staged in a folder inside `parent`.
fn is_writing(parent: &Path) -> bool {
    let Ok(entries) = fs_err::read_dir(parent) else { return false };
    let mut folders = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().contains(".spaces-new-"));
    folders.any(|folder| {
        ["assets/data/a.bin", "tree/assets/data/a.bin"].iter().any(|file| folder.path().join(file).exists())
    })
}

/// Starts a run and interrupts it as soon as it writes the large file.
fn interrupt(workspace: &Workspace, target: &str, parent: &str) -> Ran {
    let mut command = workspace.command();
    command.args([target, "-t", "gradio", "--yes", "--asset", "data"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !is_writing(&workspace.path().join(parent)) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be interrupted");
        thread::yield_now();
    }
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), Signal::SIGINT).unwrap();
    Ran(child.wait_with_output().unwrap())
}

#[track_caller]
fn assert_stopped(ran: &Ran) {
    assert_eq!(ran.code(), 130, "{}", ran.shown());
    assert!(ran.stderr().contains("stopped; nothing was written"), "{}", ran.shown());
}

#[test]
fn an_interrupted_run_leaves_no_new_folder_behind() {
    let workspace = Workspace::new();
    large_assets(&workspace);
    for (target, parent) in [(DEMO, "."), ("new/above/demo", "new/above")] {
        assert_stopped(&interrupt(&workspace, target, parent));
        assert_eq!(workspace.names(), ["data"], "{target}");
    }
}

#[test]
fn an_interrupted_run_leaves_an_empty_folder_empty() {
    let workspace = Workspace::new();
    large_assets(&workspace);
    fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
    assert_stopped(&interrupt(&workspace, DEMO, DEMO));
    assert_eq!(fs_err::read_dir(workspace.path().join(DEMO)).unwrap().count(), 0);
    assert_eq!(workspace.names(), ["data", DEMO]);
}

fn run_with_umask(workspace: &Workspace, umask: &str, words: &str) {
    let command = workspace.command();
    let mut shell = workspace.program("sh");
    shell.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]).arg(command.get_program());
    shell.args(words.split_whitespace());
    Ran(shell.output().unwrap()).ok();
}

fn mode(path: &Path) -> u32 {
    fs_err::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// Every path below a folder with permissions unlike those of a repository, except git's own.
fn unusual(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == ".git") {
            continue;
        }
        let expected = if path.is_dir() { 0o755 } else { 0o644 };
        if mode(&path) != expected {
            found.push(format!("{} {:o}", path.display(), mode(&path)));
        }
        if path.is_dir() {
            found.extend(unusual(&path));
        }
    }
    found
}

#[test]
fn permissions_do_not_depend_on_the_umask() {
    for umask in ["077", "000", "022", "027"] {
        let workspace = Workspace::new();
        workspace.write("private/key.txt", "x");
        let private = std::fs::Permissions::from_mode(0o600);
        fs_err::set_permissions(workspace.path().join("private/key.txt"), private).unwrap();
        fs_err::create_dir(workspace.path().join("there")).unwrap();
        let before = mode(&workspace.path().join("there"));
        for target in [DEMO, "there"] {
            run_with_umask(&workspace, umask, &format!("{target} -t streamlit --yes -q --asset private"));
            assert_eq!(unusual(&workspace.path().join(target)), [""; 0], "umask {umask}");
            assert!(workspace.files(target).contains_key("assets/private/key.txt"));
        }
        assert_eq!(mode(&workspace.path().join(DEMO)), 0o755, "umask {umask}");
        assert_eq!(mode(&workspace.path().join("there")), before, "umask {umask}");
    }
}
