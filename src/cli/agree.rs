//! Decides what `init` does, and asks a person about it: which app, the plan, the answers, each file. From each question leads a way
//! back to the one before.

use spaces_new::report::proposal_text;
use spaces_new::{AdoptError, Adopting, Adoption, Answers, Catalog, Decided, Merge, OnConflict, Raw, Repo, Source};

use super::chooser::TerminalChooser;
use super::failure::Failure;
use super::init::{Request, failure};
use super::printer::{self, Printer};
use super::prompts::{Escape, TerminalPrompter};
use super::review::{self, refuse_conflicts};

/// What is to be done.
pub(super) struct Agreed<'r> {
    pub(super) adoption: Adoption,
    /// Before anything was declined.
    pub(super) planned: Merge,
    pub(super) decided: Decided<'r>,
}

/// How the questions after those about the app end.
enum Ended<'r> {
    Agreed(Box<Agreed<'r>>),
    /// The person goes back to the question before them.
    Back(Box<Decided<'r>>),
}

/// Decides everything, with a person where one can be asked. None if the person goes back to a question before the first one here.
pub(super) fn agree<'r>(
    repo: &'r Repo,
    request: &mut Request,
    mut chooser: TerminalChooser,
    uncommitted: Option<usize>,
    printer: &Printer,
) -> Result<Option<Agreed<'r>>, Failure> {
    let given = request.given.clone();
    let mut left: Option<Box<Decided<'r>>> = None;
    loop {
        request.given = given.clone();
        let Some(mut decided) = decide(repo, request, &mut chooser)? else { return Ok(None) };
        // What was typed about another app does not count
        if let Some(left) = left.take().filter(|left| same_app(left, &decided)) {
            let typed = with_typed(&given, left.answers(), |key| key != "plan");
            request.given = with_app(typed, &decided);
            decided = again(repo, request, &decided)?;
        } else {
            request.given = with_app(given.clone(), &decided);
        }
        let can_go_back = chooser.can_go_back();
        match ask_the_rest(repo, request, decided, (uncommitted, can_go_back), printer)? {
            Ended::Agreed(agreed) => return Ok(Some(*agreed)),
            Ended::Back(decided) if chooser.go_back() => left = Some(decided),
            Ended::Back(_) => return Ok(None),
        }
    }
}

/// Decides which app the Space runs, with which template and answers. None if the person goes back before the first question.
fn decide<'r>(
    repo: &'r Repo,
    request: &Request,
    chooser: &mut TerminalChooser,
) -> Result<Option<Decided<'r>>, Failure> {
    let begun = begun(repo, request);
    let decided = if request.interactive {
        chooser.decide(|chooser| begun.clone().decide_with(chooser))
    } else {
        begun.decide().map(Some)
    };
    decided.map_err(|error| failure(error, &request.dir))
}

/// Decides again with other answers: which app it is stays, and so does a consent to move the Space.
fn again<'r>(repo: &'r Repo, request: &Request, before: &Decided<'_>) -> Result<Decided<'r>, Failure> {
    let begun = begun(repo, request).migrate(before.migrates());
    begun.decide().map_err(|error| failure(error, &request.dir))
}

fn begun<'r>(repo: &'r Repo, request: &Request) -> Adopting<'r> {
    // A person is asked about each file
    let asks = request.interactive && request.on_conflict == OnConflict::Refuse;
    let on_conflict = if asks { OnConflict::Replace } else { request.on_conflict };
    Adoption::begin(repo).given(request.given.clone()).migrate(request.migrate).on_conflict(on_conflict)
}

/// Asks about the plan, the answers and each file.
fn ask_the_rest<'r>(
    repo: &'r Repo,
    request: &mut Request,
    mut decided: Decided<'r>,
    (uncommitted, can_go_back): (Option<usize>, bool),
    printer: &Printer,
) -> Result<Ended<'r>, Failure> {
    let given = request.given.clone();
    let asks_plan = asks_plan(repo, request, &decided);
    'plan: loop {
        if asks_plan {
            match with_plan(repo, request, &given, decided, can_go_back)? {
                (planned, false) => decided = planned,
                (left, true) => return Ok(Ended::Back(Box::new(left))),
            }
        }
        say_found(&decided, printer);
        loop {
            let (adoption, settled) = settle(repo, decided, request, asks_plan || can_go_back, printer)?;
            decided = settled;
            let Some(adoption) = adoption else {
                if asks_plan {
                    continue 'plan;
                }
                return Ok(Ended::Back(Box::new(decided)));
            };
            for warning in adoption.warnings() {
                printer.warning(&warning);
            }
            let planned = adoption.merge.clone();
            if !request.interactive {
                return Ok(Ended::Agreed(Box::new(Agreed { adoption, planned, decided })));
            }
            refuse_conflicts(&planned, request.on_conflict, true)?;
            if let Some(agreed) = review::go_through(&request.dir, &planned, uncommitted, true, printer)? {
                let adoption = adoption.agreed(agreed, repo);
                return Ok(Ended::Agreed(Box::new(Agreed { adoption, planned, decided })));
            }
        }
    }
}

