//! `spaces-new DIR`: makes a Space.

use std::ffi::OsString;

use clap::ArgMatches;

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::printer::Printer;
use super::prompts::TerminalPrompter;
use super::repeat;
use super::request::{self, Request};
use crate::apply::{Vcs, WriteOptions};
use crate::plan::{Assets, Plan};
use crate::report::{Made, made_json, made_text, next_steps};
use crate::spec::{Answers, Source, Spec, SpecErrors};

pub(super) fn run(matches: &ArgMatches, arguments: &[OsString], printer: &Printer) -> Result<(), Failure> {
    let interrupt = Interrupt::install();
    let mut request = request::read(matches, arguments)?;
    // A folder that cannot be written is told before the first question.
    Plan::default().preview(&request.dir, &WriteOptions::new())?;
    let (spec, assets) = decide(&mut request, arguments)?;
    let plan = request.template.plan(&spec, &assets)?;
    tell(&request, &spec, printer);
    let options = WriteOptions::new().vcs(request.vcs);
    let report = if request.dry_run {
        plan.preview(&request.dir, &options)?
    } else {
        plan.write_to(&request.dir, &options.cancel(interrupt.writing()))?
    };
    let steps = next_steps(&spec, &request.dir, request.template);
    let made = Made::new(&spec, &plan, &report, request.dry_run);
    printer.result(&if printer.json {
        made_json(&made, request.template, &steps, request.diff)
    } else {
        made_text(&made, &steps, request.diff)
    });
    if request.interactive {
        let line = repeat::command_line(&request.dir, request.template, &request.answers, request.vcs == Vcs::Git);
        printer.note(&format!("\nThe same again, without questions:\n    {line}"));
    }
    Ok(())
}

/// Asks what is open and checks everything; all that is wrong is told at once.
fn decide(request: &mut Request, arguments: &[OsString]) -> Result<(Spec, Assets), Failure> {
    let answers = request.answers.clone();
    let resolved = if request.interactive {
        Assets::inspect(&answers.assets()).map_err(SpecErrors::from)?;
        let resolved = Spec::resolve_with(request.template, answers, &mut TerminalPrompter::new())?;
        resolved.map(|(spec, answers)| {
            request.answers = answers;
            spec
        })
    } else {
        Spec::resolve(request.template, &answers)
    };
    let assets = Assets::inspect(&request.answers.assets());
    match (resolved, assets) {
        (Ok(spec), Ok(assets)) => Ok((spec, assets)),
        (Ok(_), Err(errors)) => Err(SpecErrors::from(errors).into()),
        (Err(errors), assets) => Err(explain(&errors.and(assets.err().unwrap_or_default()), arguments)),
    }
}

/// Adds a command line that would work, where all that is wrong is that something is missing.
fn explain(errors: &SpecErrors, arguments: &[OsString]) -> Failure {
    let missing: Vec<String> =
        errors.iter().filter(|error| error.is_missing()).filter_map(|error| error.flag().map(str::to_owned)).collect();
    let all_missing = errors.iter().all(|error| error.is_missing());
    let mut words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if let Some(program) = words.first_mut() {
        "spaces-new".clone_into(program);
    }
    for flag in missing {
        words.extend([format!("--{flag}"), r#"["./server"]"#.to_owned()]);
    }
    let hint = all_missing.then(|| format!("this would work: {}", repeat::quoted(&words)));
    Failure::Answers(errors.iter().cloned().collect(), hint)
}

/// Warnings, and for those who want to know all, where each answer came from.
fn tell(request: &Request, spec: &Spec, printer: &Printer) {
    for caution in spec.cautions() {
        printer.warning(caution);
    }
    if !printer.verbose {
        return;
    }
    for question in request.template.questions() {
        let Some(value) = crate::plan::answer(spec, question.key()) else { continue };
        let source = source(&request.answers, question.key());
        printer.detail(&format!("{} = {} ({source})", question.key(), value.shown()));
    }
}

fn source(answers: &Answers, key: &str) -> String {
    match answers.source(key) {
        Some(Source::Flag) => "flag".to_owned(),
        Some(Source::File { line }) => format!("answers file, line {line}"),
        Some(Source::Prompt) => "prompt".to_owned(),
        Some(Source::Detected) => "detected".to_owned(),
        Some(Source::Default) | None => "default".to_owned(),
    }
}
