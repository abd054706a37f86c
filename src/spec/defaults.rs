//! Defaults: the template's, or those that other answers give.

use super::answers::Answers;
use super::base::BaseImage;
use super::identity::RepoName;
use super::image::ImageRef;
use super::question::Question;
use super::raw::Raw;
use super::text::Title;
use crate::hub;
use crate::template::Template;

/// The value that counts when a question is not answered.
pub(super) fn default(question: &Question, template: &Template, answers: &Answers) -> Option<Raw> {
    let folder = || answers.folder().unwrap_or("my-space");
    let text = |key: &str| match answers.get(key) {
        Some(Raw::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match question.key() {
        "name" => Some(RepoName::from_folder(folder()).as_str().into()),
        "title" => Some(Title::from_folder(folder()).as_str().into()),
        "python" => {
            let zero_gpu = text("hardware") == Some(hub::hardware::ZERO_GPU) && text("sdk") == Some("gradio");
            template.default_python(zero_gpu).map(Raw::from)
        }
        "port" => {
            let base = text("base").and_then(|text| text.parse::<ImageRef>().ok()).map(BaseImage::of);
            base.and_then(|base| base.port()).map(Raw::from).or_else(|| question.default.clone())
        }
        _ => question.default.clone(),
    }
}
