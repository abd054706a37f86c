//! `spaces-new advise`: says where to publish an app.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use dialoguer::Select;
use spaces_new::advice::{Advisor, Choice, Typed, Wishes, budgets, gpus, purposes};
use spaces_new::report::{Format, advice_json, advice_text};
use spaces_new::{Cancelled, Repo};

use super::failure::Failure;
use super::printer::Printer;
use super::prompts::{answered, theme};
use super::subcommand::Subcommand;
use super::{args, completed, near_miss};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "advise", about: "Say where to publish an app, and why", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new advise                                    asks, about this folder
  spaces-new advise my-app --for api --budget per-use  the GPU stays open
  spaces-new advise my-app --for demo --format json    for programs";

/// A question: the flag, what is asked, and the answers.
const PURPOSE: (&str, &str) = ("for", "What is it for?");
const BUDGET: (&str, &str) = ("budget", "How may it be paid?");
const GPU: (&str, &str) = ("gpu", "Does it need a GPU?");

fn arguments(command: Command) -> Command {
    let dir = Arg::new("dir").value_name("DIR").value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    args::with_shared(command.after_help(EXAMPLES).args([
        dir.help("Folder of the app [default: .]; without an app, a new one is advised"),
        flag(PURPOSE, purposes(), "WHAT").help("What it is for"),
        flag(BUDGET, budgets(), "BUDGET").help("How it may be paid"),
        flag(GPU, gpus(), "GPU").help("When it needs a GPU: never, while it answers, or all the time"),
    ]))
}

fn flag<T>((name, _): (&'static str, &str), choices: &[Choice<T>], value: &'static str) -> Arg {
    let names: Vec<&'static str> = choices.iter().map(|choice| choice.name).collect();
    Arg::new(name).long(name).value_name(value).value_parser(names).help_heading("Answers")
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let dir = matches.get_one::<PathBuf>("dir");
    let folder = dir.map_or(Path::new("."), PathBuf::as_path);
    super::say_unfinished(folder, printer);
    let repo = open(folder)?;
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let asks = terminal && printer.format == Format::Text && !printer.quiet;
    let wishes = Wishes {
        purpose: answer(matches, PURPOSE, purposes(), asks)?,
        budget: answer(matches, BUDGET, budgets(), asks)?,
        gpu: answer(matches, GPU, gpus(), asks)?,
    };
    if !folder.exists() {
        printer.warning(&format!("`{}` does not exist: this is advice for a new app", folder.display()));
    }
    let advice = Advisor::of(&repo).advise(wishes, &typed(dir, &repo));
    printer.result(&if printer.is_json() { advice_json(&advice) } else { advice_text(&advice) })
}

/// The files of the folder. One that does not exist yet has none.
fn open(dir: &Path) -> Result<Repo, Failure> {
    if !dir.exists() {
        return Ok(Repo::from_files([]));
    }
    Repo::open(dir).map_err(|error| Failure::other(error, "give the folder of an app"))
}

/// The folder as it was typed, and one for a new Space.
fn typed(dir: Option<&PathBuf>, repo: &Repo) -> Typed {
    let here = dir.cloned().unwrap_or_else(|| PathBuf::from("."));
    let new = if is_empty(repo) { here } else { (1..1000).map(numbered).find(|name| !name.exists()).unwrap_or(here) };
    Typed {
        dir: dir.map(|dir| dir.to_string_lossy().into_owned()),
        new: near_miss::plainly(new).to_string_lossy().into_owned(),
    }
}

/// Whether a new Space can be made in the folder.
fn is_empty(repo: &Repo) -> bool {
    repo.files().next().is_none() && repo.root().is_none_or(|root| root.read_dir().is_ok_and(|mut dir| dir.all(is_git)))
}

fn is_git(entry: std::io::Result<std::fs::DirEntry>) -> bool {
    entry.is_ok_and(|entry| entry.file_name() == ".git")
}

/// `my-demo`, `my-demo-2`, ..
fn numbered(number: usize) -> PathBuf {
    let name = completed::FOLDER;
    PathBuf::from(if number == 1 { name.to_owned() } else { format!("{name}-{number}") })
}

/// The answer of a flag, or of a person who can be asked; open otherwise.
fn answer<T: Copy>(
    matches: &ArgMatches,
    (name, question): (&str, &str),
    choices: &'static [Choice<T>],
    asks: bool,
) -> Result<Option<T>, Cancelled> {
    if let Some(given) = matches.get_one::<String>(name) {
        return Ok(choices.iter().find(|choice| choice.name == *given).map(|choice| choice.value));
    }
    if !asks {
        return Ok(None);
    }
    let width = choices.iter().map(|choice| choice.name.len()).max().unwrap_or(0);
    let items = choices.iter().map(|choice| format!("{:width$}  {}", choice.name, choice.meaning));
    let items: Vec<String> = items.chain(["not decided".to_owned()]).collect();
    let theme = theme();
    let select = Select::with_theme(theme.as_ref()).with_prompt(question);
    let index = answered(select.items(&items).default(0).interact())?;
    Ok(choices.get(index).map(|choice| choice.value))
}
