//! The folder in which a run keeps what it has not finished: its name, which every reader of a repository has to know.

use std::path::{Path, PathBuf};

use super::Repo;
use crate::disk;

/// The folder in which a run that writes keeps what it has not finished.
pub(crate) const UNFINISHED: &str = ".spaces-new-unfinished";

impl Repo {
    /// What an unfinished run left in a folder, if anything has that name: [`Merge::recover`](crate::Merge::recover) undoes
    /// the run, or refuses to.
    #[must_use]
    pub fn unfinished_run(folder: &Path) -> Option<PathBuf> {
        let traces = folder.join(UNFINISHED);
        disk::about(&traces).is_ok().then_some(traces)
    }

    /// Whether the repository has the traces of an unfinished run.
    #[must_use]
    pub fn has_unfinished_run(&self) -> bool {
        self.unfinished
    }
}
