//! A workflow that pushes a branch that is missing, or that the Hub does not build.
//!
//! ## What it does
//! Looks in `.github/workflows/` for a `git push` to `huggingface.co` that ends in the branch `master`, or that begins
//! with `main` in a workflow that only runs for other branches; and in `.gitlab-ci.yml` for one of a branch, which the
//! runner does not have.
//!
//! ## Why it matters
//! The Hub builds the branch `main`: after a push to another one, the Space stays as it was. A branch that was not
//! checked out cannot be pushed: `error: src refspec main does not match any`.
//!
//! ## Example
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [master]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!         with: {fetch-depth: 0, lfs: true}
//!       - run: git push https://user:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/user/demo master
//! ```
//!
//! ## Use instead
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [master]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!         with: {fetch-depth: 0, lfs: true}
//!       - run: git push https://user:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/user/demo master:main
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-github-actions>; <https://git-scm.com/docs/git-push>

use super::{Check, Finding, Group, Rule, Space, Subject};
use crate::check::workflows::{Deploy, Push};

pub(super) const RULE: Rule = Rule::new("pushed-branch", Group::Risky, Check::Views(&[Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for deploy in space.deploys() {
        found.extend(deploy.pushes().into_iter().filter_map(|push| finding(deploy, push)));
    }
}

fn finding(deploy: &Deploy<'_>, push: Push) -> Option<Finding> {
    let [refspec] = &*push.refspecs else { return None };
    let refspec = refspec.trim_start_matches('+');
    let (from, to) = refspec.split_once(':').unwrap_or((refspec, refspec));
    if to.trim_start_matches("refs/heads/") == "master" && !from.is_empty() {
        let finding =
            Finding::new(deploy.place(push.range), "pushes to the branch `master`, which the Hub does not build")
                .label("the Space stays as it was")
                .help(format!("push `{from}:main`"));
        return Some(finding);
    }
    let makes_it = deploy.mentions(&[
        "git checkout",
        "git switch",
        "git branch",
        "git clone",
        "git init",
        "git fetch",
        "git pull",
    ]);
    if deploy.clone.is_some() && matches!(from, "main" | "master") && !makes_it {
        let finding =
            Finding::new(deploy.place(push.range), format!("pushes the branch `{from}`, which is not checked out"))
                .label("the runner of GitLab checks out a commit without a branch")
                .help("push `HEAD:main`");
        return Some(finding);
    }
    let branches = deploy.only_branches.as_ref()?;
    let may_be_main = |branch: &String| branch == "main" || branch.contains(['*', '?', '[', '!', '+', '$']);
    let is_plain = deploy.checkout_before(push.step).is_some_and(|checkout| checkout.input("ref").is_none());
    if from != "main" || branches.is_empty() || branches.iter().any(may_be_main) || makes_it || !is_plain {
        return None;
    }
    let finding = Finding::new(deploy.place(push.range), "pushes the branch `main`, which is not checked out")
        .label(format!("the workflow only runs for `{}`", branches.join("`, `")))
        .help("push `HEAD:main`");
    Some(finding)
}
