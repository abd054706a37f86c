//! The folder in which a run keeps its unfinished work: its name, which every reader of a repository must know.

use std::path::{Path, PathBuf};

use super::Repo;
use crate::disk;

/// The folder in which a writing run keeps its unfinished work.
pub(crate) const UNFINISHED: &str = ".spaces-new-unfinished";

impl Repo {
    /// What an unfinished run left in a folder, if that name exists: [`Merge::recover`](crate::Merge::recover) undoes
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
