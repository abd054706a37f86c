//! `import spaces` after code that uses the GPU, in a Space on ZeroGPU.
//!
//! ## What it does
//! Looks at the top level of the files that run for `.to("cuda")`, `.cuda()` or `device="cuda"` above the import of `spaces`, if
//! the Space suggests ZeroGPU hardware or a function of it has `@spaces.GPU`.
//!
//! ## Why it matters
//! The app does not start: `RuntimeError: CUDA has been initialized before importing the spaces package`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.12.12"
//! suggested_hardware: zero-a10g
//! ---
//! ```
//! ```app.py
//! import gradio as gr
//! import torch
//!
//! model = torch.nn.Linear(4, 4).to("cuda")
//!
//! import spaces
//!
//! @spaces.GPU
//! def run(x):
//!     return float(model(torch.zeros(4, device="cuda")).sum())
//!
//! gr.Interface(run, "number", "number").launch()
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.12.12"
//! suggested_hardware: zero-a10g
//! ---
//! ```
//! ```app.py
//! import spaces
//! import gradio as gr
//! import torch
//!
//! model = torch.nn.Linear(4, 4).to("cuda")
//!
//! @spaces.GPU
//! def run(x):
//!     return float(model(torch.zeros(4, device="cuda")).sum())
//!
//! gr.Interface(run, "number", "number").launch()
//! ```
//!
//! ## Source
//! `spaces/zero/__init__.py` of spaces 0.51.3; <https://github.com/huggingface/autotrain-advanced/issues/727>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::check::running::running;
use crate::check::zero_gpu::is_zero_gpu;
use crate::formats::python::{Call, Value};

pub(super) const RULE: Rule =
    Rule::new("spaces-after-cuda", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Source], check))
        .only_in(&[SpaceSdk::Gradio]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = space.python_files();
    if !files.iter().any(|file| file.has("spaces") && file.has("cuda")) || !is_zero_gpu(space) {
        return;
    }
    for file in running(space).files.iter().filter(|file| file.has("cuda")) {
        let source = file.source();
        let mut imports = source.imports.iter().filter(|import| import.level == 0 && import.module == "spaces");
        let Some(import) = imports.next().filter(|import| import.scope.is_top_level() && !import.scope.conditional)
        else {
            continue;
        };
        let uses = |call: &&Call<'_>| {
            call.at < import.at && call.scope.is_top_level() && !call.scope.conditional && uses_cuda(call)
        };
        let Some(call) = source.calls.iter().find(uses) else { continue };
        let finding =
            Finding::new(Place::bytes(file.path, import.at..import.at + 6), "`spaces` is imported after CUDA is used")
                .label("must come first")
                .related(Place::bytes(file.path, call.method_range()), "uses CUDA")
                .help("move `import spaces` above everything that uses torch");
        found.push(finding);
    }
}

/// Whether a call certainly moves something to the GPU.
fn uses_cuda(call: &Call<'_>) -> bool {
    let is_cuda = |value: Option<&Value<'_>>| {
        value.and_then(Value::as_text).is_some_and(|text| text == "cuda" || text.starts_with("cuda:"))
    };
    match call.method() {
        "to" => is_cuda(call.positional(0)) || is_cuda(call.keyword("device")),
        "cuda" => call.path.contains('.') && call.arguments.is_empty(),
        _ => is_cuda(call.keyword("device")) && call.path.starts_with("torch."),
    }
}
