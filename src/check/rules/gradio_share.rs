//! `share=True`, which a Space does not need.
//!
//! ## What it does
//! Looks for `share=True` in calls of `launch()` in the Python files of the app.
//!
//! ## Why it matters
//! Gradio prints `Setting share=True is not supported on Hugging Face Spaces`, or in a container opens a tunnel to a
//! second address through another server, and waits for it.
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

use super::{Check, Finding, Group, Place, Rule, Scope, SpaceSdk};
use crate::check::space::PythonFile;
use crate::formats::python::Value;

pub(super) const RULE: Rule = Rule::new("gradio-share", Group::Wasteful, Check::Python(check))
    .only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker])
    .of(Scope::SPACES);

fn check(file: &PythonFile<'_>, found: &mut Vec<Finding>) {
    if !file.has("share") || !file.source().imports_module("gradio") {
        return;
    }
    for call in file.source().calls.iter().filter(|call| call.method() == "launch") {
        let Some(argument) = call.argument("share").filter(|share| share.value == Value::Boolean(true)) else {
            continue;
        };
        let place = Place::bytes(file.path, argument.range.clone());
        let finding =
            Finding::new(place, "a Space has a public link already").label("does nothing here").help("remove it");
        found.push(finding);
    }
}
