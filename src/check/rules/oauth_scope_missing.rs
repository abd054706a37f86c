//! A call with the token of who signs in, and no scope for it.
//!
//! ## What it does
//! Looks in Gradio apps for calls with the token of a `gr.OAuthToken`, such as `InferenceClient(token=oauth_token.token)` or
//! `create_repo(.., token=oauth_token.token)`, while the front matter has `hf_oauth: true` and `hf_oauth_scopes` does not have the
//! scope that they need.
//!
//! ## Why it matters
//! Without a scope, the token only shows who signs in, and the Hub answers 403: the token has insufficient permissions.
//!
//! ## Example
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
//! from huggingface_hub import InferenceClient
//!
//! def answer(text, oauth_token: gr.OAuthToken | None):
//!     client = InferenceClient("openai/gpt-oss-20b", token=oauth_token.token)
//!     return client.text_generation(text)
//!
//! with gr.Blocks() as demo:
//!     gr.LoginButton()
//!     gr.Interface(answer, "text", "text")
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
//! hf_oauth_scopes:
//!   - inference-api
//! ---
//! ```
//! ```app.py
//! import gradio as gr
//! from huggingface_hub import InferenceClient
//!
//! def answer(text, oauth_token: gr.OAuthToken | None):
//!     client = InferenceClient("openai/gpt-oss-20b", token=oauth_token.token)
//!     return client.text_generation(text)
//!
//! with gr.Blocks() as demo:
//!     gr.LoginButton()
//!     gr.Interface(answer, "text", "text")
//! demo.launch()
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/oauth#currently-supported-scopes>, <https://huggingface.co/docs/hub/spaces-oauth>

use super::{Check, Finding, Fix, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::app::hub::oauth_scopes::{contain, least, uses};
use crate::check::metadata::list_of;
use crate::check::running::running;
use crate::check::space::README;

pub(super) const RULE: Rule =
    Rule::new("oauth-scope-missing", Group::Risky, Check::Views(&[Subject::FrontMatter, Subject::Source], check))
        .only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !space.python_files().iter().any(|file| file.has("OAuthToken")) {
        return;
    }
    let Some(readme) = space.readme() else { return };
    if !readme.value("hf_oauth").and_then(|node| node.as_str()).is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        return;
    }
    let asked: Vec<&str> = match (readme.entry("hf_oauth_scopes"), list_of(readme, "hf_oauth_scopes")) {
        (None, _) => Vec::new(),
        (Some(_), Some(list)) => list.iter().filter_map(|node| node.as_str()).collect(),
        (Some(_), None) => return,
    };
    for file in running(space).files {
        let needed = uses(file.source()).needed;
        for one in least(&needed).into_iter().filter(|one| !contain(&asked, one.scope)) {
            let scope = one.scope;
            let name = &file.text[one.range.clone()];
            let mut finding = Finding::new(
                Place::bytes(file.path, one.range.clone()),
                format!("`{name}` with the token of who signs in needs the scope `{scope}`"),
            )
            .label("not in `hf_oauth_scopes`")
            .help(format!("add `{scope}` to `hf_oauth_scopes` in the front matter of README.md"));
            if let Some(at) = readme.end_of_yaml().filter(|_| readme.entry("hf_oauth_scopes").is_none()) {
                let end = readme.line_break();
                let lines = format!("hf_oauth_scopes:{end}  - {scope}{end}");
                finding = finding.fix(Fix::safe(format!("ask for `{scope}`")).insert(README, at, lines));
            }
            found.push(finding);
        }
    }
}
