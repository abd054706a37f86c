//! Publishes, with the feature `online`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::ArgMatches;
use spaces_new::publishing::{Publication, PublishError, Token};
use spaces_new::report::{
    Checked, Format, publish_findings_json, publish_plan_json, publish_plan_text, published_json, published_text,
};
use spaces_new::{Checker, Repo};

use super::super::failure::{Failure, Message};
use super::super::interrupt::Interrupt;
use super::super::printer::Printer;
use super::screen::Screen;

/// The exit code if findings stop it, or the app does not run.
const FINDINGS: u8 = 1;

pub(super) fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let dir = matches.get_one::<PathBuf>("dir").cloned().unwrap_or_else(|| PathBuf::from("."));
    super::super::say_unfinished(&dir, printer);
    let repo = Repo::open(&dir).map_err(|error| Failure::other(error, "give the folder of a Space"))?;
    if !Checker::is_space(&repo) {
        let message = format!("`{}` is not a Space: no front matter in a README.md, and no Dockerfile", dir.display());
        return Err(Failure::other(message, "`spaces-new init` makes a Space of the app in a folder"));
    }
    let publication = publication(matches, &repo);
    let name = dir.display().to_string();
    if matches.get_flag("dry-run") {
        let plan = match publication.plan() {
            Ok(plan) => plan,
            Err(error) => return refuse(error, &name, repo, printer),
        };
        let text = if printer.is_json() { publish_plan_json(&plan) } else { publish_plan_text(&plan) };
        return printer.result(&text);
    }
    let interrupt = Interrupt::install();
    let publication = match Token::find(|name| std::env::var(name).ok()) {
        Ok(Some(token)) => publication.token(token),
        Ok(None) => publication,
        Err(error) => return refuse(error, &name, repo, printer),
    };
    let run = |publication: Publication<'_>| -> Result<_, Failure> {
        let mut screen = Screen::new(printer, matches);
        let published = publication.run(&mut screen);
        screen.end();
        if matches!(published, Err(PublishError::Cancelled)) { Err(Failure::Paused) } else { Ok(published) }
    };
    let published = if matches.get_flag("git") {
        // Git must not be left alone
        interrupt.while_writing(|cancel| run(publication.cancel(Arc::clone(&cancel))))?
    } else {
        // A signal ends it at once, in the middle of anything: the next run finds out how far it came
        run(publication)?
    };
    let published = match published {
        Ok(published) => published,
        Err(error) => return refuse(error, &name, repo, printer),
    };
    let space = Some((name.as_str(), &repo));
    let text = if printer.is_json() { published_json(&published, &repo) } else { published_text(&published, space) };
    printer.findings(&text, !published.is_well())?;
    Ok(if published.is_well() { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) })
}

/// What a flag changes.
type Choice<'r> = fn(Publication<'r>) -> Publication<'r>;

fn publication<'r>(matches: &ArgMatches, repo: &'r Repo) -> Publication<'r> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let endpoint = || std::env::var("HF_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty());
    let mut publication = Publication::of(repo);
    if let Some(endpoint) = text("endpoint").or_else(endpoint) {
        publication = publication.endpoint(endpoint);
    }
    if let Some(name) = text("name") {
        publication = publication.name(name);
    }
    if let Some(flavor) = text("hardware") {
        publication = publication.hardware(flavor);
    }
    if let Some(message) = text("message") {
        publication = publication.summary(message);
    }
    for rule in matches.get_many::<String>("force-check").into_iter().flatten() {
        publication = publication.pass_over(rule);
    }
    let flags: [(&str, Choice<'r>); 5] = [
        ("private", Publication::private),
        ("no-wait", Publication::no_wait),
        ("overwrite", Publication::overwrite),
        ("replace-settings", Publication::replace_settings),
        ("git", Publication::by_git),
    ];
    let set = flags.into_iter().filter(|(name, _)| matches.get_flag(name));
    set.fold(publication, |publication, (_, change)| change(publication))
}

/// Findings are shown as those of `check`; anything else is a failure.
fn refuse(error: PublishError, name: &str, repo: Repo, printer: &Printer) -> Result<ExitCode, Failure> {
    let hint = error.hint();
    let PublishError::Findings(found) = error else {
        let message = Message::new(&error, Vec::new());
        return Err(Failure::Other(message, hint));
    };
    let message = PublishError::Findings(found.clone()).to_string();
    if printer.is_json() {
        printer.findings(&publish_findings_json(&message, hint.as_deref(), &found, &repo), true)?;
    } else {
        printer.findings(&Format::Text.check(&[Checked::new(name.to_owned(), repo, found)]), true)?;
    }
    printer.report(&Failure::Conflict(Message::new(message, Vec::new()), hint.unwrap_or_default()));
    Ok(ExitCode::from(FINDINGS))
}
