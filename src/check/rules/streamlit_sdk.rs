//! `sdk: streamlit`, which is no longer offered.
//!
//! ## What it does
//! Looks for `sdk: streamlit`.
//!
//! ## Why it matters
//! The SDK was discontinued on 30 April 2025. Existing Spaces still run; a new one cannot be created, and the versions
//! do not change any more.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: streamlit
//! sdk_version: 1.40.0
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! app_port: 8501
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PATH=/home/user/.local/bin:$PATH
//! WORKDIR /home/user/app
//! COPY --chown=user:user . ./
//! RUN pip install --no-cache-dir streamlit==1.67.0
//! EXPOSE 8501
//! CMD ["streamlit", "run", "app.py", "--server.port=8501", "--server.enableXsrfProtection=false"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-changelog>

use super::{Check, Finding, Group, Rule, SpaceSdk, in_readme};
use crate::check::metadata::text_of;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule =
    Rule::new("streamlit-sdk", Group::Risky, Check::FrontMatter(check)).only_in(&[SpaceSdk::Streamlit]);

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((_, node)) = text_of(readme, "sdk") else { return };
    let finding = Finding::new(in_readme(node.range.clone()), "the Hub no longer offers `sdk: streamlit`")
        .label("discontinued in April 2025")
        .help("make it a Docker Space; `spaces-new DIR --template streamlit` shows how");
    found.push(finding);
}
