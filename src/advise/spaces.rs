//! The ways to a Hugging Face Space: what `spaces-new init` does with the app.

use super::next::Next;
use super::subject::Subject;
use super::takes::{Way, Ways};
use crate::adopt::{AdoptError, Adoption};
use crate::answers::Answers;
use crate::facts::hardware::ZERO_GPU;
use crate::facts::platforms::Kind;
use crate::merge::OnConflict;

/// The SDK that the Hub no longer offers.
const RETIRED: &str = "streamlit";

/// What makes a Space that a free account may have.
const ON_ZERO_GPU: [(&str, &str); 2] = [("sdk", "gradio"), ("hardware", ZERO_GPU)];

/// The ways, the usual one first.
pub(super) fn ways(subject: &Subject<'_>) -> Ways {
    let kind = subject.kind().unwrap_or(Kind::Server);
    match subject.sdk.as_deref() {
        Some(sdk) if sdk != RETIRED => {
            let because = vec![format!("it is a Space already, with `sdk: {sdk}`")];
            let as_it_is = Way { kind, sdk: Some(sdk.to_owned()), next: Next::Check, because };
            let free = (kind == Kind::Gradio && sdk == "docker").then(|| on_zero_gpu(subject));
            return Ok(std::iter::once(as_it_is).chain(free).collect());
        }
        _ => {}
    }
    let usual = adopted(subject, &[], subject.sdk.is_some())?;
    let mut ways = vec![Way { kind, ..usual }];
    let is_docker = ways[0].sdk.as_deref() == Some("docker");
    if kind == Kind::Gradio && is_docker && subject.repo.get("Dockerfile").is_none() {
        ways.extend(adopted(subject, &ON_ZERO_GPU, subject.sdk.is_some()).ok().map(|way| Way { kind, ..way }));
    }
    Ok(ways)
}

/// The way of a Gradio app in a Space with a container to a Space on ZeroGPU.
fn on_zero_gpu(subject: &Subject<'_>) -> Way {
    let way = adopted(subject, &ON_ZERO_GPU, true).unwrap_or_else(|_| {
        let because = format!(
            "`spaces-new init` does not change what `spaces-new` made from a template: make a Space with `sdk: gradio`, and copy {} there",
            subject.file()
        );
        let next = Next::New { template: "gradio", flags: &["--sdk", "gradio", "--hardware", ZERO_GPU] };
        Way { kind: Kind::Gradio, sdk: Some("gradio".to_owned()), next, because: vec![because] }
    });
    Way { kind: Kind::Gradio, ..way }
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
