//! How publishing goes on, in a terminal or line by line.

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::ArgMatches;
use spaces_new::publishing::{PauseSeen, Progress, PublishStep, Watcher};

use super::super::printer::{self, Printer};
use super::super::prompts;

/// How often a line of progress is shown.
const PERIOD: Duration = Duration::from_millis(200);

/// Shows the steps with their seconds, bytes and stages.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Screen<'p> {
    printer: &'p Printer,
    is_terminal: bool,
    asks: bool,
    follows: bool,
    step: Option<(PublishStep, Instant)>,
    stage: String,
    shown: Option<Instant>,
    has_status: bool,
}

impl<'p> Screen<'p> {
    pub(super) fn new(printer: &'p Printer, matches: &ArgMatches) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self {
            printer,
            is_terminal,
            asks: is_terminal && std::io::stdin().is_terminal(),
            follows: matches.get_flag("verbose"),
            step: None,
            stage: String::new(),
            shown: None,
            has_status: false,
        }
    }

    /// Shows a line that the next one replaces.
    fn status(&mut self, line: &str) {
        if self.is_terminal && (self.has_status || !line.is_empty()) {
            self.printer.status(line);
            self.has_status = !line.is_empty();
        }
    }

    fn is_due(&mut self) -> bool {
        let is_due = self.shown.is_none_or(|shown| shown.elapsed() > PERIOD);
        if is_due {
            self.shown = Some(Instant::now());
        }
        is_due
    }

    /// Ends the line of the last step.
    pub(super) fn end(&mut self) {
        if let Some((step, begin)) = self.step.take() {
            self.status("");
            self.printer.note(format!("{:<8} {:>6.1} s", step.as_str(), begin.elapsed().as_secs_f64()));
        }
    }
}

impl Watcher for Screen<'_> {
    fn step(&mut self, step: PublishStep) {
        self.end();
        self.step = Some((step, Instant::now()));
        self.status(&format!("{} ..", step.as_str()));
    }

    fn sent(&mut self, sent: Progress) {
        if self.is_due() {
            let (bytes, of_bytes) = (megabytes(sent.bytes), megabytes(sent.of_bytes));
            self.status(&format!("upload   {} of {} files, {bytes:.1} of {of_bytes:.1} MB", sent.files, sent.of_files));
        }
    }

    fn stage(&mut self, stage: &str) {
        stage.clone_into(&mut self.stage);
        if !self.is_terminal {
            self.printer.note(format!("build    {stage}"));
        }
    }

    fn tick(&mut self) {
        if let Some((step, begin)) = self.step {
            self.status(&format!("{:<8} {:>6.0} s  {}", step.as_str(), begin.elapsed().as_secs_f64(), self.stage));
        }
    }

    fn pauses(&self) -> Option<PauseSeen> {
        if self.printer.quiet {
            return None;
        }
        let is_terminal = self.is_terminal;
        Some(Arc::new(move |pause| {
            let seconds = pause.left.as_secs_f64();
            let line = format!("{:<8} {seconds:>6.0} s, then again: {}", "waiting", pause.why);
            match (is_terminal, pause.left == pause.all) {
                (true, _) => printer::status(if pause.left.is_zero() { "" } else { &line }),
                (false, true) => printer::print_error(&line.into()),
                (false, false) => {}
            }
        }))
    }

    fn wants_log(&self) -> bool {
        self.follows
    }

    fn log(&mut self, line: &str) {
        self.status("");
        self.printer.detail(line.trim_end());
    }

    fn secret(&mut self, name: &str) -> Option<String> {
        if !self.asks {
            return None;
        }
        self.status("");
        prompts::secret(name)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a size to look at")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
