//! Asks for what a request leaves open, one step after another, and back where the person wishes; then shows what would be made.

use std::path::{Path, PathBuf};

use spaces_new::report::{Made, summary_text};
use spaces_new::{
    Answers, Assets, Cancelled, Catalog, Plan, Spec, SpecError, SpecErrors, WriteOptions, ask_open, offer_changes,
};

use super::failure::Failure;
use super::line::Line;
use super::list::{BACK, Entry, choose};
use super::printer::{self, Printer};
use super::prompts::TerminalPrompter;
use super::request::{Open, Options, Request, folder_name};
use super::{completed, near_miss, screen};

/// The folder that is proposed.
const FOLDER: &str = "my-space";

/// What is asked, in this order.
#[derive(Clone, Copy)]
enum Step {
    Folder,
    Plan,
    Template,
    Answers,
}

/// What was answered before, and can count again.
#[derive(Default)]
pub(super) struct Before {
    /// What was typed before the person went back: it is proposed.
    typed: Answers,
    /// What has no effect with the template and the other answers.
    aside: Answers,
}

/// Asks for what is open: the folder, the template, and what the template asks everyone. None if the person goes back to a question
/// before (`can_leave`).
pub(super) fn ask(
    open: Open,
    can_leave: bool,
    before: &mut Before,
    prompter: &mut TerminalPrompter,
) -> Result<Option<Request>, Failure> {
    refuse_early(&open)?;
    let (mut dir, mut template) = (open.dir.clone(), open.template);
    let steps = steps(&open);
    let (mut given, mut answers) = (open.answers.clone(), Answers::new());
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        let can_go_back = can_leave || at > 0;
        let went_on = match (step, template) {
            (Step::Folder, _) => {
                let asked = ask_folder(dir.as_deref(), open.options, can_go_back)?;
                let went_on = asked.is_some();
                dir = asked.or(dir);
                went_on
            }
            (Step::Plan, _) => {
                let planned = Catalog::builtin().ask_plan(given.clone(), can_go_back, prompter)?;
                planned.map(|planned| given = planned).is_some()
            }
            (Step::Template, _) | (Step::Answers, None) => {
                let proposed = template.map_or(completed::FIRST, |template| template.name());
                let chosen = Catalog::builtin().ask(proposed, &given, can_go_back, prompter)?;
                template = chosen.or(template);
                chosen.is_some()
            }
            (Step::Answers, Some(template)) => {
                let folder = folder_name(dir.as_deref().unwrap_or(Path::new(FOLDER)));
                let given = given.clone().in_folder(folder);
                if let Err(errors) = Spec::check(template, &given) {
                    // Another template can take what this one refuses
                    printer::problems(errors.iter());
                    false
                } else {
                    let answered = ask_open(template, given, &mut before.typed, can_go_back, prompter)?;
                    answered.map(|answered| answers = answered).is_some()
                }
            }
        };
        if !went_on && at == 0 && can_leave {
            return Ok(None);
        }
        at = if went_on { at + 1 } else { at.saturating_sub(1) };
    }
    let (Some(dir), Some(template)) = (dir, template) else { return Err(Failure::Cancelled) };
    Ok(Some(Open { answers, ..open }.complete(dir, template)))
}

/// Refuses what no further answer can make valid, before the first question.
fn refuse_early(open: &Open) -> Result<(), Failure> {
    if let Some(template) = open.template {
        Spec::check(template, &open.answers)?;
    }
    let problems = Catalog::builtin().problems(&open.answers);
    if !problems.is_empty() {
        return Err(Failure::Answers(problems, None));
    }
    Assets::inspect(&open.answers.assets())?;
    Ok(())
}

/// What is open. The plan of the account is asked where it decides something: which template, or which SDK.
fn steps(open: &Open) -> Vec<Step> {
    let is_given = |key: &str| open.answers.get(key).is_some();
    let depends = open.template.is_none_or(|template| template.sdks().len() > 1);
    let steps = [
        (Step::Folder, open.dir.is_none()),
        (Step::Plan, depends && !is_given("plan") && !is_given("sdk") && !is_given("hardware")),
        (Step::Template, open.template.is_none()),
        (Step::Answers, true),
    ];
    steps.into_iter().filter(|(_, is_open)| *is_open).map(|(step, _)| step).collect()
}

/// Asks for the folder. None if the person goes back.
fn ask_folder(before: Option<&Path>, options: Options, can_go_back: bool) -> Result<Option<PathBuf>, Failure> {
    let proposed = before.map_or_else(|| FOLDER.to_owned(), |dir| dir.to_string_lossy().into_owned());
    let line = Line { prompt: "Folder", default: Some(proposed.clone()), initial: String::new(), can_go_back };
    let typed = line.ask(|text| {
        let text = if text.trim().is_empty() { &proposed } else { text };
        check_folder(text).map(|()| PathBuf::from(text))
    })?;
    let Some(dir) = typed.map(near_miss::plainly) else { return Ok(None) };
    options.refuse_early(&dir)?;
    Ok(Some(dir))
}

/// Why a folder cannot be created, while it can still be typed again.
fn check_folder(text: &str) -> Result<(), String> {
    if text.starts_with('~') {
        return Err("no shell expands the `~` here: give the full path".to_owned());
    }
    let looked = Plan::default().preview(Path::new(text), &WriteOptions::new());
    looked.map(|_| ()).map_err(|error| error.to_string())
}

