//! Creates a folder that does not exist yet: staged beside its place, renamed once.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::journal::Kind;
use super::place::in_full;
use super::private;
use super::state::{Kept, Record, State, random_name};
use super::unfinished::{left, remove_whole};
use super::vcs::{self, Home, VcsOutcome};
use super::{WriteOptions, files, target};
use crate::disk;
use crate::plan::Plan;
use crate::values::RepoPath;

/// Separates a folder's name from the random end of its staging folder's name.
const STAGING: &str = ".spaces-new-";

/// A longer name is not repeated in the name of its staging folder, which could become too long for the file system.
const NAME_MOST: usize = 120;

/// In a staging folder, until it is complete: excludes everything in it from a surrounding git repository, and is locked.
const GITIGNORE: &str = ".gitignore";

/// Writes a plan to `parent/name`, which does not exist. Also returns what could not be cleaned up.
pub(super) fn write(
    plan: &Plan,
    parent: &Path,
    name: &OsStr,
    options: &WriteOptions,
) -> Result<(VcsOutcome, Vec<String>), WriteError> {
    let made = make_parents(parent)?;
    let result = stage_and_rename(plan, parent, name, options);
    if result.is_err() {
        // Only empty folders are removed, so a folder that another program has begun to use stays.
        for folder in made.iter().rev() {
            let _ = fs_err::remove_dir(folder);
        }
    }
    result
}

/// Creates the missing folders above the target; returns them, outermost first.
fn make_parents(parent: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let missing: Vec<&Path> =
        parent.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    let mut made = Vec::new();
    for folder in missing.into_iter().rev() {
        match fs_err::create_dir(folder) {
            Ok(()) => made.push(folder.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                for folder in made.iter().rev() {
                    let _ = fs_err::remove_dir(folder);
                }
                return Err(WriteError::no_folder_in(folder.parent().unwrap_or(folder), error));
            }
        }
    }
    Ok(made)
}

fn stage_and_rename(
    plan: &Plan,
    parent: &Path,
    name: &OsStr,
    options: &WriteOptions,
) -> Result<(VcsOutcome, Vec<String>), WriteError> {
    options.check()?;
    let to = if parent == Path::new(".") { PathBuf::from(name) } else { parent.join(name) };
    let state = State::of(options, &to);
    let mut warnings = state.as_ref().map(|state| remove_dead(state, parent)).unwrap_or_default();
    let (staging, lock) = Staging::make(parent, name, state)?;
    let made = staging.fill(plan, Home::Inside(parent), options, &lock).and_then(|outcome| {
        // The folder will be renamed, which Windows refuses while a file in it is open
        drop(lock);
        staging.put_in_place(plan, &to, options).map(|()| outcome)
    });
    let left = staging.end();
    match made {
        Ok(outcome) => {
            warnings.extend(left);
            Ok((outcome, warnings))
        }
        Err(error) => Err(error.with_warnings(left.as_slice())),
    }
}

/// A folder beside the target in which the new one is prepared.
struct Staging {
    folder: PathBuf,
    /// Created before the folder, so that the leftovers of a kill can be recognised by it.
    record: Option<Record>,
    /// The name of a file that no plan has.
    draft: String,
}

impl Staging {
    /// Creates a staging folder, and locks it.
    fn make(parent: &Path, name: &OsStr, state: Option<State>) -> Result<(Self, File), WriteError> {
        let fail = |error| WriteError::no_folder_in(parent, error);
        let random = random_name();
        let mut of_folder = OsStr::new(".").to_owned();
        if name.len() <= NAME_MOST {
            of_folder.push(name);
        }
        of_folder.push(STAGING);
        of_folder.push(&random);
        let folder = parent.join(of_folder);
        let draft = format!("{GITIGNORE}-{random}");
        let record = state.and_then(|state| Record::create(&state, random, Kept::of(&folder, Kind::NewFolder)?).ok());
        let made = private::make_folder(&folder).and_then(|()| {
            lock(&folder).inspect_err(|_| {
                let _ = remove_whole(&folder);
            })
        });
        match made {
            Ok(lock) => Ok((Self { folder, record, draft }, lock)),
            Err(error) => {
                if let Some(record) = record {
                    let _ = record.remove();
                }
                Err(fail(error))
            }
        }
    }

