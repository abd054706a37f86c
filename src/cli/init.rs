//! `spaces-new init`: puts a Space around an app that exists.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ArgMatches;
use dialoguer::{Confirm, Select};

use super::failure::{Failure, Message};
use super::interrupt::Interrupt;
use super::printer::{self, Printer};
use super::prompts::{self, TerminalPrompter};
use super::{args, repeat, request, review};
use crate::adopt::{
    AdoptError, AdoptOptions, Adoption, Proposal, Stated, answers_in_readme, has_retired_sdk, kept_answers,
    title_in_readme,
};
use crate::answers::{Answers, Raw, offer_changes};
use crate::app::{App, Detected, detect};
use crate::apply::{WriteOptions, version_control};
use crate::check::Checker;
use crate::merge::{Change, Merge, OnConflict};
use crate::render::{Catalog, Template};
use crate::repo::{Repo, uncommitted_files};
use crate::report::{Adopted, adopted_json, adopted_text, proposal_text};

/// What was asked for.
struct Request {
    dir: PathBuf,
    given: Answers,
    interactive: bool,
    dry_run: bool,
    on_conflict: OnConflict,
    migrate: bool,
    /// The answers of an earlier run.
    kept: Option<Answers>,
}

pub(super) fn run(matches: &ArgMatches, printer: &Printer) -> Result<(), Failure> {
    let interrupt = Interrupt::install();
    let mut request = read(matches);
    if !request.dir.is_dir() {
        let what = if request.dir.exists() { "is a file, no folder" } else { "is not there" };
        let message = format!("`{}` {what}", request.dir.display());
        return Err(Failure::other(message, "give the folder of an app; `spaces-new DIR` makes a new one"));
    }
    if request.dry_run {
        super::say_unfinished(&request.dir, printer);
    } else {
        super::recover(&request.dir, &interrupt, printer)?;
    }
    let repo = Repo::open(&request.dir).map_err(|error| Failure::other(error, "give the folder of an app"))?;
    super::refuse_unreadable(&repo, &request.dir)?;
    ask_to_migrate(&repo, &mut request)?;
    let (template, answers, proposal) = decide(&repo, &mut request)?;
    if let Some(proposal) = proposal.as_ref().filter(|_| !printer.json) {
        printer.note(proposal_text(proposal));
        printer.note("");
    }
    let (mut adoption, answers) = settle(template, answers, &repo, &request)?;
    for caution in adoption.spec.cautions() {
        printer.warning(caution);
    }
    let uncommitted = uncommitted_files(&request.dir).filter(|count| *count > 0);
    if request.interactive {
        refuse_conflicts(&adoption.merge, &request)?;
        let agreed = review::go_through(&request.dir, adoption.merge.clone(), uncommitted, printer)?;
        adoption = adoption.agreed(agreed, &repo);
    } else if let Some(count) = uncommitted.filter(|_| !adoption.merge.is_nothing()) {
        printer.warning(&changed_files(count));
    }
    let vcs = version_control(&request.dir);
    let adopted = Adopted::new(&request.dir, template, &adoption)
        .proposed(proposal.as_ref())
        .in_git(&vcs)
        .dry_run(request.dry_run)
        .with_diff(matches.get_flag("diff"));
    if !request.dry_run {
        refuse_conflicts(&adoption.merge, &request)?;
        let write = |cancel| adoption.merge.write_to(&request.dir, &WriteOptions::new().cancel(cancel));
        printer.warnings(&interrupt.while_writing(write)?.warnings);
    }
    printer.result(&if printer.json { adopted_json(&adopted) } else { adopted_text(&adopted) })?;
    // A signal that came too late to stop the writing stops what would be asked next
    if request.interactive && interrupt.go_on().is_ok() {
        offer_fixes(&request, &interrupt, printer)?;
        let line = said_again(&request, template, &answers, &adoption.merge);
        printer.note(repeat::said(&line));
    }
    refuse_conflicts(&adoption.merge, &request)
}

