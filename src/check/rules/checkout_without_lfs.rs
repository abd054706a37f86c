//! A workflow that brings LFS pointers to the Hub without their files.
//!
//! ## What it does
//! Looks in `.github/workflows/` for a job that pushes to `huggingface.co`, or uploads the checkout, after
//! `actions/checkout` without `lfs: true`, if the repository has files in Git LFS. A job with a `git lfs` command is
//! skipped.
//!
//! ## Why it matters
//! `actions/checkout` leaves files in LFS as pointers, small texts. A push brings the Hub pointers to files that it does
//! not have, and is refused; an upload brings the pointers instead of the files.
//!
//! ## Example
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!       - run: hf upload user/demo . --repo-type space
//! ```
//! ```logo.png
//! version https://git-lfs.github.com/spec/v1
//! oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
//! size 12345
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
//!           lfs: true
//!       - run: hf upload user/demo . --repo-type space
//! ```
//! ```logo.png
//! version https://git-lfs.github.com/spec/v1
//! oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
//! size 12345
//! ```
//!
//! ## Source
//! <https://github.com/actions/checkout#usage>; <https://huggingface.co/docs/hub/repositories-github-actions>

use super::{Check, Finding, Group, Place, Rule, Space, Subject};
use crate::check::workflows::Deploy;

pub(super) const RULE: Rule = Rule::new("checkout-without-lfs", Group::Risky, Check::Views(&[Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let deploys = space.deploys();
    if deploys.is_empty() {
        return;
    }
    let Some(first) = space.by_lfs().through.first() else { return };
    found.extend(deploys.iter().filter_map(|deploy| finding(deploy, first.path())));
}

fn finding(deploy: &Deploy<'_>, file: &str) -> Option<Finding> {
    let push = deploy.pushes().into_iter().next().map(|push| (push.step, push.range));
    let (step, range) = push.or_else(|| deploy.upload())?;
    // Another clone has its own files
    if deploy.mentions(&["git lfs", "git-lfs", "git clone", "git init"]) {
        return None;
    }
    let checkout = deploy.checkout_before(step)?;
    if checkout.input("lfs").is_some_and(|lfs| lfs.text != "false") {
        return None;
    }
    let at = checkout.input("lfs").or(checkout.uses.as_ref())?.range.clone();
    let finding = Finding::new(deploy.place(at), format!("the checkout has no LFS files, such as `{file}`"))
        .label("leaves pointers in their place")
        .related(deploy.place(range), "brought to the Hub here")
        .related(Place::file(file), "is in Git LFS")
        .help("add `lfs: true` under `with:` of this step");
    Some(finding)
}
