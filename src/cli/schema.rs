//! `spaces-new schema`: prints the JSON schema of an answers file, or of what `try` prints.

use std::process::ExitCode;

use clap::{Arg, ArgMatches};
use spaces_new::{Catalog, report};

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "schema",
    about: "Print the JSON schema of an answers file, or of what `try` prints",
    arguments: |command| args::with_shared_of_asked(command.arg(what())),
    run,
};

fn what() -> Arg {
    let help = "`answers` for an answers file, `try` for `spaces-new try --format json`";
    Arg::new("what").value_name("WHAT").value_parser(["answers", "try"]).default_value("answers").help(help)
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let is_of_try = matches.get_one::<String>("what").is_some_and(|what| what == "try");
    printer.asked(&if is_of_try { report::tried_schema() } else { report::schema(Catalog::builtin()) })
}
