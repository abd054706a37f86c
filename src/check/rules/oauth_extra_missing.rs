//! A login button of Gradio in an image without the packages for it.
//!
//! ## What it does
//! Looks for `gr.LoginButton` in the app of a Docker Space whose `requirements.txt` has Gradio without its extra `oauth`, and neither `authlib`
//! nor `itsdangerous`.
//!
//! ## Why it matters
//! The app does not start: `ImportError: Cannot initialize OAuth`. In a Gradio Space, the Hub installs the extra.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user \
//!     PATH=/home/user/.local/bin:$PATH \
//!     GRADIO_SERVER_NAME=0.0.0.0
//! WORKDIR /home/user/app
//! COPY --chown=user:user requirements.txt app.py ./
//! RUN pip install --no-cache-dir --requirement requirements.txt
//! CMD ["python", "app.py"]
//! ```
//! ```requirements.txt
//! gradio==6.31.0
//! ```
//! ```README.md
//! ---
//! sdk: docker
//! hf_oauth: true
//! ---
//! ```
//! ```app.py
//! import gradio as gr
//!
//! with gr.Blocks() as demo:
//!     gr.LoginButton()
//! demo.launch()
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user \
//!     PATH=/home/user/.local/bin:$PATH \
//!     GRADIO_SERVER_NAME=0.0.0.0
//! WORKDIR /home/user/app
//! COPY --chown=user:user requirements.txt app.py ./
//! RUN pip install --no-cache-dir --requirement requirements.txt
//! CMD ["python", "app.py"]
//! ```
//! ```requirements.txt
//! gradio[oauth]==6.31.0
//! ```
//! ```README.md
//! ---
//! sdk: docker
//! hf_oauth: true
//! ---
//! ```
//! ```app.py
//! import gradio as gr
//!
//! with gr.Blocks() as demo:
//!     gr.LoginButton()
//! demo.launch()
//! ```
//!
//! ## Source
//! `attach_oauth` in `gradio/oauth.py` of 6.31.0; <https://huggingface.co/docs/hub/spaces-oauth>

use super::{Cause, Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::app::hub::sign_in::{NEEDED, sign_in};
use crate::check::running::running;

pub(super) const RULE: Rule = Rule::new(
    "oauth-extra-missing",
    Group::Broken,
    Check::Views(&[Subject::Source, Subject::Requirements, Subject::Dockerfile], check),
)
.only_in(&[SpaceSdk::Docker])
.caused_by(Cause::Pip);

const FILE: &str = "requirements.txt";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !space.python_files().iter().any(|file| file.has("LoginButton")) {
        return;
    }
    let requirements = space.requirements();
    let Some((gradio, line)) = requirements.package("gradio").filter(|_| !requirements.has_includes()) else { return };
    let is_there = |package: &&str| {
        requirements.package(package).is_some()
            || space.docker().is_none_or(|dockerfile| dockerfile.text.to_ascii_lowercase().contains(*package))
    };
    let is_elsewhere = space.docker().is_none_or(|dockerfile| dockerfile.text.contains("gradio["));
    let has_extra = gradio.extras.iter().any(|extra| extra == "oauth");
    if has_extra || gradio.is_conditional() || is_elsewhere || NEEDED.iter().any(is_there) {
        return;
    }
    let running = running(space);
    let mut buttons = running.files.iter().filter_map(|file| {
        let one = sign_in(file.source()).filter(|one| one.is_button && !one.is_conditional)?;
        Some(Place::bytes(file.path, one.range))
    });
    let Some(button) = buttons.next().filter(|_| running.is_certain) else { return };
    let finding =
        Finding::new(Place::bytes(FILE, line.range.clone()), "Gradio cannot sign anyone in without its extra `oauth`")
            .label("has no extra")
            .related(button, "signs in")
            .help("require `gradio[oauth]`");
    found.push(finding);
}
