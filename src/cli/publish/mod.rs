//! `spaces-new publish`: brings a Space to the Hub, and waits until it runs.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use super::args;
use super::failure::Failure;
use super::printer::Printer;
use super::subcommand::Subcommand;

#[cfg(feature = "online")]
mod run;
#[cfg(feature = "online")]
mod screen;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "publish", about: "Bring a Space to the Hub, and wait until it runs", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new publish                the Space in this folder, under its own name
  spaces-new publish --dry-run      shows every request, sends nothing
  spaces-new publish --name me/app  under another name
  spaces-new publish --git          pushes the last commit with git instead

It can be run again after any failure, and sends only what the Hub does not
have. Secrets that `.spaces-new.toml` declares get their values from the
environment, from `.env`, or from a question. The token is that of
`hf auth login`, or HF_TOKEN.";

fn arguments(command: Command) -> Command {
    let value = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    let dir = Arg::new("dir").value_name("DIR").value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    let command = command.after_help(EXAMPLES).args([
        dir.help("Folder of the Space [default: .]"),
        value("name", "OWNER/NAME").help("Name of the Space [default: that of its answers, of the token's owner]"),
        args::flag("private", "Create the Space so that only its owner sees it"),
        value("hardware", "FLAVOR").help("Request this hardware, which may cost money"),
        value("message", "TEXT").short('m').value_parser(one_line).help("First line of the commit"),
        args::flag("dry-run", "Send nothing; show every request"),
        args::flag("no-wait", "Do not wait until the Space runs"),
        args::flag("overwrite", "Replace what the Space has, also if it was not published from here"),
        args::flag("replace-settings", "Set secrets and variables that the Space has already"),
        value("force-check", "RULE").action(ArgAction::Append).help("Publish in spite of the findings of this rule"),
        args::flag("git", "Push the last commit with git, instead of uploading the files"),
        value("endpoint", "URL").help("Address of the Hub [default: HF_ENDPOINT, or https://huggingface.co]"),
    ]);
    args::with_shared(command)
}

/// The first line of a commit.
fn one_line(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_control) {
        return Err("give one line, such as `Fix the form`".to_owned());
    }
    Ok(text.to_owned())
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    super::online::available()?;
    #[cfg(feature = "online")]
    return run::run(matches, printer);
    #[cfg(not(feature = "online"))]
    Ok(printer.fail(&Failure::other(format_args!("nothing in {:?}", matches.ids().count()), "")))
}
