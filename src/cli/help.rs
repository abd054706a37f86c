//! `spaces-new help`: prints the help of the command or of a subcommand.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use spaces_new::report::Printable;

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::{SUBCOMMANDS, Subcommand};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "help", about: "Print the help of the command or of a subcommand", arguments, run };

fn arguments(command: Command) -> Command {
    args::with_shared_of_asked(command.arg(subcommand_arg()))
}

/// The name of a subcommand, or nothing for the command itself.
pub(super) fn subcommand_arg() -> Arg {
    let names = SUBCOMMANDS.iter().map(|subcommand| subcommand.name).collect::<Vec<_>>();
    Arg::new("command").value_name("COMMAND").value_parser(names).hide_possible_values(true).help("A subcommand")
}

/// The command, or the subcommand that was named, complete with its arguments and its full name.
pub(super) fn chosen(matches: &ArgMatches) -> Command {
    let mut command = args::command(anstream::ColorChoice::Auto);
    command.build();
    let named = matches.get_one::<String>("command").and_then(|name| command.find_subcommand(name));
    named.cloned().unwrap_or(command)
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let mut text = Printable::new();
    text.coloured(chosen(matches).render_long_help().ansi().to_string().trim_end());
    printer.asked(&text)
}
