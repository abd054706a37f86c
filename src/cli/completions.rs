//! `spaces-new completions`: prints a completion script.

use clap::ArgMatches;

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use spaces_new::report::Printable;

pub(super) fn run(matches: &ArgMatches, printer: &Printer) -> Result<(), Failure> {
    let mut script = Vec::new();
    if let Some(shell) = matches.get_one::<clap_complete::Shell>("shell") {
        let mut command = args::known_command(anstream::ColorChoice::Never);
        clap_complete::generate(*shell, &mut command, "spaces-new", &mut script);
    }
    let mut text = Printable::new();
    text.source(String::from_utf8_lossy(&script));
    printer.result(&text)
}
