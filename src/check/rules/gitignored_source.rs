//! A source file that the app imports and `.gitignore` excludes.
//!
//! ## What it does
//! Looks for imported modules of the app, for files that pages name, and for files that Python opens, which exist in the folder
//! and which git does not push. Files that a build or a command may make, imports in a `try`, and files that the
//! app downloads are skipped. A file that a `COPY` names is left to `missing-copy-source`.
//!
//! ## Why it matters
//! Patterns such as `lib/`, `data/` or `*.json`, which many templates of `.gitignore` have, match in every folder. The app runs
//! where it was written, and the Space stops: `No module named 'lib'`, `Could not resolve "../lib/utils"`.
//!
//! ## Example
//! ```.gitignore
//! lib/
//! ```
//! ```app.py
//! from lib.sums import add
//!
//! print(add(1, 2))
//! ```
//! ```lib/sums.py
//! def add(a, b):
//!     return a + b
//! ```
//!
//! ## Use instead
//! ```.gitignore
//! lib/
//! !/lib/
//! ```
//! ```app.py
//! from lib.sums import add
//!
//! print(add(1, 2))
//! ```
//! ```lib/sums.py
//! def add(a, b):
//!     return a + b
//! ```
//!
//! ## Source
//! <https://git-scm.com/docs/gitignore>, <https://github.com/github/gitignore/blob/main/Python.gitignore>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, SpaceSdk, Subject};
use crate::app::lost::files::lost_files;
use crate::app::lost::imports::Why;
use crate::check::Level;
use crate::check::excluded::{advice, reason};

pub(super) const RULE: Rule =
    Rule::new("gitignored-source", Group::Broken, Check::Views(&[Subject::Source, Subject::Files], check))
        .of(Scope::EveryTarget);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for lost in space.lost_imports() {
        let Why::Excluded(excluded) = &lost.why else { continue };
        let message = format!("`{}` is imported, and {}", lost.written, reason(excluded));
        let finding = Finding::new(Place::bytes(&lost.path, lost.range.clone()), message)
            .label("not in the repository")
            .related(Place::file(&excluded.file), format!("line {}", excluded.line))
            .help(advice(excluded));
        found.push(if lost.is_reached { finding } else { finding.at_most(Level::Warning) });
    }
    let is_served = space.sdk() == SpaceSdk::Static && space.text_of("app_build_command").is_none();
    for lost in lost_files(space.repo()) {
        let message = format!("`{}` is named here, and {}", lost.written, reason(&lost.excluded));
        let finding = Finding::new(Place::bytes(&lost.path, lost.range), message)
            .label("not in the repository")
            .related(Place::file(&lost.excluded.file), format!("line {}", lost.excluded.line))
            .help(advice(&lost.excluded));
        found.push(if is_served && lost.is_page { finding } else { finding.at_most(Level::Warning) });
    }
}
