//! `spaces-new DIR`: makes a Space.

use std::ffi::OsString;
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::thread;

use clap::ArgMatches;
use spaces_new::ScaffoldFindings;
use spaces_new::report::{Made, made_json, made_text};
use spaces_new::{Answers, Plan, Source, Spec, SpecErrors};
use spaces_new::{Vcs, WriteError, WriteErrorKind, WriteOptions};

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::offer::Offered;
use super::printer::{self, Printer};
use super::prompts::{TerminalPrompter, say_keys};
use super::request::{self, Open, Options, Request};
use super::{completed, init, offer, repeat, wizard};

pub(super) fn run(matches: &ArgMatches, arguments: &[OsString], printer: &Printer) -> Result<ExitCode, Failure> {
    let interrupt = Interrupt::install();
    let open = loop {
        let offered = offer::init(matches, arguments)?;
        if let Offered::Init(init) = &offered {
            match init::run_offered(&interrupt, init, printer)? {
                Some(code) => return Ok(code),
                None => continue,
            }
        }
        let open = request::read(matches, arguments)?;
        if !open.options.interactive {
            break open;
        }
        let can_leave = matches!(offered, Offered::New);
        if let Some(code) = with_a_person(open, can_leave, &interrupt, printer)? {
            return Ok(code);
        }
    };
    let (request, spec, draft) = decide(open, arguments, printer)?;
    make(&request, &spec, &draft, &interrupt, printer)?;
    Ok(ExitCode::SUCCESS)
}

/// Asks for what is open, and makes the Space. A folder that cannot be written is asked for again. None if the person goes back to
/// a question before (`can_leave`).
fn with_a_person(
    open: Open,
    can_leave: bool,
    interrupt: &Interrupt,
    printer: &Printer,
) -> Result<Option<ExitCode>, Failure> {
    let (mut before, mut prompter) = (wizard::Before::default(), TerminalPrompter::default());
    say_keys();
    let asked = wizard::ask(open, can_leave, &mut before, &mut prompter)?;
    let Some(mut request) = asked else { return Ok(None) };
    loop {
        let (spec, plan) = wizard::agree(&mut request, &mut before, &mut prompter, printer)?;
        match make(&request, &spec, &plan, interrupt, printer) {
            Err(Failure::Write(error)) if is_about_the_folder(&error) => {
                printer.report(&Failure::Write(error));
                wizard::change_folder(&mut request)?;
            }
            made => {
                made?;
                let has_git = request.options.vcs == Vcs::Git;
                let line = repeat::command_line(&request.dir, request.template, &request.answers, has_git);
                printer.note(repeat::said(&line));
                return Ok(Some(ExitCode::SUCCESS));
            }
        }
    }
}

/// Whether the Space could be made in another folder.
fn is_about_the_folder(error: &WriteError) -> bool {
    use WriteErrorKind::{Busy, Io, NotAFolder, NotEmpty};
    matches!(error.kind(), Busy | Io | NotAFolder | NotEmpty)
}

/// Writes the Space, and says what was made.
fn make(request: &Request, spec: &Spec, draft: &Plan, interrupt: &Interrupt, printer: &Printer) -> Result<(), Failure> {
    tell(request, spec, printer);
    let Options { vcs, dry_run, diff, .. } = request.options;
    let options = WriteOptions::new().vcs(vcs);
    let ((plan, report), found) = while_checking(draft, spec, |approval| {
        let plan = request.template.complete(draft.clone());
        let options = options.approval(approval);
        let report = if dry_run {
            plan.preview(&request.dir, &options).map_err(Failure::from)
        } else {
            interrupt.while_writing(|cancel| plan.write_to(&request.dir, &options.cancel(cancel)))
        };
        (plan, report)
    });
    // A person has seen them before
    if !request.options.interactive {
        printer.found(&found.given);
    }
    check_scaffold(&found)?;
    let report = report?;
    printer.warnings(&report.warnings);
    let made = Made::new(request.template, spec, &plan, &report).dry_run(dry_run).with_diff(diff);
    let made = made.in_full(printer.verbose).in_columns(printer::columns_of_output());
    printer.result(&if printer.is_json() { made_json(&made) } else { made_text(&made) })?;
    Ok(())
}

/// Checks the files of a plan while something else is done with them, which learns whether they pass.
fn while_checking<T>(plan: &Plan, spec: &Spec, other: impl FnOnce(Arc<OnceLock<bool>>) -> T) -> (T, ScaffoldFindings) {
    let approval = Arc::new(OnceLock::new());
    thread::scope(|scope| {
        let checking = scope.spawn(|| {
            let _refusal = RefusalAtEnd(&approval);
            let found = plan.check(spec);
            let _ = approval.set(found.template.is_empty() && found.refused.is_empty());
            found
        });
        let done = other(Arc::clone(&approval));
        (done, checking.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Refuses at its end what was not decided until then: if the check panics, the writing must not wait for it.
struct RefusalAtEnd<'a>(&'a OnceLock<bool>);

impl Drop for RefusalAtEnd<'_> {
    fn drop(&mut self) {
        let _ = self.0.set(false);
    }
}

/// Checks everything. All problems are reported at once.
fn decide(open: Open, arguments: &[OsString], printer: &Printer) -> Result<(Request, Spec, Plan), Failure> {
    // Both were given: otherwise reading the request has failed
    let (Some(dir), Some(template)) = (open.dir.clone(), open.template) else { return Err(Failure::Cancelled) };
    let request = open.complete(dir, template);
    let (spec, assets) = wizard::check(&request).map_err(|errors| explain(&errors, &request, arguments))?;
    let plan = template.draft(&spec, &assets)?;
    printer.warnings(spec.warnings());
    Ok((request, spec, plan))
}

/// Adds a command line that would work, if the only problem is that answers are missing.
fn explain(errors: &SpecErrors, request: &Request, arguments: &[OsString]) -> Failure {
    let line = completed::line(arguments, Some(&request.dir), Some(request.template), &request.answers);
    let hint = line.filter(|_| errors.are_all_missing()).map(|line| format!("this would work: {line}"));
    Failure::Answers(errors.iter().cloned().collect(), hint)
}

/// The findings in the files that are about to be written.
fn check_scaffold(found: &ScaffoldFindings) -> Result<(), Failure> {
    let Some(first) = found.template.first() else {
        return if found.refused.is_empty() { Ok(()) } else { Err(Failure::Answers(found.refused.clone(), None)) };
    };
    let message = format!("the new files do not pass the check: {} ({})", first.message, first.rule);
    let hint = "this is a bug in spaces-new, not in your answers: please report it with the command that you ran";
    Err(Failure::other(message, hint))
}

/// Prints, with `--verbose`, the source of each answer.
fn tell(request: &Request, spec: &Spec, printer: &Printer) {
    if !printer.verbose {
        return;
    }
    for question in request.template.questions() {
        let Some(value) = spec.answer(question.key()) else { continue };
        let source = source(&request.answers, question.key());
        printer.detail(&format!("{} = {} ({source})", question.key(), question.as_typed(&value)));
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