/// Checks the answers and shows what would be made, until the person agrees. Nothing is written before.
pub(super) fn agree(
    request: &mut Request,
    before: &mut Before,
    prompter: &mut TerminalPrompter,
    printer: &Printer,
) -> Result<(Spec, Plan), Failure> {
    loop {
        set_apart(request, before, printer);
        match planned(request, printer)? {
            Ok((spec, plan)) => {
                show(request, &spec, &plan)?;
                match agreed(request.options.dry_run)? {
                    Agreed::Make => return Ok((spec, plan)),
                    Agreed::Folder => change_folder(request)?,
                    Agreed::Template => change_template(request, before, prompter)?,
                    Agreed::Answer => offer(request, before, prompter)?,
                }
            }
            Err(errors) => {
                printer::problems(errors.iter());
                prompter.wrong = errors.iter().map(|error| error.key().to_owned()).collect();
                offer(request, before, prompter)?;
            }
        }
    }
}

/// What would be made, with its warnings, or the problems: also those that only the files show, such as packages that cannot be installed.
fn planned(request: &Request, printer: &Printer) -> Result<Result<(Spec, Plan), Vec<SpecError>>, Failure> {
    let (spec, assets) = match check(request) {
        Ok(checked) => checked,
        Err(errors) => return Ok(Err(errors.iter().cloned().collect())),
    };
    let plan = request.template.plan(&spec, &assets)?;
    let found = plan.check(&spec);
    if found.refused.is_empty() {
        printer.warnings(spec.warnings());
        printer.found(&found.given);
    }
    Ok(if found.refused.is_empty() { Ok((spec, plan)) } else { Err(found.refused) })
}

/// Offers every answer, the folder and the template for change, until the person goes on.
fn offer(request: &mut Request, before: &mut Before, prompter: &mut TerminalPrompter) -> Result<(), Failure> {
    loop {
        let folder = format!("Folder: {}", request.dir.display());
        prompter.others = vec![Entry::new(folder), Entry::new(format!("Template: {}", request.template.name()))];
        request.answers = offer_changes(request.template, request.answers.clone(), prompter)?;
        match prompter.other.take() {
            Some(0) => change_folder(request)?,
            Some(_) => change_template(request, before, prompter)?,
            None => return Ok(()),
        }
    }
}

/// Asks for another folder. The name of the Space, and what follows from it, are derived again.
pub(super) fn change_folder(request: &mut Request) -> Result<(), Failure> {
    if let Some(dir) = ask_folder(Some(&request.dir), request.options, true)? {
        request.answers = request.answers.clone().given().in_folder(folder_name(&dir));
        request.dir = dir;
    }
    Ok(())
}

/// Leaves out the answers that have no effect, and says so, and takes in again those that have one now.
fn set_apart(request: &mut Request, before: &mut Before, printer: &Printer) {
    let answers = std::mem::take(&mut request.answers);
    let last = answers.clone().given();
    let (counting, aside) = answers.over(std::mem::take(&mut before.aside)).by_effect(request.template);
    for key in aside.keys().filter(|key| last.get(key).is_some()) {
        let why = match request.template.question(key) {
            Some(question) => question.without_effect().to_owned(),
            None => format!("the template `{}` does not have it", request.template.name()),
        };
        for line in screen::wrapped(&format!("`{key}` is left out: {why}"), screen::columns()) {
            printer.note(line);
        }
    }
    (request.answers, before.aside) = (counting, aside);
}

/// Asks for another template, and what it asks everyone. What was given stays, as far as it has an effect with the template.
fn change_template(request: &mut Request, before: &mut Before, prompter: &mut TerminalPrompter) -> Result<(), Failure> {
    let chosen = Catalog::builtin().ask(request.template.name(), &request.answers, true, prompter)?;
    let Some(template) = chosen.filter(|chosen| chosen.name() != request.template.name()) else { return Ok(()) };
    let all = request.answers.clone().given().over(before.aside.clone());
    let (answers, _) = all.clone().in_folder(folder_name(&request.dir)).by_effect(template);
    if let Err(errors) = both(Spec::check(template, &answers), Assets::inspect(&answers.assets())) {
        printer::problems(errors.iter());
        return Ok(());
    }
    if let Some(answers) = ask_open(template, answers, &mut before.typed, true, prompter)? {
        (request.template, request.answers) = (template, answers.over(all));
    }
    Ok(())
}

fn show(request: &Request, spec: &Spec, plan: &Plan) -> Result<(), Failure> {
    let report = plan.preview(&request.dir, &WriteOptions::new().vcs(request.options.vcs))?;
    let made = Made::new(request.template, spec, plan, &report).dry_run(true);
    printer::print_error(&summary_text(&made, &request.answers, screen::columns()));
    Ok(())
}

/// What a person says of what was shown.
enum Agreed {
    Make,
    Answer,
    Folder,
    Template,
}

fn agreed(dry_run: bool) -> Result<Agreed, Cancelled> {
    let (make, what) = if dry_run { ("show", "every file, write nothing") } else { ("make it", "write the files") };
    let entries = [
        Entry::with_note(make, what),
        Entry::with_note(BACK, "change an answer"),
        Entry::with_note("folder", "choose another one"),
        Entry::with_note("template", "choose another one"),
        Entry::with_note("stop", "write nothing"),
    ];
    match choose("Make it?", &entries, 0, false)? {
        Some(0) => Ok(Agreed::Make),
        Some(1) | None => Ok(Agreed::Answer),
        Some(2) => Ok(Agreed::Folder),
        Some(3) => Ok(Agreed::Template),
        Some(_) => Err(Cancelled),
    }
}

/// Checks everything. All problems are reported at once.
pub(super) fn check(request: &Request) -> Result<(Spec, Assets), SpecErrors> {
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
