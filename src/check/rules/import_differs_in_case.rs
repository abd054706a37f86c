//! An import that is spelled in another case than its file.
//!
//! ## What it does
//! Compares the imports of the app's own modules, in Python and JavaScript, with the files that git pushes.
//!
//! ## Why it matters
//! The file systems of macOS and Windows do not tell the case of letters apart, so the app runs there. In the Space it stops:
//! `ModuleNotFoundError: No module named 'Utils'`, `Could not resolve "./Button"`.
//!
//! ## Example
//! ```app.py
//! from Helpers import add
//!
//! print(add(1, 2))
//! ```
//! ```helpers.py
//! def add(a, b):
//!     return a + b
//! ```
//!
//! ## Use instead
//! ```app.py
//! from helpers import add
//!
//! print(add(1, 2))
//! ```
//! ```helpers.py
//! def add(a, b):
//!     return a + b
//! ```
//!
//! ## Source
//! <https://docs.python.org/3/reference/import.html>, <https://nodejs.org/api/esm.html#resolution-algorithm>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::app::lost::imports::Why;
use crate::check::Level;

pub(super) const RULE: Rule =
    Rule::new("import-differs-in-case", Group::Broken, Check::Views(&[Subject::Source, Subject::Files], check))
        .of(Scope::EveryTarget);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for lost in space.lost_imports() {
        let Why::OtherCase(other) = &lost.why else { continue };
        let message = format!("`{}` is imported, and the file is `{other}`: names differ in case", lost.written);
        let finding = Finding::new(Place::bytes(&lost.path, lost.range.clone()), message)
            .label("not found on Linux")
            .help(format!("write the name as in `{other}`, or rename it with `git mv`"));
        found.push(if lost.is_reached { finding } else { finding.at_most(Level::Warning) });
    }
}
