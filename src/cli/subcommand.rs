//! The subcommands, one row each: a subcommand is a file with a [`Subcommand`], its `mod` line in `mod.rs`, and its row here.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::failure::Failure;
use super::printer::Printer;
use super::{add, advise, check, completions, diagnose, explain, init, rules, schema, templates, r#try};

/// In the order in which the help lists them.
pub(super) static SUBCOMMANDS: &[Subcommand] = &[
    init::SUBCOMMAND,
    add::SUBCOMMAND,
    advise::SUBCOMMAND,
    check::SUBCOMMAND,
    r#try::SUBCOMMAND,
    diagnose::SUBCOMMAND,
    explain::SUBCOMMAND,
    rules::SUBCOMMAND,
    templates::SUBCOMMAND,
    completions::SUBCOMMAND,
    schema::SUBCOMMAND,
    Subcommand::reserved("publish"),
    Subcommand::reserved("update"),
];

/// Runs a subcommand; returns the exit code.
type Run = fn(&ArgMatches, &Printer) -> Result<ExitCode, Failure>;

/// A subcommand.
pub(super) struct Subcommand {
    pub(super) name: &'static str,
    /// Adds its description and its arguments.
    pub(super) build: fn(Command) -> Command,
    /// None if the name is reserved for a later version.
    pub(super) run: Option<Run>,
}

impl Subcommand {
    const fn reserved(name: &'static str) -> Self {
        Self { name, build: takes_anything, run: None }
    }

    pub(super) fn is_reserved(&self) -> bool {
        self.run.is_none()
    }

    /// The command for clap.
    pub(super) fn command(&self) -> Command {
        (self.build)(Command::new(self.name))
    }

    /// Runs it.
    ///
    /// # Errors
    /// If it fails, or the name is only reserved.
    pub(super) fn run(&self, matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
        let Some(run) = self.run else { return Err(Failure::reserved(self.name)) };
        run(matches, printer)
    }
}

/// A subcommand, by its name.
pub(super) fn named(name: &str) -> Option<&'static Subcommand> {
    SUBCOMMANDS.iter().find(|subcommand| subcommand.name == name)
}

fn takes_anything(command: Command) -> Command {
    let rest = Arg::new("rest").num_args(0..).trailing_var_arg(true).allow_hyphen_values(true).hide(true);
    command.about("Not available yet").hide(true).arg(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once_and_each_command_is_sound() {
        for subcommand in SUBCOMMANDS {
            assert_eq!(SUBCOMMANDS.iter().filter(|other| other.name == subcommand.name).count(), 1);
            assert!(subcommand.command().get_about().is_some(), "{}", subcommand.name);
        }
        super::super::args::command(anstream::ColorChoice::Never).debug_assert();
        assert!(named("publish").is_some_and(Subcommand::is_reserved));
        assert!(named("check").is_some_and(|check| !check.is_reserved()));
        assert!(named("nothing").is_none());
    }
}
