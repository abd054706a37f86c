//! Makes a git repository, by asking git to.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which version control to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Vcs {
    /// A git repository on the branch `main`, unless there is one around.
    Git,
    /// None.
    #[default]
    None,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VcsOutcome {
    /// A repository was made.
    Initialised,
    /// The folder is a repository already.
    AlreadyThere,
    /// The folder is inside of another repository's work tree, whose root this is.
    InsideWorkTree(PathBuf),
    /// Git is not installed.
    GitMissing,
    /// Git failed, with this message.
    Failed(String),
    /// Nobody asked for one.
    NotWanted,
}

/// Where a repository would be made.
#[derive(Debug, Clone, Copy)]
pub(super) enum Home<'a> {
    /// In this folder itself.
    Here(&'a Path),
    /// In a new folder inside of this one.
    Inside(&'a Path),
}

/// What [`initialise`] would answer, as far as it can be known before.
pub(super) fn foresee(home: Home<'_>, vcs: Vcs) -> VcsOutcome {
    let (Home::Here(folder) | Home::Inside(folder)) = home;
    match (vcs, home) {
        (Vcs::None, _) => VcsOutcome::NotWanted,
        (Vcs::Git, Home::Here(folder)) if folder.join(".git").exists() => VcsOutcome::AlreadyThere,
        (Vcs::Git, _) => work_tree(folder).map_or(VcsOutcome::Initialised, VcsOutcome::InsideWorkTree),
    }
}

/// How a folder that exists stands to git.
#[must_use]
pub fn version_control(folder: &Path) -> VcsOutcome {
    match foresee(Home::Here(folder), Vcs::Git) {
        VcsOutcome::Initialised => VcsOutcome::NotWanted,
        other => other,
    }
}

/// How many files that git tracks have changes which are not committed. None if that cannot be known: no repository, no
/// git.
///
/// Nothing that the repository configures is run: filters of files and the monitor of the file system are switched off,
/// the index is not written, which would call a hook, and submodules are not entered.
#[must_use]
pub fn uncommitted_files(folder: &Path) -> Option<usize> {
    work_tree(folder)?;
    let filters = output(quiet_git(folder).args(["config", "-z", "--name-only", "--get-regexp", r"^filter\."]));
    let filters = filters.unwrap_or_default();
    let names = filters.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let mut settings = vec![("core.fsmonitor".to_owned(), "false")];
    for name in names {
        // A name that cannot be switched off for certain is a reason not to ask
        let name = std::str::from_utf8(name).ok()?;
        settings.push((name.to_owned(), if name.ends_with(".required") { "false" } else { "" }));
    }
    let mut git = quiet_git(folder);
    git.env("GIT_CONFIG_COUNT", settings.len().to_string());
    for (number, (name, value)) in settings.iter().enumerate() {
        git.env(format!("GIT_CONFIG_KEY_{number}"), name).env(format!("GIT_CONFIG_VALUE_{number}"), value);
    }
    git.args([
        "--no-optional-locks",
        "status",
        "--porcelain",
        "--untracked-files=no",
        "--ignore-submodules=all",
        "--",
        ".",
    ]);
    let changed = output(&mut git)?;
    Some(changed.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
}

fn output(git: &mut Command) -> Option<Vec<u8>> {
    let output = git.stdin(Stdio::null()).output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// Git in a folder, deaf to variables that point it elsewhere.
fn quiet_git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    git
}

/// Makes a repository in `tree`, which will be moved to `home`. Git holds the run's lock as well, so that the folder is
/// not taken for a dead run's while git still writes into it, should the run itself be killed.
pub(super) fn initialise(tree: &Path, home: Home<'_>, vcs: Vcs, lock: &File) -> VcsOutcome {
    match foresee(home, vcs) {
        VcsOutcome::Initialised => init(tree, lock),
        other => other,
    }
}

/// The root of the work tree around a folder, if it is in one.
fn work_tree(folder: &Path) -> Option<PathBuf> {
    let folder = existing(folder)?;
    folder.ancestors().find(|ancestor| ancestor.join(".git").exists()).map(Path::to_owned)
}

/// The nearest folder above that exists, in full.
fn existing(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|ancestor| {
        let ancestor = if ancestor.as_os_str().is_empty() { Path::new(".") } else { ancestor };
        fs_err::canonicalize(ancestor).ok()
    })
}

fn init(tree: &Path, lock: &File) -> VcsOutcome {
    let mut git = quiet_git(tree);
    git.args(["-c", "init.defaultBranch=main", "init", "--quiet"])
        .stdin(lock.try_clone().map_or_else(|_| Stdio::null(), Stdio::from));
    match git.output() {
        Ok(output) if output.status.success() => VcsOutcome::Initialised,
        Ok(output) => {
            let _ = fs_err::remove_dir_all(tree.join(".git"));
            VcsOutcome::Failed(
                String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("no message").to_owned(),
            )
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => VcsOutcome::GitMissing,
        Err(error) => VcsOutcome::Failed(error.to_string()),
    }
}
