//! Prints results to standard output and everything else to standard error. It takes [`Printable`]s and single lines, which it
//! makes printable itself.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use anstyle::{AnsiColor, Style};
use clap::ArgMatches;
use clap::parser::ValueSource;
use spaces_new::report::shown;
use spaces_new::report::{Format, Printable, Refused, refused_json};
use spaces_new::{Diagnostic, SpecError, WriteErrorKind};

use super::failure::Failure;
use super::screen::{broken, columns, fit, wrapped};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// The hint for a folder that is not empty.
const AROUND_AN_APP: &str = "choose a new folder; if this one has an app, `spaces-new init` puts a Space around it";

/// The maximum number of listed entries of a folder that is not empty.
const ENTRIES_SHOWN: usize = 10;

/// Whether long lines are broken.
static BREAKS_LINES: AtomicBool = AtomicBool::new(false);

/// Where the output goes, and in which format.
pub(super) struct Printer {
    pub(super) format: Format,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
    /// Whether standard output holds a document for programs: a second one would make it invalid.
    has_document: Cell<bool>,
}

impl Printer {
    pub(super) fn new(matches: &ArgMatches) -> Self {
        // The flags about output may stand before a subcommand too
        let levels = [Some(matches), matches.subcommand().map(|(_, inner)| inner)].into_iter().flatten();
        let flag = |name: &str| levels.clone().any(|level| level.get_flag(name));
        let typed = |level: &&ArgMatches| level.value_source("format") == Some(ValueSource::CommandLine);
        let format = levels.clone().rfind(typed).and_then(|level| level.get_one::<Format>("format"));
        Self {
            format: format.copied().unwrap_or_default(),
            quiet: flag("quiet"),
            verbose: flag("verbose"),
            has_document: Cell::new(false),
        }
    }

    /// Whether the result is a JSON document.
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Prints findings: also with `--quiet`, if there are any.
    ///
    /// # Errors
    /// If they cannot be written. A closed pipe is not a failure.
    pub(super) fn findings(&self, text: &Printable, are_any: bool) -> Result<ExitCode, Failure> {
        if are_any { self.document(text) } else { self.result(text) }
    }

    /// Prints a result, which counts as success.
    ///
    /// # Errors
    /// If it cannot be written. A closed pipe is not a failure.
    pub(super) fn result(&self, text: &Printable) -> Result<ExitCode, Failure> {
        if self.quiet && self.format == Format::Text {
            return Ok(ExitCode::SUCCESS);
        }
        self.document(text)
    }

    /// Prints what was asked for and nothing else, such as a list or a script: also with `--quiet`.
    ///
    /// # Errors
    /// If it cannot be written. A closed pipe is not a failure.
    pub(super) fn asked(&self, text: &Printable) -> Result<ExitCode, Failure> {
        self.document(text)
    }

    fn document(&self, text: &Printable) -> Result<ExitCode, Failure> {
        if text.is_document() {
            self.has_document.set(true);
        }
        let mut out = anstream::stdout().lock();
        match out.write_all(text.as_str().as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Failure::other(format_args!("cannot write the output: {error}"), "check its destination"))
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }

    /// Prints something that is not a result.
    pub(super) fn note(&self, text: impl Into<Printable>) {
        if !self.quiet {
            print_error(&text.into());
        }
    }

    /// Prints a list, with long lines broken where a person reads them.
    pub(super) fn list(&self, text: &Printable) {
        let width = if BREAKS_LINES.load(Relaxed) { columns() } else { usize::MAX };
        let mut list = Printable::new();
        for line in text.as_str().lines().flat_map(|line| broken(line, width)) {
            list.line(line);
        }
        self.note(list);
    }

    /// Shows a line in place of the one before, on a terminal.
    pub(super) fn status(&self, line: &str) {
        if !self.quiet {
            status(line);
        }
    }

