//! A new user with UID 1000 in an image that already has one.
//!
//! ## What it does
//! Looks at `useradd` and `adduser` with `-u 1000` on `node` images, where `node` has it, and on Ubuntu from 23.04 on
//! and images based on it, where `ubuntu` has it. A user that was removed or renamed before does not count, and neither does a
//! command behind a guard such as `id -u 1000 ||`, or one that may fail.
//!
//! ## Why it matters
//! The build stops: `useradd: UID 1000 is not unique`.
//!
//! ## Example
//! ```Dockerfile
//! FROM node:22-slim
//! RUN useradd -m -u 1000 user
//! USER user
//! CMD ["node", "server.js"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! ENV HOME=/home/node
//! CMD ["node", "server.js"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>; the accounts are those of the images' own Dockerfiles.

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::check::users::makes_user;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule = Rule::new("uid-already-taken", Group::Broken, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        for (step, run) in stage.runs() {
            let Some(account) = step.before.account_of(1000) else { continue };
            let removed = |name: &str| {
                run.commands.iter().any(|command| {
                    let is_any = || command.argv().iter().any(|word| word.text.contains(['$', '`']));
                    matches!(command.program(), Some("userdel" | "deluser" | "usermod"))
                        && (command.has(name) || is_any())
                })
            };
            if account.made_by.is_some() || !account.is_certain || removed(&account.name) {
                continue;
            }
            for command in run.commands.iter().filter(|command| makes_user(command)) {
                let uid = command.value('u', &["--uid"]);
                if uid.as_deref() != Some("1000") || command.has("-o") || command.has("--non-unique") {
                    continue;
                }
                if !command.must_succeed() {
                    continue;
                }
                let finding = Finding::new(in_dockerfile(command.range()), "UID 1000 is taken in this image")
                    .label(format!("`{}` has it", account.name))
                    .related(in_dockerfile(stage.from.image.range.clone()), "it comes with the image")
                    .help(format!("remove this, and write `USER {}`", account.name));
                found.push(finding);
            }
        }
    }
}
