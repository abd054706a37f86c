//! `spaces-new schema`: prints the JSON schema of an answers file.

use std::process::ExitCode;

use clap::ArgMatches;
use spaces_new::{Catalog, report};

use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "schema",
    build: |command| command.about("Print the JSON schema of an answers file"),
    run: Some(run),
};

fn run(_: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    printer.result(&report::schema(Catalog::builtin()))
}
