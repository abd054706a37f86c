//! `spaces-new completions`: prints a completion script. The scripts ask the command itself what fits, with the words of the
//! line after `--`: so all shells know the same, and new rules need no new script.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use spaces_new::report::Printable;

use super::args;
use super::candidates::{self, Candidates, Paths};
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "completions", about: "Print a completion script for a shell", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new completions bash > ~/.local/share/bash-completion/completions/spaces-new
  spaces-new completions zsh > \"${fpath[1]}/_spaces-new\"
  spaces-new completions fish > ~/.config/fish/completions/spaces-new.fish

In bash, zsh and fish, the script asks `spaces-new` what fits: rules, templates, hardware, licences, platforms.";

fn arguments(command: Command) -> Command {
    let shell = Arg::new("shell").value_name("SHELL").required(true).help("The shell");
    let words = Arg::new("words").value_name("WORDS").num_args(0..).last(true).hide(true);
    args::with_shared_of_asked(
        command.after_long_help(EXAMPLES).arg(shell.value_parser(value_parser!(Shell))).arg(words),
    )
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let shell = matches.get_one::<Shell>("shell").copied().unwrap_or(Shell::Bash);
    let mut command = args::command(anstream::ColorChoice::Never);
    let words: Vec<String> = matches.get_many("words").into_iter().flatten().cloned().collect();
    let text = if words.is_empty() {
        script(shell, &mut command)
    } else {
        command.build();
        lines(shell, &candidates::at(&command, &words))
    };
    let mut result = Printable::new();
    result.source(text);
    printer.asked(&result)
}

/// The script that a person installs.
fn script(shell: Shell, command: &mut Command) -> String {
    match shell {
        Shell::Bash => include_str!("spaces-new.bash").to_owned(),
        Shell::Zsh => include_str!("spaces-new.zsh").to_owned(),
        Shell::Fish => include_str!("spaces-new.fish").to_owned(),
        other => {
            let mut script = Vec::new();
            clap_complete::generate(other, command, "spaces-new", &mut script);
            String::from_utf8_lossy(&script).into_owned()
        }
    }
}

/// What the scripts read: which paths fit, then a line for each word, with its meaning after a tab.
fn lines(shell: Shell, found: &Candidates) -> String {
    let paths = match found.paths {
        Paths::None => "none",
        Paths::Folders => "folders",
        Paths::Any => "any",
    };
    // Fish completes the whole word; the others only what follows the `=`
    let prefix = if shell == Shell::Fish { found.prefix.as_str() } else { "" };
    let words = found.words.iter().map(|(word, meaning)| format!("{prefix}{word}\t{}\n", meaning.replace('\n', " ")));
    format!("{paths}\n{}", words.collect::<String>())
}
