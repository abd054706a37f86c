//! `spaces-new add`: takes an app on to another platform.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::report::{AddedTo, Format, added_json, added_text};
use spaces_new::{Addition, AdoptError, OnConflict, Repo, Undecided, WriteOptions};

use super::chooser::TerminalChooser;
use super::failure::Failure;
use super::init::{changed_files, no_app, no_such_app_hint, several_apps};
use super::interrupt::Interrupt;
use super::printer::{self, Printer};
use super::review::refuse_conflicts;
use super::subcommand::Subcommand;
use super::{args, review};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "add", about: "Take an app on to another platform", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new add replicate                    cog.yaml and run.py
  spaces-new add bentoml --function headline  one of several functions
  spaces-new add northflank my-app --dry-run  shows what would be written
  spaces-new add gradio-share                 prints the command for a link";

fn arguments(command: Command) -> Command {
    let heading = "How to do it";
    let targets = PossibleValuesParser::new(Addition::targets()).map(|target: String| target);
    let command = command
        .after_help(EXAMPLES)
        .arg(Arg::new("target").value_name("TARGET").required(true).value_parser(targets).help("The platform"))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Folder of the app [default: .]"),
        )
        .args([
            Arg::new("function")
                .long("function")
                .value_name("NAME")
                .help("The function that is called, as NAME or FILE:NAME; one that the app serves, by default"),
            Arg::new("app_file")
                .long("app-file")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("The file of the app, if there are several"),
            args::flag(
                "guard-launch",
                "Put a launch under `if __name__ == \"__main__\":`, so that its file can be imported",
            ),
        ])
        .args([
            args::flag("yes", "Do not ask: create files, replace nothing").short('y').help_heading(heading),
            args::flag("dry-run", "Write nothing; show what would change").help_heading(heading),
            args::flag("diff", "Show the changes as a diff").help_heading(heading),
            args::on_conflict().help_heading(heading),
        ]);
    args::with_shared(command)
}

/// The request.
struct Request {
    target: String,
    dir: PathBuf,
    interactive: bool,
    dry_run: bool,
    on_conflict: OnConflict,
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let interrupt = Interrupt::install();
    let request = read(matches, printer);
    if !request.dir.is_dir() {
        let what = if request.dir.exists() { "is not a folder" } else { "does not exist" };
        return Err(Failure::other(format!("`{}` {what}", request.dir.display()), "give the folder of an app"));
    }
    if request.dry_run {
        super::say_unfinished(&request.dir, printer);
    } else {
        super::recover(&request.dir, &interrupt, printer)?;
    }
    let repo = Repo::open(&request.dir).map_err(|error| Failure::other(error, "give the folder of an app"))?;
    let addition = agree(&repo, matches, &request, printer)?;
    if !request.interactive
        && changes_files(&addition)
        && let Some(count) = Repo::uncommitted_files(&request.dir).filter(|count| *count > 0)
    {
        printer.warning(&changed_files(count));
    }
    if !request.dry_run {
        refuse_conflicts(&addition.merge, request.on_conflict, request.interactive)?;
        if !addition.merge.is_nothing() {
            let write = |cancel| addition.merge.write_to(&request.dir, &WriteOptions::new().cancel(cancel));
            printer.warnings(&interrupt.while_writing(write)?.warnings);
        }
    }
    let report = AddedTo::new(&request.dir, &addition).dry_run(request.dry_run).with_diff(matches.get_flag("diff"));
    let report = report.in_columns(printer::columns_of_output());
    printer.result(&if printer.is_json() { added_json(&report) } else { added_text(&report) })?;
    refuse_conflicts(&addition.merge, request.on_conflict, request.interactive)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether files of the app change.
fn changes_files(addition: &Addition) -> bool {
    addition.merge.files().iter().any(|file| file.before.is_some())
}

fn read(matches: &ArgMatches, printer: &Printer) -> Request {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let dry_run = matches.get_flag("dry-run");
    Request {
        target: matches.get_one::<String>("target").cloned().unwrap_or_default(),
        dir: matches.get_one::<PathBuf>("dir").cloned().unwrap_or_else(|| PathBuf::from(".")),
        interactive: terminal && printer.format == Format::Text && !matches.get_flag("yes") && !dry_run,
        dry_run,
        on_conflict: args::chosen_on_conflict(matches),
    }
}

/// Decides everything, and asks a person about what is open and about each file. The first file leads back to what was open.
fn agree(repo: &Repo, matches: &ArgMatches, request: &Request, printer: &Printer) -> Result<Addition, Failure> {
    let mut chooser = TerminalChooser::default();
    loop {
        let addition = decide(repo, matches, request, &mut chooser)?;
        if !request.interactive || addition.merge.is_nothing() {
            return Ok(addition);
        }
        refuse_conflicts(&addition.merge, request.on_conflict, true)?;
        let uncommitted = Repo::uncommitted_files(&request.dir).filter(|count| *count > 0);
        let merge = &addition.merge;
        match review::go_through(&request.dir, merge, uncommitted, chooser.can_go_back(), printer)? {
            Some(agreed) => return Ok(addition.agreed(agreed, repo)),
            None if chooser.go_back() => {}
            None => return Err(Failure::Cancelled),
        }
    }
}

fn decide(
    repo: &Repo,
    matches: &ArgMatches,
    request: &Request,
    chooser: &mut TerminalChooser,
) -> Result<Addition, Failure> {
    let unknown =
        || Failure::other(format!("unknown target `{}`", request.target), "`spaces-new add --help` lists them");
    // A person is asked about each file
    let asks = request.interactive && request.on_conflict == OnConflict::Refuse;
    let mut adding = Addition::begin(repo, &request.target)
        .ok_or_else(unknown)?
        .on_conflict(if asks { OnConflict::Replace } else { request.on_conflict })
        .guard_launch(matches.get_flag("guard-launch"));
    if let Some(function) = matches.get_one::<String>("function") {
        adding = adding.function(function);
    }
    if let Some(file) = matches.get_one::<String>("app_file") {
        adding = adding.app_file(file);
    }
    let decided = if request.interactive {
        chooser.decide(|chooser| adding.clone().decide(chooser))
    } else {
        adding.decide(&mut Undecided).map(Some)
    };
    decided.map_err(|error| failure(error, &request.dir))?.ok_or(Failure::Cancelled)
}

fn failure(error: AdoptError, dir: &Path) -> Failure {
    let hint = match error {
        AdoptError::Render(error) => return error.into(),
        AdoptError::Cancelled(_) => return Failure::Cancelled,
        AdoptError::SeveralApps(apps) => return several_apps(&apps),
        AdoptError::NoSuchApp { ref known, .. } => no_such_app_hint(known),
        AdoptError::Refused(ref refusal) => refusal.help.clone(),
        AdoptError::NoApp(notes) if notes.iter().any(|note| note.help.is_some()) => return no_app(dir, &notes),
        AdoptError::NoApp(_) => {
            let message = format!("no app was found in `{}`", dir.display());
            return Failure::other(message, "`spaces-new DIR` makes one from a template, in a folder of its own");
        }
        AdoptError::Unreadable { file, why } => {
            return Failure::other(format!("`{}` cannot be read: {why}", dir.join(file).display()), "fix that first");
        }
        _ => "`spaces-new add --help` lists the flags".to_owned(),
    };
    Failure::other(error, hint)
}
