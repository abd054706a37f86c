//! Defaults: the template's, or those that other answers give.

use super::answers::Answers;
use super::manifest::Manifest;
use super::question::Question;
use super::raw::Raw;
use crate::facts;
use crate::facts::base_images::Runtime;
use crate::values::{BaseImage, Dependencies, ImageRef, RepoName, Title};

/// The value that counts when a question is not answered.
pub(super) fn default(question: &Question, template: &Manifest, answers: &Answers) -> Option<Raw> {
    let folder = || answers.folder().unwrap_or("my-space");
    let text = |key: &str| match answers.get(key) {
        Some(Raw::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match question.key() {
        "name" => Some(RepoName::from_folder(folder()).as_str().into()),
        "title" => Some(Title::from_folder(folder()).as_str().into()),
        "python" => {
            let zero_gpu = text("hardware") == Some(facts::hardware::ZERO_GPU) && text("sdk") == Some("gradio");
            template.default_python(zero_gpu).map(Raw::from)
        }
        "dependencies" => Some(Dependencies::usual(runtime(template, answers)).into()),
        "port" => base(answers).and_then(|base| base.port()).map(Raw::from).or_else(|| question.default.clone()),
        _ => question.default.clone(),
    }
}

fn base(answers: &Answers) -> Option<BaseImage> {
    match answers.get("base")? {
        Raw::Text(text) => text.parse::<ImageRef>().ok().map(BaseImage::of),
        _ => None,
    }
}

/// The language runtime that the app is for: the template's where it is made for one, else that of the base image that
/// was chosen, else Python.
pub(super) fn runtime(template: &Manifest, answers: &Answers) -> Runtime {
    template.runtime().unwrap_or_else(|| base(answers).map_or(Runtime::Python, |base| base.runtime()))
}
