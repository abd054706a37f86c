//! Programs that are not in a container: run to their end, or for as long as a test needs them.

use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::settings::tail;

/// How long a program may take to end the processes that it has started.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(20);

/// Runs a program to its end and gives its output, or the last lines of what it said when it failed.
pub fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    Err(tail(&format!("{stdout}{}", String::from_utf8_lossy(&output.stderr)), 40))
}

/// A program in the background, ended when this goes.
pub struct Background {
    child: Child,
}

impl Background {
    /// Starts a program that writes what it says into a file.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let out = fs_err::File::create(log).unwrap();
        let errors = out.try_clone().unwrap();
        Self { child: command.stdout(out.into_file()).stderr(errors.into_file()).spawn().unwrap() }
    }

    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Background {
    /// Asks it to end, so that it ends the processes that it has started, some of which have a session of their own.
    fn drop(&mut self) {
        let asked = Instant::now();
        // Where it has ended already, nothing is left to do
        let _ = kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGTERM);
        while self.runs() && asked.elapsed() < PATIENCE_AT_THE_END {
            sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
