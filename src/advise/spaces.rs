//! The ways to a Hugging Face Space: what `spaces-new init` does with the app.

use super::next::Next;
use super::subject::Subject;
use super::way::{Way, Ways};
use crate::adopt::{AdoptError, Adoption};
use crate::answers::Answers;
use crate::facts::platforms::Kind;
use crate::merge::OnConflict;

/// The SDK that the Hub no longer offers.
const RETIRED: &str = "streamlit";

/// What makes a Space that a free account may have.
const FREE: [(&str, &str); 1] = [("plan", "free")];

/// The ways, the usual one first.
pub(super) fn ways(subject: &Subject<'_>) -> Ways {
    let kind = subject.kind().unwrap_or(Kind::Server);
    match subject.sdk.as_deref() {
        Some(sdk) if sdk != RETIRED => {
            let because = vec![format!("it is a Space already, with `sdk: {sdk}`")];
            let as_it_is = Way { kind, sdk: Some(sdk.to_owned()), next: Next::Check, because };
            let is_to_move = kind == Kind::Gradio && sdk == "docker";
            let free = if is_to_move { adopted(subject, &FREE, false).ok() } else { None };
            return Ok(std::iter::once(as_it_is).chain(free.map(|way| Way { kind, ..way })).collect());
        }
        _ => {}
    }
    let usual = adopted(subject, &[], subject.sdk.is_some())?;
    let mut ways = vec![Way { kind, ..usual }];
    let is_docker = ways[0].sdk.as_deref() == Some("docker");
    if kind == Kind::Gradio && is_docker && subject.repo.get("Dockerfile").is_none() {
        ways.extend(adopted(subject, &FREE, false).ok().map(|way| Way { kind, ..way }));
    }
    Ok(ways)
}

/// The SDK of the Space that `init` makes.
pub(super) fn sdk(subject: &Subject<'_>) -> Result<String, String> {
    adopted(subject, &[], subject.sdk.is_some()).map(|way| way.sdk.unwrap_or_default())
}

/// What `init` makes with some flags, of a Space of another kind if it may `migrate` it.
fn adopted(subject: &Subject<'_>, flags: &[(&str, &str)], migrate: bool) -> Result<Way, String> {
    let mut answers = Answers::new();
    let mut words = Vec::new();
    let file = subject.detected.apps().first().filter(|_| subject.named_file().is_some());
    let file = file.map(|app| ("app-file", app.file.as_str()));
    for (flag, value) in file.iter().chain(flags) {
        answers = answers.set(flag.replace('-', "_"), *value);
        words.extend([format!("--{flag}"), (*value).to_owned()]);
    }
    if migrate {
        words.push("--migrate".to_owned());
    }
    let begun = Adoption::begin(subject.repo).given(answers).migrate(migrate).on_conflict(OnConflict::Refuse);
    let adoption = begun.decide().and_then(|decided| decided.adopt()).map_err(|error| reason(&error))?;
    if adoption.merge.conflicts().next().is_some() {
        words.extend(["--on-conflict".to_owned(), "keep".to_owned()]);
    }
    let sdk = adoption.spec.sdk().as_str();
    let because = format!("`spaces-new init` makes a Space with `sdk: {sdk}` around {}", subject.file());
    Ok(Way { kind: Kind::Server, sdk: Some(sdk.to_owned()), next: Next::Init { flags: words }, because: vec![because] })
}

fn reason(error: &AdoptError) -> String {
    format!("`spaces-new init` refuses it: {error}")
}
