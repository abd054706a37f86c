//! Ctrl-C: at a prompt it ends the command at once, with the cursor visible; while files are written it has them
//! taken back first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::console::Term;

use super::failure::INTERRUPTED;

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
        // Where no handler can be installed, the signal ends the command as it always did.
        let _ = ctrlc::set_handler(move || {
            cancel.store(true, Ordering::SeqCst);
            if !writing.load(Ordering::SeqCst) {
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

/// Prompts hide the cursor and leave it hidden when they are interrupted.
pub(super) fn show_cursor() {
    let term = Term::stderr();
    if term.is_term() {
        let _ = term.show_cursor();
    }
}
