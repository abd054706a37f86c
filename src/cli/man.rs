//! `spaces-new man`: prints the manual page of the command or of a subcommand.

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use clap_mangen::Man;
use spaces_new::report::Printable;

use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;
use super::{args, help};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "man", about: "Print the manual page of the command or of a subcommand", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new man | man -l -                                          reads it
  spaces-new man check > ~/.local/share/man/man1/spaces-new-check.1  installs the page of a subcommand";

fn arguments(command: Command) -> Command {
    args::with_shared_of_asked(command.after_long_help(EXAMPLES).arg(help::subcommand_arg()))
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    let command = help::chosen(matches).disable_help_flag(true);
    // A page has what the long help has
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    Man::new(command)
        .source(concat!("spaces-new ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .map_err(|error| Failure::other(format_args!("cannot make the manual page: {error}"), "please report this"))?;
    let mut text = Printable::new();
    text.source(String::from_utf8_lossy(&page));
    printer.asked(&text)
}
