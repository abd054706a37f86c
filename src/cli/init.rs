//! `spaces-new init`: puts a Space around an existing app.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::detection::Note;
use spaces_new::report::{Adopted, Format, adopted_json, adopted_text};
use spaces_new::{
    AdoptError, Answers, App, Catalog, Change, Checker, Decided, Merge, OnConflict, Repo, VcsOutcome, WriteOptions,
};

use super::agree::{Agreed, agree};
use super::chooser::TerminalChooser;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::printer::{self, Printer};
use super::prompts::say_keys;
use super::review::refuse_conflicts;
use super::subcommand::Subcommand;
use super::update::BASE_FILE;
use super::{args, repeat, review};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "init", about: "Put a Space around an existing app", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new init my-app                   asks before each change
  spaces-new init my-app --dry-run --diff  shows every change, writes nothing
  spaces-new init my-app --yes             creates and extends, replaces nothing";

/// What to do about a requirement of Gradio that the Hub cannot meet.
pub(super) const PIN_GRADIO: &str = "pin the version there that the app was written for, as in `gradio==4.44.1`";

/// The arguments: those for answers, and how to treat existing files.
fn arguments(command: Command) -> Command {
    let heading = "How to do it";
    let catalog = Catalog::builtin();
    let template = catalog.question();
    let dir = Arg::new("dir").value_name("DIR").value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    let dir = dir.help("Folder of the app [default: .]");
    let command = command
        .arg(dir)
        .arg(args::question_arg(&template))
        .args(catalog.questions().into_iter().map(args::question_arg))
        .args([
            args::flag("yes", "Do not ask: use what was found, create and add files, replace nothing")
                .short('y')
                .help_heading(heading),
            args::flag("dry-run", "Write nothing; show what would change").help_heading(heading),
            args::flag("diff", "Show the changes as a diff").help_heading(heading),
            args::flag("migrate", "Move a Space with another SDK, such as the retired `sdk: streamlit`")
                .help_heading(heading),
            args::on_conflict().help_heading(heading),
        ]);
    args::with_shared(command.after_help(EXAMPLES))
}

/// The request.
pub(super) struct Request {
    pub(super) dir: PathBuf,
    pub(super) given: Answers,
    pub(super) interactive: bool,
    dry_run: bool,
    pub(super) on_conflict: OnConflict,
    pub(super) migrate: bool,
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    // Without a question before, nobody goes back to it
    run_with(&Interrupt::install(), TerminalChooser::default(), matches, printer)?.ok_or(Failure::Cancelled)
}

/// Runs with the handler of signals that was installed before, after a question. None if the person goes back to it.
pub(super) fn run_offered(
    interrupt: &Interrupt,
    matches: &ArgMatches,
    printer: &Printer,
) -> Result<Option<ExitCode>, Failure> {
    run_with(interrupt, TerminalChooser::new(true), matches, printer)
}

fn run_with(
    interrupt: &Interrupt,
    chooser: TerminalChooser,
    matches: &ArgMatches,
    printer: &Printer,
) -> Result<Option<ExitCode>, Failure> {
    let mut request = read(matches, printer);
    if !request.dir.is_dir() {
        let what = if request.dir.exists() { "is not a folder" } else { "does not exist" };
        let message = format!("`{}` {what}", request.dir.display());
        return Err(Failure::other(message, "give the folder of an app; `spaces-new DIR` makes a new one"));
    }
    if request.dry_run {
        super::say_unfinished(&request.dir, printer);
    } else {
        super::recover(&request.dir, interrupt, printer)?;
    }
    let repo = Repo::open(&request.dir).map_err(|error| Failure::other(error, "give the folder of an app"))?;
    if request.interactive {
        say_keys();
    }
    let uncommitted = Repo::uncommitted_files(&request.dir).filter(|count| *count > 0);
    let Some(agreed) = agree(&repo, &mut request, chooser, uncommitted, printer)? else { return Ok(None) };
    let Agreed { adoption, planned, decided } = agreed;
    if let Some(count) = uncommitted.filter(|_| !request.interactive && !adoption.merge.is_nothing()) {
        printer.warning(&changed_files(count));
    }
    let vcs = VcsOutcome::of(&request.dir);
    let adopted = Adopted::new(&request.dir, decided.template(), &adoption)
        .proposed(decided.proposal())
        .in_git(&vcs)
        .dry_run(request.dry_run)
        .in_columns(printer::columns_of_output())
        .with_diff(matches.get_flag("diff"));
    if !request.dry_run {
        refuse_conflicts(&adoption.merge, request.on_conflict, request.interactive)?;
        let write = |cancel| adoption.merge.write_to(&request.dir, &WriteOptions::new().cancel(cancel));
        printer.warnings(&interrupt.while_writing(write)?.warnings);
    }
    printer.result(&if printer.is_json() { adopted_json(&adopted) } else { adopted_text(&adopted) })?;
    // A signal that came too late to stop the writing stops the next question
    if request.interactive && interrupt.go_on().is_ok() {
        offer_fixes(&request, interrupt, printer)?;
        match said_again(&request, &decided, &planned, &adoption.merge) {
            Some(line) => printer.note(repeat::said(&line)),
            None => printer.note(repeat::NOT_REPEATABLE),
        }
    }
    refuse_conflicts(&adoption.merge, request.on_conflict, request.interactive)?;
    Ok(Some(ExitCode::SUCCESS))
}

