//! A text file that is larger than a push accepts.
//!
//! ## What it does
//! Compares the size of files that do not go through LFS with 10 MiB.
//!
//! ## Why it matters
//! `Your push was rejected because it contains files larger than 10 MiB`.
//!
//! ## Example
//! A file `data.csv` of 11 MiB that no line of `.gitattributes` names.
//! ```data.csv spaces=10485761 hidden
//! a,b
//! ```
//!
//! ## Use instead
//! ```data.csv spaces=10485761 hidden
//! a,b
//! ```
//! ```.gitattributes
//! data.csv filter=lfs diff=lfs merge=lfs -text
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/repositories-getting-started>

use super::{Check, Finding, Group, Place, Rule, Space};
use crate::facts::lfs::TEXT_MAX_BYTES;
use crate::repo::File;

pub(super) const RULE: Rule = Rule::new("large-text-file", Group::Refused, Check::WholeFiles(check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    // A binary one has a rule of its own
    let is_large = |file: &&&File| file.size() > TEXT_MAX_BYTES && file.is_binary() == Some(false);
    for file in space.by_lfs().plain.iter().filter(is_large) {
        let size = file.size() / (1024 * 1024);
        let finding = Finding::new(
            Place::file(file.path()),
            format!("`{}` is {size} MiB, and a push accepts 10 MiB", file.path()),
        )
        .help("send it through LFS with a line in .gitattributes, or keep it in a dataset repository");
        found.push(finding);
    }
}
