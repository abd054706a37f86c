//! A `USER` with another UID than 1000.
//!
//! ## What it does
//! Looks at the last `USER` of the image, if its UID is known, or if it is known not to be 1000: a system user, as
//! `useradd --system` and `adduser -S` create it, has a number below 1000, and so have `www-data`, `daemon` and their like. A
//! system user that is given the number 1000 is accepted.
//!
//! ## Why it matters
//! The Hub runs the container as UID 1000, whatever the image says: files of the image's own user are not writable, and the home of
//! UID 1000 is `/`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1001 app
//! USER app
//! WORKDIR /home/app
//! COPY --chown=app . ./
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 app
//! USER app
//! WORKDIR /home/app
//! COPY --chown=app . ./
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>,
//! <https://manpages.debian.org/trixie/passwd/useradd.8.en.html> (`--system`)

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::check::users::{creation, owner_of_1000};
use crate::facts::accounts::{NONROOT, NONROOT_IMAGES, SYSTEM_IDS};
use crate::formats::dockerfile::{Account, Dockerfile, Stage, Who};

pub(super) const RULE: Rule = Rule::new("user-not-1000", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    let Some(range) = stage.end.user_range() else { return };
    let (label, made) = match stage.end.who() {
        Who::Uid(1000) => return,
        Who::Uid(uid) => (format!("this is UID {uid}"), stage.end.account_of(uid)),
        Who::Named(name) => {
            let account = stage.end.account(&name);
            match account {
                Some(account) if account.is_system => {
                    ("a system user: its UID is below 1000".to_owned(), Some(account))
                }
                None => match number_in_image(dockerfile, &name) {
                    Some(uid) => (format!("this is UID {uid}"), None),
                    None => return,
                },
                Some(_) => return,
            }
        }
        Who::Root | Who::Unknown => return,
    };
    let mut finding = Finding::new(in_dockerfile(range), "the image runs as a user without UID 1000")
        .label(label)
        .help(advice(dockerfile, stage, made));
    if let Some(made) = made.and_then(|account| account.made_by.clone()) {
        finding = finding.related(in_dockerfile(made), "created here");
    }
    found.push(finding);
}

/// The number of a user that comes with the image.
fn number_in_image(dockerfile: &Dockerfile<'_>, name: &str) -> Option<u32> {
    let image = dockerfile.base_image()?;
    let mut words = image.reference().path().split(['/', '-', '.']);
    if name == NONROOT.0 && words.any(|word| NONROOT_IMAGES.contains(&word)) {
        return Some(NONROOT.1);
    }
    let (_, uid) = SYSTEM_IDS.iter().find(|(user, _)| *user == name)?;
    image.is_known().then_some(*uid)
}

fn advice(dockerfile: &Dockerfile<'_>, stage: &Stage<'_>, made: Option<&Account>) -> String {
    let made = made.filter(|account| account.made_by.is_some());
    let name = made.map_or("user", |account| &account.name);
    match (owner_of_1000(&stage.end), made, creation(dockerfile, name)) {
        (Some(owner), ..) => format!("write `USER {}`, which has UID 1000 in this image", owner.name),
        (None, Some(_), Some(creation)) => {
            format!("create it with UID 1000: `{creation}`")
        }
        (None, None, Some(creation)) => format!("write `{creation}` and `USER user`"),
        (None, _, None) => "write `USER 1000`".to_owned(),
    }
}
