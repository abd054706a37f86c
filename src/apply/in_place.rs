//! Fills a folder that exists: staged in a hidden folder inside it, moved file by file under a journal.
//!
//! The staging folder is inside the target, not beside it: there it is on the same file system and may be written
//! whenever the target may, also where the target is `.` or a mount point.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::WriteOptions;
use super::error::WriteError;
use super::files;
use super::target::refuse_unless_empty;
use super::vcs::{self, Home, VcsOutcome};
use crate::plan::Plan;

/// The folder in which a run keeps what it has not finished.
pub(super) const UNFINISHED: &str = ".spaces-new-unfinished";

const LOCK: &str = "lock";
const TREE: &str = "tree";
const JOURNAL: &str = "journal.json";

/// What a run is about to put into the folder. Written before the first file is moved.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Journal {
    files: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    bytes: u64,
    checksum: u64,
}

/// Writes a plan into a folder. Returns also whether an earlier run was finished.
pub(super) fn write(plan: &Plan, root: &Path, options: &WriteOptions) -> Result<(VcsOutcome, bool), WriteError> {
    let run = Run::begin(root)?;
    let had_git = fs_err::symlink_metadata(root.join(".git")).is_ok();
    match run.fill(plan, options) {
        Ok(outcome) => {
            let finished = run.resumed;
            run.end();
            Ok((outcome, finished))
        }
        Err(error) => {
            run.undo(had_git);
            Err(error)
        }
    }
}

/// A run that holds the folder's lock.
struct Run<'a> {
    root: &'a Path,
    folder: PathBuf,
    /// What an earlier run had put into the folder, unchanged since.
    earlier: Vec<PathBuf>,
    resumed: bool,
    _lock: File,
}

impl<'a> Run<'a> {
    /// Takes the lock, then makes sure that the folder holds nothing but what an earlier run left.
    fn begin(root: &'a Path) -> Result<Self, WriteError> {
        let folder = root.join(UNFINISHED);
        match fs_err::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(WriteError::io("write in", root, error));
            }
            _ => {}
        }
        let lock = take_lock(root, &folder)?;
        let journal = read_journal(&folder);
        let resumed = journal.is_some() || folder.join(TREE).exists();
        let earlier = journal.map(|journal| journal.present(root)).unwrap_or_default();
        let run = Run { root, folder, earlier, resumed, _lock: lock };
        if let Err(error) = refuse_unless_empty(root, &run.earlier) {
            if !run.resumed || run.earlier.is_empty() {
                run.end();
            }
            return Err(error);
        }
        Ok(run)
    }

    /// Stages, writes the journal, moves.
    fn fill(&self, plan: &Plan, options: &WriteOptions) -> Result<VcsOutcome, WriteError> {
        let fail = |error| WriteError::io("write in", &self.folder, error);
        let tree = self.folder.join(TREE);
        if tree.exists() {
            fs_err::remove_dir_all(&tree).map_err(fail)?;
        }
        files::make_folder(&tree)?;
        files::write_all(plan, &tree, options)?;
        let outcome = vcs::initialise(&tree, Home::Here(self.root), options.vcs);
        // The earlier run's files stay in the journal, lest a second kill makes strangers of them.
        let planned = plan.files().map(|(path, _)| Entry::of(path.to_path(), &tree));
        let earlier = self.earlier.iter().map(|path| Entry::of(path.clone(), self.root));
        let files = planned.chain(earlier).collect::<io::Result<_>>().map_err(fail)?;
        self.write_journal(&Journal { files }).map_err(fail)?;
        options.check()?;
        self.remove_earlier(plan);
        for (path, _) in plan.files() {
            for folder in path.folders() {
                let folder = self.root.join(folder);
                if !folder.is_dir() {
                    files::make_folder(&folder)?;
                }
            }
            let to = self.root.join(path.as_str());
            if !self.earlier.contains(&path.to_path()) && fs_err::symlink_metadata(&to).is_ok() {
                return Err(WriteError::not_empty(self.root, vec![path.to_string()]));
            }
            fs_err::rename(tree.join(path.as_str()), &to).map_err(|error| WriteError::io("write", &to, error))?;
        }
        if tree.join(".git").exists() {
            let to = self.root.join(".git");
            fs_err::rename(tree.join(".git"), &to).map_err(|error| WriteError::io("make", &to, error))?;
        }
        Ok(outcome)
    }

    /// Removes what an earlier run left and this one does not replace.
    fn remove_earlier(&self, plan: &Plan) {
        for path in &self.earlier {
            if !plan.files().any(|(planned, _)| planned.to_path() == *path) {
                self.remove(path);
            }
        }
    }

    /// Removes a file of ours, and the folders above it that are then empty.
    fn remove(&self, path: &Path) {
        let _ = fs_err::remove_file(self.root.join(path));
        let above = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in above {
            let _ = fs_err::remove_dir(self.root.join(folder));
        }
    }

    /// The journal appears whole or not at all.
    fn write_journal(&self, journal: &Journal) -> io::Result<()> {
        let draft = self.folder.join("journal.new");
        fs_err::write(&draft, serde_json::to_vec(journal)?)?;
        fs_err::rename(&draft, self.folder.join(JOURNAL))
    }

    /// Takes back what was moved.
    fn undo(self, had_git: bool) {
        if let Some(journal) = read_journal(&self.folder) {
            for path in journal.present(self.root) {
                self.remove(&path);
            }
        }
        if !had_git {
            let _ = fs_err::remove_dir_all(self.root.join(".git"));
        }
        self.end();
    }

    /// Removes what is left of the run. The lock goes last, so that nobody mistakes the rest for a dead run's.
    fn end(self) {
        let _ = fs_err::remove_dir_all(self.folder.join(TREE));
        let _ = fs_err::remove_file(self.folder.join(JOURNAL));
        let _ = fs_err::remove_file(self.folder.join(LOCK));
        let _ = fs_err::remove_dir(&self.folder);
    }
}

