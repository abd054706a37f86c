//! Which platforms take an app, as `spaces-new add` and `spaces-new init` do.

use super::next::Next;
use super::spaces;
use super::subject::{Subject, obstacle, place};
use crate::adopt::{Adding, Addition, AdoptError, Undecided};
use crate::facts::platforms::{Kind, Needs, PLATFORMS, Platform};

/// A way to publish an app on a platform.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// The kind of app that is published.
    pub(super) kind: Kind,
    /// The SDK of the Space.
    pub(super) sdk: Option<String>,
    pub(super) next: Next,
    /// What it does with the app, a sentence each.
    pub(super) because: Vec<String>,
}

/// The ways to publish on a platform, or why there is none.
pub(super) type Ways = Result<Vec<Way>, String>;

/// The ways on every platform for an app.
pub(super) fn all(subject: &Subject<'_>) -> Vec<(&'static Platform, Ways)> {
    let unreadable = subject.repo.unreadable_file().map(|(file, why)| format!("`{file}` cannot be read: {why}"));
    let ways = |platform: &'static Platform| {
        let ways = match platform.needs {
            _ if unreadable.is_some() => Err(unreadable.clone().unwrap_or_default()),
            Needs::Any => spaces::ways(subject),
            _ => takes(platform, subject).map(|flags| vec![way(platform, subject, flags)]),
        };
        (platform, ways)
    };
    PLATFORMS.iter().map(ways).collect()
}

/// The flags with which `spaces-new add` takes the app to a platform. It takes it without them too, except that it may ask which
/// app or which function is meant.
///
/// # Errors
/// Why it does not.
fn takes(platform: &Platform, subject: &Subject<'_>) -> Result<Vec<String>, String> {
    // The row says it better than the refusal of a command that nobody has typed
    fits(platform, subject)?;
    match Addition::begin(subject.repo, platform.id) {
        Some(adding) => added(&adding, Vec::new()),
        None => Ok(Vec::new()),
    }
}

/// Tries the addition, with what it asks for.
fn added(adding: &Adding<'_>, flags: Vec<String>) -> Result<Vec<String>, String> {
    match adding.clone().decide(&mut Undecided) {
        Ok(addition) => match addition.merge.conflicts().next() {
            None => Ok(flags),
            Some(file) => {
                Err(format!("`{}` is in the way: `spaces-new add --on-conflict` decides about it", file.path))
            }
        },
        Err(AdoptError::SeveralApps(apps)) if !flags.contains(&"--app-file".to_owned()) => {
            let file = apps.first().map(|app| app.file.clone()).unwrap_or_default();
            let more = ["--app-file".to_owned(), file.clone()];
            added(&adding.clone().app_file(file), flags.into_iter().chain(more).collect())
        }
        Err(AdoptError::Refused(refusal)) if !refusal.functions.is_empty() => {
            // Any of them will do: the first that has no obstacle of its own
            let mut tried = refusal.functions.iter().map(|function| {
                let named = shortest(function, &refusal.functions);
                let more = ["--function".to_owned(), named];
                let flags = flags.iter().cloned().chain(more).collect();
                match adding.clone().function(function).decide(&mut Undecided) {
                    Ok(addition) if addition.merge.conflicts().next().is_none() => Ok(flags),
                    Ok(_) => Err("a file is in the way: `spaces-new add --on-conflict` decides about it".to_owned()),
                    Err(error) => Err(reason(&error)),
                }
            });
            let first = tried.next().unwrap_or_else(|| Err(refusal.reason.clone()));
            first.or_else(|why| tried.find_map(Result::ok).ok_or(why))
        }
        Err(error) => Err(reason(&error)),
    }
}

/// Why an addition is refused, and what can be done.
fn reason(error: &AdoptError) -> String {
    match error {
        AdoptError::Refused(refusal) => format!("{}; {}", refusal.reason, refusal.help),
        _ => error.to_string(),
    }
}

/// A function as it can be named: `FILE:NAME`, or `NAME` if all are of one file.
fn shortest(function: &str, all: &[String]) -> String {
    let parts = |text: &str| text.rsplit_once(':').map(|(file, name)| (file.to_owned(), name.to_owned()));
    let file = parts(function).map(|(file, _)| file);
    match parts(function) {
        Some((_, name)) if all.iter().all(|other| parts(other).map(|(file, _)| file) == file) => name,
        _ => function.to_owned(),
    }
}

/// Whether a platform is made for such an app.
fn fits(platform: &Platform, subject: &Subject<'_>) -> Result<(), String> {
    let file = subject.file();
    let kind = subject.kind();
    let found = subject.app().map_or("no app of a known kind", |app| app.framework.name());
    match platform.needs {
        Needs::Gradio if kind != Some(Kind::Gradio) => Err(format!("it takes pages of Gradio, and {file} is {found}")),
        Needs::Streamlit if kind != Some(Kind::Streamlit) => {
            Err(format!("it runs Streamlit and nothing else, and {file} is {found}"))
        }
        Needs::Server => server(subject),
        Needs::FunctionOrFastApi if kind == Some(Kind::FastApi) => Ok(()),
        Needs::Function | Needs::FunctionOrFastApi => function(subject),
        Needs::Any | Needs::Gradio | Needs::Streamlit => Ok(()),
    }
}

/// An app that runs in a container.
fn server(subject: &Subject<'_>) -> Result<(), String> {
    if subject.kind() == Some(Kind::Page) {
        return Err("it runs containers, and a static page needs none".to_owned());
    }
    if subject.repo.get("Dockerfile").is_some() {
        return Ok(());
    }
    if subject.app().is_none() {
        return Err("no app was found, and no Dockerfile".to_owned());
    }
    if subject.sdk.is_some() { Ok(()) } else { spaces::sdk(subject).map(drop) }
}

/// An app with a function that can be called.
fn function(subject: &Subject<'_>) -> Result<(), String> {
    if !subject.callables.found.is_empty() {
        return Ok(());
    }
    Err(match subject.callables.obstacles.first() {
        Some(first) => obstacle(first),
        None if subject.kind() == Some(Kind::Streamlit) => {
            "a Streamlit app has pages, and no function that could be called as one of Gradio or FastAPI".to_owned()
        }
        None => format!("no function was found in {} that can be called from outside", subject.file()),
    })
}

fn way(platform: &'static Platform, subject: &Subject<'_>, flags: Vec<String>) -> Way {
    let kind = subject.kind().unwrap_or(Kind::Server);
    let because = because(platform, subject).into_iter().collect();
    Way { kind, sdk: None, next: Next::Add { target: platform.id, flags }, because }
}

/// What a platform does with the app.
fn because(platform: &Platform, subject: &Subject<'_>) -> Option<String> {
    let functions = &subject.callables.found;
    match platform.needs {
        Needs::Server if subject.repo.get("Dockerfile").is_some() => {
            Some("it builds the Dockerfile that is there".to_owned())
        }
        Needs::Server => Some("it builds a Dockerfile, which the same command makes".to_owned()),
        Needs::FunctionOrFastApi if subject.kind() == Some(Kind::FastApi) => {
            Some(format!("it serves the FastAPI app in {} as it is", subject.file()))
        }
        Needs::Function | Needs::FunctionOrFastApi => match &functions[..] {
            [] => None,
            [only] => Some(format!("it calls `{}` ({})", only.name, place(&only.evidence))),
            several => {
                let names: Vec<String> = several.iter().map(|one| format!("`{}`", one.name)).collect();
                Some(format!("it calls one function: {}; `--function` chooses", names.join(" or ")))
            }
        },
        Needs::Any | Needs::Gradio | Needs::Streamlit => None,
    }
}