    /// Passes the output of an engine on, unchanged: the user sees what a build prints.
    pub(super) fn engine_output(&self, bytes: &[u8]) {
        if !self.quiet {
            let mut errors = std::io::stderr().lock();
            let _ = errors.write_all(bytes).and_then(|()| errors.flush());
        }
    }

    /// Prints a line only with `--verbose`.
    pub(super) fn detail(&self, line: &str) {
        if self.verbose {
            self.note(line);
        }
    }

    /// Warns, in one line.
    pub(super) fn warning(&self, line: &str) {
        if !self.quiet {
            let mut text = Printable::new();
            labelled(&mut text, "", WARNING, "warning", line);
            print_error(&text);
        }
    }

    /// Prints each warning.
    pub(super) fn warnings(&self, texts: &[String]) {
        for text in texts {
            self.warning(text);
        }
    }

    /// Prints what the check finds in the files that answers lead to.
    pub(super) fn found(&self, findings: &[Diagnostic]) {
        for found in findings {
            let help = found.help.as_deref().map(|help| format!(": {help}")).unwrap_or_default();
            self.warning(&format!("{}{help} ({})", found.message, found.rule));
        }
    }

    /// Prints why the command failed.
    pub(super) fn fail(&self, failure: &Failure) -> ExitCode {
        self.report(failure);
        if self.is_json() && !self.has_document.get() {
            let _ = self.result(&failure_json(failure));
        }
        ExitCode::from(failure.code())
    }

    /// Prints a failure that the result already contains, or will contain.
    #[expect(clippy::unused_self, reason = "all output goes through the printer")]
    pub(super) fn report(&self, failure: &Failure) {
        print_error(&failure_text(failure));
    }
}

/// The usable columns of standard output. None if it is not a terminal.
pub(super) fn columns_of_output() -> Option<usize> {
    std::io::stdout().is_terminal().then(columns)
}

/// Prints the version, as clap does.
pub(super) fn version() -> ExitCode {
    let mut out = anstream::stdout().lock();
    let _ = writeln!(out, "spaces-new {}", env!("CARGO_PKG_VERSION"));
    ExitCode::SUCCESS
}

/// Prints the problems of answers to a person who can change them.
pub(super) fn problems<'a>(errors: impl Iterator<Item = &'a SpecError>) {
    let mut text = Printable::new();
    add_problems(&mut text, errors);
    print_error(&text);
}

/// Prints an error about the arguments, or the requested help or version. Its colours only count if it cannot contain typed
/// text: if it is `Ok`.
pub(super) fn usage(error: Result<clap::Error, clap::Error>, format: Format) -> ExitCode {
    let mut text = Printable::new();
    match &error {
        Ok(error) => text.coloured(error.render().ansi().to_string()),
        Err(error) => text.lines(error.render().to_string()),
    }
    let (Ok(error) | Err(error)) = error;
    if !error.use_stderr() {
        // A closed pipe does not need the help text
        let _ = anstream::stdout().lock().write_all(text.as_str().as_bytes());
        return ExitCode::SUCCESS;
    }
    print_error(&text);
    if format == Format::Json {
        let message = error.render().to_string();
        let (message, tip) = usage_message(&message);
        let hint =
            tip.unwrap_or_else(|| "`spaces-new help` and `spaces-new help COMMAND` list the arguments".to_owned());
        let document = refused_json(&Refused::message(&message).hint(Some(&hint)));
        let _ = anstream::stdout().lock().write_all(document.as_str().as_bytes());
    }
    ExitCode::from(super::failure::USAGE)
}

/// What an error about the arguments says, in a line, and its tips.
fn usage_message(rendered: &str) -> (String, Option<String>) {
    let lines = rendered.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"));
    let (tips, message): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("tip:"));
    let tips: Vec<&str> = tips.into_iter().map(|tip| tip.trim_start_matches("tip:").trim()).collect();
    let message = message.join(" ").trim_start_matches("error: ").to_owned();
    (message, (!tips.is_empty()).then(|| tips.join("; ")))
}

