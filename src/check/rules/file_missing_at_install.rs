//! A file that `requirements.txt` names and that the Hub's Gradio image does not have when it installs.
//!
//! ## What it does
//! Looks in `requirements.txt` and `pre-requirements.txt` of a Gradio Space for other files of the repository: `-r other.txt`, `-c constraints.txt`, `-e .`, `.[extra]`, a
//! folder or a wheel.
//!
//! ## Why it matters
//! The Hub mounts these two files alone, installs from them, and copies the repository afterwards. The build stops: `ERROR: Could not open
//! requirements file: [Errno 2] No such file or directory: '/tmp/other.txt'`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//! ```requirements.txt
//! -r base.txt
//! ```
//! ```base.txt
//! requests==2.32.5
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//! ```requirements.txt
//! requests==2.32.5
//! ```
//!
//! ## Source
//! The steps that the Hub prints in its build logs: `RUN --mount=target=/tmp/requirements.txt,source=requirements.txt pip install -r
//! /tmp/requirements.txt`, then `COPY ./ /app`. Measured with pip 23.2.

use std::ops::Range;

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::formats::requirements::{Content, Flag, Line, Opt, Requirements};

pub(super) const RULE: Rule = Rule::new(
    "file-missing-at-install",
    Group::Broken,
    Check::Views(&[Subject::FrontMatter, Subject::Requirements, Subject::Files], check),
)
.only_in(&[SpaceSdk::Gradio]);

const INSTALLED: [&str; 2] = ["pre-requirements.txt", "requirements.txt"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for file in INSTALLED {
        let Some(text) = space.repo().text(file) else { continue };
        let read = Requirements::read(text);
        // That nothing can be installed from the root is what another rule reports
        let is_project = ["pyproject.toml", "setup.py"].iter().any(|name| space.repo().get(name).is_some());
        let is_there = |path: &str| path != "." || is_project;
        // pip stops at the first one
        if let Some((range, path, help)) = read.lines.iter().find_map(missing).filter(|(_, path, _)| is_there(path)) {
            let copied = if path == "." { "the repository".to_owned() } else { format!("`{path}`") };
            let message = format!("the Hub installs from `{file}` before it copies {copied}");
            found.push(Finding::new(Place::bytes(file, range), message).label("not there yet").help(help));
        }
    }
}

/// The file or the folder that a line names, with what to do instead.
fn missing(line: &Line) -> Option<(Range<usize>, String, String)> {
    let (range, path, help) = match &line.content {
        Content::Place(place) if !place.has_condition() => {
            (line.range.clone(), place.text.clone(), OF_A_PACKAGE.to_owned())
        }
        Content::Options => {
            let (option, help) = followed(line)?;
            (option.range.clone(), option.value.clone(), help)
        }
        _ => return None,
    };
    let path = without_extras(&path).to_owned();
    is_in_repository(&path).then_some((range, path, help))
}

/// The path of `.[dev]`.
fn without_extras(path: &str) -> &str {
    let extras = path.find('[').filter(|at| *at > 0 && path.ends_with(']'));
    let path = &path[..extras.unwrap_or(path.len())];
    if matches!(path, "." | "./") { "." } else { path }
}

/// The option of a line without a requirement that pip follows: the first `-e`, else the first `-r`, else the first `-c`.
///
/// Source: `handle_requirement_line` and `_parse_and_recurse` in pip's `req_file.py`.
fn followed(line: &Line) -> Option<(&Opt, String)> {
    let first = |flag: Flag| line.options.iter().find(|option| option.flag == flag);
    if let Some(option) = first(Flag::Editable) {
        return Some((option, OF_A_PACKAGE.to_owned()));
    }
    if let Some(option) = first(Flag::Requirement) {
        return Some((option, format!("write the lines of `{}` in its place", option.value)));
    }
    let option = first(Flag::Constraint)?;
    let help = format!("write the versions of `{}` beside the packages here, and remove the line", option.value);
    Some((option, help))
}

const OF_A_PACKAGE: &str = "remove the line, and move the package beside the file of the app, where Python finds it; list what it requires \
                            here";

/// Whether it is a relative path. Another one may be in the image, or be an address.
fn is_in_repository(path: &str) -> bool {
    !path.is_empty() && !path.starts_with(['/', '~', '\\']) && !path.contains([':', '$'])
}
