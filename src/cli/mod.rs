//! The command line: parses, asks, calls the library, prints, and chooses the exit code. No domain logic.
//!
//! Exit codes: 0 success; 1 findings, or a refused conflict; 2 wrong usage, a missing answer, or a failure; 130 interrupted.

mod add;
mod advise;
mod agree;
mod args;
mod candidates;
mod check;
mod chooser;
mod completed;
mod completions;
mod diagnose;
mod explain;
mod failure;
mod help;
mod init;
mod input;
mod interrupt;
mod line;
mod list;
mod man;
mod near_miss;
mod new;
mod offer;
mod online;
mod printer;
mod prompts;
mod publish;
mod repeat;
mod request;
mod review;
mod rules;
mod schema;
mod screen;
mod subcommand;
mod templates;
mod theme;
mod r#try;
mod update;
mod wizard;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use spaces_new::report::shown;
use spaces_new::{Merge, Repo, WriteOptions};

use failure::Failure;
use interrupt::Interrupt;
use printer::Printer;

/// Runs the command.
pub(crate) fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Scripts ask for it often, and it needs no template
    if matches!(&arguments[..], [_, word] if word == "--version" || word == "-V") {
        return printer::version();
    }
    let color = args::color(&arguments);
    color.write_global();
    let matches = match args::command(color).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            if let Some(rest) = near_miss::after_a_verb(&arguments)
                && let Ok(matches) = args::command(color).try_get_matches_from(&rest)
            {
                return Printer::new(&matches).fail(&near_miss::verb(&arguments, &rest));
            }
            // Known so far: the folder, which the word after it made no sense of
            let known = args::command(color).ignore_errors(true).try_get_matches_from(&arguments);
            if let (Some(second), Ok(known)) = (near_miss::second_word(&error), known)
                && let Some(failure) = near_miss::two_words(&known, &second, &arguments)
            {
                return Printer::new(&known).fail(&failure);
            }
            // The message mixes its own line breaks with typed text: render it again with the typed text escaped
            let escaped = arguments.iter().map(|word| OsString::from(shown(&word.to_string_lossy()).into_owned()));
            let safe = args::command(color).try_get_matches_from(escaped).err();
            return printer::usage(safe.ok_or(error), args::typed_format(&arguments));
        }
    };
    let printer = Printer::new(&matches);
    match run(&matches, &arguments, &printer) {
        Ok(code) => code,
        Err(failure) => printer.fail(&failure),
    }
}

fn run(matches: &clap::ArgMatches, arguments: &[OsString], printer: &Printer) -> Result<ExitCode, Failure> {
    if let (Some((name, _)), Some(other)) = (matches.subcommand(), args::beside_subcommand(matches)) {
        let hint = format!("`spaces-new {name} --help` lists its arguments");
        return Err(Failure::other(format_args!("`{other}` is not valid with the subcommand `{name}`"), hint));
    }
    match matches.subcommand().and_then(|(name, matches)| Some((subcommand::named(name)?, matches))) {
        Some((subcommand, matches)) => (subcommand.run)(matches, printer),
        None => new::run(matches, arguments, printer),
    }
}

/// Warns that an unfinished run has left traces in a folder, if nothing is to be written.
fn say_unfinished(folder: &Path, printer: &Printer) {
    if let Some(traces) = Repo::unfinished_run(folder) {
        printer.warning(&format!(
            "`{}` was left by an interrupted run: what follows is about the files as they are now; the next run that \
             writes undoes that run first, if it was yours",
            traces.display()
        ));
    }
}

/// Undoes what a killed run had begun in a folder, before anything in it is read.
fn recover(folder: &Path, interrupt: &Interrupt, printer: &Printer) -> Result<(), Failure> {
    if Repo::unfinished_run(folder).is_none() {
        return Ok(());
    }
    let recovered = interrupt.while_writing(|_| Merge::recover(folder, &WriteOptions::new()))?;
    printer.warnings(&recovered.warnings);
    if recovered.recovered {
        printer.note(format!("Undid the changes of an interrupted run in `{}`.", folder.display()));
    }
    interrupt.go_on()
}
