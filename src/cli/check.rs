//! `spaces-new check`: reports what is wrong with Spaces, and fixes it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::report::{self, Checked, Format, Printable};
use spaces_new::{Checker, Fixed, Level, Repo, Rule, Verdict, WriteOptions};

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::printer::Printer;
use super::subcommand::Subcommand;
use super::{args, input, online};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "check", about: "Report what will break in a Space, before it is pushed", arguments, run };

/// The maximum size of a README on standard input, in mebibytes.
const LARGEST_INPUT: u64 = 4;

/// The exit code if there are findings.
const FINDINGS: u8 = 1;

/// A folder, its files, its check, and the changes by fixes.
type Due = (String, Repo, Checker, Option<String>);

const EXAMPLES: &str = "Examples:
  spaces-new check my-demo               reports what will break
  spaces-new check my-demo --fix --diff  shows what the safe fixes would change
  spaces-new check my-demo --fix         applies them
  spaces-new check --format github       in a workflow: beside their lines";

fn arguments(command: Command) -> Command {
    let ids = |name: &'static str, help: &'static str| {
        args::rule().id(name).long(name).required(false).action(ArgAction::Append).help(help)
    };
    let command = command.after_help(EXAMPLES).args([
        Arg::new("dir")
            .value_name("DIR")
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath)
            .help("Folders to check, or files in them [default: .]; `-` reads a README from standard input"),
        args::flag("fix", "Apply the safe fixes"),
        args::flag("unsafe-fixes", "Also apply fixes that may change what the Space does"),
        args::flag("diff", "With --fix: write nothing, show what would change"),
        ids("only", "Run only this rule; repeatable"),
        ids("skip", "Skip this rule; repeatable"),
        args::flag("online", "Also ask the Hub's own validator; only README.md is sent"),
        args::flag("pedantic", "Also run the pedantic rules"),
        Arg::new("fail-on")
            .long("fail-on")
            .value_name("LEVEL")
            .value_parser(["error", "warning"])
            .default_value("error")
            .help("Lowest level of a finding at which the exit code is 1"),
    ]);
    args::with_formats(command, Format::ALL, args::QUIET_FINDINGS)
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let folders = folders(matches);
    refuse_fixes_of_nothing(matches)?;
    let asks = matches.get_flag("online");
    if asks {
        online::available()?;
    }
    // An unknown rule is not the fault of a folder
    checker(matches)?;
    let named = ["only", "skip"].into_iter().filter_map(|name| matches.get_many::<String>(name)).flatten();
    named.for_each(|id| renamed_note(id, printer));
    let writes = (matches.get_flag("fix") || matches.get_flag("unsafe-fixes")) && !matches.get_flag("diff");
    let interrupt = writes.then(Interrupt::install);
    let mut unanswered = None;
    let mut broken = None;
    let mut all = Vec::new();
    for folder in &folders {
        let due = match &interrupt {
            _ if folder == Path::new("-") => standard_input(matches),
            Some(interrupt) => fixed_folder(folder, matches, interrupt, printer),
            None => in_folder(folder, matches),
        };
        let (name, repo, checker, diff) = match due {
            Ok(due) => due,
            Err(failure) if folders.len() == 1 && printer.format != Format::Sarif => return Err(failure),
            // The others are still checked, and one document contains them all
            Err(failure) => {
                printer.report(&failure);
                let (message, hint) = failure.described();
                all.push(Checked::failed(folder.display().to_string(), message, hint));
                broken = Some(failure.code().max(broken.unwrap_or_default()));
                continue;
            }
        };
        // If the Hub did not answer once, further requests are skipped
        let verdict = match (asks && unanswered.is_none()).then(|| online::verdict(&repo)) {
            None => Verdict::default(),
            Some(Ok(verdict)) => verdict,
            Some(Err(failure)) => {
                unanswered = Some(failure);
                Verdict::default()
            }
        };
        let found = checker.check_with(&repo, &verdict);
        all.push(Checked::new(name, repo, found).with_diff(diff));
    }
    print(printer, &all)?;
    if let Some(failure) = unanswered {
        return Ok(printer.fail(&failure));
    }
    if let Some(code) = broken {
        return Ok(ExitCode::from(code));
    }
    let lowest = if matches.get_one::<String>("fail-on").is_some_and(|level| level == "warning") {
        Level::Warning
    } else {
        Level::Error
    };
    let failed = all.iter().flat_map(Checked::diagnostics).any(|diagnostic| diagnostic.level >= lowest);
    Ok(if failed { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS })
}

/// The folders to check. A file stands for the folder that it is in, as hooks of git name files; the same folder is checked once.
fn folders(matches: &ArgMatches) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for path in matches.get_many::<PathBuf>("dir").into_iter().flatten() {
        let above = || path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = if path.is_file() { above() } else { path };
        if !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    if folders.is_empty() { vec![PathBuf::from(".")] } else { folders }
}

