//! `spaces-new update`: brings newer templates and other answers into a Space.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::report::{Adopted, adopted_json, adopted_text};
use spaces_new::{AdoptError, Adoption, Catalog, Change, Merge, OnConflict, Repo, VcsOutcome, WriteOptions};

use super::args;
use super::failure::{CONFLICT, Failure, Message};
use super::init::{PIN_GRADIO, base_hint, changed_files, unreadable};
use super::interrupt::Interrupt;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "update", about: "Bring newer templates and other answers into a Space", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new update                   brings in what newer templates change
  spaces-new update --dry-run --diff  shows it, writes nothing
  spaces-new update --check           exits with 1 if something is new, for CI
  spaces-new update --python 3.14     changes an answer, and what depends on it
  spaces-new update --pins-only       newer versions alone";

/// The record of what was generated, which alone changes nothing in the Space.
pub(super) const BASE_FILE: &str = ".spaces-new.base";

/// Answers that an update keeps: others are refused with a hint.
const KEPT: [&str; 2] = ["template", "app_file"];

/// What to do about an app that a person has made of a starter app, if another one would come.
pub(super) const OTHER_STARTER: &str = "`spaces-new init --app-file FILE` in the folder, with the same answers, puts the Space around your app; `--on-conflict \
     replace` makes what the template has for them, and keeps yours as FILE.orig";

fn arguments(command: Command) -> Command {
    let heading = "How to do it";
    let dir = Arg::new("dir").value_name("DIR").value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    let catalog = Catalog::builtin();
    let template = catalog.question();
    let questions = std::iter::once(&template).chain(catalog.questions());
    let questions: Vec<Arg> =
        questions.map(|question| args::question_arg(question).hide(KEPT.contains(&question.key()))).collect();
    let keys: Vec<_> = questions.iter().map(|arg| arg.get_id().clone()).collect();
    let command = command.arg(dir.help("Folder of the Space [default: .]")).args(questions).args([
        args::flag("dry-run", "Write nothing; show what would change").help_heading(heading),
        args::flag("diff", "Show the changes as a diff").help_heading(heading),
        args::flag("check", "Write nothing; exit with 1 if something would change").help_heading(heading),
        args::flag("pins-only", "Bring in nothing but newer versions of packages, images and Python")
            .conflicts_with_all(keys)
            .help_heading(heading),
        on_conflict().help_heading(heading),
    ]);
    args::with_shared(command.after_help(EXAMPLES))
}

/// What is done with files whose changes do not go together.
fn on_conflict() -> Arg {
    Arg::new("on-conflict")
        .long("on-conflict")
        .visible_alias("conflict")
        .value_name("WHAT")
        .value_parser(["refuse", "keep", "replace", "markers"])
        .default_value("refuse")
        .help(
            "What to do if you and the template changed the same lines; `markers` writes both, `replace` keeps yours as \
             FILE.orig",
        )
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let interrupt = Interrupt::install();
    let dir = matches.get_one::<PathBuf>("dir").cloned().unwrap_or_else(|| PathBuf::from("."));
    let checks = matches.get_flag("check");
    let dry_run = checks || matches.get_flag("dry-run");
    if !dir.is_dir() {
        let what = if dir.exists() { "is not a folder" } else { "does not exist" };
        return Err(Failure::other(format!("`{}` {what}", dir.display()), "give the folder of a Space"));
    }
    if dry_run {
        super::say_unfinished(&dir, printer);
    } else {
        super::recover(&dir, &interrupt, printer)?;
    }
    let repo = Repo::open(&dir).map_err(|error| Failure::other(error, "give the folder of a Space"))?;
    let on_conflict = chosen_on_conflict(matches);
    let begun = Adoption::begin(&repo).given(args::answers(matches)).on_conflict(on_conflict);
    let begun = begun.pins_only(matches.get_flag("pins-only"));
    let decided = begun.update().map_err(|error| failure(error, &dir))?;
    let adoption = decided.adopt().map_err(|error| failure(error, &dir))?;
    for warning in adoption.warnings() {
        printer.warning(&warning);
    }
    let merge = &adoption.merge;
    let is_refused = merge.conflicts().next().is_some();
    let writes = !dry_run && !is_refused && !merge.is_nothing();
    let uncommitted = if writes { Repo::uncommitted_files(&dir).filter(|count| *count > 0) } else { None };
    if let Some(count) = uncommitted {
        printer.warning(&changed_files(count));
    }
    if !dry_run && !is_refused {
        let write = |cancel| merge.write_to(&dir, &WriteOptions::new().cancel(cancel));
        printer.warnings(&interrupt.while_writing(write)?.warnings);
    }
    let vcs = VcsOutcome::of(&dir);
    let adopted = Adopted::new(&dir, decided.template(), &adoption)
        .in_git(&vcs)
        .dry_run(dry_run || is_refused)
        .with_diff(matches.get_flag("diff"));
    printer.result(&if printer.is_json() { adopted_json(&adopted) } else { adopted_text(&adopted) })?;
    refuse_conflicts(&adoption)?;
    Ok(if checks && is_outdated(merge) { ExitCode::from(CONFLICT) } else { ExitCode::SUCCESS })
}

