//! The only module that writes.
//!
//! A new folder is made beside its place and renamed into it, so that it is there whole or not at all. A folder that
//! exists and is empty, or holds only `.git`, is filled from a hidden folder inside it, under a journal by which the
//! next run recognises and finishes what a killed one began. A folder with files of its own gets a set of changes, all of
//! them or none, under a journal by which the next run takes back what a killed one began. Journals are kept outside of the
//! folder, by this user's own state: what a folder itself says of a run is never believed.

mod attributes;
mod changes;
mod error;
mod files;
mod in_place;
mod journal;
mod new_folder;
mod place;
mod private;
mod state;
mod target;
mod unfinished;
mod vcs;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) use changes::{Changes, recover};
pub use error::{WriteError, WriteErrorKind};
pub use vcs::{Vcs, VcsOutcome};

use crate::plan::{Mode, Plan};
use crate::values::RepoPath;
use in_place::Filled;
use target::Target;
use vcs::Home;

/// How to write.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Whether to make a git repository of it.
    pub vcs: Vcs,
    /// When this becomes true, writing stops and is undone.
    pub cancel: Option<Arc<AtomicBool>>,
    /// The folder in which runs keep what they are about to do.
    pub state: Option<PathBuf>,
}

impl WriteOptions {
    /// Writes files and nothing else.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Chooses the version control.
    #[must_use]
    pub fn vcs(mut self, vcs: Vcs) -> Self {
        self.vcs = vcs;
        self
    }

    /// Gives others a way to stop the writing.
    #[must_use]
    pub fn cancel(mut self, flag: Arc<AtomicBool>) -> Self {
        self.cancel = Some(flag);
        self
    }

    /// Chooses the folder in which runs keep what they are about to do, so that the next one can take back or finish what a
    /// killed one began. It is this user's alone, and outside of the folder that is written; otherwise nothing is kept.
    ///
    /// Without it: `$XDG_STATE_HOME/spaces-new`, or `$HOME/.local/state/spaces-new`; on Windows
    /// `%LOCALAPPDATA%\\spaces-new`. Where there is none of them, writing works all the same, and the traces of a killed run
    /// are refused by the next.
    #[must_use]
    pub fn state_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.state = Some(folder.into());
        self
    }

    pub(crate) fn check(&self) -> Result<(), WriteError> {
        match &self.cancel {
            Some(flag) if flag.load(Ordering::SeqCst) => Err(WriteError::cancelled()),
            _ => Ok(()),
        }
    }
}

/// One file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrittenFile {
    /// Where it is.
    pub path: RepoPath,
    /// Its size.
    pub bytes: u64,
    /// Its permissions.
    pub mode: Mode,
}

/// What was written, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteReport {
    /// The folder.
    pub root: PathBuf,
    /// Its files, in the order of their paths.
    pub files: Vec<WrittenFile>,
    /// What became of version control.
    pub vcs: VcsOutcome,
    /// Whether an earlier run that was killed left something which this one finished.
    pub finished_earlier_run: bool,
    /// What could not be cleaned up: what is left where.
    pub warnings: Vec<String>,
}

/// What became of a folder whose files were changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Whether an earlier run that was killed left something which was taken back.
    pub recovered: bool,
    /// What could not be kept or cleaned up: the owner of a file, what is left where.
    pub warnings: Vec<String>,
}

impl Outcome {
    pub(crate) fn and(mut self, after: Self) -> Self {
        self.recovered |= after.recovered;
        self.warnings.extend(after.warnings);
        self
    }
}

impl Plan {
    /// Writes the files into a folder that does not exist, is empty, or holds only `.git`.
    ///
    /// # Errors
    /// When the folder holds anything else, or cannot be written. Then nothing has changed.
    pub fn write_to(&self, folder: &Path, options: &WriteOptions) -> Result<WriteReport, WriteError> {
        options.check()?;
        let filled = match target::look(folder)? {
            Target::New { parent, name } => {
                let (vcs, warnings) = new_folder::write(self, &parent, &name, options)?;
                Filled { vcs, finished_earlier_run: false, warnings }
            }
            Target::InPlace { root } => in_place::write(self, &root, options)?,
        };
        Ok(self.report(folder, filled))
    }

    /// Refuses a folder that cannot be written, as [`Plan::preview`] does, before it is known what would be written.
    ///
    /// Where it is refused, the last traces of a run that was killed while it tidied up are removed.
    ///
    /// # Errors
    /// When it would be refused.
    pub fn refuse_early(folder: &Path, options: &WriteOptions) -> Result<(), WriteError> {
        let looked = Self::default().preview(folder, options);
        looked.map(|_| ()).inspect_err(|_| in_place::tidy(folder, options))
    }

    /// Tells what [`Plan::write_to`] would do, without doing it.
    ///
    /// # Errors
    /// When it would be refused. What only writing can show, such as a full disk, is not seen.
    pub fn preview(&self, folder: &Path, options: &WriteOptions) -> Result<WriteReport, WriteError> {
        let (home, finished_earlier_run) = match &target::look(folder)? {
            Target::New { parent, .. } => (vcs::foresee(Home::Inside(parent), options.vcs), false),
            Target::InPlace { root } => {
                let left = in_place::look(root, options)?;
                (vcs::foresee(Home::Here(root), options.vcs), left.anything)
            }
        };
        Ok(self.report(folder, Filled { vcs: home, finished_earlier_run, warnings: Vec::new() }))
    }

    fn report(&self, folder: &Path, filled: Filled) -> WriteReport {
        let files =
            self.files().map(|(path, file)| WrittenFile { path: path.clone(), bytes: file.bytes(), mode: file.mode() });
        let Filled { vcs, finished_earlier_run, warnings } = filled;
        WriteReport { root: folder.to_owned(), files: files.collect(), vcs, finished_earlier_run, warnings }
    }
}
