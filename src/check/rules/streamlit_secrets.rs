//! `st.secrets` in a Docker Space that has no file for it.
//!
//! ## What it does
//! Looks for `st.secrets` in the Python files of a Docker Space, if neither a file nor a step of the Dockerfile nor a script provides
//! `.streamlit/secrets.toml`. What is in a `try` or under a condition is skipped, and so is a line that reads the environment too.
//!
//! ## Why it matters
//! A Space passes its secrets as environment variables. Any use of `st.secrets`, also `st.secrets.get(..)` and `"X" in st.secrets`, stops the
//! app with `StreamlitSecretNotFoundError` (`FileNotFoundError` before Streamlit 1.41).
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user \
//!     PATH=/home/user/.local/bin:$PATH \
//!     STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION=false
//! WORKDIR /home/user/app
//! RUN pip install --no-cache-dir streamlit==1.67.0
//! COPY --chown=user:user app.py ./
//! CMD ["streamlit", "run", "app.py", "--server.port=7860", "--server.address=0.0.0.0"]
//! ```
//! ```app.py
//! import streamlit as st
//!
//! key = st.secrets["API_KEY"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user \
//!     PATH=/home/user/.local/bin:$PATH \
//!     STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION=false
//! WORKDIR /home/user/app
//! RUN pip install --no-cache-dir streamlit==1.67.0
//! COPY --chown=user:user app.py ./
//! CMD ["streamlit", "run", "app.py", "--server.port=7860", "--server.address=0.0.0.0"]
//! ```
//! ```app.py
//! import os
//! import streamlit as st
//!
//! key = os.environ["API_KEY"]
//! ```
//!
//! ## Source
//! Measured with Streamlit 1.67; <https://docs.streamlit.io/develop/api-reference/connections/st.secrets>,
//! <https://huggingface.co/docs/hub/spaces-overview#managing-secrets>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::check::running::running;
use crate::check::space::PythonFile;
use crate::formats::python::Scope;

pub(super) const RULE: Rule = Rule::new(
    "streamlit-secrets",
    Group::Risky,
    Check::Views(&[Subject::Source, Subject::Files, Subject::Dockerfile], check),
)
.only_in(&[SpaceSdk::Docker]);

/// The file, and words that show that something else may provide it.
const FILE: &str = ".streamlit/secrets.toml";
const PROVIDES: [&str; 3] = ["secrets.toml", "load_if_toml_exists", "secrets.files"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = space.python_files();
    if !files.iter().any(|file| file.has("secrets")) || is_provided(space) {
        return;
    }
    for file in running(space).files.iter().filter(|file| file.has("secrets")) {
        let Some((at, key)) = first_use(file) else { continue };
        let (message, variable) = match key {
            Some(key) => (format!("`st.secrets` has no `{key}` in a Space"), format!("`os.environ[\"{key}\"]`")),
            None => ("`st.secrets` is empty in a Space".to_owned(), "`os.environ`".to_owned()),
        };
        let finding = Finding::new(Place::bytes(file.path, at..at + 1), message)
            .label("reads `.streamlit/secrets.toml`, which does not exist")
            .help(format!("read {variable}: secrets of a Space are environment variables"));
        found.push(finding);
    }
}

/// Whether the file is there, or something may write it.
fn is_provided(space: &Space<'_>) -> bool {
    let says = |text: &str| PROVIDES.iter().any(|word| text.contains(word));
    space.repo().get(FILE).is_some()
        || space.dockerfile().is_some_and(|dockerfile| says(dockerfile.text))
        || space.python_files().iter().any(|file| says(file.text))
        || space.app_files("sh").any(|(_, text)| says(text))
        || space.app_files("toml").any(|(_, text)| says(text))
}

/// The first use that nothing guards, with its key.
fn first_use(file: &PythonFile<'_>) -> Option<(usize, Option<String>)> {
    let source = file.source();
    if !source.imports_module("streamlit") {
        return None;
    }
    let subscripts = source.subscripts.iter().filter(|found| found.path == "streamlit.secrets");
    let subscripts = subscripts.map(|found| (found.scope, found.at, Some(found.key.clone())));
    let calls = source.calls.iter().filter(|call| call.path == "streamlit.secrets.get").map(|call| {
        let key = call.positional(0).and_then(|value| value.as_text()).map(str::to_owned);
        (call.scope, call.at, key)
    });
    let mentions = source.mentions.iter().filter_map(|mention| {
        let name = mention.path.strip_prefix("streamlit.secrets.")?;
        (!name.contains(['.', '(', '['])).then(|| (mention.scope, mention.at, Some(name.to_owned())))
    });
    let is_sure = |(scope, at, _): &(Scope<'_>, usize, _)| !scope.conditional && !reads_environment(file.text, *at);
    subscripts.chain(calls).chain(mentions).filter(is_sure).min_by_key(|found| found.1).map(|(_, at, key)| (at, key))
}

/// Whether the line has another source for the value, or asks whether there is one.
fn reads_environment(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    ["environ", "getenv", " or ", "hasattr", " if "].iter().any(|word| line.contains(word))
}
