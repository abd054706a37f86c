//! A static Space that serves another file than its build writes.
//!
//! ## What it does
//! Compares `app_file` with the folder into which the bundler of `package.json` writes, if the README has an
//! `app_build_command` that runs it and nothing else sets the folder.
//!
//! ## Why it matters
//! The Hub serves the file after the build. If it is not there, or is the source page, visitors see an error or an empty
//! page.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: static
//! app_build_command: npm run build
//! app_file: build/index.html
//! ---
//! ```
//! ```package.json
//! {"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//! ```index.html
//! <div id="app"></div>
//! <script type="module" src="/src/main.ts"></script>
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
//! {"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//! ```index.html
//! <div id="app"></div>
//! <script type="module" src="/src/main.ts"></script>
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-static>; the documentation of each bundler

use super::{Check, Finding, Fix, Group, Rule, Space, Subject, in_readme};
use crate::check::space::README;
use crate::check::static_site::{built_page, page, unbuilt_script};

pub(super) const RULE: Rule =
    Rule::new("static-build-output", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let (Some(served), Some((command, node))) = (page(space), space.text_of("app_build_command")) else { return };
    let Some(built) = built_page(space, command) else { return };
    let folder = built.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_built = served.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let is_there = space.repo().get(served).is_some() || space.repo().may_have(served);
    if is_built || folder.is_empty() || (is_there && unbuilt_script(space, served).is_none()) {
        return;
    }
    let named = space.text_of("app_file");
    let place = named.map_or(node, |(_, node)| node).range.clone();
    let label = if is_there { "the source page, which only the build makes runnable" } else { "is not written there" };
    let fix = Fix::with_care(format!("write `app_file: {built}`"));
    let end = space.readme().and_then(|readme| Some((readme.end_of_yaml()?, readme.line_break())));
    let fix = match (named, end) {
        (Some((_, node)), _) => Some(fix.replace(README, node.range.clone(), built.clone())),
        (None, Some((end, line_break))) => Some(fix.insert(README, end, format!("app_file: {built}{line_break}"))),
        (None, None) => None,
    };
    let mut finding = Finding::new(in_readme(place), format!("the build writes `{built}`, and `{served}` is served"))
        .label(label)
        .help(format!("write `app_file: {built}`"));
    if let Some(fix) = fix {
        finding = finding.fix(fix);
    }
    found.push(finding);
}