fn take_lock(root: &Path, folder: &Path) -> Result<File, WriteError> {
    let path = folder.join(LOCK);
    let lock = File::options().create(true).truncate(false).write(true).open(&path);
    let lock = match lock {
        Ok(lock) => lock,
        // The run that made the folder has just removed it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(WriteError::busy(root)),
        Err(error) => return Err(WriteError::io("write in", folder, error)),
    };
    if lock.try_lock().is_err() || !is_still_at(&lock, &path) {
        return Err(WriteError::busy(root));
    }
    Ok(lock)
}

/// Whether an open file is the one at a path, and not one that was removed from there.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs_err::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

fn read_journal(folder: &Path) -> Option<Journal> {
    serde_json::from_slice(&fs_err::read(folder.join(JOURNAL)).ok()?).ok()
}

impl Journal {
    /// The files that are in the folder as they were put there.
    fn present(&self, root: &Path) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> =
            self.files.iter().filter(|entry| entry.is_unchanged(root)).map(|entry| entry.path.clone()).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

impl Entry {
    fn of(path: PathBuf, root: &Path) -> io::Result<Self> {
        let (bytes, checksum) = checksum(&root.join(&path))?;
        Ok(Self { path, bytes, checksum })
    }

    /// Whether the file in the folder is the one that was put there.
    fn is_unchanged(&self, root: &Path) -> bool {
        let path = root.join(&self.path);
        let is_file = fs_err::symlink_metadata(&path).is_ok_and(|about| about.is_file());
        is_file && checksum(&path).is_ok_and(|found| found == (self.bytes, self.checksum))
    }
}

/// The size of a file and its FNV-1a hash, which tells an edit, though not a forgery.
fn checksum(path: &Path) -> io::Result<(u64, u64)> {
    let mut file = fs_err::File::open(path)?;
    let (mut bytes, mut hash) = (0_u64, 0xcbf2_9ce4_8422_2325_u64);
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hash));
        }
        bytes += read as u64;
        for byte in buffer.iter().take(read) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
