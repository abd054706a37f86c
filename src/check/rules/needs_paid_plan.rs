//! A kind of Space that the account cannot create.
//!
//! ## What it does
//! Compares the kind of Space with `plan` in `.spaces-new.toml`. Without that line, the plan is not known, and nothing is
//! reported.
//!
//! ## Why it matters
//! A free account can create static Spaces, and Gradio Spaces on ZeroGPU. For every other kind, the Hub answers
//! `402 Payment Required`.
//!
//! ## Example
//! ```.spaces-new.toml
//! template = "docker"
//! plan = "free"
//! ```
//! ```README.md
//! ---
//! sdk: docker
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim
//! USER 1000
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```.spaces-new.toml
//! template = "gradio"
//! plan = "free"
//! ```
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! suggested_hardware: zero-a10g
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-overview>

use super::{Check, Finding, Group, Rule, Scope, Space, Subject, in_readme};
use crate::check::Place;
use crate::check::config::CONFIG;
use crate::check::zero_gpu::suggests_zero_gpu;
use crate::formats::own_file::OwnFile;
use crate::values::HubPlan;

pub(super) const RULE: Rule =
    Rule::new("needs-paid-plan", Group::Risky, Check::Views(&[Subject::FrontMatter, Subject::Settings], check))
        .of(Scope::SPACES);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((sdk, node)) = space.text_of("sdk") else { return };
    let what = match sdk {
        "docker" => "a Docker Space",
        "gradio" if !suggests_zero_gpu(space) => "a Gradio Space without ZeroGPU",
        _ => return,
    };
    let Some(plan) = free_plan(space) else { return };
    let finding = Finding::new(in_readme(node.range.clone()), format!("a free account cannot create {what}"))
        .label("the Hub answers 402")
        .related(plan, "the plan of the account")
        .help("`spaces-new init --plan free` makes a Gradio Space on ZeroGPU of a Gradio app; with a paid plan, write `plan = \"paid\"`");
    found.push(finding);
}

/// Where `.spaces-new.toml` says that the account has the free plan.
fn free_plan(space: &Space<'_>) -> Option<Place> {
    let file = OwnFile::read(space.repo().text(CONFIG)?).ok()?;
    let entry = file.answers.iter().find(|entry| entry.key.text == "plan")?;
    let is_free = file.text("plan") == Some(HubPlan::Free.as_str());
    is_free.then(|| Place::bytes(CONFIG, entry.range.clone()))
}
