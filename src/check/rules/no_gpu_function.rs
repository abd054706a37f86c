//! A Space for ZeroGPU in which no function asks for a GPU.
//!
//! ## What it does
//! Looks for `@spaces.GPU` in the Python files of a Space that suggests ZeroGPU hardware.
//!
//! ## Why it matters
//! No code gets a GPU, and the app does not report its start to ZeroGPU.
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
//!
//! gr.Interface(lambda x: x, "number", "number").launch()
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
//!
//! @spaces.GPU
//! def run(x):
//!     return x
//!
//! gr.Interface(run, "number", "number").launch()
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-zerogpu>; `startup` in `spaces/zero/__init__.py` of spaces 0.51.3

use super::{Check, Finding, Group, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::check::zero_gpu::suggests_zero_gpu;
use crate::formats::python::code_has_word;

pub(super) const RULE: Rule =
    Rule::new("no-gpu-function", Group::Risky, Check::Views(&[Subject::FrontMatter, Subject::Source], check))
        .only_in(&[SpaceSdk::Gradio]);

/// Words that may mark a function: `@spaces.GPU`, `from spaces import GPU`, `spaces.aoti_capture(..)`.
const MARKS: [&str; 1] = ["GPU"];
/// The package that has it.
const PACKAGE: [&str; 1] = ["spaces"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !suggests_zero_gpu(space) {
        return;
    }
    // Any file may have it, also one that is not searched for other faults
    let mut files = space
        .repo()
        .files()
        .filter(|file| file.path().rsplit_once('.').is_some_and(|(_, ending)| ending == "py"))
        .take(500);
    let mut is_any = false;
    let is_marked = files.any(|file| {
        is_any = true;
        // A name such as `GPU_COUNT` marks nothing without the package
        let has = |text: &str| text.contains("GPU") && code_has_word(text, &MARKS) && code_has_word(text, &PACKAGE);
        file.text().is_some_and(has)
    });
    let Some((_, node)) = space.text_of("suggested_hardware").filter(|_| is_any && !is_marked) else { return };
    let finding = Finding::new(in_readme(node.range.clone()), "no function of the app asks ZeroGPU for a GPU")
        .label("needs `@spaces.GPU`")
        .help("import `spaces` first, and put `@spaces.GPU` on each function that uses the GPU; or suggest other hardware");
    found.push(finding);
}
