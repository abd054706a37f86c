//! A keyword or a name that the installed version of a package does not have.
//!
//! ## What it does
//! Compares the code of the app with a table of what versions of Gradio, Streamlit, openai, `huggingface_hub`, `numpy`, Pillow,
//! `langchain` and `mcp` do not have. It is an error if `sdk_version`, `requirements.txt` or `pip install` in the Dockerfile only allow versions
//! without it, and a warning if they allow the newest version, which is without it. Code in a `try`, code that asks for the version, code after
//! `return`, `raise` or `sys.exit()`, and files that are only imported under such a condition are skipped, and so are names that the app binds again.
//!
//! ## Why it matters
//! The app does not start: `TypeError: Textbox.__init__() got an unexpected keyword argument 'show_copy_button'`, or
//! `AttributeError: module 'streamlit' has no attribute 'cache'`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//! ```app.py
//! import gradio as gr
//!
//! with gr.Blocks() as demo:
//!     gr.Textbox(show_copy_button=True)
//! demo.launch()
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
//! ```app.py
//! import gradio as gr
//!
//! with gr.Blocks() as demo:
//!     gr.Textbox(buttons=["copy"])
//! demo.launch()
//! ```
//!
//! ## Source
//! <https://www.gradio.app/guides/gradio-6-migration-guide>, <https://docs.streamlit.io/develop/quick-reference/release-notes>

use std::collections::BTreeSet;

use super::{Cause, Check, Finding, Group, Place, Rule, Scope, Space, SpaceSdk, Subject};
use crate::app::removed_apis::{Use, gives, uses, words};
use crate::check::diagnostic::Level;
use crate::check::installed::{Installed, installed};
use crate::check::python::python_version;
use crate::check::running::{Running, running};
use crate::check::space::README;
use crate::facts::removed_apis::{Package, REMOVED, Removed};
use crate::order;

pub(super) const RULE: Rule = Rule::new(
    "removed-api",
    Group::Broken,
    Check::Views(&[Subject::Source, Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile], check),
)
.only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker])
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for package in REMOVED {
        if !space.python_files().iter().any(|file| file.has(package.module)) {
            continue;
        }
        let Some(installed) = installed(space, package.name) else { continue };
        let rows = package.rows.iter().filter_map(|row| Some((row, level(space, package, row, &installed)?)));
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        let written = written(space, package);
        let rows: Vec<_> = rows.into_iter().filter(|(row, _)| words(row).any(|word| written.contains(word))).collect();
        if rows.is_empty() {
            continue;
        }
        let running = running(space);
        for (row, level) in rows {
            report(&running, package, row, (level, &installed), found);
        }
    }
}

/// The words of the rows that are names in files which name the package.
fn written(space: &Space<'_>, package: &Package) -> BTreeSet<&'static str> {
    let files: Vec<_> = space.python_files().iter().filter(|file| file.has(package.module)).collect();
    let mut wanted: BTreeSet<&'static str> = order::set(package.rows.iter().flat_map(words));
    wanted.retain(|word| files.iter().any(|file| file.has(word) && names(file.text, word).next().is_some()));
    wanted
}

/// Where a name is in a text, and not a part of a longer one.
fn names<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> {
    let is_part = |char: char| char == '_' || char.is_alphanumeric();
    let is_whole = move |at: &usize| {
        let (before, after) = (&text[..*at], &text[at + name.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    };
    text.match_indices(name).map(|(at, _)| at).filter(is_whole)
}

/// How certain it is that the installed version does not have it.
fn level(space: &Space<'_>, package: &Package, row: &Removed, installed: &Installed) -> Option<Level> {
    if installed.versions.lie_in(row.since, row.until) {
        return Some(Level::Error);
    }
    let python = python_version(space).map(|(version, _)| version);
    let is_held = space
        .requirements()
        .packages()
        .any(|(other, _)| package.held_by.contains(&other.name.as_str()) && !other.versions.takes_newest())
        || is_held_by_sdk(space, package);
    let is_newest = row.until.is_empty() && installed.versions.takes_newest();
    (is_newest && !is_held && python.is_none_or(|python| python >= package.python)).then_some(Level::Warning)
}

/// Whether the Gradio of `sdk_version` is an old one, which may keep an old version of a package.
fn is_held_by_sdk(space: &Space<'_>, package: &Package) -> bool {
    space.sdk() == SpaceSdk::Gradio
        && package.held_by.contains(&"gradio")
        && installed(space, "gradio").is_none_or(|gradio| gradio.versions.lie_in(&[0], &[6]))
}

fn report(
    running: &Running<'_, '_>,
    package: &Package,
    row: &Removed,
    (level, installed): (Level, &Installed),
    found: &mut Vec<Finding>,
) {
    let with_words = || running.files.iter().filter(|file| words(row).any(|word| file.has(word)));
    // One file may add for all what is missing
    if with_words().any(|file| gives(file.source(), package, row)) {
        return;
    }
    for file in with_words().filter(|file| !running.guarded.contains(file.path)) {
        let runs = |one: &Use<'_>| !one.in_main || running.start.is_none_or(|start| start == file.path);
        for one in uses(file.source(), file.text, package, row).into_iter().filter(runs) {
            let is_sure =
                level == Level::Error && running.is_certain && !one.is_conditional && is_called(running, &one);
            let message = format!("{} does not exist in {}", one.shown, version(package, level, installed));
            let mut finding = Finding::new(Place::bytes(file.path, one.range.clone()), message)
                .label(span(row))
                .related(installed.place.clone(), "installs that version")
                .help(format!("{}, or {}", row.instead, other_version(package, row, installed)));
            if !is_sure {
                finding = finding.at_most(Level::Warning);
            }
            found.push(finding);
        }
    }
}

/// Whether the function around a use is named elsewhere.
fn is_called(running: &Running<'_, '_>, one: &Use<'_>) -> bool {
    let Some(function) = one.function else { return true };
    running.files.iter().map(|file| names(file.text, function).count()).sum::<usize>() > 1
}

fn span(row: &Removed) -> String {
    match row.until {
        [] => format!("removed in {}", numbers(row.since)),
        until => format!("missing from {} up to {}", numbers(row.since), numbers(until)),
    }
}

/// What is installed, in words.
fn version(package: &Package, level: Level, installed: &Installed) -> String {
    match installed.exact() {
        Some(version) => format!("{} {version}", package.name),
        None if level == Level::Error => format!("the versions of {} that are allowed", package.name),
        None => format!("the newest {}", package.name),
    }
}

fn other_version(package: &Package, row: &Removed, installed: &Installed) -> String {
    let (sign, words, limit) = match row.until {
        [] => ("<", "below", numbers(row.since)),
        until => (">=", "from", numbers(until)),
    };
    if installed.place.path() == README {
        return format!("set `sdk_version` to a version {words} {limit}");
    }
    format!("require `{}{sign}{limit}`", package.name)
}

/// `6.0` for 6, so that it reads as a version.
fn numbers(version: &[u32]) -> String {
    match version {
        [major] => format!("{major}.0"),
        all => all.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
    }
}
