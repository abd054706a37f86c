//! `spaces-new check`: says what is wrong with Spaces, and mends it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::printer::Printer;
use super::{input, online};
use spaces_new::Repo;
use spaces_new::WriteOptions;
use spaces_new::report::{self, Checked, Printable};
use spaces_new::{Checker, Fixed, Level, UnknownRule, Verdict, is_space, nearest_rule, renamed};

/// Most mebibytes of a README on standard input.
const LARGEST_INPUT: u64 = 4;

/// The exit code of findings.
const FINDINGS: u8 = 1;

/// A folder, its files, the check that is due, and what fixes would change.
type Due = (String, Repo, Checker, Option<String>);

pub(super) fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let folders: Vec<PathBuf> = matches.get_many::<PathBuf>("dir").into_iter().flatten().cloned().collect();
    let folders = if folders.is_empty() { vec![PathBuf::from(".")] } else { folders };
    let asks = matches.get_flag("online");
    if asks {
        online::available()?;
    }
    // A rule that does not exist is the fault of no folder
    checker(matches)?;
    let named = ["only", "skip"].into_iter().filter_map(|name| matches.get_many::<String>(name)).flatten();
    named.for_each(|id| renamed_note(id, printer));
    let is_sarif = matches.get_one::<String>("format").is_some_and(|format| format == "sarif");
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
            Err(failure) if folders.len() == 1 && !is_sarif => return Err(failure),
            // The others are checked all the same, and one document has them all
            Err(failure) => {
                printer.tell(&failure);
                let (message, hint) = failure.described();
                all.push(Checked::failed(folder.display().to_string(), message, hint));
                broken = Some(failure.code().max(broken.unwrap_or_default()));
                continue;
            }
        };
        // A Hub that was silent once is not waited for again
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
    print(matches, printer, &all)?;
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

fn checker(matches: &ArgMatches) -> Result<Checker, Failure> {
    let ids = |name: &str| matches.get_many::<String>(name).into_iter().flatten().map(String::as_str);
    let checker = Checker::new().pedantic(matches.get_flag("pedantic"));
    checker.only(ids("only")).and_then(|checker| checker.skip(ids("skip"))).map_err(|error| unknown(&error))
}

/// Notes that a rule was named by its old id.
pub(super) fn renamed_note(id: &str, printer: &Printer) {
    if let Some(new) = renamed(id) {
        printer.note(format!("the rule `{id}` is now called `{new}`; the old name is understood for one version"));
    }
}

pub(super) fn unknown(error: &UnknownRule) -> Failure {
    let hint = match nearest_rule(error.name()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`spaces-new rules` lists every rule".to_owned(),
    };
    Failure::other(error, hint)
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

/// Fixes a folder. What a killed run left half-done is taken back before anything is looked at, so that no fix is worked
/// out for it.
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
    if is_space(&repo) {
        return Ok(repo);
    }
    let mut message =
        format!("`{}` is not a Space: no front matter in a README.md, and no Dockerfile", folder.display());
    if repo.has_unfinished_run() {
        message.push_str("; an interrupted run has left `.spaces-new-unfinished` there");
    }
    let hint = "give the folder that is pushed to the Hub; `spaces-new init` makes a Space of the app in a folder";
    Err(Failure::other(message, hint))
}

fn print(matches: &ArgMatches, printer: &Printer, all: &[Checked]) -> Result<(), Failure> {
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => printer.result(&report::check_json(all)),
        Some("sarif") => {
            diffs(all).for_each(|diff| printer.note(diff));
            printer.result(&report::check_sarif(all))
        }
        Some("github") => {
            diffs(all).for_each(|diff| printer.note(diff));
            printer.result(&report::check_github(all))
        }
        _ => all.iter().try_for_each(|folder| {
            if let Some(mut text) = diffs(std::slice::from_ref(folder)).next() {
                text.blank();
                text.line("With these changes:");
                text.blank();
                printer.result(&text)?;
            }
            printer.result(&report::checked_text(folder, true))
        }),
    }
}

/// What fixes would change, where it is wanted and they change anything.
fn diffs(all: &[Checked]) -> impl Iterator<Item = Printable> {
    all.iter().filter_map(Checked::diff).filter(|diff| !diff.is_empty()).map(|diff| {
        let mut text = Printable::new();
        text.source(diff);
        text
    })
}
