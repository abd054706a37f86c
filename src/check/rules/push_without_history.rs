//! A workflow that pushes a checkout without history to the Hub.
//!
//! ## What it does
//! Looks in `.github/workflows/` for a `git push` to `huggingface.co` after `actions/checkout` with its default, a
//! `fetch-depth` of 1, and in `.gitlab-ci.yml` for one in a job with a `GIT_DEPTH`. A job that gets the history in another
//! way, or pushes another clone, is skipped.
//!
//! ## Why it matters
//! The Hub refuses a commit whose parents it does not get: `! [remote rejected] main -> main (shallow update not allowed)`.
//!
//! ## Example
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!       - env:
//!           HF_TOKEN: ${{ secrets.HF_TOKEN }}
//!         run: git push https://user:$HF_TOKEN@huggingface.co/spaces/user/demo main
//! ```
//!
//! ## Use instead
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!         with:
//!           fetch-depth: 0
//!           lfs: true
//!       - env:
//!           HF_TOKEN: ${{ secrets.HF_TOKEN }}
//!         run: git push https://user:$HF_TOKEN@huggingface.co/spaces/user/demo main
//! ```
//!
//! ## Source
//! <https://github.com/actions/checkout#usage>; <https://git-scm.com/docs/git-config#Documentation/git-config.txt-receiveshallowUpdate>;
//! <https://github.com/TimPietrusky/lerobot.js/pull/18>

use super::{Check, Finding, Group, Rule, Space, Subject};
use crate::check::workflows::Deploy;

pub(super) const RULE: Rule = Rule::new("push-without-history", Group::Risky, Check::Views(&[Subject::Files], check));

/// What makes another history, or gets the rest of this one.
const OTHER_HISTORY: [&str; 12] = [
    "unshallow",
    "--depth",
    "--deepen",
    "--orphan",
    "git init",
    "git clone",
    "rm -rf .git",
    "rm -fr .git",
    "commit-tree",
    "subtree",
    "git worktree",
    "filter-",
];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for deploy in space.deploys() {
        found.extend(finding(deploy));
    }
}

fn finding(deploy: &Deploy<'_>) -> Option<Finding> {
    let push = deploy.pushes().into_iter().next()?;
    if deploy.mentions(&OTHER_HISTORY) {
        return None;
    }
    if let Some(clone) = &deploy.clone {
        // The settings of the project decide without it
        let depth = clone.depth.as_ref().filter(|depth| depth.text.parse::<u32>().is_ok_and(|depth| depth > 0))?;
        let finding =
            Finding::new(deploy.place(depth.range.clone()), "the clone lacks history, and is pushed to the Hub")
                .label("older commits are not fetched, and the push is refused: shallow update not allowed")
                .related(deploy.place(push.range), "pushed here")
                .help("write `GIT_DEPTH: 0`");
        return Some(finding);
    }
    let checkout = deploy.checkout_before(push.step)?;
    let depth = checkout.input("fetch-depth");
    if depth.is_some_and(|depth| depth.text != "1") {
        return None;
    }
    let at = depth.or(checkout.uses.as_ref())?.range.clone();
    let finding = Finding::new(deploy.place(at), "the checkout has no history, and is pushed to the Hub")
        .label("fetches one commit, and the push is refused: shallow update not allowed")
        .related(deploy.place(push.range), "pushed here")
        .help("add `fetch-depth: 0` under `with:` of this step");
    Some(finding)
}
