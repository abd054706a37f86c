//! Ctrl-C, and the signals by which a command is asked to end: at a prompt they end it at once, with the terminal as it
//! was; while files are written they have them taken back first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use dialoguer::console::Term;

use super::failure::{Failure, INTERRUPTED};

/// How long a prompt has to end by itself. One that waits for a key does so at once: the signal wakes it up.
const GRACE: Duration = Duration::from_millis(100);

/// What the handler of the signals and the command know of each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt {
    /// Whether files are written. Held by the handler while it ends the process, so that no writing begins meanwhile.
    writing: Arc<Mutex<bool>>,
    cancel: Arc<AtomicBool>,
}

impl Interrupt {
    /// Handles Ctrl-C, SIGTERM and SIGHUP from now on.
    pub(super) fn install() -> Self {
        let interrupt = Self::default();
        let handled = interrupt.clone();
        let terminal = Terminal::remember();
        // Where no handler can be installed, the signals end the command as they always did.
        let _ = ctrlc::set_handler(move || {
            handled.cancel.store(true, Ordering::SeqCst);
            if *handled.lock() {
                return;
            }
            // A prompt that was only about to wait for a key has missed the signal.
            thread::sleep(GRACE);
            let writing = handled.lock();
            if !*writing {
                // Nobody can hide the cursor any more while this is held.
                let _stderr = std::io::stderr().lock();
                terminal.restore();
                show_cursor();
                std::process::exit(INTERRUPTED.into());
            }
        });
        interrupt
    }

    /// Writes files. Meanwhile a signal raises the flag that is handed over, and does nothing else.
    ///
    /// # Errors
    /// When it is stopped by a signal, or as the writing says.
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

    /// Refuses to go on once a signal has come.
    ///
    /// # Errors
    /// When one has.
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
