//! What an earlier run made of a file that is merged by its lines or its keys.

use super::MergeOptions;
use crate::plan::PlannedFile;
use crate::values::{BlobId, RepoPath};

/// The file as the answers of the earlier run make it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Made<'a> {
    /// Where it differs from what is planned, somebody has just asked for the difference.
    text: Option<&'a str>,
    /// Whether what is in it and not in the folder was taken out, and stays so.
    stays_out: bool,
}

impl<'a> Made<'a> {
    pub(super) fn of(path: &str, options: &'a MergeOptions) -> Self {
        let Ok(path) = path.parse::<RepoPath>() else { return Self::default() };
        let text = options.earlier.get(&path).and_then(PlannedFile::as_text);
        let known = options.base.as_ref().filter(|_| options.updates).and_then(|base| base.get(&path));
        // Of an older template only the id is known
        let stays_out = known.zip(text).is_some_and(|(known, text)| known.id == BlobId::of(text.as_bytes()));
        Self { text, stays_out }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        self.text
    }

    /// The text whose parts stay out where they are missing.
    pub(super) fn taken_out(self) -> Option<&'a str> {
        self.text.filter(|_| self.stays_out)
    }

    #[cfg(test)]
    pub(super) fn known(text: &'a str) -> Self {
        Self { text: Some(text), stays_out: true }
    }
}
