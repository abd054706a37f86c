//! The only module that writes.
//!
//! A new folder is made beside its place and renamed into it, so that it is there whole or not at all. A folder that
//! exists and is empty, or holds only `.git`, is filled from a hidden folder inside it, under a journal by which the
//! next run recognises and finishes what a killed one began. A folder with files of its own gets a set of changes, all of
//! them or none, under a journal by which the next run takes back what a killed one began.

mod changes;
mod error;
mod files;
mod in_place;
mod merged;
mod new_folder;
mod replace;
mod target;
mod unfinished;
mod vcs;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use error::{WriteError, WriteErrorKind};
pub(crate) use unfinished::UNFINISHED;
pub use vcs::{Vcs, VcsOutcome, version_control};

use crate::plan::{Mode, Plan, RepoPath};
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

    fn check(&self) -> Result<(), WriteError> {
        match &self.cancel {
            Some(flag) if flag.load(Ordering::SeqCst) => Err(WriteError::cancelled()),
            _ => Ok(()),
        }
    }
}

/// What happened to a file, or would happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// It is new.
    Create,
}

impl Action {
    /// The action in one word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
        }
    }
}

/// One file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrittenFile {
    /// Where it is.
    pub path: RepoPath,
    /// What happened to it.
    pub action: Action,
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
}

impl Plan {
    /// Writes the files into a folder that does not exist, is empty, or holds only `.git`.
    ///
    /// # Errors
    /// When the folder holds anything else, or cannot be written. Then nothing has changed.
    pub fn write_to(&self, folder: &Path, options: &WriteOptions) -> Result<WriteReport, WriteError> {
        options.check()?;
        let (vcs, finished_earlier_run) = match target::look(folder)? {
            Target::New { parent, name } => (new_folder::write(self, &parent, &name, options)?, false),
            Target::InPlace { root } => in_place::write(self, &root, options)?,
        };
        Ok(self.report(folder, vcs, finished_earlier_run))
    }

    /// Tells what [`Plan::write_to`] would do, without doing it.
    ///
    /// # Errors
    /// When it would be refused. What only writing can show, such as a full disk, is not seen. The last traces of a run
    /// that was killed while it tidied up are removed.
    pub fn preview(&self, folder: &Path, options: &WriteOptions) -> Result<WriteReport, WriteError> {
        match target::look(folder)? {
            Target::New { parent, .. } => {
                Ok(self.report(folder, vcs::foresee(Home::Inside(&parent), options.vcs), false))
            }
            Target::InPlace { root } => {
                let left = in_place::look_and_tidy(&root)?;
                Ok(self.report(folder, vcs::foresee(Home::Here(&root), options.vcs), left.anything))
            }
        }
    }

    fn report(&self, folder: &Path, vcs: VcsOutcome, finished_earlier_run: bool) -> WriteReport {
        let files = self.files().map(|(path, file)| WrittenFile {
            path: path.clone(),
            action: Action::Create,
            bytes: file.bytes(),
            mode: file.mode(),
        });
        WriteReport { root: folder.to_owned(), files: files.collect(), vcs, finished_earlier_run }
    }
}
