//! What happens when things go wrong: killed and interrupted runs, full and read-only disks, several runs at once, and
//! targets that already exist.

#[cfg(unix)]
mod crowd;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(unix)]
mod forged;
#[cfg(unix)]
mod hostile;
#[cfg(target_os = "linux")]
mod init_traced;
#[cfg(target_os = "linux")]
mod kept;
#[cfg(unix)]
mod killed;
#[cfg(target_os = "linux")]
mod left;
mod refused;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod stopped;
#[cfg(target_os = "linux")]
mod traced;
#[cfg(unix)]
mod traces;

use std::collections::BTreeMap;
use std::io::Write as _;

use super::support::Workspace;

type Files = BTreeMap<String, Vec<u8>>;

/// The folder that every run here makes or fills.
const DEMO: &str = "demo";

/// What a run keeps in a folder that it fills, until it is done.
const UNFINISHED: &str = ".spaces-new-unfinished";

/// A command without prompts and output.
const MAKE: &str = "demo -t gradio --yes -q";

/// The files that an undisturbed run makes.
fn undisturbed(words: &str, prepare: impl Fn(&Workspace)) -> Files {
    let workspace = Workspace::new();
    prepare(&workspace);
    workspace.run(words).ok();
    workspace.files(DEMO)
}

/// The names in the workspace that look like staging folders of the target.
fn staging(workspace: &Workspace) -> Vec<String> {
    workspace.names().into_iter().filter(|name| name.starts_with(".demo.spaces-new-")).collect()
}

/// Whether there is a git repository with its first branch named, in full.
fn has_repository(workspace: &Workspace) -> bool {
    let head = workspace.path().join(DEMO).join(".git/HEAD");
    fs_err::read_to_string(head).is_ok_and(|head| head == "ref: refs/heads/main\n")
}

/// Whether a killed run must be rolled back or finished.
fn has_journal(workspace: &Workspace) -> bool {
    let records = fs_err::read_dir(workspace.state()).into_iter().flatten().flatten();
    let mut whole = records.filter(|record| !record.file_name().to_string_lossy().ends_with(".new"));
    whole.any(|record| fs_err::read_to_string(record.path()).unwrap().contains("\"journal\":{"))
}

/// Prints that a test could not run here. Bypasses the test harness, which captures the output of tests.
fn skipped(why: &str) {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped: {name}: {why}");
}
