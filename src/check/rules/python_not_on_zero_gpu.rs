//! A Python version that ZeroGPU does not have.
//!
//! ## What it does
//! Compares `python_version` of a Space that suggests ZeroGPU hardware with the minor versions that ZeroGPU supports.
//!
//! ## Why it matters
//! The Space runs on another Python than it asks for, or not at all.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
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
//! <https://huggingface.co/docs/hub/spaces-zerogpu>

use super::{Check, Finding, Group, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::check::zero_gpu::suggests_zero_gpu;
use crate::facts::python::ZERO_GPU_VERSIONS;

pub(super) const RULE: Rule =
    Rule::new("python-not-on-zero-gpu", Group::Risky, Check::Views(&[Subject::FrontMatter], check))
        .only_in(&[SpaceSdk::Gradio]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !suggests_zero_gpu(space) {
        return;
    }
    let Some((asked, node)) = space.text_of("python_version") else { return };
    let numbers: Vec<&str> = asked.split('.').collect();
    let [major, minor, ..] = numbers[..] else { return };
    let is_number = |part: &str| part.parse::<u32>().is_ok();
    let is_there = ZERO_GPU_VERSIONS.iter().any(|known| known.starts_with(&format!("{major}.{minor}.")));
    if is_there || !is_number(major) || !is_number(minor) {
        return;
    }
    let versions = ZERO_GPU_VERSIONS.join(" and ");
    let finding =
        Finding::new(in_readme(node.range.clone()), format!("ZeroGPU does not support Python {major}.{minor}"))
            .label(format!("it has {versions}"))
            .help(format!("write `python_version: \"{}\"`", ZERO_GPU_VERSIONS[0]));
    found.push(finding);
}
