//! `spaces-new templates`: lists the templates.

use std::process::ExitCode;

use clap::ArgMatches;
use spaces_new::{Catalog, report};

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "templates", about: "List the templates", arguments: args::with_shared_of_asked, run };

fn run(_: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let catalog = Catalog::builtin();
    printer.asked(&if printer.is_json() { report::templates_json(catalog) } else { report::templates_text(catalog) })
}
