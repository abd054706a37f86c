//! A requirement that no Linux image can install.
//!
//! ## What it does
//! Looks in what is installed with pip for packages of Windows and macOS without a marker, such as `pywin32`; for local versions such as
//! `+cu121`, which the default index never has; for paths of the computer that wrote the file, as `pip freeze` of conda adds
//! them; and for names of modules that are not packages, such as `cv2`. Where another index is named, the
//! last two kinds of names are not reported.
//!
//! ## Why it matters
//! The build stops: `ERROR: No matching distribution found for torch==2.1.2+cu121`.
//!
//! ## Example
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! pywin32==306
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! pywin32==306; sys_platform == "win32"
//! ```
//!
//! ## Source
//! <https://packaging.python.org/en/latest/specifications/version-specifiers/#local-version-identifiers>,
//! <https://pip.pypa.io/en/stable/reference/requirement-specifiers/>

use super::{Cause, Check, Finding, Group, Rule, Scope, Space, Subject};
use crate::app::image::packages::lineage;
use crate::app::image::pip::Install;
use crate::app::needs::not_on_linux::refused;
use crate::check::space::of_item;

pub(super) const RULE: Rule = Rule::new(
    "requirement-not-on-linux",
    Group::Broken,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile], check),
)
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let installed = space.installed();
    for (_, item) in installed.items().filter(|(command, _)| !may_be_there(space, command)) {
        if let Some(refused) = refused(space.repo(), installed, item) {
            found.push(Finding::new(of_item(item), refused.message).label(refused.label).help(refused.help));
        }
    }
}

/// Whether the base image may have packages of its own, so that nothing needs to be installed.
fn may_be_there(space: &Space<'_>, command: &Install) -> bool {
    let (Some(dockerfile), Some((stage, _))) = (space.docker(), command.at) else { return false };
    !lineage(dockerfile, stage).1.is_some_and(|image| image.is_official())
}
