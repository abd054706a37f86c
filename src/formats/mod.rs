//! One reader for each kind of file, each with the places of what it reads.

pub(crate) mod conda;
pub(crate) mod dockerfile;
pub(crate) mod front_matter;
pub(crate) mod own_file;
pub(crate) mod pipfile;
pub(crate) mod pyproject;
pub(crate) mod python;
pub(crate) mod python_lock;
pub(crate) mod python_version;
pub(crate) mod requirements;
pub(crate) mod streamlit_settings;
mod tables;
pub(crate) mod wildmatch;

use std::ops::Range;

/// A text of a file, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}
