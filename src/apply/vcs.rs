//! Creates a git repository by calling git: only in a folder that we have created.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::program::Program;

/// Which version control to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Vcs {
    /// A git repository on the branch `main`, unless the folder is already inside one.
    Git,
    /// None.
    #[default]
    None,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VcsOutcome {
    /// A repository was created.
    Initialised,
    /// The folder is a repository already.
    AlreadyThere,
    /// The folder is inside of another repository's work tree, whose root this is.
    InsideWorkTree(PathBuf),
    /// Git is not installed.
    GitMissing,
    /// Git failed, with this message.
    Failed(String),
    /// It was not requested.
    NotWanted,
}

/// Where a repository would be created.
#[derive(Debug, Clone, Copy)]
pub(super) enum Home<'a> {
    /// In this folder itself.
    Here(&'a Path),
    /// In a new folder inside this one.
    Inside(&'a Path),
}

/// What [`initialise`] would return, as far as it can be known before.
pub(super) fn foresee(home: Home<'_>, vcs: Vcs) -> VcsOutcome {
    let (Home::Here(folder) | Home::Inside(folder)) = home;
    match (vcs, home) {
        (Vcs::None, _) => VcsOutcome::NotWanted,
        (Vcs::Git, Home::Here(folder)) if folder.join(".git").exists() => VcsOutcome::AlreadyThere,
        (Vcs::Git, _) => work_tree(folder).map_or(VcsOutcome::Initialised, VcsOutcome::InsideWorkTree),
    }
}

impl VcsOutcome {
    /// How an existing folder is under version control, if no repository is created.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        match foresee(Home::Here(folder), Vcs::Git) {
            Self::Initialised => Self::NotWanted,
            other => other,
        }
    }
}

/// Creates a repository in `tree`, which will be moved to `home`. Git holds the run's lock as well, so that if the run itself
/// is killed, no other run takes the folder for a dead run's while git still writes into it.
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

/// The nearest existing parent folder, as an absolute path.
fn existing(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|ancestor| {
        let ancestor = if ancestor.as_os_str().is_empty() { Path::new(".") } else { ancestor };
        fs_err::canonicalize(ancestor).ok()
    })
}

/// The time limit for git: creating an empty repository takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// The variables that the user may set; every other variable of git's would redirect it.
const HEARD: [&str; 3] = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

/// Runs `git init` in a folder that we have created. It finds no other repository, fetches nothing and runs no hook.
fn init(tree: &Path, lock: &File) -> VcsOutcome {
    let Some(git) = Program::find("git") else { return VcsOutcome::GitMissing };
    let home = tree.join(".git");
    let input = lock.try_clone().map_or_else(|_| Stdio::null(), Stdio::from);
    let ended = git.run(tree, input, PATIENCE, |git| {
        let names = std::env::vars_os().map(|(name, _)| name).filter(|name| {
            let name = name.to_string_lossy();
            name.starts_with("GIT_") && !HEARD.contains(&&*name)
        });
        for name in names {
            git.env_remove(name);
        }
        git.envs([
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_ALLOW_PROTOCOL", "none"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_OPTIONAL_LOCKS", "0"),
        ]);
        for setting in ["init.defaultBranch=main", "safe.bareRepository=explicit", "core.fsmonitor=false"] {
            git.args(["-c", setting]);
        }
        git.args(["--git-dir=.git", "init", "--quiet"]);
    });
    let failed = |why: &str| {
        let _ = fs_err::remove_dir_all(&home);
        VcsOutcome::Failed(why.lines().next().unwrap_or("no message").to_owned())
    };
    match ended {
        Ok(ended) if ended.status.success() => VcsOutcome::Initialised,
        Ok(ended) => failed(&ended.errors),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => VcsOutcome::GitMissing,
        Err(error) => failed(&error.to_string()),
    }
}
