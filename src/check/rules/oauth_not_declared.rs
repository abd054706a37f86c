//! A sign-in with Hugging Face in the code, and no `hf_oauth` in the front matter.
//!
//! ## What it does
//! Looks for `gr.LoginButton`, `gr.OAuthProfile`, `gr.OAuthToken` and `huggingface_hub.attach_huggingface_oauth` in the code of a Space
//! whose front matter does not say `hf_oauth: true`. It is an error for a login button in a Gradio Space, and a warning otherwise: a
//! container may get its client from its own settings.
//!
//! ## Why it matters
//! The app does not start: Gradio stops with a `ValueError`, since `OAUTH_CLIENT_ID` is not set. Without a login button, nobody is ever
//! signed in.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
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
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
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
//! <https://huggingface.co/docs/hub/spaces-oauth>, <https://github.com/gradio-app/gradio/issues/9162>

use super::{Check, Finding, Fix, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::app::hub::sign_in::sign_in;
use crate::check::diagnostic::Level;
use crate::check::running::running;
use crate::check::space::README;
use crate::order::Order;

pub(super) const RULE: Rule =
    Rule::new("oauth-not-declared", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Source], check))
        .only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker]);

/// Settings that a container may bring along.
const OWN_CLIENT: &str = "OAUTH_CLIENT_ID";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = space.python_files();
    let is_written = |word: &str| files.iter().any(|file| file.has(word));
    let Some(readme) = space.readme().filter(|readme| readme.entry("hf_oauth").is_none()) else { return };
    if !(is_written("OAuth") || is_written("LoginButton") || is_written("huggingface_oauth")) || is_written(OWN_CLIENT)
    {
        return;
    }
    let running = running(space);
    let of_file = |file: &&crate::check::space::PythonFile<'_>| {
        let path = file.path.to_owned();
        sign_in(file.source()).map(|one| (path, one))
    };
    let mut uses: Vec<_> = running.files.iter().filter_map(of_file).collect();
    // A login button is what makes the app ask for the client
    uses.order_by_key(|(_, one)| !one.is_button);
    let Some((path, one)) = uses.into_iter().next() else { return };
    let is_sure = one.is_button && !one.is_conditional && running.is_certain && space.sdk() == SpaceSdk::Gradio;
    let mut finding =
        Finding::new(Place::bytes(path, one.range), "the app signs in with Hugging Face, without `hf_oauth`")
            .label("needs an OAuth client")
            .help("add `hf_oauth: true` to the front matter of README.md");
    if !is_sure {
        finding = finding.at_most(Level::Warning);
    }
    if let Some(at) = readme.end_of_yaml() {
        let line = format!("hf_oauth: true{}", readme.line_break());
        finding = finding.fix(Fix::safe("add `hf_oauth: true`").insert(README, at, line));
    }
    found.push(finding);
}
