//! `useradd` on Alpine, which does not have it.
//!
//! ## What it does
//! Looks for `useradd` and `groupadd` in stages based on Alpine, unless the package `shadow` is installed.
//!
//! ## Why it matters
//! The build stops: `/bin/sh: useradd: not found`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-alpine
//! RUN useradd -m -u 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-alpine
//! RUN adduser -D -u 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://wiki.alpinelinux.org/wiki/Setting_up_a_new_user>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::facts::base_images::Distribution;
use crate::formats::dockerfile::{Base, Dockerfile, Stage};

pub(super) const RULE: Rule = Rule::new("useradd-on-alpine", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in dockerfile.stages.iter().filter(|stage| is_alpine(dockerfile, stage)) {
        for command in stage.runs().flat_map(|(_, run)| &run.commands) {
            if command.program() == Some("apk") && command.argv().iter().any(|word| word.text.starts_with("shadow")) {
                break;
            }
            let Some(program @ ("useradd" | "groupadd")) = command.program() else { continue };
            if !command.must_succeed() {
                continue;
            }
            let finding = Finding::new(in_dockerfile(command.range()), format!("Alpine has no `{program}`"))
                .label("not found")
                .related(in_dockerfile(stage.from.image.range.clone()), "this is Alpine")
                .help(advice(stage, program));
            found.push(finding);
        }
    }
}

/// The command of busybox that does the same, unless UID 1000 has a user already.
fn advice(stage: &Stage<'_>, program: &str) -> String {
    match stage.end.accounts().into_iter().find(|account| account.uid == Some(1000) && account.made_by.is_none()) {
        Some(owner) => format!("remove this, and write `USER {}`, which has UID 1000 in this image", owner.name),
        None if program == "groupadd" => "write `addgroup`, with `-g` for a number".to_owned(),
        None => "write `adduser -D -u 1000 user`".to_owned(),
    }
}

fn is_alpine(dockerfile: &Dockerfile<'_>, stage: &Stage<'_>) -> bool {
    let mut stage = stage;
    loop {
        match &stage.base {
            Base::Image(image) => return image.is_known() && image.distribution() == Distribution::Alpine,
            Base::Stage(index) => stage = &dockerfile.stages[*index],
            Base::Unknown => return false,
        }
    }
}
