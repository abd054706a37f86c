//! `spaces-new rules`: lists the rules.

use std::process::ExitCode;

use clap::ArgMatches;
use spaces_new::report;

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "rules", about: "List the rules of the check", arguments: args::with_shared_of_asked, run };

fn run(_: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    printer.asked(&if printer.is_json() { report::rules_json() } else { report::rules_text() })
}
