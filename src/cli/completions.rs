//! `spaces-new completions`: prints a completion script.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, value_parser};
use spaces_new::report::Printable;

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "completions",
    build: |command| command.about("Print a completion script for a shell").arg(shell()),
    run,
};

fn shell() -> Arg {
    let shell = Arg::new("shell").value_name("SHELL").required(true).help("The shell");
    shell.value_parser(value_parser!(clap_complete::Shell))
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    if let Some(shell) = matches.get_one::<clap_complete::Shell>("shell") {
        let mut command = args::command(anstream::ColorChoice::Never);
        clap_complete::generate(*shell, &mut command, "spaces-new", &mut script);
    }
    let mut text = Printable::new();
    text.source(String::from_utf8_lossy(&script));
    printer.result(&text)
}
