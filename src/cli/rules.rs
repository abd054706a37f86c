//! `spaces-new rules`: lists the rules.

use std::process::ExitCode;

use clap::ArgMatches;
use spaces_new::report;

use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "rules", build: |command| command.about("List the rules of the check"), run };

fn run(_: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    printer.result(&if printer.is_json() { report::rules_json() } else { report::rules_text() })
}
