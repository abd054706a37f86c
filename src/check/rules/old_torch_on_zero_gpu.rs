//! A version of `torch` that ZeroGPU does not support.
//!
//! ## What it does
//! Compares the versions of `torch` in `requirements.txt` with 2.8, the oldest that ZeroGPU supports, if the Space suggests
//! ZeroGPU hardware.
//!
//! ## Why it matters
//! ZeroGPU replaces parts of `torch`, and is only made and tested for the supported versions: the app stops, or does not get a GPU.
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
//! ```requirements.txt
//! torch==2.4.0
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
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.12.12"
//! suggested_hardware: zero-a10g
//! ---
//! ```
//! ```requirements.txt
//! torch==2.8.0
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
//! <https://huggingface.co/docs/hub/spaces-zerogpu>

use super::{Cause, Check, Finding, Group, Rule, Space, SpaceSdk, Subject};
use crate::check::installed::installed;
use crate::check::zero_gpu::suggests_zero_gpu;
use crate::facts::python::ZERO_GPU_TORCH;

pub(super) const RULE: Rule = Rule::new(
    "old-torch-on-zero-gpu",
    Group::Risky,
    Check::Views(&[Subject::FrontMatter, Subject::Requirements], check),
)
.only_in(&[SpaceSdk::Gradio])
.caused_by(Cause::Pip);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !suggests_zero_gpu(space) {
        return;
    }
    let Some(torch) = installed(space, "torch").filter(|torch| torch.versions.lie_in(&[], ZERO_GPU_TORCH)) else {
        return;
    };
    let finding = Finding::new(torch.place, "this version of `torch` is too old for ZeroGPU")
        .label("below 2.8")
        .help("require torch 2.8 or newer");
    found.push(finding);
}
