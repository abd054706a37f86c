//! Ctrl-C and other termination signals: at a prompt they end the command at once, with the terminal restored; while files
//! are written they first undo the writing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use dialoguer::console::Term;

use super::failure::{Failure, INTERRUPTED};

/// How long a prompt has to end by itself. One that waits for a key does so at once: the signal wakes it up.
const GRACE: Duration = Duration::from_millis(100);

/// The state that the signal handler and the command share.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt {
    /// Whether files are being written. Locked by the handler while it ends the process, so that no writing begins meanwhile.
    writing: Arc<Mutex<bool>>,
    cancel: Arc<AtomicBool>,
}

impl Interrupt {
    /// Handles Ctrl-C, SIGTERM and SIGHUP from now on.
    pub(super) fn install() -> Self {
        let interrupt = Self::default();
        let handled = interrupt.clone();
        let terminal = Terminal::remember();
        // If no handler can be installed, the signals have their default effect.
        let _ = ctrlc::set_handler(move || {
            handled.cancel.store(true, Ordering::SeqCst);
            if *handled.lock() {
                return;
            }
            // A prompt that was just about to wait for a key has missed the signal.
            thread::sleep(GRACE);
            let writing = handled.lock();
            if !*writing {
                // No prompt can hide the cursor any more while this is locked.
                let _stderr = std::io::stderr().lock();
                terminal.restore();
                show_cursor();
                // The prompt's line is left
                let _ = Term::stderr().write_line("\nstopped");
                std::process::exit(INTERRUPTED.into());
            }
        });
        interrupt
    }

    /// Runs a function that writes files. Meanwhile a signal only sets the flag that the function gets.
    ///
    /// # Errors
    /// If it is stopped by a signal, or fails.
    pub(super) fn while_writing<T, E: Into<Failure>>(
        &self,
        write: impl FnOnce(Arc<AtomicBool>) -> Result<T, E>,
    ) -> Result<T, Failure> {
        *self.lock() = true;
        // A signal that arrived before this point stops the command here, since its handler does nothing while files are written
        let written = self.go_on().and_then(|()| write(Arc::clone(&self.cancel)).map_err(Into::into));
        *self.lock() = false;
        written
    }

    /// Returns an error if a signal has arrived.
    ///
    /// # Errors
    /// If one has.
    pub(super) fn go_on(&self) -> Result<(), Failure> {
        if self.cancel.load(Ordering::SeqCst) { Err(Failure::Cancelled) } else { Ok(()) }
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The settings of the terminal, which a prompt changes while it waits for a key.
struct Terminal {
    #[cfg(unix)]
    settings: Option<rustix::termios::Termios>,
}

impl Terminal {
    fn remember() -> Self {
        Self {
            #[cfg(unix)]
            settings: rustix::termios::tcgetattr(std::io::stdin()).ok(),
        }
    }

    #[cfg_attr(not(unix), expect(clippy::unused_self, reason = "there are no settings to restore"))]
    fn restore(&self) {
        #[cfg(unix)]
        if let Some(settings) = &self.settings {
            let now = rustix::termios::OptionalActions::Now;
            let _ = rustix::termios::tcsetattr(std::io::stdin(), now, settings);
        }
    }
}

/// Prompts hide the cursor and leave it hidden when they are interrupted.
pub(super) fn show_cursor() {
    let term = Term::stderr();
    if term.is_term() {
        let _ = term.show_cursor();
    }
}
