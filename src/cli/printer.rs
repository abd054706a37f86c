//! Prints: results to standard output, everything else to standard error.

use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::ArgMatches;

use super::failure::Failure;
use crate::apply::WriteErrorKind;
use crate::report::{errors_json, message_json, write_error_json};
use crate::spec::{SpecError, SpecErrors};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// What to do with a folder that is not empty.
const AROUND_AN_APP: &str = "choose a new folder; if an app is in this one, `spaces-new init` puts a Space around it";

/// Most entries of a folder that is not empty which are listed one by one.
const ENTRIES_SHOWN: usize = 10;

/// Where output goes, and in which form.
pub(super) struct Printer {
    pub(super) json: bool,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
}

impl Printer {
    pub(super) fn new(matches: &ArgMatches) -> Self {
        let matches = matches.subcommand().map_or(matches, |(_, inner)| inner);
        Self {
            json: matches.get_one::<String>("format").is_some_and(|format| format == "json"),
            quiet: matches.get_flag("quiet"),
            verbose: matches.get_flag("verbose"),
        }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// When it cannot be written. A reader that has gone away is no failure.
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        if self.quiet && !self.json {
            return Ok(());
        }
        let mut out = anstream::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Failure::other(format_args!("cannot write the output: {error}"), "check where it goes to"))
            }
            _ => Ok(()),
        }
    }

    /// Says something that is no result.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// Says something only to those who want to know all.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            self.note(text);
        }
    }

    /// Warns.
    pub(super) fn warning(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{WARNING}warning{WARNING:#}: {text}");
        }
    }

    /// Warns of each.
    pub(super) fn warnings(&self, texts: &[String]) {
        for text in texts {
            self.warning(text);
        }
    }

    /// Says why the command failed.
    pub(super) fn fail(&self, failure: &Failure) -> ExitCode {
        // Whoever reads this has gone if it cannot be written; the exit code still tells.
        let _ = write_failure(&mut anstream::stderr().lock(), failure);
        if self.json {
            let _ = self.result(&failure_json(failure));
        }
        ExitCode::from(failure.code())
    }
}

/// Says what is wrong with answers, to somebody who can change them.
pub(super) fn problems(errors: &SpecErrors) {
    let _ = write_problems(&mut anstream::stderr().lock(), errors.iter());
}

fn write_failure(err: &mut impl Write, failure: &Failure) -> std::io::Result<()> {
    let hint = match failure {
        Failure::Answers(errors, hint) => {
            write_problems(err, errors.iter())?;
            hint.as_deref()
        }
        Failure::Write(error) => {
            writeln!(err, "{ERROR}error{ERROR:#}: {error}")?;
            let entries: Vec<&str> = error.entries().collect();
            for entry in entries.iter().take(ENTRIES_SHOWN) {
                writeln!(err, "    {entry}")?;
            }
            if entries.len() > ENTRIES_SHOWN {
                writeln!(err, "    and {} more", entries.len() - ENTRIES_SHOWN)?;
            }
            // The library knows no subcommands
            if error.kind() == WriteErrorKind::NotEmpty && entries.iter().any(|entry| !entry.starts_with('.')) {
                Some(AROUND_AN_APP)
            } else {
                error.hint()
            }
        }
        Failure::Conflict(message, hint) => {
            writeln!(err, "{ERROR}error{ERROR:#}: {message}")?;
            Some(hint.as_str())
        }
        Failure::Cancelled => {
            writeln!(err, "stopped; nothing was written")?;
            None
        }
        Failure::Other(error, hint) => {
            writeln!(err, "{ERROR}error{ERROR:#}: {error:#}")?;
            hint.as_deref()
        }
    };
    hint.map_or(Ok(()), |hint| writeln!(err, "\n{HINT}hint{HINT:#}: {hint}"))
}

fn write_problems<'a>(err: &mut impl Write, errors: impl Iterator<Item = &'a SpecError>) -> std::io::Result<()> {
    for error in errors {
        writeln!(err, "{ERROR}error{ERROR:#}: {error}")?;
        if let Some(hint) = error.hint() {
            writeln!(err, "  {HINT}hint{HINT:#}: {hint}")?;
        }
    }
    Ok(())
}

fn failure_json(failure: &Failure) -> String {
    match failure {
        Failure::Answers(errors, hint) => errors_json(errors, hint.as_deref()),
        Failure::Write(error) => write_error_json(error),
        Failure::Conflict(message, hint) => message_json(message, Some(hint)),
        Failure::Cancelled => message_json("stopped", None),
        Failure::Other(error, hint) => message_json(&format!("{error:#}"), hint.as_deref()),
    }
}
