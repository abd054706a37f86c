//! A cache below `/data`, which only exists with storage.
//!
//! ## What it does
//! Looks for `HF_HOME` and other variables of caches that name a folder below `/data`, in an image of an official base in which nothing
//! else mentions `/data`.
//!
//! ## Why it matters
//! A Space has `/data` only with storage, which no file shows. Without it, UID 1000 cannot create the folder:
//! `PermissionError: [Errno 13] Permission denied: '/data'`. With storage nothing goes wrong, so this is a matter of care.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HF_HOME=/data/.huggingface
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HF_HOME=/home/user/.cache/huggingface
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-storage>

use super::{Check, Finding, Group, Rule, Scope, Space, Subject, in_dockerfile};
use crate::facts::environment::CACHES;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("cache-below-data", Group::Pedantic, Check::DockerfileAnd(&[Subject::Files], check)).of(Scope::SPACES);

const DATA: &str = "/data";

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let is_certain = dockerfile.base_image().is_some_and(|image| image.is_official() && image.is_known());
    if !dockerfile.text.contains(DATA) || !is_certain {
        return;
    }
    let mut finding = None;
    let lines = dockerfile.text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let mut mentions: usize = lines.map(|line| line.matches(DATA).count()).sum();
    for (step, assignments) in dockerfile.image_envs() {
        for assignment in assignments {
            let Some(value) = &assignment.value else { continue };
            mentions = mentions.saturating_sub(value.text.matches(DATA).count());
            let is_below = step.before.expand(&value.text).is_some_and(|path| path.starts_with("/data/"));
            if is_below && CACHES.contains(&&*assignment.name.text) {
                finding.get_or_insert_with(|| {
                    let message =
                        format!("`{}` is below `/data`, which only exists with storage", assignment.name.text);
                    Finding::new(in_dockerfile(value.range.clone()), message)
                        .label("not writable without storage")
                        .help("name a folder below the home folder, or attach storage in the settings of the Space")
                });
            }
        }
    }
    // A step or a script may create it, or choose another folder if it is missing
    let is_handled = || space.app_files("sh").any(|(_, text)| text.contains(DATA));
    found.extend(finding.filter(|_| mentions == 0 && !is_handled()));
}