/// A diff shows what fixes would change: without fixes it would be empty. Fixes change files.
fn refuse_fixes_of_nothing(matches: &ArgMatches) -> Result<(), Failure> {
    let fixes = matches.get_flag("fix") || matches.get_flag("unsafe-fixes");
    if fixes && folders(matches).iter().any(|folder| folder == Path::new("-")) {
        return Err(Failure::other("standard input cannot be fixed", "give the folder of the Space, or omit `--fix`"));
    }
    if fixes || !matches.get_flag("diff") {
        return Ok(());
    }
    let hint = "`--fix --diff` shows what the safe fixes would change, and writes nothing";
    Err(Failure::other("`--diff` is only valid with `--fix` or `--unsafe-fixes`", hint))
}

fn checker(matches: &ArgMatches) -> Result<Checker, Failure> {
    let ids = |name: &str| matches.get_many::<String>(name).into_iter().flatten().map(String::as_str);
    let checker = Checker::new().pedantic(matches.get_flag("pedantic"));
    checker
        .only(ids("only"))
        .and_then(|checker| checker.skip(ids("skip")))
        .map_err(|error| Failure::unknown_rule(&error))
}

/// Warns if a rule was named by its old id.
pub(super) fn renamed_note(id: &str, printer: &Printer) {
    if let Some(new) = Rule::renamed(id) {
        printer.note(format!("the rule `{id}` is now called `{new}`; the old name is accepted for one version"));
    }
}

fn standard_input(matches: &ArgMatches) -> Result<Due, Failure> {
    let bytes = input::standard_input(LARGEST_INPUT)
        .map_err(|error| Failure::other(format_args!("cannot read standard input: {error}"), "give it a README"))?;
    let path = "README.md".parse().map_err(|error| Failure::other(error, "report this"))?;
    let repo = Repo::from_files([(path, bytes)]);
    let checker = checker(matches)?.readme_alone();
    Ok(("-".to_owned(), repo, checker, None))
}

fn in_folder(folder: &Path, matches: &ArgMatches) -> Result<Due, Failure> {
    let name = folder.display().to_string();
    let repo = open(folder)?;
    let checker = checker(matches)?;
    let with_care = matches.get_flag("unsafe-fixes");
    if !with_care && !matches.get_flag("fix") {
        return Ok((name, repo, checker, None));
    }
    let fixed = checker.fix(&repo, with_care);
    let diff = report::fixed_diff(&fixed);
    Ok((name, with_fixes(&repo, &fixed), checker, Some(diff)))
}

/// Fixes a folder. Changes of a killed run are undone before anything is read, so that no fix is made
/// for a half-done state.
fn fixed_folder(folder: &Path, matches: &ArgMatches, interrupt: &Interrupt, printer: &Printer) -> Result<Due, Failure> {
    super::recover(folder, interrupt, printer)?;
    let repo = open(folder)?;
    let checker = checker(matches)?;
    let fixed = checker.fix(&repo, matches.get_flag("unsafe-fixes"));
    let write = |cancel| fixed.write_to(folder, &WriteOptions::new().cancel(cancel));
    printer.warnings(&interrupt.while_writing(write)?.warnings);
    for (rule, title) in &fixed.applied {
        printer.note(format!("fixed `{rule}`: {title}"));
    }
    Ok((folder.display().to_string(), with_fixes(&repo, &fixed), checker, None))
}

fn with_fixes(repo: &Repo, fixed: &Fixed) -> Repo {
    repo.with(fixed.files.iter().map(|file| (file.path.clone(), file.after.clone().into_bytes())))
}

fn open(folder: &Path) -> Result<Repo, Failure> {
    let repo = Repo::open(folder).map_err(|error| Failure::other(error, "give the folder of a Space"))?;
    if Checker::is_space(&repo) {
        return Ok(repo);
    }
    let mut message =
        format!("`{}` is not a Space: no front matter in a README.md, and no Dockerfile", folder.display());
    if repo.has_unfinished_run() {
        message.push_str("; an interrupted run has left `.spaces-new-unfinished` in it");
    }
    let hint = "give the folder that is pushed to the Hub; `spaces-new init` makes a Space of the app in a folder";
    Err(Failure::other(message, hint))
}

/// Prints the findings. If the format has no place for diffs, they go to standard error, beside the document.
fn print(printer: &Printer, all: &[Checked]) -> Result<(), Failure> {
    if !printer.format.has_diffs() {
        for diff in all.iter().filter_map(Checked::diff).filter(|diff| !diff.is_empty()) {
            let mut text = Printable::new();
            text.source(diff);
            printer.note(text);
        }
    }
    let are_any = all.iter().any(|checked| !checked.diagnostics().is_empty());
    printer.findings(&printer.format.check(all), are_any).map(drop)
}
