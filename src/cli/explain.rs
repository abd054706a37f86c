//! `spaces-new explain RULE`: prints the documentation of a rule.

use std::process::ExitCode;

use clap::ArgMatches;
use spaces_new::{Rule, report};

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "explain",
    about: "Explain a rule: what it finds, why, and what to do",
    arguments: |command| args::with_shared_of_asked(command.arg(args::rule())),
    run,
};

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let id = matches.get_one::<String>("rule").map_or("", String::as_str);
    super::check::renamed_note(id, printer);
    let rule = Rule::named(id).map_err(|error| Failure::unknown_rule(&error))?;
    printer.asked(&if printer.is_json() { report::explain_json(rule) } else { report::explain_text(rule) })
}
