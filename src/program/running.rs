//! A program whose output is read while it runs.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Command, Program, end};

/// How often to look whether the program was cancelled or has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// How long after the end of a program its output may come.
const LAST_OUTPUT: Duration = Duration::from_secs(2);

/// The size of the pieces in which output is read, and how many of them may wait to be taken.
const PIECE: usize = 64 * 1024;
const WAITING_MOST: usize = 16;

/// How long a program may run, and how to stop it earlier.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    pub(crate) patience: Duration,
    pub(crate) cancel: Arc<AtomicBool>,
}

/// A piece of output.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Out(Vec<u8>),
    Errors(Vec<u8>),
}

/// A program that has been started. It is killed with all its child processes when this is dropped.
pub(crate) struct Running {
    child: Child,
    pieces: Receiver<Piece>,
    begin: Instant,
    watch: Watch,
    ended: Option<ExitStatus>,
    ended_at: Option<Instant>,
}

/// How a program ended, with what it wrote.
#[derive(Debug)]
pub(crate) struct Captured {
    pub(crate) status: ExitStatus,
    pub(crate) out: Vec<u8>,
    pub(crate) errors: Vec<u8>,
}

impl Program {
    /// Starts it in a folder of ours. Its output must be read, otherwise it waits.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(crate) fn start(&self, folder: &Path, watch: Watch, prepare: impl FnOnce(&mut Command)) -> io::Result<Running> {
        #[expect(clippy::disallowed_methods, reason = "this is the only module that starts programs")]
        let mut command = Command::new(&self.path);
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        prepare(&mut command);
        let begin = Instant::now();
        let mut child = command.spawn()?;
        let (sender, pieces) = sync_channel(WAITING_MOST);
        if let Some(out) = child.stdout.take() {
            let sender = sender.clone();
            thread::spawn(move || forward(out, &sender, Piece::Out));
        }
        if let Some(errors) = child.stderr.take() {
            thread::spawn(move || forward(errors, &sender, Piece::Errors));
        }
        Ok(Running { child, pieces, begin, watch, ended: None, ended_at: None })
    }

    /// Runs it to its end, and keeps at most `most` bytes of each stream: the rest is read and dropped.
    ///
    /// # Errors
    /// If it cannot be started, takes too long, or is cancelled.
    pub(crate) fn capture(
        &self,
        folder: &Path,
        watch: Watch,
        most: usize,
        prepare: impl FnOnce(&mut Command),
    ) -> io::Result<Captured> {
        let mut running = self.start(folder, watch, prepare)?;
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        while let Some(piece) = running.next()? {
            let (kept, bytes) = match piece {
                Piece::Out(bytes) => (&mut out, bytes),
                Piece::Errors(bytes) => (&mut errors, bytes),
            };
            let room = most.saturating_sub(kept.len()).min(bytes.len());
            kept.extend(bytes.into_iter().take(room));
        }
        Ok(Captured { status: running.wait()?, out, errors })
    }
}

impl Running {
    /// Waits for output. None once the program has closed it.
    ///
    /// # Errors
    /// If it takes too long or is cancelled: it is then killed.
    pub(crate) fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            match self.pieces.recv_timeout(PAUSE) {
                Ok(piece) => return Ok(Some(piece)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if self.has_ended() => {
                    // Its last output may still be on its way; what it has left in the background may hold the streams open
                    let since = *self.ended_at.get_or_insert_with(Instant::now);
                    if since.elapsed() > LAST_OUTPUT {
                        return Ok(None);
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.check()?,
            }
        }
    }

    /// The output that is there, without waiting for more.
    pub(crate) fn available(&mut self) -> Option<Piece> {
        self.pieces.try_recv().ok()
    }

    /// Waits until it ends.
    ///
    /// # Errors
    /// If it takes too long or is cancelled: it is then killed.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        loop {
            if let Some(status) = self.status() {
                return Ok(status);
            }
            self.check()?;
            thread::sleep(PAUSE / 4);
        }
    }

    /// How it ended, if it has.
    pub(crate) fn status(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().ok().flatten();
        }
        self.ended
    }

    /// Asks it and its child processes to end.
    pub(crate) fn terminate(&self) {
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::TERM);
        }
    }

    /// Kills it with all its child processes.
    pub(crate) fn kill(&mut self) {
        end(&mut self.child);
        self.ended = self.child.try_wait().ok().flatten();
    }

    fn has_ended(&mut self) -> bool {
        self.status().is_some()
    }

    fn check(&mut self) -> io::Result<()> {
        if self.watch.cancel.load(Ordering::SeqCst) {
            self.kill();
            return Err(io::Error::new(io::ErrorKind::Interrupted, "it was interrupted"));
        }
        if self.begin.elapsed() > self.watch.patience {
            self.kill();
            let message = format!("it has not ended after {} seconds", self.watch.patience.as_secs());
            return Err(io::Error::new(io::ErrorKind::TimedOut, message));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.status().is_none() {
            self.kill();
        }
    }
}

/// Sends a stream in pieces until it ends, or nobody takes them any more.
fn forward(mut stream: impl Read, sender: &SyncSender<Piece>, piece: fn(Vec<u8>) -> Piece) {
    let mut buffer = vec![0; PIECE];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => {
                if sender.send(piece(buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn script(folder: &Path, text: &str) -> Program {
        let path = folder.join("tool");
        fs_err::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Program { path }
    }

    fn watch(seconds: u64) -> Watch {
        Watch { patience: Duration::from_secs(seconds), cancel: Arc::default() }
    }

    #[test]
    fn output_is_kept_up_to_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "echo abcdef; echo no >&2; exit 4");
        let captured = program.capture(folder.path(), watch(60), 4, |_| {}).unwrap();
        assert_eq!((captured.status.code(), &*captured.out, &*captured.errors), (Some(4), &b"abcd"[..], &b"no\n"[..]));
        let endless = script(folder.path(), "head -c 5000000 /dev/zero");
        assert_eq!(endless.capture(folder.path(), watch(60), 10, |_| {}).unwrap().out.len(), 10);
    }

    #[test]
    fn one_that_takes_too_long_or_is_cancelled_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "sleep 600");
        let begin = Instant::now();
        let kind = |watch: Watch| program.capture(folder.path(), watch, 10, |_| {}).unwrap_err().kind();
        assert_eq!(kind(Watch { patience: Duration::from_millis(100), ..watch(0) }), io::ErrorKind::TimedOut);
        let cancelled = watch(600);
        cancelled.cancel.store(true, Ordering::SeqCst);
        assert_eq!(kind(cancelled), io::ErrorKind::Interrupted);
        assert!(begin.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn one_that_leaves_a_child_behind_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "sleep 5 & echo left");
        let begin = Instant::now();
        assert_eq!(program.capture(folder.path(), watch(60), 10, |_| {}).unwrap().out, b"left\n");
        assert!(begin.elapsed() < Duration::from_secs(4));
    }

    #[test]
    fn one_is_asked_to_end() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "trap 'echo bye; exit 7' TERM\necho ready\nwhile :; do sleep 0.05; done");
        let mut running = program.start(folder.path(), watch(60), |_| {}).unwrap();
        assert_eq!(running.next().unwrap(), Some(Piece::Out(b"ready\n".to_vec())));
        running.terminate();
        assert_eq!(running.wait().unwrap().code(), Some(7));
    }
}
