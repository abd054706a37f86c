//! A build command of a static Space that runs a missing script.
//!
//! ## What it does
//! Looks for the script that `app_build_command` runs with `npm run` in the `package.json` at the root.
//!
//! ## Why it matters
//! The build fails: `npm error Missing script: "build"`, or `Could not read package.json`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: static
//! app_build_command: npm run build
//! app_file: dist/index.html
//! ---
//! ```
//! ```package.json
//! {"scripts": {"dev": "vite"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: static
//! app_build_command: npm run build
//! app_file: dist/index.html
//! ---
//! ```
//! ```package.json
//! {"scripts": {"dev": "vite", "build": "vite build"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//!
//! ## Source
//! <https://docs.npmjs.com/cli/commands/npm-run>; <https://huggingface.co/docs/hub/spaces-sdks-static>

use super::{Check, Finding, Group, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::check::static_site::{package, script_of};

pub(super) const RULE: Rule =
    Rule::new("missing-build-script", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Files], check))
        .only_in(&[SpaceSdk::Static]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((command, node)) = space.text_of("app_build_command") else { return };
    let Some(script) = script_of(command) else { return };
    let is_there = space.repo().get("package.json").is_some() || space.repo().may_have("package.json");
    let (message, help) = match package(space) {
        Some(package) if package.text(&["scripts", &script]).is_some() => return,
        Some(_) => (format!("`package.json` has no script `{script}`"), "add the script, or name another".to_owned()),
        // Malformed, or not read
        None if is_there => return,
        None => (
            "there is no `package.json` at the root".to_owned(),
            format!("begin with the folder that has one, as in `cd web && npm ci && {command}`"),
        ),
    };
    found.push(Finding::new(in_readme(node.range.clone()), message).label("the build fails").help(help));
}