/// Whether something in the Space itself would change.
fn is_outdated(merge: &Merge) -> bool {
    let changes = |change: &Change| !matches!(change, Change::Unchanged | Change::Keep(_));
    merge.files().iter().any(|file| changes(&file.change) && file.path.as_str() != BASE_FILE)
}

fn chosen_on_conflict(matches: &ArgMatches) -> OnConflict {
    match matches.get_one::<String>("on-conflict").map(String::as_str) {
        Some("markers") => OnConflict::Markers,
        _ => args::chosen_on_conflict(matches),
    }
}

/// Conflicts that nothing settles, or that a person settles between the markers: those of this run, and what earlier ones left.
fn refuse_conflicts(adoption: &Adoption) -> Result<(), Failure> {
    let conflicts = adoption.merge.conflicts().map(|file| match &file.change {
        Change::Conflict(why) => format!("{}: {why}", file.path),
        _ => file.path.to_string(),
    });
    if let Some(message) = counted(conflicts.collect(), "with conflicts; nothing was written") {
        if adoption.merge.conflicts().any(|file| file.change.is_of_another_app()) {
            return Err(Failure::Conflict(message, OTHER_STARTER.to_owned()));
        }
        let hint = "`--on-conflict markers` writes both versions into the files, `keep` leaves yours as they are, \
                    `replace` takes those of the template and keeps yours as FILE.orig";
        return Err(Failure::Conflict(message, hint.to_owned()));
    }
    let marked = adoption.marked().iter().map(|(path, line)| format!("{path}:{line}")).collect();
    match counted(marked, "with markers of conflicts") {
        Some(message) => {
            let hint = "choose between the lines from `<<<<<<< yours` to `>>>>>>> template`, and remove the markers";
            Err(Failure::Conflict(message, hint.to_owned()))
        }
        None => Ok(()),
    }
}

/// How many files there are, and which; none if there are none.
fn counted(files: Vec<String>, what: &str) -> Option<Message> {
    let many = if files.len() == 1 { "file" } else { "files" };
    let message = format!("{} {many} {what}", files.len());
    if files.is_empty() { None } else { Some(Message::new(message, files)) }
}

/// The failure, with what to do.
fn failure(error: AdoptError, dir: &Path) -> Failure {
    let hint = match error {
        AdoptError::Answers(errors) => return errors.into(),
        AdoptError::Render(error) => return error.into(),
        AdoptError::Cancelled(_) => return Failure::Cancelled,
        AdoptError::Unreadable { file, why } => return unreadable(dir, &file, &why),
        AdoptError::Newer { .. } => {
            "update with a `spaces-new` that is at least as new: this one would take back what that brought"
        }
        AdoptError::Kept(_) => {
            "fix it, or get it back with `git checkout .spaces-new.toml`; after a merge with conflicts, `git checkout --ours \
 .spaces-new.base .spaces-new.toml`, or `--theirs` for both"
        }
        AdoptError::Base(ref error) => base_hint(error.is_marker),
        AdoptError::NotMade => "`spaces-new init` puts a Space around an app; afterwards `spaces-new update` knows it",
        AdoptError::NoBase => "`spaces-new update` without `--pins-only` begins one",
        AdoptError::UnknownGradio { .. } => PIN_GRADIO,
        AdoptError::OtherSdk { .. } => "`--sdk` says which one counts",
        AdoptError::AnotherSpace => {
            "leave `--template` and `--app-file` out; `spaces-new init` in the folder chooses another app, and `spaces-new DIR` makes \
             a Space of another template"
        }
        _ => "`spaces-new init` in the folder chooses anew",
    };
    Failure::other(error, hint)
}