/// The warning about tracked files with uncommitted changes.
pub(super) fn changed_files(count: usize) -> String {
    let files = if count == 1 { "1 file that git tracks".to_owned() } else { format!("{count} files that git tracks") };
    format!("{files} may have uncommitted changes: `git diff` will show them together with those of this run")
}

/// The command that does the same without prompts. None if no flag declines what was declined.
fn said_again(request: &Request, decided: &Decided<'_>, planned: &Merge, agreed: &Merge) -> Option<String> {
    let replaces = |change: &Change| matches!(change, Change::Replace(_));
    let of_declined = planned
        .files()
        .iter()
        .filter(|file| agreed.files().iter().any(|other| other.path == file.path && other.change.is_declined()));
    let declined: Vec<&Change> = of_declined.map(|file| &file.change).collect();
    let is_replaced = agreed.files().iter().any(|file| replaces(&file.change));
    // What would be replaced can only be kept, or replaced, as a whole
    if !declined.is_empty() && (is_replaced || !declined.iter().all(|change| replaces(change))) {
        return None;
    }
    let extra = [
        ("--on-conflict replace", is_replaced),
        ("--on-conflict keep", !declined.is_empty()),
        ("--migrate", decided.migrates()),
    ];
    let extra: Vec<&str> = extra.iter().filter(|(_, said)| *said).map(|(flag, _)| *flag).collect();
    Some(repeat::init_line(&request.dir, decided.template(), decided.answers(), &extra))
}

/// Offers the safe fixes for the findings in the folder as it is now.
fn offer_fixes(request: &Request, interrupt: &Interrupt, printer: &Printer) -> Result<(), Failure> {
    let repo = Repo::open(&request.dir).map_err(|error| Failure::other(error, "give the folder of an app"))?;
    let fixed = Checker::new().fix(&repo, false);
    if fixed.files.is_empty() {
        return Ok(());
    }
    // The Space is written: to stop here means to decline the fixes
    if !review::wants_fixes(&fixed, printer).unwrap_or(false) {
        printer.note("No fixes were applied.");
        return Ok(());
    }
    let write = |cancel| fixed.write_to(&request.dir, &WriteOptions::new().cancel(cancel));
    printer.warnings(&interrupt.while_writing(write)?.warnings);
    for (rule, title) in &fixed.applied {
        printer.note(format!("fixed `{rule}`: {title}"));
    }
    Ok(())
}

fn read(matches: &ArgMatches, printer: &Printer) -> Request {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    Request {
        dir: matches.get_one::<PathBuf>("dir").cloned().unwrap_or_else(|| PathBuf::from(".")),
        given: args::answers(matches),
        interactive: terminal
            && printer.format == Format::Text
            && !matches.get_flag("yes")
            && !matches.get_flag("dry-run"),
        dry_run: matches.get_flag("dry-run"),
        on_conflict: args::chosen_on_conflict(matches),
        migrate: matches.get_flag("migrate"),
    }
}