    /// Writes everything. What hides the folder from git stays, and the file that will replace it is beside it.
    fn fill(&self, plan: &Plan, home: Home<'_>, options: &WriteOptions, lock: &File) -> Result<VcsOutcome, WriteError> {
        let named = |path: &RepoPath| match path.as_str() {
            GITIGNORE => PathBuf::from(&self.draft),
            _ => path.to_path(),
        };
        files::write_named(plan, &self.folder, options, named)?;
        Ok(vcs::initialise(&self.folder, home, options.vcs, lock))
    }

    /// Gives the folder its name, if the files have passed the check.
    fn put_in_place(&self, plan: &Plan, to: &Path, options: &WriteOptions) -> Result<(), WriteError> {
        options.check_last()?;
        self.unhide(plan).map_err(|error| WriteError::io("create", to, error))?;
        match fs_err::rename(&self.folder, to) {
            Ok(()) => Ok(()),
            // Another program created the target meanwhile.
            Err(_) if disk::about(to).is_ok() => Err(match target::look(to) {
                Err(error) => error,
                Ok(_) => WriteError::busy(to),
            }),
            Err(error) => Err(WriteError::io("create", to, error)),
        }
    }

    /// From here on the folder is as it shall be. Git sees it only until it has its name.
    fn unhide(&self, plan: &Plan) -> io::Result<()> {
        let hides = self.folder.join(GITIGNORE);
        files::open_folder(&self.folder)?;
        if plan.files().any(|(path, _)| path.as_str() == GITIGNORE) {
            fs_err::rename(self.folder.join(&self.draft), hides)
        } else {
            fs_err::remove_file(hides)
        }
    }

    /// Removes the folder, and returns what could not be removed.
    fn end(self) -> Option<String> {
        match remove_whole(&self.folder) {
            Ok(()) => self
                .record
                .and_then(|record| record.remove().err())
                .map(|error| format!("the record of this run could not be removed: {error}")),
            // The next run recognises it by the record, and tries again
            Err(error) => Some(left(&self.folder, &error)),
        }
    }
}

/// Hides a staging folder from git, and locks it.
fn lock(folder: &Path) -> io::Result<File> {
    let mut lock = private::create_file(&folder.join(GITIGNORE))?;
    lock.write_all(b"*\n")?;
    lock.try_lock().map_err(|error| match error {
        TryLockError::Error(error) => io::Error::new(error.kind(), format!("its lock cannot be taken: {error}")),
        TryLockError::WouldBlock => error.into(),
    })?;
    Ok(lock)
}

/// Removes the staging folders that killed runs of this user left in a folder, for any target. They are recognised by
/// the records kept elsewhere: a folder that only looks like one belongs to the user.
fn remove_dead(state: &State, parent: &Path) -> Vec<String> {
    let Some(parent) = in_full(parent) else { return Vec::new() };
    let mut warnings = Vec::new();
    for (folder, record) in state.dead() {
        let is_here = folder.parent() == Some(parent.as_path());
        if record.kept.kind != Kind::NewFolder || !is_here || !is_dead(&folder) {
            continue;
        }
        match remove_whole(&folder) {
            Ok(()) => {
                let _ = record.remove();
            }
            Err(error) => warnings.push(left(&folder, &error)),
        }
    }
    warnings
}

/// Whether a staging folder is as a run leaves it, and no living process holds its lock: git may outlive its run.
fn is_dead(folder: &Path) -> bool {
    let gitignore = folder.join(GITIGNORE);
    let is_held =
        || disk::about(&gitignore).is_ok() && disk::open(&gitignore).is_ok_and(|(lock, _)| lock.try_lock().is_err());
    private::is_changed_by_its_owner_alone(folder) && !is_held()
}
