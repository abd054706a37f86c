//! App files owned by root while the app runs as another user.
//!
//! ## What it does
//! Looks for a `COPY` or `ADD` of a folder into the app folder without `--chown`, in an image that ends as a user other
//! than root, unless a command of the build changes owners or permissions. A `--chown` with a name that does not exist yet at that
//! step counts as none. The same for `.next`, the build of Next.js, copied from another stage.
//!
//! ## Why it matters
//! `COPY` gives everything to root, also after `USER`. The app can read it, but cannot write beside it:
//! `PermissionError: [Errno 13] Permission denied: '/app/cache'`, or `attempt to write a readonly database`. With a name that does
//! not exist yet, BuildKit silently does the same, and other builders stop: `unable to find user user`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY . ./
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user . ./
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Fix, Group, Rule, Space, Subject, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::check::users::{changes_accounts_by_other_means, comes_with_package};
use crate::facts::distributions::SYSTEM_USERS;
use crate::formats::dockerfile::{Dockerfile, Stage, State, Step, Who, Word};

pub(super) const RULE: Rule =
    Rule::new("copy-owned-by-root", Group::Risky, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    // An image without a `USER` has a rule of its own
    let (Who::Uid(1..) | Who::Named(_)) = stage.end.who() else { return };
    found.extend(unknown_owners(dockerfile));
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    let changes_owners =
        commands.any(|command| matches!(command.program(), Some("chown" | "chmod" | "install" | "chgrp")));
    let (Some(app), false) = (stage.end.workdir(), changes_owners) else { return };
    found.extend(next_cache(dockerfile, stage));
    for (step, copy) in dockerfile.image_copies() {
        let is_given = copy.flags.iter().any(|flag| matches!(&*flag.name, "from" | "chown" | "chmod"));
        let into_app = step.before.absolute_in_instruction(&copy.destination.text).is_some_and(|path| path == app);
        let is_folder = |text: &str| {
            let path = text.trim_start_matches("./").trim_matches('/');
            matches!(path, "" | ".") || space.repo().has_folder(path)
        };
        let Some(source) = copy.sources.iter().find(|source| is_folder(&source.text)) else { continue };
        if is_given || !into_app {
            continue;
        }
        found.push(without_owner(dockerfile, stage, step, source));
        return;
    }
}

fn without_owner(dockerfile: &Dockerfile<'_>, stage: &Stage<'_>, step: &Step<'_>, source: &Word<'_>) -> Finding {
    let owner = owner(&step.before);
    let keyword = dockerfile.text.get(step.keyword.clone()).unwrap_or("COPY").to_ascii_uppercase();
    let finding = Finding::new(in_dockerfile(source.range.clone()), "the files of the app are owned by root")
        .label("copied without `--chown`")
        .help(format!("write `{keyword} --chown={owner}`, so that the app can write beside its code"))
        .fix(Fix::with_care(format!("add `--chown={owner}`")).insert(
            DOCKERFILE,
            step.keyword.end,
            format!(" --chown={owner}"),
        ));
    match stage.end.user_range() {
        Some(user) => finding.related(in_dockerfile(user), "the app runs as this user"),
        None => finding,
    }
}

/// The build of Next.js, copied from another stage without an owner: the server writes `.next/cache`.
fn next_cache(dockerfile: &Dockerfile<'_>, stage: &Stage<'_>) -> Option<Finding> {
    if !dockerfile.text.contains(".next") {
        return None;
    }
    let is_server = dockerfile.entrypoint().is_none()
        && dockerfile.cmd().is_some_and(|(_, line)| {
            let starts = ["next", "npm", "yarn", "pnpm", "node"];
            line.commands().iter().any(|command| command.program().is_some_and(|program| starts.contains(&program)))
        });
    dockerfile.image_copies().filter(|_| is_server).find_map(|(step, copy)| {
        copy.flag("from").filter(|_| copy.flag("chown").is_none() && copy.flag("chmod").is_none())?;
        let is_build = |text: &str| text.trim_end_matches('/').ends_with("/.next") || text.contains(".next/standalone");
        let source = copy.sources.iter().find(|source| is_build(&source.text))?;
        let owner = owner(&step.before);
        let finding = Finding::new(
            in_dockerfile(source.range.clone()),
            "`.next` is owned by root, and Next.js writes its cache there",
        )
        .label("copied without `--chown`")
        .help(format!("write `--chown={owner}` before `--from`"))
        .fix(Fix::with_care(format!("add `--chown={owner}`")).insert(
            DOCKERFILE,
            step.keyword.end,
            format!(" --chown={owner}"),
        ));
        Some(match stage.end.user_range() {
            Some(user) => finding.related(in_dockerfile(user), "the app runs as this user"),
            None => finding,
        })
    })
}

/// The owner to write at a step: a name if it has UID 1000 there, otherwise the number, which needs no user. A number without a group
/// is also the number of the group.
fn owner(before: &State) -> String {
    let is_plain = |name: &str| name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'));
    match before.account_of(1000).filter(|account| account.is_certain && is_plain(&account.name)) {
        Some(account) => account.name.clone(),
        None => "1000".to_owned(),
    }
}

/// The maximum number of `--chown`s that are looked at.
const MOST_OWNERS: usize = 100;

/// The `--chown`s with names of users that are created later or never.
fn unknown_owners(dockerfile: &Dockerfile<'_>) -> Vec<Finding> {
    let is_known = dockerfile.base_image().is_some_and(|image| image.all_users_known());
    let names_one = dockerfile.image_copies().any(|(_, copy)| copy.flag("chown").is_some());
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    if !is_known || !names_one || commands.any(|command| command.program() == Some("chown")) {
        return Vec::new();
    }
    let is_unclear = changes_accounts_by_other_means(dockerfile);
    let owned = dockerfile.image_copies().filter_map(|(step, copy)| Some((step, copy.flag("chown")?)));
    let named = owned.take(MOST_OWNERS).filter_map(|(step, word)| {
        let value = step.before.expand(&word.text)?;
        let name = value.split(':').next().unwrap_or_default();
        let may_exist = name.is_empty()
            || name.parse::<u32>().is_ok()
            || SYSTEM_USERS.contains(&name)
            || step.before.account(name).is_some()
            || comes_with_package(dockerfile, name);
        // Created later in the image: then no other means has created it before
        let later = dockerfile.last_stage()?.end.account(name).and_then(|account| account.made_by.clone());
        if may_exist || (is_unclear && later.is_none()) {
            return None;
        }
        let text = format!("no user `{name}` exists at this step: the files are owned by root, or the build stops");
        let finding = Finding::new(in_dockerfile(word.range.clone()), text)
            .label(if later.is_some() { "created below" } else { "unknown" })
            .help("write `--chown=1000`, or create the user above this step")
            .fix(Fix::with_care("write `--chown=1000`").replace(DOCKERFILE, word.range.clone(), "1000"));
        Some(match later {
            Some(later) => finding.related(in_dockerfile(later), "it is created here"),
            None => finding,
        })
    });
    named.collect()
}
