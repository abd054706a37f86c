//! What happens when things go wrong: killed and interrupted runs, full and read-only disks, several runs at once, and
//! places that are taken.

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

/// The folder that every run here is to make or fill.
const DEMO: &str = "demo";

/// What a run keeps in a folder that it fills, until it is done.
const UNFINISHED: &str = ".spaces-new-unfinished";

/// A command that asks nothing and prints nothing.
const MAKE: &str = "demo -t gradio --yes -q";

/// The files that a run of the command makes when nothing disturbs it.
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

/// Says that a test could not show anything here. Written past the test harness, which keeps what tests print to itself.
fn skipped(why: &str) {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped: {name}: {why}");
}
