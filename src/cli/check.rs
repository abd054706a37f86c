//! `spaces-new check`: says what is wrong with Spaces, and mends it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::online;
use super::printer::Printer;
use crate::apply::WriteOptions;
use crate::check::{Checker, Diagnostic, Fixed, Level, UnknownRule, Verdict, is_space, nearest_rule};
use crate::repo::Repo;
use crate::report;

/// The exit code of findings.
const FINDINGS: u8 = 1;

/// Rules that ask for files beside the README, which standard input has not.
const BESIDE_THE_README: [&str; 2] = ["missing-app-file", "missing-dockerfile"];

/// A folder, its files, and what was found.
type Checked = (String, Repo, Vec<Diagnostic>);

/// A folder, its files, and the check that is due.
type Due = (String, Repo, Checker);

pub(super) fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let folders: Vec<PathBuf> = matches.get_many::<PathBuf>("dir").into_iter().flatten().cloned().collect();
    let folders = if folders.is_empty() { vec![PathBuf::from(".")] } else { folders };
    let asks = matches.get_flag("online");
    if asks {
        online::available()?;
    }
    let writes = (matches.get_flag("fix") || matches.get_flag("unsafe-fixes")) && !matches.get_flag("diff");
    let interrupt = writes.then(Interrupt::install);
    let mut unanswered = None;
    let mut all = Vec::new();
    for folder in &folders {
        let (name, repo, checker) = match &interrupt {
            _ if folder == Path::new("-") => standard_input(matches)?,
            Some(interrupt) => fixed_folder(folder, matches, interrupt, printer)?,
            None => in_folder(folder, matches, printer)?,
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
        all.push((name, repo, found));
    }
    print(matches, printer, &all)?;
    if let Some(failure) = unanswered {
        // Standard output has its document already
        return Ok(Printer { json: false, ..*printer }.fail(&failure));
    }
    let lowest = if matches.get_one::<String>("fail-on").is_some_and(|level| level == "warning") {
        Level::Warning
    } else {
        Level::Error
    };
    let failed = all.iter().flat_map(|(_, _, diagnostics)| diagnostics).any(|diagnostic| diagnostic.level >= lowest);
    Ok(if failed { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS })
}

fn checker(matches: &ArgMatches) -> Result<Checker, Failure> {
    let ids = |name: &str| matches.get_many::<String>(name).into_iter().flatten().map(String::as_str);
    let checker = Checker::new().pedantic(matches.get_flag("pedantic"));
    checker.only(ids("only")).and_then(|checker| checker.skip(ids("skip"))).map_err(|error| unknown(&error))
}

pub(super) fn unknown(error: &UnknownRule) -> Failure {
    let hint = match nearest_rule(error.name()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`spaces-new rules` lists every rule".to_owned(),
    };
    Failure::other(error, hint)
}

fn standard_input(matches: &ArgMatches) -> Result<Due, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(4 << 20).read_to_end(&mut bytes);
    read.map_err(|error| Failure::other(format_args!("cannot read standard input: {error}"), "give it a README"))?;
    let path = "README.md".parse().map_err(|error| Failure::other(error, "report this"))?;
    let repo = Repo::from_files([(path, bytes)]);
    let checker = checker(matches)?.skip(BESIDE_THE_README).map_err(|error| unknown(&error))?;
    Ok(("-".to_owned(), repo, checker))
}

fn in_folder(folder: &Path, matches: &ArgMatches, printer: &Printer) -> Result<Due, Failure> {
    let name = folder.display().to_string();
    let repo = open(folder)?;
    let checker = checker(matches)?;
    let with_care = matches.get_flag("unsafe-fixes");
    if !with_care && !matches.get_flag("fix") {
        return Ok((name, repo, checker));
    }
    let fixed = checker.fix(&repo, with_care);
    printer.result(&report::fixed_diff(&fixed))?;
    let is_text = matches.get_one::<String>("format").is_none_or(|format| format == "text");
    if is_text && !fixed.files.is_empty() {
        printer.result("\nWith these changes:\n\n")?;
    }
    Ok((name, with_fixes(&repo, &fixed), checker))
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
        printer.note(&format!("mended `{rule}`: {title}"));
    }
    Ok((folder.display().to_string(), with_fixes(&repo, &fixed), checker))
}

fn with_fixes(repo: &Repo, fixed: &Fixed) -> Repo {
    repo.with(fixed.files.iter().map(|file| (file.path.clone(), file.after.clone().into_bytes())))
}

fn open(folder: &Path) -> Result<Repo, Failure> {
    let repo = Repo::open(folder).map_err(|error| Failure::other(error, "give the folder of a Space"))?;
    super::refuse_closed(&repo, folder)?;
    if is_space(&repo) {
        return Ok(repo);
    }
    let message = format!("`{}` is no Space: no front matter in a README.md, and no Dockerfile", folder.display());
    let hint = "give the folder that is pushed to the Hub; `spaces-new init` makes a Space of the app in a folder";
    Err(Failure::other(message, hint))
}

fn print(matches: &ArgMatches, printer: &Printer, all: &[Checked]) -> Result<(), Failure> {
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => printer.result(&report::check_json(all)),
        Some("sarif") => printer.result(&report::check_sarif(all)),
        Some("github") => printer.result(&report::check_github(all)),
        _ => {
            for (name, repo, found) in all {
                printer.result(&report::check_text(name, repo, found, true))?;
            }
            Ok(())
        }
    }
}
