//! The subcommands, one row each: a subcommand is a file with a [`Subcommand`], its `mod` line in `mod.rs`, and its row here.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::failure::Failure;
use super::printer::Printer;
use super::{
    add, advise, check, completions, diagnose, explain, help, init, man, publish, rules, schema, templates, r#try,
    update,
};

/// In the order in which the help lists them.
pub(super) static SUBCOMMANDS: &[Subcommand] = &[
    init::SUBCOMMAND,
    update::SUBCOMMAND,
    add::SUBCOMMAND,
    advise::SUBCOMMAND,
    check::SUBCOMMAND,
    r#try::SUBCOMMAND,
    publish::SUBCOMMAND,
    diagnose::SUBCOMMAND,
    explain::SUBCOMMAND,
    rules::SUBCOMMAND,
    templates::SUBCOMMAND,
    completions::SUBCOMMAND,
    schema::SUBCOMMAND,
    man::SUBCOMMAND,
    help::SUBCOMMAND,
];

/// Runs a subcommand; returns the exit code.
type Run = fn(&ArgMatches, &Printer) -> Result<ExitCode, Failure>;

/// A subcommand.
pub(super) struct Subcommand {
    pub(super) name: &'static str,
    /// What it does, in a line.
    pub(super) about: &'static str,
    /// Adds its arguments; called only if the subcommand is used.
    pub(super) arguments: fn(Command) -> Command,
    pub(super) run: Run,
}

impl Subcommand {
    /// The command for clap.
    pub(super) fn command(&self) -> Command {
        Command::new(self.name).about(self.about).defer(self.arguments)
    }
}

/// A subcommand, by its name.
pub(super) fn named(name: &str) -> Option<&'static Subcommand> {
    SUBCOMMANDS.iter().find(|subcommand| subcommand.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once_and_each_command_is_sound() {
        for subcommand in SUBCOMMANDS {
            assert_eq!(SUBCOMMANDS.iter().filter(|other| other.name == subcommand.name).count(), 1);
        }
        super::super::args::command(anstream::ColorChoice::Never).debug_assert();
        assert!(named("check").is_some());
        assert!(named("nothing").is_none());
    }
}
