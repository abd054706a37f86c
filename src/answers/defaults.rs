//! Defaults: those of the template, or those derived from other answers.

use super::answers::Answers;
use super::common_questions::common_question;
use super::manifest::Manifest;
use super::question::Question;
use super::raw::Raw;
use crate::facts;
use crate::facts::base_images::Runtime;
use crate::facts::python::{IMAGE_VERSIONS, ZERO_GPU_VERSIONS};
use crate::values::{BaseImage, Dependencies, HubPlan, ImageRef, Invalid, PythonVersion, RepoName, Sdk, Title};

/// The value of a question without an answer.
pub(super) fn default(question: &Question, template: &Manifest, answers: &Answers) -> Option<Raw> {
    let own = question.own_default.and_then(|default| default(template, answers));
    own.or_else(|| question.default.clone())
}

/// The value of a question that is not even asked.
pub(super) fn unasked(key: &str, template: &Manifest) -> Option<Raw> {
    match key {
        "sdk" => Some(Raw::from(template.sdks()[0].as_str())),
        _ => template.own_default(key).or_else(|| common_question(key)?.default.clone()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is an `OwnDefault`")]
pub(super) fn name(_: &Manifest, answers: &Answers) -> Option<Raw> {
    Some(RepoName::from_folder(folder(answers)).as_str().into())
}

#[expect(clippy::unnecessary_wraps, reason = "it is an `OwnDefault`")]
pub(super) fn title(_: &Manifest, answers: &Answers) -> Option<Raw> {
    Some(Title::from_folder(folder(answers)).as_str().into())
}

fn folder(answers: &Answers) -> &str {
    answers.folder().unwrap_or("my-space")
}

/// The Gradio SDK, if the other answers can mean nothing else: ZeroGPU has no other, and with the free plan there is no
/// other for an app.
pub(super) fn sdk(template: &Manifest, answers: &Answers) -> Option<Raw> {
    let is_meant = template.sdks().contains(&Sdk::Gradio) && (is_free(answers) || wants_zero_gpu(answers));
    is_meant.then(|| Sdk::Gradio.as_str().into())
}

/// ZeroGPU for a Gradio Space of the free plan, which can have nothing else.
pub(super) fn hardware(template: &Manifest, answers: &Answers) -> Option<Raw> {
    (is_free(answers) && has_gradio_sdk(template, answers)).then(|| facts::hardware::ZERO_GPU.into())
}

/// Whether the account is said to have the free plan.
pub(crate) fn is_free(answers: &Answers) -> bool {
    is(answers, "plan", HubPlan::Free.as_str())
}

/// Whether the answers ask for ZeroGPU: by name, or by the plan.
pub(crate) fn wants_zero_gpu(answers: &Answers) -> bool {
    is(answers, "hardware", facts::hardware::ZERO_GPU) || answers.get("hardware").is_none() && is_free(answers)
}

/// Whether the Space is a Gradio Space on ZeroGPU.
pub(crate) fn is_zero_gpu(template: &Manifest, answers: &Answers) -> bool {
    has_gradio_sdk(template, answers) && wants_zero_gpu(answers)
}

fn has_gradio_sdk(template: &Manifest, answers: &Answers) -> bool {
    match answers.get("sdk") {
        _ if !template.sdks().contains(&Sdk::Gradio) => false,
        Some(_) => is(answers, "sdk", Sdk::Gradio.as_str()),
        None => sdk(template, answers).is_some(),
    }
}

fn is(answers: &Answers, key: &str, wanted: &str) -> bool {
    matches!(answers.get(key), Some(Raw::Text(text)) if text == wanted)
}

pub(super) fn python(template: &Manifest, answers: &Answers) -> Option<Raw> {
    template.default_python(is_zero_gpu(template, answers)).map(Raw::from)
}

/// The Python versions that the template's app runs on, the newest first; on ZeroGPU, the preferred one first.
pub(super) fn pythons(template: &Manifest, answers: &Answers) -> Vec<String> {
    let zero_gpu = is_zero_gpu(template, answers);
    let mut known = template.pythons(zero_gpu);
    if !zero_gpu {
        known.reverse();
    }
    known.into_iter().map(str::to_owned).collect()
}

/// Refuses a version that nothing offers as soon as it is typed. Which ones a template offers depends on other answers.
pub(super) fn check_python(text: &str) -> Result<(), Invalid> {
    let minor = text.parse::<PythonVersion>()?.minor();
    let known = IMAGE_VERSIONS.iter().chain(ZERO_GPU_VERSIONS);
    if known.flat_map(|version| version.parse::<PythonVersion>()).any(|known| known.minor() == minor) {
        return Ok(());
    }
    Err(Invalid::new(format!("no image has Python {text}")).hint(format!("one of: {}", IMAGE_VERSIONS.join(", "))))
}

/// Whether a question has only one answer that the other answers allow.
pub(super) fn is_settled(question: &Question, template: &Manifest, answers: &Answers) -> bool {
    question.key() == "sdk" && sdk(template, answers).is_some()
}

#[expect(clippy::unnecessary_wraps, reason = "it is an `OwnDefault`")]
pub(super) fn dependencies(template: &Manifest, answers: &Answers) -> Option<Raw> {
    Some(Dependencies::usual(runtime(template, answers)).into())
}

/// The port of the base image's own configuration.
pub(super) fn port(_: &Manifest, answers: &Answers) -> Option<Raw> {
    base(answers)?.port().map(Raw::from)
}

pub(super) fn base(answers: &Answers) -> Option<BaseImage> {
    match answers.get("base")? {
        Raw::Text(text) => text.parse::<ImageRef>().ok().map(BaseImage::of),
        _ => None,
    }
}

/// The language runtime of the app: the template's if it has one, otherwise that of the chosen base
/// image, otherwise Python.
pub(super) fn runtime(template: &Manifest, answers: &Answers) -> Runtime {
    template.runtime().unwrap_or_else(|| base(answers).map_or(Runtime::Python, |base| base.runtime()))
}
