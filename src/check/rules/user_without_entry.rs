//! Finds a `USER 1000` that the image has no user for.
//!
//! ## What it does
//! Looks at an image that ends with the number, on a base that has no such user, where no command makes one. `HOME` in an
//! `ENV` mends it.
//!
//! ## Why it matters
//! The home of a number without an entry is `/`, where it may write nothing: `PermissionError: [Errno 13] Permission denied:
//! '/.cache'`. Some libraries ask for the name and find none: `KeyError: 'getpwuid(): uid not found: 1000'`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! WORKDIR /app
//! COPY --chown=1000 . ./
//! USER 1000
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! WORKDIR /app
//! COPY --chown=1000 . ./
//! USER 1000
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Finding, Group, Rule, Space, in_dockerfile};
use crate::check::users::changes_accounts_by_other_means;
use crate::dockerfile::Who;
use crate::hub::base_images::Distribution;

pub(super) const RULE: Rule =
    Rule { id: "user-without-entry", group: Group::Risky, source: include_str!("user_without_entry.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    let (Some(stage), Some(image)) = (dockerfile.last_stage(), dockerfile.base_image()) else { return };
    let (Who::Uid(1000), Some(range)) = (stage.end.who(), stage.end.user_range()) else { return };
    let may_have_one = stage.end.accounts().any(|account| account.uid.is_none_or(|uid| uid == 1000));
    // An image without a shell can make no user
    let is_known = image.is_known() && image.distribution() != Distribution::Distroless;
    if may_have_one || !is_known || stage.end.sets_env("HOME") || changes_accounts_by_other_means(dockerfile) {
        return;
    }
    let finding = Finding::new(in_dockerfile(range), "the image has no user with this number, so its home is `/`")
        .label("a number without an entry")
        .help("make the user: `RUN useradd --create-home --uid 1000 user`");
    found.push(finding);
}
