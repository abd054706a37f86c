//! Which app the Space runs, and the proposal for it.

use super::proposal::Proposal;
use super::{AdoptError, Stated};
use crate::answers::{Answers, Cancelled, Raw, wants_zero_gpu};
use crate::app::{App, Detected};
use crate::repo::Repo;
use crate::target::{Refusal, Target};
use crate::values::Sdk;

/// Decides what the files of an app leave open. Questions for answers go to the [`Prompter`](crate::Prompter).
pub trait Chooser {
    /// Which of several apps the Space runs, by its index. None if it is not decided here.
    ///
    /// # Errors
    /// If the person stops.
    fn app(&mut self, apps: &[App]) -> Result<Option<usize>, Cancelled>;

    /// Which of several functions another platform calls, by its index. None if it is not decided here.
    ///
    /// # Errors
    /// If the person stops.
    fn function(&mut self, functions: &[String]) -> Result<Option<usize>, Cancelled> {
        let _ = functions;
        Ok(None)
    }

    /// Whether to put launches under `if __name__ == "__main__":`, so that their files can be imported: each file with its path,
    /// its text now and then.
    ///
    /// # Errors
    /// If the person stops.
    fn guard_launch(&mut self, changes: &[(String, String, String)]) -> Result<bool, Cancelled> {
        let _ = changes;
        Ok(false)
    }

    /// Whether to move the Space from an SDK that the Hub no longer offers.
    ///
    /// # Errors
    /// If the person stops.
    fn migrate(&mut self, sdk: &str) -> Result<bool, Cancelled>;
}

/// Decides nothing: open decisions become errors that describe them.
#[derive(Debug)]
pub struct Undecided;

impl Chooser for Undecided {
    fn app(&mut self, _: &[App]) -> Result<Option<usize>, Cancelled> {
        Ok(None)
    }

    fn migrate(&mut self, _: &str) -> Result<bool, Cancelled> {
        Ok(false)
    }
}

/// The proposal for the intended app, if the target can run it.
pub(super) fn propose(
    detected: &Detected,
    stated: &Answers,
    target: &dyn Target,
    chooser: &mut dyn Chooser,
) -> Result<Option<Proposal>, AdoptError> {
    let is_stated = stated.get("app_file").is_some();
    let app = match stated.get("app_file") {
        Some(Raw::Text(file)) => {
            let app = detected.apps().iter().find(|app| app.file == *file);
            // A page is served as it is: it has no start command
            let is_said = stated.template() == Some("static") || stated.get("command").is_some();
            if app.is_none() && (stated.template().is_none() || !is_said) {
                return Err(no_such_app(file, detected));
            }
            app
        }
        _ if detected.apps().is_empty() && stated.template().is_none() => return Err(no_app(detected)),
        _ if is_for_gradio(stated) && only_gradio_app(detected).is_some() => only_gradio_app(detected),
        _ if detected.is_ambiguous() => Some(chosen(detected.apps(), chooser)?),
        _ => detected.apps().first(),
    };
    if let Some(app) = app {
        target.accepts(app)?;
        buildable(app, stated)?;
    }
    let mut proposed = app.map(|app| proposal_of(detected, app, stated));
    // A person who named the app knows about the others
    if let (Some(app), Some(proposal), false) = (app, &mut proposed, is_stated) {
        proposal.notes.extend(detected.others(app));
    }
    Ok(proposed)
}

/// Whether an image can be built of the app; the person may have chosen a template that installs nothing, or said what to install.
fn buildable(app: &App, stated: &Answers) -> Result<(), Refusal> {
    match &app.obstacle {
        Some(obstacle) if stated.template() != Some("docker") && stated.get("pip").is_none() => {
            Err(Refusal::new(obstacle.message.clone(), obstacle.help.clone().unwrap_or_default()))
        }
        _ => Ok(()),
    }
}

/// Whether the answers ask for the SDK that runs Gradio alone.
fn is_for_gradio(stated: &Answers) -> bool {
    let is_asked_for = matches!(stated.get("sdk"), Some(Raw::Text(sdk)) if sdk == Sdk::Gradio.as_str());
    is_asked_for || stated.get("sdk").is_none() && wants_zero_gpu(stated)
}

/// The app that this SDK can run, if there is one: a Dockerfile beside it does not count.
fn only_gradio_app(detected: &Detected) -> Option<&App> {
    let mut apps = detected.apps().iter().filter(|app| app.framework.sdk() == Some(Sdk::Gradio.as_str()));
    apps.next().filter(|_| apps.next().is_none())
}

fn chosen<'d>(apps: &'d [App], chooser: &mut dyn Chooser) -> Result<&'d App, AdoptError> {
    let chosen = chooser.app(apps)?.and_then(|index| apps.get(index));
    chosen.ok_or_else(|| AdoptError::SeveralApps(apps.to_vec()))
}

/// The proposal for an app, with the port and the SDK that are given.
fn proposal_of(detected: &Detected, app: &App, stated: &Answers) -> Proposal {
    let port = match stated.get("port") {
        Some(Raw::Integer(port)) => u16::try_from(*port).ok(),
        Some(Raw::Text(port)) => port.parse().ok(),
        _ => None,
    };
    let is_for_gradio = app.framework.sdk() == Some("gradio");
    match stated.get("sdk") {
        Some(Raw::Text(sdk)) if sdk == "docker" => detected.proposal_for_docker(app, port),
        Some(Raw::Text(sdk)) if sdk == "gradio" && is_for_gradio => detected.proposal_for_hub(app),
        None if is_for_gradio && wants_zero_gpu(stated) => detected.proposal_for_hub(app),
        _ => detected.proposal(app, port),
    }
}

/// Drops from the kept answers what an earlier run found, if it found it for another app.
pub(super) fn without_outdated<'a>(stated: Stated<'a>, repo: &Repo, detected: &Detected) -> Stated<'a> {
    let Some(Raw::Text(file)) = stated.kept.get("app_file") else { return stated };
    let earlier = detected.apps().iter().find(|app| app.file == *file);
    // The build makes the page of a site
    if earlier.is_none() && repo.get(file).is_none() {
        return stated.without_app();
    }
    match earlier.map(|app| proposal_of(detected, app, &stated.kept)) {
        Some(earlier) => stated.without_found(&earlier),
        None => stated,
    }
}

pub(super) fn no_such_app(file: &str, detected: &Detected) -> AdoptError {
    let known = detected.apps().iter().map(|app| app.file.clone()).collect();
    AdoptError::NoSuchApp { file: file.to_owned(), known }
}

/// No app was found. A note without a file contains nothing more than that.
pub(super) fn no_app(detected: &Detected) -> AdoptError {
    let is_of_a_file = |note: &&crate::app::Note| note.evidence.is_some();
    AdoptError::NoApp(detected.notes().iter().filter(is_of_a_file).cloned().collect())
}
