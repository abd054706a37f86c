//! Finds settings of Streamlit that do not reach the image.
//!
//! ## What it does
//! Looks at `.streamlit/config.toml` where the container starts Streamlit: whether `.dockerignore` keeps it out, and whether
//! any `COPY` takes it in.
//!
//! ## Why it matters
//! The settings are in the repository and do nothing: uploads answer 403 although `enableXsrfProtection = false` is written
//! there.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user requirements.txt app.py ./
//! RUN pip install -r requirements.txt
//! CMD ["streamlit", "run", "app.py", "--server.port", "7860"]
//! ```
//! ```.streamlit/config.toml
//! [server]
//! enableXsrfProtection = false
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user requirements.txt app.py ./
//! COPY --chown=user .streamlit/ ./.streamlit/
//! RUN pip install -r requirements.txt
//! CMD ["streamlit", "run", "app.py", "--server.port", "7860"]
//! ```
//! ```.streamlit/config.toml
//! [server]
//! enableXsrfProtection = false
//! ```
//!
//! ## Source
//! <https://docs.streamlit.io/develop/concepts/configuration/options>

use super::{Finding, Group, Place, Rule, Space, in_dockerfile};
use crate::check::server::started;
use crate::check::streamlit::SETTINGS;
use crate::dockerfile::Instruction;

pub(super) const RULE: Rule = Rule {
    id: "streamlit-settings-left-out",
    group: Group::Risky,
    source: include_str!("streamlit_settings_left_out.rs"),
    check,
};

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    if space.repo().get(SETTINGS).is_none() {
        return;
    }
    let Some(server) = started(dockerfile).filter(|server| server.known.names.contains(&"streamlit")) else { return };
    let place = in_dockerfile(server.command.range());
    if let Some(line) = space.dockerignore().keeps_out(SETTINGS) {
        let text = space.repo().text(".dockerignore").unwrap_or_default();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let length = text[start..].lines().next().unwrap_or_default().len();
        let finding = Finding::new(
            Place::bytes(".dockerignore", start..start + length),
            format!("{SETTINGS} does not reach the image"),
        )
        .label("keeps it out")
        .related(place, "Streamlit starts without its settings")
        .help("add `!.streamlit` below");
        found.push(finding);
        return;
    }
    for step in dockerfile.stages.iter().flat_map(|stage| &stage.steps) {
        match &step.instruction {
            Instruction::Copy(copy) if copy.flag("from").is_some() => return,
            Instruction::Copy(copy) => {
                let takes = |text: &str| {
                    let path = text.trim_matches('"').trim_start_matches("./").trim_matches('/');
                    path.is_empty() || path == "." || path.starts_with('.') || path.contains(['*', '?', '[', '$'])
                };
                if copy.sources.iter().any(|source| takes(&source.text)) || copy.sources.is_empty() {
                    return;
                }
            }
            // The settings may be written, fetched or mounted
            Instruction::Run(run) if !run.flags.is_empty() || speaks_of_them(run.line.text()) => return,
            _ => {}
        }
    }
    let finding = Finding::new(Place::file(SETTINGS), format!("{SETTINGS} does not reach the image"))
        .related(place, "Streamlit starts without its settings")
        .help("add `COPY .streamlit/ ./.streamlit/` to the Dockerfile, with the owner of the app");
    found.push(finding);
}

fn speaks_of_them(text: &str) -> bool {
    [".streamlit", "git clone"].iter().any(|words| text.contains(words))
}