/// Says what was found in the app.
fn say_found(decided: &Decided<'_>, printer: &Printer) {
    if let Some(proposal) = decided.proposal().filter(|_| !printer.is_json()) {
        printer.list(&proposal_text(proposal));
        printer.note("");
    }
}

/// Whether the plan of the account decides what becomes of an app that is not a Space yet, and nobody has said it.
fn asks_plan(repo: &Repo, request: &Request, decided: &Decided<'_>) -> bool {
    let is_open = ["plan", "sdk", "hardware"].iter().all(|key| decided.answers().get(key).is_none());
    request.interactive && is_open && decided.template().sdks().len() > 1 && !repo.has_front_matter()
}

/// Asks for the plan, and decides again, or goes back. What was typed before stays.
fn with_plan<'r>(
    repo: &'r Repo,
    request: &mut Request,
    given: &Answers,
    decided: Decided<'r>,
    can_go_back: bool,
) -> Result<(Decided<'r>, bool), Failure> {
    let given = with_typed(given, decided.answers(), |key| key != "plan");
    let Some(planned) = Catalog::builtin().ask_plan(given, can_go_back, &mut TerminalPrompter::default())? else {
        return Ok((decided, true));
    };
    request.given = planned;
    Ok((again(repo, request, &decided)?, false))
}

/// What was given, with what was typed since.
fn with_typed(given: &Answers, answers: &Answers, counts: impl Fn(&str) -> bool) -> Answers {
    let typed = answers.keys().filter(|key| counts(key) && answers.source(key) == Some(Source::Prompt));
    let typed = typed.filter_map(|key| Some((key, answers.get(key)?.clone())));
    typed.fold(given.clone(), |given, (key, value)| given.set(key, value))
}

/// The same with the app, which need not be decided again.
fn with_app(given: Answers, decided: &Decided<'_>) -> Answers {
    let app = decided.answers().get("app_file").cloned();
    app.into_iter().fold(given, |given, app| given.set("app_file", app))
}

fn same_app(one: &Decided<'_>, other: &Decided<'_>) -> bool {
    one.answers().get("app_file") == other.answers().get("app_file")
}

/// The answers that decide what is found in an app.
fn machine(decided: &Decided<'_>) -> [Option<Raw>; 3] {
    ["plan", "sdk", "hardware"].map(|key| decided.answers().get(key).cloned())
}

/// Checks the answers and computes the changes, after offering to change the answers if a person can be asked. None of them if the
/// person goes back.
fn settle<'r>(
    repo: &'r Repo,
    mut decided: Decided<'r>,
    request: &mut Request,
    can_go_back: bool,
    printer: &Printer,
) -> Result<(Option<Adoption>, Decided<'r>), Failure> {
    let escape = if can_go_back { Escape::GoesBack } else { Escape::Stays };
    let mut prompter = TerminalPrompter { escape, ..TerminalPrompter::default() };
    loop {
        if request.interactive {
            let before = machine(&decided);
            decided = decided.offer_changes(&mut prompter)?;
            if prompter.went_back {
                return Ok((None, decided));
            }
            if machine(&decided) != before {
                let given = with_typed(&request.given, decided.answers(), |_| true);
                request.given = with_app(given, &decided);
                decided = again(repo, request, &decided)?;
                // With another image, the app needs other things
                say_found(&decided, printer);
            }
        }
        match decided.adopt() {
            Ok(adoption) => return Ok((Some(adoption), decided)),
            Err(AdoptError::Answers(errors)) if request.interactive => {
                printer::problems(errors.iter());
                prompter.wrong = errors.iter().map(|error| error.key().to_owned()).collect();
                decided = decided.only_with_effect();
            }
            Err(error @ AdoptError::UnknownGradio { .. }) if request.interactive => {
                printer.report(&failure(error, &request.dir));
                prompter.wrong = vec!["sdk".to_owned(), "plan".to_owned()];
            }
            Err(error) => return Err(failure(error, &request.dir)),
        }
    }
}
