//! Finds a Gradio app that asks for a link of its own, which a Space has already.
//!
//! ## What it does
//! Looks for `share=True` in the call of `launch()` in the files that the app begins with.
//!
//! ## Why it matters
//! Gradio says `Setting share=True is not supported on Hugging Face Spaces`, or in a container opens a tunnel to a second
//! address through a server elsewhere, and waits for it.
//!
//! ## Example
//! ```app.py
//! import gradio as gr
//!
//! demo = gr.Interface(str, "text", "text")
//! demo.launch(share=True)
//! ```
//!
//! ## Use instead
//! ```app.py
//! import gradio as gr
//!
//! demo = gr.Interface(str, "text", "text")
//! demo.launch()
//! ```
//!
//! ## Source
//! <https://www.gradio.app/guides/sharing-your-app>

use super::{Finding, Group, Place, Rule, Space};
use crate::check::space::SpaceSdk;

pub(super) const RULE: Rule =
    Rule { id: "gradio-share", group: Group::Wasteful, source: include_str!("gradio_share.rs"), check };

const CALL: &str = ".launch(";
const ARGUMENT: &str = "share=True";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !matches!(space.sdk(), SpaceSdk::Gradio | SpaceSdk::Docker) {
        return;
    }
    for (file, text) in space.app_files("py") {
        if !text.contains("gradio") {
            continue;
        }
        for (at, _) in text.match_indices(CALL) {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let arguments = &text[at + CALL.len()..];
            let arguments = &arguments[..arguments.find(')').unwrap_or(arguments.len())];
            let Some(inside) = arguments.find(ARGUMENT).filter(|_| !text[line..at].contains('#')) else { continue };
            let start = at + CALL.len() + inside;
            let place = Place::bytes(file, start..start + ARGUMENT.len());
            let finding =
                Finding::new(place, "a Space has a link already").label("does nothing here").help("take it out");
            found.push(finding);
        }
    }
}