/// Shows a line in place of the one before, cut where the terminal ends: what wraps could not be replaced.
pub(super) fn status(line: &str) {
    // Not a printable: it returns to the beginning of its line
    let _ = write!(anstream::stderr().lock(), "\r\u{1b}[K{}", fit(&shown(line), columns()));
}

pub(super) fn print_error(text: &Printable) {
    // If this cannot be written, the exit code still shows that the command failed.
    let _ = anstream::stderr().lock().write_all(text.as_str().as_bytes());
}

/// From now on, breaks long lines between words: a person reads them in a terminal.
pub(super) fn break_lines() {
    BREAKS_LINES.store(true, Relaxed);
}

/// Adds a line after a coloured word.
fn labelled(text: &mut Printable, indent: &str, style: Style, label: &str, line: &str) {
    let line = shown(line);
    let mut lines = if BREAKS_LINES.load(Relaxed) {
        wrapped(&line, columns().saturating_sub(indent.len() + label.len() + 2))
    } else {
        vec![line.into_owned()]
    };
    let rest = lines.split_off(1.min(lines.len()));
    text.coloured(format!("{indent}{style}{label}{style:#}: {}", lines.concat()));
    for line in rest {
        text.line(format!("{indent}  {line}"));
    }
}

fn failure_text(failure: &Failure) -> Printable {
    let mut text = Printable::new();
    let hint = match failure {
        Failure::Answers(errors, hint) => {
            add_problems(&mut text, errors.iter());
            hint.as_deref()
        }
        Failure::Write(error) => {
            labelled(&mut text, "", ERROR, "error", &error.to_string());
            let entries: Vec<&str> = error.entries().collect();
            entries.iter().take(ENTRIES_SHOWN).for_each(|entry| text.line(format!("    {entry}")));
            if entries.len() > ENTRIES_SHOWN {
                text.line(format!("    and {} more", entries.len() - ENTRIES_SHOWN));
            }
            // The library does not know subcommands
            if error.kind() == WriteErrorKind::NotEmpty && entries.iter().any(|entry| !entry.starts_with('.')) {
                Some(AROUND_AN_APP)
            } else {
                error.hint()
            }
        }
        Failure::Conflict(message, hint) => {
            labelled(&mut text, "", ERROR, "error", &message.line);
            message.items.iter().for_each(|item| text.line(format!("    {item}")));
            Some(hint.as_str())
        }
        Failure::Cancelled => {
            text.line("stopped; nothing was written");
            None
        }
        #[cfg(feature = "online")]
        Failure::Paused => {
            text.line("stopped; what was done stays, and the next run goes on from there");
            None
        }
        Failure::Other(message, hint) => {
            labelled(&mut text, "", ERROR, "error", &message.line);
            message.items.iter().for_each(|item| text.line(format!("    {item}")));
            hint.as_deref()
        }
    };
    if let Some(hint) = hint {
        text.blank();
        labelled(&mut text, "", HINT, "hint", hint);
    }
    text
}

fn add_problems<'a>(text: &mut Printable, errors: impl Iterator<Item = &'a SpecError>) {
    for error in errors {
        labelled(text, "", ERROR, "error", &error.to_string());
        if let Some(hint) = error.hint() {
            labelled(text, "  ", HINT, "hint", hint);
        }
    }
}

fn failure_json(failure: &Failure) -> Printable {
    refused_json(&match failure {
        Failure::Answers(errors, hint) => Refused::answers(errors).hint(hint.as_deref()),
        Failure::Write(error) => Refused::write(error),
        Failure::Conflict(message, hint) => Refused::message(&message.to_string()).hint(Some(hint)),
        Failure::Cancelled => Refused::message("stopped"),
        #[cfg(feature = "online")]
        Failure::Paused => Refused::message("stopped"),
        Failure::Other(message, hint) => Refused::message(&message.to_string()).hint(hint.as_deref()),
    })
}
