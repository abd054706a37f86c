//! Which platforms take an app, as `spaces-new add` and `spaces-new init` do.

use super::next::Next;
use super::spaces;
use super::subject::{Subject, obstacle, place};
use super::way::{Way, Ways};
use crate::adopt::{Adding, Addition, AdoptError, Undecided};
use crate::facts::platforms::{Kind, Needs, PLATFORMS, Platform};
use crate::merge::OnConflict;

/// The ways on every platform for an app.
pub(super) fn all(subject: &Subject<'_>) -> Vec<(&'static Platform, Ways)> {
    let unreadable = subject.repo.unreadable_file().map(|(file, why)| format!("`{file}` cannot be read: {why}"));
    let ways = |platform: &'static Platform| {
        let ways = match platform.needs {
            _ if unreadable.is_some() => Err(unreadable.clone().unwrap_or_default()),
            Needs::Any => spaces::ways(subject),
            _ => takes(platform, subject).map(|taken| vec![way(platform, subject, taken)]),
        };
        (platform, ways)
    };
    PLATFORMS.iter().map(ways).collect()
}

/// How `spaces-new add` takes an app to a platform.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Taken {
    flags: Vec<String>,
    /// What a person should know.
    note: Option<String>,
}

impl Taken {
    fn flag(mut self, flag: &str, value: impl Into<String>) -> Self {
        self.flags.extend([flag.to_owned(), value.into()]);
        self
    }
}

/// How `spaces-new add` takes the app to a platform. Without the flags it takes it too, except that it may ask which app or which
/// function is meant, or what to do with a file that is in the way.
///
/// # Errors
/// Why it does not.
fn takes(platform: &Platform, subject: &Subject<'_>) -> Result<Taken, String> {
    // The row says it better than the refusal of a command that nobody has typed
    fits(platform, subject)?;
    match Addition::begin(subject.repo, platform.id) {
        Some(adding) => added(&adding, Taken::default()),
        None => Ok(Taken::default()),
    }
}

/// Tries the addition, with what it asks for.
fn added(adding: &Adding<'_>, taken: Taken) -> Result<Taken, String> {
    match adding.clone().decide(&mut Undecided) {
        Ok(addition) => replacing(adding, &addition, taken),
        Err(AdoptError::SeveralApps(apps)) if taken.flags.is_empty() => {
            let file = apps.first().map(|app| app.file.clone()).unwrap_or_default();
            added(&adding.clone().app_file(&file), taken.flag("--app-file", file))
        }
        Err(AdoptError::Refused(refusal)) if !refusal.functions.is_empty() => {
            // Any of them will do: the first that has no obstacle of its own
            let mut tried = refusal.functions.iter().map(|function| {
                let adding = adding.clone().function(function);
                let taken = taken.clone().flag("--function", shortest(function, &refusal.functions));
                let addition = adding.clone().decide(&mut Undecided).map_err(|error| reason(&error))?;
                replacing(&adding, &addition, taken)
            });
            let first = tried.next().unwrap_or_else(|| Err(refusal.reason.clone()));
            first.or_else(|why| tried.find_map(Result::ok).ok_or(why))
        }
        Err(error) => Err(reason(&error)),
    }
}

/// Replaces the files that are in the way, each of which is kept under another name.
fn replacing(adding: &Adding<'_>, addition: &Addition, taken: Taken) -> Result<Taken, String> {
    let files: Vec<String> = addition.merge.conflicts().map(|file| format!("`{}`", file.path)).collect();
    if files.is_empty() {
        return Ok(taken);
    }
    let files = files.join(" and ");
    let replaced = adding.clone().on_conflict(OnConflict::Replace).decide(&mut Undecided);
    let replaced = replaced.map_err(|error| reason(&error))?;
    if replaced.merge.conflicts().next().is_some() {
        return Err(format!("{files} would have to change, and cannot be replaced"));
    }
    let note = format!("it changes {files}, and keeps yours as FILE.orig: `--diff --dry-run` shows it");
    Ok(Taken { note: Some(note), ..taken.flag("--on-conflict", "replace") })
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

fn way(platform: &'static Platform, subject: &Subject<'_>, taken: Taken) -> Way {
    let kind = subject.kind().unwrap_or(Kind::Server);
    let because = because(platform, subject).into_iter().chain(taken.note).collect();
    Way { kind, sdk: None, next: Next::Add { target: platform.id, flags: taken.flags }, because }
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
