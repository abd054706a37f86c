//! The only module that writes files.
//!
//! A new folder is created beside its place and renamed into it, so that it exists completely or not at all. A folder that
//! exists and is empty, or only holds `.git`, is filled from a hidden folder inside it, under a journal by which the
//! next run recognises and finishes what a killed one began. A folder with files of its own gets a set of changes, all of
//! them or none, under a journal by which the next run undoes what a killed one began. Journals are kept outside of the
//! folder, in this user's own state: information about a run inside the folder itself is never trusted.

mod attributes;
mod changes;
mod error;
mod files;
mod in_place;
mod journal;
mod new_folder;
mod place;
mod private;
#[cfg(feature = "online")]
mod published;
mod scratch;
mod state;
mod target;
mod unfinished;
mod vcs;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

pub(crate) use changes::{Changes, recover};
pub use error::{WriteError, WriteErrorKind};
#[cfg(feature = "online")]
pub(crate) use published::PublishedRecord;
pub(crate) use scratch::Scratch;
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
    /// Whether to create a git repository.
    pub vcs: Vcs,
    /// When this becomes true, writing stops and is undone.
    pub cancel: Option<Arc<AtomicBool>>,
    /// Nothing is put in place before this is set, and nothing is if it is set to false.
    pub approval: Option<Arc<OnceLock<bool>>>,
    /// The folder in which runs keep what they are about to do.
    pub state: Option<PathBuf>,
}

impl WriteOptions {
    /// Only writes files.
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

    /// Gives the caller a way to stop the writing.
    #[must_use]
    pub fn cancel(mut self, flag: Arc<AtomicBool>) -> Self {
        self.cancel = Some(flag);
        self
    }

    /// Lets the caller look at the files of a plan while they are prepared: they are put in place when this is set to true.
    #[must_use]
    pub fn approval(mut self, approval: Arc<OnceLock<bool>>) -> Self {
        self.approval = Some(approval);
        self
    }

    /// Chooses the folder in which runs keep what they are about to do, so that the next run can undo or finish what a
    /// killed one began. It must belong to this user only and be outside of the written folder; otherwise nothing is kept.
    ///
    /// Default: `$XDG_STATE_HOME/spaces-new`, or `$HOME/.local/state/spaces-new`; on Windows
    /// `%LOCALAPPDATA%\\spaces-new`. If none of them exists, writing still works, and the next run refuses the traces of a
    /// killed one.
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

    /// The last question before files are put in place.
    fn check_last(&self) -> Result<(), WriteError> {
        let approved = self.approval.as_ref().is_none_or(|approval| *approval.wait());
        self.check()?;
        if approved { Ok(()) } else { Err(WriteError::cancelled()) }
    }
}

/// One file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrittenFile {
    /// Its path.
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
    /// The result for version control.
    pub vcs: VcsOutcome,
    /// Whether a killed earlier run left something that this one finished.
    pub finished_earlier_run: bool,
    /// What could not be cleaned up, with its path.
    pub warnings: Vec<String>,
}

/// The result of changing the files of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Whether a killed earlier run left something that was undone.
    pub recovered: bool,
    /// What could not be kept or cleaned up: the owner of a file, leftover files.
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
    /// Writes the files into a folder that does not exist, is empty, or only holds `.git`.
    ///
    /// # Errors
    /// If the folder holds anything else, or cannot be written. Then nothing has changed.
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

    /// Refuses a folder that cannot be written, as [`Plan::preview`] does, before the plan is known.
    ///
    /// If it is refused, the last traces of a run that was killed while it tidied up are removed.
    ///
    /// # Errors
    /// If it would be refused.
    pub fn refuse_early(folder: &Path, options: &WriteOptions) -> Result<(), WriteError> {
        let looked = Self::default().preview(folder, options);
        looked.map(|_| ()).inspect_err(|_| in_place::tidy(folder, options))
    }

    /// Returns what [`Plan::write_to`] would do, without doing it.
    ///
    /// # Errors
    /// If it would be refused. Failures that only appear while writing, such as a full disk, are not found.
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
