//! A public name that the build needs, without an `ARG`.
//!
//! ## What it does
//! Looks in code for pages for names whose values the build writes into them: `NEXT_PUBLIC_*`, `VITE_*`, `PUBLIC_*`,
//! `REACT_APP_*`. Reports those for which the stage that runs the build has no `ARG` or `ENV`, unless a file of the
//! repository gives them a value, or the code does without one.
//!
//! ## Why it matters
//! The variables of a Space reach the build only as arguments, and the running app has no use for these: in the page the
//! value is `undefined`, whatever the settings say.
//!
//! ## Example
//! ```package.json
//! {"scripts": {"build": "next build"}, "dependencies": {"next": "15.5.0"}}
//! ```
//! ```app/page.jsx
//! export const load = () => fetch(`${process.env.NEXT_PUBLIC_API_URL}/items`);
//! ```
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! WORKDIR /home/node/app
//! COPY --chown=node:node . ./
//! RUN npm install && npm run build
//! ENV PORT=7860
//! CMD ["npm", "start"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! WORKDIR /home/node/app
//! COPY --chown=node:node . ./
//! ARG NEXT_PUBLIC_API_URL
//! RUN npm install && npm run build
//! ENV PORT=7860
//! CMD ["npm", "start"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#buildtime>,
//! <https://nextjs.org/docs/app/guides/environment-variables#bundling-environment-variables-for-the-browser>,
//! <https://vite.dev/guide/env-and-mode>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject, in_dockerfile};
use crate::app::build_names::{BuildName, names_at_build, only_package};
use crate::check::context::Context;
use crate::facts::public_names::FILES_OF_VALUES;
use crate::formats::dockerfile::{Command, Dockerfile, Run, Stage, Step};

pub(super) const RULE: Rule =
    Rule::new("public-name-without-arg", Group::Risky, Check::DockerfileAnd(&[Subject::Source, Subject::Files], check))
        .of(Scope::SPACES);

/// More names than these are counted, not shown.
const SHOWN: usize = 20;

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    if !dockerfile.text.contains("build") || dockerfile.problem.is_some() {
        return;
    }
    let Some((stage, step, run)) = build(dockerfile) else { return };
    let Some(folder) = only_package(space.repo()) else { return };
    let before = &dockerfile.text[stage.from.range.start..run.line.range.end];
    // A file of values may be written or copied there
    if before.contains(".env") {
        return;
    }
    let context = Context::of(dockerfile);
    let is_missing = |name: &BuildName| {
        let is_given = name.given_by.as_ref().is_some_and(|path| reaches_the_build(path, &context, space));
        !name.is_optional && !is_given && !has_word(before, &name.name) && !step.before.sets_env(&name.name)
    };
    let names: Vec<_> = names_at_build(space.repo(), &folder).into_iter().filter(is_missing).collect();
    found.extend(finding(&names, step));
}

/// One finding for all names: they have the same cause.
fn finding(names: &[BuildName], step: &Step<'_>) -> Option<Finding> {
    let [first, rest @ ..] = names else { return None };
    let (needed, it) = match rest.len() {
        0 => (format!("`{}`", first.name), "it"),
        1 => (format!("`{}` and `{}`", first.name, rest[0].name), "them"),
        more => (format!("`{}` and {more} more names", first.name), "them"),
    };
    let what = if rest.is_empty() { "a variable" } else { "variables" };
    let args: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`ARG {}`", name.name)).collect();
    let message = format!("the build needs {needed}, and the Dockerfile has no `ARG` for {it}");
    let mut finding = Finding::new(Place::bytes(&first.path, first.range.clone()), message)
        .label("its value at build time becomes part of the page")
        .related(in_dockerfile(step.keyword.clone()), "built here");
    for name in rest.iter().take(SHOWN) {
        finding = finding.related(Place::bytes(&name.path, name.range.clone()), "also read by the build");
    }
    let help = format!(
        "write {} above the `RUN` that builds, and set {it} as {what} in the settings of the Space",
        args.join(", ")
    );
    Some(finding.help(help))
}

/// The first step that builds pages. None if several stages do: it is unknown which of them needs the names.
fn build<'d, 't>(dockerfile: &'d Dockerfile<'t>) -> Option<(&'d Stage<'t>, &'d Step<'t>, &'d Run<'t>)> {
    let mut builds = dockerfile.stages.iter().filter_map(|stage| {
        let (step, run) = stage.runs().find(|(_, run)| run.commands.iter().any(builds_pages))?;
        Some((stage, step, run))
    });
    let first = builds.next()?;
    builds.next().is_none().then_some(first)
}

/// `npm run build`, `yarn build:prod`, `npx vite build`.
fn builds_pages(command: &Command<'_>) -> bool {
    const PROGRAMS: [&str; 12] =
        ["npm", "pnpm", "yarn", "bun", "npx", "bunx", "next", "vite", "astro", "react-scripts", "turbo", "gatsby"];
    let is_build = |text: &str| text == "build" || text.starts_with("build:");
    command.program().is_some_and(|program| PROGRAMS.contains(&program))
        && command.argv().iter().skip(1).any(|word| is_build(&word.text))
}

/// Whether a file that gives a value is there when the app is built. Scripts and settings are only known to mention the name.
fn reaches_the_build(path: &str, context: &Context, space: &Space<'_>) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !FILES_OF_VALUES.contains(&name) || context.may_have(path, space)
}

/// Whether a text contains a name that is not part of a longer one.
fn has_word(text: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
}