/// What is said of files that git tracks and whose size or time is not what git last saw.
pub(super) fn changed_files(count: usize) -> String {
    let files = if count == 1 { "1 file that git tracks".to_owned() } else { format!("{count} files that git tracks") };
    format!("{files} may have changes that are not committed: `git diff` will mix them with what is written now")
}

/// The command that does the same without asking.
fn said_again(request: &Request, template: &Template, answers: &Answers, merge: &Merge) -> String {
    let replaces = merge.files().iter().any(|file| matches!(file.change, Change::Replace(_)));
    let extra = [("--on-conflict replace", replaces), ("--migrate", request.migrate)];
    let extra: Vec<&str> = extra.iter().filter(|(_, said)| *said).map(|(flag, _)| *flag).collect();
    repeat::init_line(&request.dir, template, answers, &extra)
}

/// Offers the safe fixes of what the check finds in the folder as it is now.
fn offer_fixes(request: &Request, interrupt: &Interrupt, printer: &Printer) -> Result<(), Failure> {
    let repo = Repo::open(&request.dir).map_err(|error| Failure::other(error, "give the folder of an app"))?;
    let fixed = Checker::new().fix(&repo, false);
    if fixed.files.is_empty() {
        return Ok(());
    }
    // The Space is written: whoever stops here stops the mending
    if !review::wants_fixes(&fixed, printer).unwrap_or(false) {
        printer.note("Nothing was mended.");
        return Ok(());
    }
    let write = |cancel| fixed.write_to(&request.dir, &WriteOptions::new().cancel(cancel));
    printer.warnings(&interrupt.while_writing(write)?.warnings);
    for (rule, title) in &fixed.applied {
        printer.note(format!("fixed `{rule}`: {title}"));
    }
    Ok(())
}

/// Files that stand in the way: nothing is written. A dry run ends with the same.
fn refuse_conflicts(merge: &Merge, request: &Request) -> Result<(), Failure> {
    let count = merge.conflicts().count();
    if count == 0 {
        return Ok(());
    }
    let files = if count == 1 { "file stands" } else { "files stand" };
    let message = format!("{count} {files} in the way; nothing was written");
    let hint = if request.on_conflict == OnConflict::Refuse && !request.interactive {
        "mend or move them; `--on-conflict keep` leaves them as they are, `--on-conflict replace` keeps files as FILE.orig"
    } else {
        "mend or move them, or leave them as they are with `--on-conflict keep`"
    };
    Err(Failure::Conflict(Message::new(message, review::conflicts(merge)), hint.to_owned()))
}

fn read(matches: &ArgMatches) -> Request {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let on_conflict = match matches.get_one::<String>("on-conflict").map(String::as_str) {
        Some("keep") => OnConflict::Keep,
        Some("replace") => OnConflict::Replace,
        _ => OnConflict::Refuse,
    };
    let is_text = matches.get_one::<String>("format").is_none_or(|format| format == "text");
    Request {
        dir: matches.get_one::<PathBuf>("dir").cloned().unwrap_or_else(|| PathBuf::from(".")),
        given: args::answers(matches),
        interactive: terminal && is_text && !matches.get_flag("yes") && !matches.get_flag("dry-run"),
        dry_run: matches.get_flag("dry-run"),
        on_conflict,
        migrate: matches.get_flag("migrate"),
        kept: None,
    }
}

/// A Space of a kind that is no longer offered is moved only if somebody says so.
fn ask_to_migrate(repo: &Repo, request: &mut Request) -> Result<(), Failure> {
    if request.migrate || !has_retired_sdk(repo) {
        return Ok(());
    }
    if request.interactive {
        let question = "This Space says `sdk: streamlit`, which the Hub no longer offers. Move it to Docker?";
        let answer = Confirm::with_theme(prompts::theme().as_ref()).with_prompt(question).default(true).interact();
        request.migrate = prompts::answered(answer)?;
    }
    if request.migrate {
        return Ok(());
    }
    let message = "README.md says `sdk: streamlit`, which the Hub no longer offers";
    Err(Failure::other(message, "`spaces-new init --migrate` moves the Space to Docker"))
}

