//! The ways to a platform without an app: a new Space that the platform takes.

use super::next::Next;
use super::way::{Way, Ways};
use crate::facts::platforms::{Kind, Needs, PLATFORMS, PURPOSES, Platform, Purpose, STARTERS};

const GRADIO: &str = "gradio";

/// The ways on every platform.
pub(super) fn all(purpose: Option<Purpose>) -> Vec<(&'static Platform, Ways)> {
    PLATFORMS.iter().map(|platform| (platform, Ok(ways(platform, purpose)))).collect()
}

/// The ways, the usual one first.
fn ways(platform: &Platform, purpose: Option<Purpose>) -> Vec<Way> {
    match platform.needs {
        Needs::Any => {
            vec![way(usual(purpose), Some("docker"), &[]), way(GRADIO, Some("gradio"), &["--plan", "free"])]
        }
        Needs::Server => vec![way(usual(purpose), None, &[])],
        Needs::Streamlit => vec![way("streamlit", None, &[])],
        Needs::Gradio | Needs::Function | Needs::FunctionOrFastApi => vec![way(GRADIO, None, &[])],
    }
}

/// The template for a purpose.
fn usual(purpose: Option<Purpose>) -> &'static str {
    let index = PURPOSES.iter().position(|choice| Some(choice.value) == purpose);
    index.and_then(|index| STARTERS.get(index)).copied().unwrap_or(GRADIO)
}

fn way(template: &'static str, sdk: Option<&str>, flags: &'static [&'static str]) -> Way {
    let kind = match template {
        "streamlit" => Kind::Streamlit,
        "fastapi" => Kind::FastApi,
        _ => Kind::Gradio,
    };
    let because = vec![format!("no app is there yet: the template `{template}` makes one that it takes")];
    Way { kind, sdk: sdk.map(str::to_owned), next: Next::New { template, flags }, because }
}
