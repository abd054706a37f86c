//! Prints: results to standard output, everything else to standard error.

use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::ArgMatches;

use super::failure::Failure;
use crate::report::errors_json;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

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

    /// Prints a result. A reader that has gone away is no failure.
    pub(super) fn result(&self, text: &str) {
        if !self.quiet || self.json {
            let _ = anstream::stdout().write_all(text.as_bytes());
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

    /// Says why the command failed.
    pub(super) fn fail(&self, failure: &Failure) -> ExitCode {
        let mut err = anstream::stderr().lock();
        let _ = match failure {
            Failure::Answers(errors, _) => errors.iter().try_for_each(|error| {
                writeln!(err, "{ERROR}error{ERROR:#}: {error}")?;
                error.hint().map_or(Ok(()), |hint| writeln!(err, "  {HINT}hint{HINT:#}: {hint}"))
            }),
            Failure::Write(error) => writeln!(err, "{ERROR}error{ERROR:#}: {error}"),
            Failure::Cancelled => writeln!(err, "stopped; nothing was written"),
            Failure::Other(error, _) => writeln!(err, "{ERROR}error{ERROR:#}: {error:#}"),
        };
        let hint = match failure {
            Failure::Answers(_, hint) | Failure::Other(_, hint) => hint.as_deref(),
            Failure::Write(error) => {
                let entries: Vec<&str> = error.entries().collect();
                for entry in entries.iter().take(ENTRIES_SHOWN) {
                    let _ = writeln!(err, "    {entry}");
                }
                if entries.len() > ENTRIES_SHOWN {
                    let _ = writeln!(err, "    and {} more", entries.len() - ENTRIES_SHOWN);
                }
                error.hint()
            }
            Failure::Cancelled => None,
        };
        if let Some(hint) = hint {
            let _ = writeln!(err, "\n{HINT}hint{HINT:#}: {hint}");
        }
        drop(err);
        if self.json {
            self.result(&failure_json(failure));
        }
        ExitCode::from(failure.code())
    }
}

fn failure_json(failure: &Failure) -> String {
    use crate::spec::{Invalid, SpecError};
    match failure {
        Failure::Answers(errors, _) => errors_json(errors, None),
        Failure::Write(error) => errors_json(&[], Some(error)),
        Failure::Cancelled => errors_json(&[SpecError::invalid("", Invalid::new("stopped"))], None),
        Failure::Other(error, hint) => {
            let invalid = Invalid::new(format!("{error:#}"));
            let invalid = hint.iter().fold(invalid, |invalid, hint| invalid.hint(hint.clone()));
            errors_json(&[SpecError::invalid("", invalid)], None)
        }
    }
}