/// Template and answers: flags count before what an earlier run kept, that before the README, that before what was found.
fn decide(repo: &Repo, request: &mut Request) -> Result<(&'static Template, Answers, Option<Proposal>), Failure> {
    let kept = kept_answers(repo).map_err(|errors| {
        let why: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::other(format_args!("`.spaces-new.toml` cannot be used: {}", why.join("; ")), "fix it, or remove it")
    })?;
    if let Some(kept) = kept.as_ref().filter(|kept| kept.template().is_some() && kept.get("app_file").is_none()) {
        let name = kept.template().unwrap_or_default();
        let message = format!("`.spaces-new.toml` says that this Space was made from the template `{name}`");
        return Err(Failure::other(message, "change its files as you like; `spaces-new check` says what breaks it"));
    }
    request.kept = kept.clone().map(|kept| kept.in_folder(request::folder_name(&request.dir)));
    let stated = Stated::given(request.given.clone()).kept(kept.unwrap_or_default()).in_readme(answers_in_readme(repo));
    let detected = detect(repo);
    if let Some(Raw::Text(file)) = stated.given.get("app_file")
        && repo.get(file).is_none()
    {
        return Err(no_such_app(file, &detected));
    }
    let stated = anew(stated, repo, &detected);
    let mut proposal = propose(&detected, &stated.with(None), request)?;
    let answers = stated.with(proposal.as_mut()).over(title_in_readme(repo));
    let named = request::named_template(&answers).map_err(|error| Failure::Answers(vec![error], None))?;
    let proposed = proposal.as_ref().and_then(|proposal| Catalog::builtin().get(proposal.template));
    let Some(template) = named.or(proposed) else { return Err(nothing_found(request, &detected)) };
    // What is given is not left out, so that it is refused if the template does not ask for it
    let answers = answers.only_for(template).over(request.given.clone()).in_folder(request::folder_name(&request.dir));
    Ok((template, answers, proposal))
}

/// Leaves out of the kept answers what an earlier run found, where the app that it found it for is another one now.
fn anew(stated: Stated, repo: &Repo, detected: &Detected) -> Stated {
    let Some(Raw::Text(file)) = stated.kept.get("app_file") else { return stated };
    if repo.get(file).is_none() {
        return stated.without_app();
    }
    let earlier = detected.apps().iter().find(|app| app.file == *file);
    match earlier.map(|app| proposal_of(detected, app, &stated.kept)) {
        Some(earlier) => stated.without_found(&earlier),
        None => stated,
    }
}

/// What the files say, for the app that is meant.
fn propose(detected: &Detected, stated: &Answers, request: &Request) -> Result<Option<Proposal>, Failure> {
    let is_stated = stated.get("app_file").is_some();
    let app = match stated.get("app_file") {
        Some(Raw::Text(file)) => {
            let app = detected.apps().iter().find(|app| app.file == *file);
            // A page is served as it is: nothing starts it
            let is_said = stated.template() == Some("static") || stated.get("command").is_some();
            if app.is_none() && (stated.template().is_none() || !is_said) {
                return Err(no_such_app(file, detected));
            }
            app
        }
        _ if detected.apps().is_empty() && stated.template().is_none() => return Err(nothing_found(request, detected)),
        _ if detected.is_ambiguous() => Some(choose(detected, request)?),
        _ => detected.apps().first(),
    };
    let mut proposed = app.map(|app| proposal_of(detected, app, stated));
    // Whoever said which app is meant knows of the others
    if let (Some(app), Some(proposal), false) = (app, &mut proposed, is_stated) {
        proposal.notes.extend(detected.others(app));
    }
    Ok(proposed)
}

