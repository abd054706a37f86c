//! Ctrl-C: at a prompt it ends the command at once, with the terminal as it was; while files are written it has them
//! taken back first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use dialoguer::console::Term;

use super::failure::INTERRUPTED;

/// How long a prompt has to end by itself. One that waits for a key does so at once: the signal wakes it up.
const GRACE: Duration = Duration::from_millis(100);

/// What the handler of the signal and the command know of each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt {
    writing: Arc<AtomicBool>,
    cancel: Arc<AtomicBool>,
}

impl Interrupt {
    /// Handles Ctrl-C from now on.
    pub(super) fn install() -> Self {
        let interrupt = Self::default();
        let (writing, cancel) = (Arc::clone(&interrupt.writing), Arc::clone(&interrupt.cancel));
        let terminal = Terminal::remember();
        // Where no handler can be installed, the signal ends the command as it always did.
        let _ = ctrlc::set_handler(move || {
            cancel.store(true, Ordering::SeqCst);
            if writing.load(Ordering::SeqCst) {
                return;
            }
            // A prompt that was only about to wait for a key has missed the signal.
            thread::sleep(GRACE);
            if !writing.load(Ordering::SeqCst) {
                // Nobody can hide the cursor any more while this is held.
                let _stderr = std::io::stderr().lock();
                terminal.restore();
                show_cursor();
                std::process::exit(INTERRUPTED.into());
            }
        });
        interrupt
    }

    /// From now on, Ctrl-C raises the flag that is returned and does nothing else.
    pub(super) fn writing(&self) -> Arc<AtomicBool> {
        self.writing.store(true, Ordering::SeqCst);
        Arc::clone(&self.cancel)
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