/// The failure, with the flags that settle the open questions.
pub(super) fn failure(error: AdoptError, dir: &Path) -> Failure {
    let hint = match error {
        AdoptError::Answers(errors) => return errors.into(),
        AdoptError::Render(error) => return error.into(),
        AdoptError::Cancelled(_) => return Failure::Cancelled,
        AdoptError::SeveralApps(apps) => return several_apps(&apps),
        AdoptError::NoSuchApp { ref known, .. } => no_such_app_hint(known),
        AdoptError::Refused(ref refusal) => refusal.help.clone(),
        AdoptError::NoApp(notes) => return no_app(dir, &notes),
        AdoptError::Unreadable { file, why } => return unreadable(dir, &file, &why),
        AdoptError::Kept(_) => "fix it, or remove it".to_owned(),
        AdoptError::Base(ref error) => base_hint(error.is_marker).to_owned(),
        AdoptError::MadeFromTemplate(_) => {
            "change its files as you like, or give other answers, such as `--plan free`; `spaces-new check` reports what \
             breaks it"
                .to_owned()
        }
        AdoptError::RetiredSdk(_) => "`spaces-new init --migrate` moves the Space to Docker".to_owned(),
        AdoptError::UnknownGradio { .. } => PIN_GRADIO.to_owned(),
        AdoptError::OtherSdk { .. } => {
            "`--migrate` moves the Space to it; `--template` and `--sdk` choose another kind".to_owned()
        }
        _ => "`spaces-new init --help` lists the flags".to_owned(),
    };
    Failure::other(error, hint)
}

/// A file that cannot be read, with what to do.
pub(super) fn unreadable(dir: &Path, file: &str, why: &str) -> Failure {
    let hint = match (file, why) {
        (BASE_FILE, why) if why.contains("git ignores it") => {
            "take `.spaces-new.base` out of `.gitignore`, and commit it: it says which lines are generated"
        }
        (_, why) if why.contains("since the folder was read") => "run it again when nothing else writes there",
        (BASE_FILE, _) => {
            "remove what has this name, or get the file back with `git checkout .spaces-new.base`; without it, changed files are \
             compared as a whole"
        }
        _ => "fix that first: the file decides what the Space is",
    };
    Failure::other(format!("`{}` cannot be read: {why}", dir.join(file).display()), hint)
}

/// What to do about a malformed `.spaces-new.base`.
pub(super) fn base_hint(is_marker: bool) -> &'static str {
    if is_marker {
        "either side will do: `git checkout --ours .spaces-new.base .spaces-new.toml`, or `--theirs` for both; then run `spaces-new update`"
    } else {
        "get it back: `git checkout .spaces-new.base`; without the file, changed files are compared as a whole"
    }
}

pub(super) fn several_apps(apps: &[App]) -> Failure {
    let width = apps.iter().map(|app| app.file.len()).max().unwrap_or(0);
    let listed = apps.iter().map(|app| format!("--app-file {:width$}  {}", app.file, app.framework.name()));
    let message = "several apps were found, and one must be chosen:";
    Failure::listing(message, listed.collect(), "give one of these flags")
}

pub(super) fn no_such_app_hint(known: &[String]) -> String {
    if known.is_empty() {
        return "describe the app with `--template NAME` and `--command COMMAND`".to_owned();
    }
    let known: Vec<String> = known.iter().map(|file| format!("`{file}`")).collect();
    format!("found in: {}; or describe the app with `--template NAME` and `--command COMMAND`", known.join(", "))
}

pub(super) fn no_app(dir: &Path, notes: &[Note]) -> Failure {
    let messages: String = notes.iter().map(|note| format!("; {}", note.message)).collect();
    let message = format!("no app was found in `{}`{messages}", dir.display());
    let known: Vec<&str> = notes.iter().filter_map(|note| note.help.as_deref()).collect();
    if !known.is_empty() {
        return Failure::other(message, known.join("; "));
    }
    let hint = "say what it is: `--template NAME --app-file FILE --command COMMAND`; \
        `spaces-new DIR` makes a new Space in a folder of its own";
    Failure::other(message, hint)
}