/// What the files say of an app, for the port and the SDK that are stated.
fn proposal_of(detected: &Detected, app: &App, stated: &Answers) -> Proposal {
    let port = match stated.get("port") {
        Some(Raw::Integer(port)) => u16::try_from(*port).ok(),
        Some(Raw::Text(port)) => port.parse().ok(),
        _ => None,
    };
    match stated.get("sdk") {
        Some(Raw::Text(sdk)) if sdk == "docker" => detected.proposal_for_docker(app, port),
        Some(Raw::Text(sdk)) if sdk == "gradio" && app.framework.sdk() == Some("gradio") => {
            detected.proposal_for_hub(app)
        }
        _ => detected.proposal(app, port),
    }
}

fn no_such_app(file: &str, detected: &Detected) -> Failure {
    let known: Vec<String> = detected.apps().iter().map(|app| format!("`{}`", app.file)).collect();
    let message = format!("no app was found in `{file}`");
    let hint = if known.is_empty() {
        "say what it is: `--template NAME` and `--command COMMAND`".to_owned()
    } else {
        format!("found in: {}; or say what it is with `--template NAME` and `--command COMMAND`", known.join(", "))
    };
    Failure::other(message, hint)
}

fn nothing_found(request: &Request, detected: &Detected) -> Failure {
    let notes = detected.notes().iter().filter(|note| !note.message.starts_with("no app was found"));
    let notes: String = notes.map(|note| format!("; {}", note.message)).collect();
    let message = format!("no app was found in `{}`{notes}", request.dir.display());
    let hint = "say what it is: `--template NAME --app-file FILE --command COMMAND`; \
        `spaces-new DIR` makes a new Space in a folder of its own";
    Failure::other(message, hint)
}

/// Several apps that are equally likely: somebody has to say which.
fn choose<'d>(detected: &'d Detected, request: &Request) -> Result<&'d App, Failure> {
    let apps = detected.apps();
    let width = apps.iter().map(|app| app.file.len()).max().unwrap_or(0);
    let line = |app: &App| format!("{} ({})", app.file, app.framework.name());
    if request.interactive {
        let items: Vec<String> = apps.iter().map(line).collect();
        let theme = prompts::theme();
        let select = Select::with_theme(theme.as_ref()).with_prompt("Which app does the Space run?");
        let index = prompts::answered(select.items(&items).default(0).interact())?;
        return apps.get(index).ok_or(Failure::Cancelled);
    }
    let listed = apps.iter().map(|app| format!("--app-file {:width$}  {}", app.file, app.framework.name()));
    let message = "several apps were found, and one has to be chosen:";
    Err(Failure::listing(message, listed.collect(), "give one of these flags"))
}

/// Checks the answers and works out what changes, offering to change them first if somebody is there.
fn settle(
    template: &'static Template,
    mut answers: Answers,
    repo: &Repo,
    request: &Request,
) -> Result<(Adoption, Answers), Failure> {
    let options = AdoptOptions::new().migrate(request.migrate).kept(request.kept.clone());
    // Whoever is there is asked about each file
    let asks = request.interactive && request.on_conflict == OnConflict::Refuse;
    let options = options.on_conflict(if asks { OnConflict::Replace } else { request.on_conflict });
    let mut prompter = TerminalPrompter::new();
    loop {
        if request.interactive {
            answers = offer_changes(template, answers, &mut prompter)?;
        }
        match Adoption::of(template, &answers, repo, &options) {
            Ok(adoption) => return Ok((adoption, answers)),
            Err(AdoptError::Answers(errors)) if request.interactive => printer::problems(&errors),
            Err(error) => return Err(failure(error, template)),
        }
    }
}

fn failure(error: AdoptError, template: &Template) -> Failure {
    match error {
        AdoptError::Answers(errors) => errors.into(),
        AdoptError::Render(error) => error.into(),
        AdoptError::OtherSdk(sdk) => {
            let message = format!("README.md says `sdk: {sdk}`, and `{}` makes another kind of Space", template.name());
            Failure::other(message, "`--migrate` changes the README; `--template` and `--sdk` choose another kind")
        }
    }
}
