//! The only module that starts programs.
//!
//! No program is started in a folder that is only read: git settings in it could run programs. `git init` runs in a
//! folder that we have just created. Programs are only looked up in the absolute entries of `PATH`, since an empty or relative
//! entry means the current folder; they run in a process group of their own and for a limited time.

mod running;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a caller of a program may prepare.
pub(crate) use std::process::Command;

pub(crate) use running::{Captured, Piece, Running, Watch};

/// How often to check whether a program has ended.
const PAUSE: Duration = Duration::from_millis(2);

/// Further output of a program is not read.
const SAID_MOST: u64 = 64 * 1024;

/// A program that was found.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    path: PathBuf,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// Its standard error, as far as it is text.
    pub(crate) errors: String,
}

impl Program {
    /// Finds a program by its name. None if it is in no absolute entry of `PATH`.
    pub(crate) fn find(name: &str) -> Option<Self> {
        Self::find_in(name, &std::env::var_os("PATH")?)
    }

    /// Every program of a name, in the order of `PATH`.
    pub(crate) fn find_all(name: &str) -> Vec<Self> {
        std::env::var_os("PATH").map(|path| Self::all_in(name, &path).collect()).unwrap_or_default()
    }

    fn find_in(name: &str, path: &OsStr) -> Option<Self> {
        Self::all_in(name, path).next()
    }

    fn all_in(name: &str, path: &OsStr) -> impl Iterator<Item = Self> {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let folders: Vec<PathBuf> = std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect();
        let files = folders.into_iter().map(move |folder| folder.join(&name));
        files.filter(|file| can_be_run(file)).map(|path| Self { path })
    }

    /// A program at an absolute path.
    pub(crate) fn at(path: PathBuf) -> Option<Self> {
        (path.is_absolute() && can_be_run(&path)).then_some(Self { path })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs it in a folder of ours, with these standard input and arguments, for a limited time.
    ///
    /// # Errors
    /// If it cannot be started, or has not ended in time: it is then killed with all its child processes.
    pub(crate) fn run(
        &self,
        folder: &Path,
        input: Stdio,
        patience: Duration,
        prepare: impl FnOnce(&mut Command),
    ) -> io::Result<Ended> {
        let mut errors = tempfile::tempfile()?;
        #[expect(clippy::disallowed_methods, reason = "this is the only module that starts programs")]
        let mut command = Command::new(&self.path);
        command.current_dir(folder).stdin(input).stdout(Stdio::null()).stderr(errors.try_clone()?);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        prepare(&mut command);
        let status = wait(command.spawn()?, patience)?;
        Ok(Ended { status, errors: text_of(&mut errors)? })
    }
}

fn wait(mut child: Child, patience: Duration) -> io::Result<ExitStatus> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if begin.elapsed() > patience {
            end(&mut child);
            let message = format!("it has not ended after {} seconds", patience.as_secs());
            return Err(io::Error::new(io::ErrorKind::TimedOut, message));
        }
        thread::sleep(PAUSE);
    }
}

/// Kills a program with all its child processes.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn text_of(file: &mut File) -> io::Result<String> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(SAID_MOST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(unix)]
fn can_be_run(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs_err::metadata(file).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn can_be_run(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::disk;

    fn script(folder: &Path, name: &str, text: &str) -> Program {
        let path = folder.join(name);
        fs_err::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Program { path }
    }

    #[test]
    fn only_absolute_entries_of_the_path_count() {
        let folder = tempfile::tempdir().unwrap();
        script(folder.path(), "tool", "exit 0");
        fs_err::write(folder.path().join("text"), "").unwrap();
        let absolute = folder.path().to_str().unwrap();
        let find = |name: &str, path: &str| Program::find_in(name, OsStr::new(path)).is_some();
        assert!(find("tool", absolute) && find("tool", &format!(":bin:{absolute}")));
        assert!(!find("text", absolute), "it cannot be run");
        let here = std::env::current_dir().unwrap();
        let up: String = here.components().skip(1).map(|_| "../").collect();
        assert!(!find("sh", &format!("{up}bin")), "a relative entry");
        assert!(!find("sh", ":.:"), "empty entries");
    }

    #[test]
    fn one_that_does_not_end_is_killed_with_what_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "slow", "sleep 600 & echo $! > pid\nwait");
        let error = program.run(folder.path(), Stdio::null(), Duration::from_millis(300), |_| {}).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        let text = |path: &Path| String::from_utf8(disk::read(path, 4096).unwrap_or_default()).unwrap();
        let pid: i32 = text(&folder.path().join("pid")).trim().parse().unwrap();
        let is_gone = || {
            let stat = text(Path::new(&format!("/proc/{pid}/stat")));
            stat.is_empty() || stat.contains(") Z ")
        };
        for _ in 0..200 {
            if is_gone() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("process {pid} is still running");
    }

    #[test]
    fn what_it_says_is_heard() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "loud", "echo no >&2; exit 3");
        let ended = program.run(folder.path(), Stdio::null(), Duration::from_mins(1), |_| {}).unwrap();
        assert_eq!((ended.status.code(), ended.errors.as_str()), (Some(3), "no\n"));
    }
}
