//! Which platforms take an app, as `spaces-new add` and `spaces-new init` do.

use super::next::Next;
use super::spaces;
use super::subject::{Subject, obstacle, place};
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
            _ => takes(platform, subject).map(|taken| vec![way(platform, subject, taken)]),
        };
        (platform, ways)
    };
    PLATFORMS.iter().map(ways).collect()
}

/// An app that a platform takes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Taken {
    /// The function to name, if several can be called.
    function: Option<String>,
    because: Option<String>,
}

/// Whether `spaces-new add` takes the app to a platform, except that it may ask for `--function`.
///
/// # Errors
/// Why it does not.
fn takes(platform: &Platform, subject: &Subject<'_>) -> Result<Taken, String> {
    let file = subject.file();
    let kind = subject.kind();
    let found =
        subject.app().map_or_else(|| "no app of a known kind".to_owned(), |app| app.framework.name().to_owned());
    match platform.needs {
        Needs::Any => Ok(Taken::default()),
        Needs::Gradio if kind == Some(Kind::Gradio) => Ok(Taken::default()),
        Needs::Gradio => Err(format!("it links to a page of Gradio, and {file} is {found}")),
        Needs::Streamlit if kind == Some(Kind::Streamlit) => Ok(Taken::default()),
        Needs::Streamlit => Err(format!("it runs Streamlit and nothing else, and {file} is {found}")),
        Needs::Server => server(subject),
        Needs::FunctionOrFastApi if kind == Some(Kind::FastApi) => {
            Ok(Taken { because: Some(format!("it serves the FastAPI app in {file} as it is")), ..Taken::default() })
        }
        Needs::Function | Needs::FunctionOrFastApi => function(subject),
    }
}

/// An app that runs in a container.
fn server(subject: &Subject<'_>) -> Result<Taken, String> {
    let because = |text: &str| Ok(Taken { because: Some(text.to_owned()), ..Taken::default() });
    if subject.kind() == Some(Kind::Page) {
        return Err("it runs containers, and a static page needs none".to_owned());
    }
    if subject.repo.get("Dockerfile").is_some() {
        return because("it builds the Dockerfile that is there");
    }
    if subject.app().is_none() {
        return Err("no app was found, and no Dockerfile".to_owned());
    }
    let made = "it builds a Dockerfile, which the same command makes";
    if subject.sdk.is_some() {
        return because(made);
    }
    spaces::sdk(subject).and_then(|_| because(made))
}

/// An app with a function that can be called.
fn function(subject: &Subject<'_>) -> Result<Taken, String> {
    let callables = &subject.callables;
    let Some(first) = callables.found.first() else {
        return Err(match callables.obstacles.first() {
            Some(first) => obstacle(first),
            None if subject.kind() == Some(Kind::Streamlit) => {
                "a Streamlit app has pages, and no function that could be called as one of Gradio or FastAPI".to_owned()
            }
            None => format!("no function was found in {} that can be called from outside", subject.file()),
        });
    };
    if let Some(launch) = callables.launches.first() {
        return Err(format!(
            "`{}` ({}) starts the page when the file is imported: put it under `if __name__ == \"__main__\":` first",
            launch.written,
            place(&launch.evidence)
        ));
    }
    if let [only] = &callables.found[..] {
        let because = format!("it calls `{}` ({})", only.name, place(&only.evidence));
        return Ok(Taken { because: Some(because), function: None });
    }
    let names: Vec<String> = callables.found.iter().map(|one| format!("`{}`", one.name)).collect();
    let is_alone = callables.found.iter().filter(|other| other.name == first.name).count() == 1;
    let function = if is_alone { first.name.clone() } else { format!("{}:{}", first.file, first.name) };
    let because = format!("it calls one function: {}; `--function` chooses", names.join(" or "));
    Ok(Taken { because: Some(because), function: Some(function) })
}

fn way(platform: &'static Platform, subject: &Subject<'_>, taken: Taken) -> Way {
    let mut flags = Vec::new();
    if let Some(file) = subject.named_file() {
        flags.extend(["--app-file".to_owned(), file.to_owned()]);
    }
    if let Some(function) = taken.function {
        flags.extend(["--function".to_owned(), function]);
    }
    let next = Next::Add { target: platform.id, flags };
    let kind = subject.kind().unwrap_or(Kind::Server);
    Way { kind, sdk: None, next, because: taken.because.into_iter().collect() }
}
