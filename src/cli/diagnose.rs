//! `spaces-new diagnose`: says what a log means.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::Repo;
use spaces_new::diagnosis::Diagnosed;
use spaces_new::report::{diagnosed_json, diagnosed_text};

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "diagnose",
    about: "Find the message in a log that decides, and say what to do",
    arguments,
    run,
};

/// The exit code if no known message decides.
const UNKNOWN: u8 = 1;

const EXAMPLES: &str = "Examples:
  hf spaces logs USER/NAME --build | spaces-new diagnose  what broke the build
  spaces-new diagnose run.log --in my-space               and where that is
  git push space main 2>&1 | spaces-new diagnose          why it was refused";

fn arguments(command: Command) -> Command {
    args::with_shared(
        command.after_help(EXAMPLES).args([
            Arg::new("log")
                .value_name("LOG")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("Log of a build or of a container, output of a push; `-` or none reads standard input"),
            Arg::new("in")
                .long("in")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Folder of the Space: also show where the check finds the fault"),
        ]),
    )
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let log = matches.get_one::<PathBuf>("log");
    let dir = matches.get_one::<PathBuf>("in");
    let repo = dir.map(|dir| Repo::open(dir)).transpose();
    let repo = repo.map_err(|error| Failure::other(error, "give `--in` the folder of a Space"))?;
    let (name, mut diagnosed) = match log {
        Some(log) if log != Path::new("-") => (log.display().to_string(), in_file(log)?),
        _ => ("stdin".to_owned(), standard_input(log.is_some(), printer)?),
    };
    if let Some(repo) = &repo {
        diagnosed = diagnosed.in_repo(repo);
    }
    let folder = dir.map(|dir| dir.display().to_string());
    let text = if printer.is_json() {
        diagnosed_json(&diagnosed, repo.as_ref())
    } else {
        diagnosed_text(&name, &diagnosed, folder.as_deref().zip(repo.as_ref()))
    };
    let code = printer.result(&text)?;
    Ok(if diagnosed.diagnoses.is_empty() { ExitCode::from(UNKNOWN) } else { code })
}

fn in_file(log: &Path) -> Result<Diagnosed, Failure> {
    Diagnosed::read_file(log).map_err(|error| {
        let hint = "give the file of a log, or `-` to read standard input";
        Failure::other(format_args!("cannot read the log `{}`: {error}", log.display()), hint)
    })
}

/// A log that is piped, or pasted into a terminal if that was asked for.
fn standard_input(is_asked_for: bool, printer: &Printer) -> Result<Diagnosed, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        if !is_asked_for {
            let hint = "name a file, or pipe a log into it: `hf spaces logs USER/NAME --build | spaces-new diagnose`; `-` \
                        takes one that is pasted";
            return Err(Failure::other("no log was given", hint));
        }
        printer.note("Paste the log, then press Ctrl-D on an empty line.");
    }
    Diagnosed::read(input.lock())
        .map_err(|error| Failure::other(format_args!("cannot read standard input: {error}"), "pipe a log into it"))
}
