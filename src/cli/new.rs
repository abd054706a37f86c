//! `spaces-new DIR`: makes a Space.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use spaces_new::ScaffoldFindings;
use spaces_new::report::{Made, made_json, made_text};
use spaces_new::{Answers, Assets, Source, Spec, SpecErrors, ask_open, offer_changes};
use spaces_new::{Vcs, WriteOptions};

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::printer::{self, Printer};
use super::prompts::TerminalPrompter;
use super::request::{self, Request};
use super::{completed, repeat};

pub(super) fn run(matches: &ArgMatches, arguments: &[OsString], printer: &Printer) -> Result<ExitCode, Failure> {
    let interrupt = Interrupt::install();
    let mut request = request::read(matches, arguments)?;
    let (spec, assets) = decide(&mut request, arguments)?;
    let plan = request.template.plan(&spec, &assets)?;
    tell(&request, &spec, printer);
    check_scaffold(&plan.check(&spec), printer)?;
    let options = WriteOptions::new().vcs(request.vcs);
    let report = if request.dry_run {
        plan.preview(&request.dir, &options)?
    } else {
        interrupt.while_writing(|cancel| plan.write_to(&request.dir, &options.cancel(cancel)))?
    };
    printer.warnings(&report.warnings);
    let made = Made::new(request.template, &spec, &plan, &report).dry_run(request.dry_run).with_diff(request.diff);
    printer.result(&if printer.is_json() { made_json(&made) } else { made_text(&made) })?;
    if request.interactive {
        let line = repeat::command_line(&request.dir, request.template, &request.answers, request.vcs == Vcs::Git);
        printer.note(repeat::said(&line));
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks everything, asking first if a person can be asked. All problems are reported at once, and a person can
/// fix them.
fn decide(request: &mut Request, arguments: &[OsString]) -> Result<(Spec, Assets), Failure> {
    if !request.interactive {
        return check(request).map_err(|errors| explain(&errors, request, arguments));
    }
    both(Spec::check(request.template, &request.answers), Assets::inspect(&request.answers.assets()))?;
    let mut prompter = TerminalPrompter::new();
    let mut answers = ask_open(request.template, request.answers.clone(), &mut prompter)?;
    loop {
        answers = offer_changes(request.template, answers, &mut prompter)?;
        request.answers = answers.clone();
        match check(request) {
            Ok(checked) => return Ok(checked),
            Err(errors) => printer::problems(&errors),
        }
    }
}

fn check(request: &Request) -> Result<(Spec, Assets), SpecErrors> {
    both(Spec::resolve(request.template, &request.answers), Assets::inspect(&request.answers.assets()))
}

/// Both, or the problems of either.
fn both<A, B>(first: Result<A, SpecErrors>, second: Result<B, SpecErrors>) -> Result<(A, B), SpecErrors> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(first), Err(second)) => Err(first.and(second)),
        (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Err(errors),
    }
}

/// Adds a command line that would work, if the only problem is that answers are missing.
fn explain(errors: &SpecErrors, request: &Request, arguments: &[OsString]) -> Failure {
    let line = completed::line(arguments, Some(&request.dir), Some(request.template), &request.answers);
    let hint = line.filter(|_| errors.are_all_missing()).map(|line| format!("this would work: {line}"));
    Failure::Answers(errors.iter().cloned().collect(), hint)
}

/// The findings in the files that are about to be written.
fn check_scaffold(found: &ScaffoldFindings, printer: &Printer) -> Result<(), Failure> {
    for diagnostic in &found.given {
        let help = diagnostic.help.as_deref().map(|help| format!(": {help}")).unwrap_or_default();
        printer.warning(&format!("{}{help} ({})", diagnostic.message, diagnostic.rule));
    }
    let Some(first) = found.template.first() else {
        return if found.refused.is_empty() { Ok(()) } else { Err(Failure::Answers(found.refused.clone(), None)) };
    };
    let message = format!("the new files do not pass the check: {} ({})", first.message, first.rule);
    let hint = "this is a bug in spaces-new, not in your answers: please report it with the command that you ran";
    Err(Failure::other(message, hint))
}

/// Prints warnings and, with `--verbose`, the source of each answer.
fn tell(request: &Request, spec: &Spec, printer: &Printer) {
    for warning in spec.warnings() {
        printer.warning(warning);
    }
    if !printer.verbose {
        return;
    }
    for question in request.template.questions() {
        let Some(value) = spec.answer(question.key()) else { continue };
        let source = source(&request.answers, question.key());
        printer.detail(&format!("{} = {} ({source})", question.key(), repeat::typed(question, &value)));
    }
}

fn source(answers: &Answers, key: &str) -> String {
    match answers.source(key) {
        Some(Source::Flag) => "flag".to_owned(),
        Some(Source::File { line }) => format!("answers file, line {line}"),
        Some(Source::Prompt) => "prompt".to_owned(),
        Some(Source::Detected) => "detected".to_owned(),
        _ => "default".to_owned(),
    }
}
