//! Writes a merge into the folder that it was worked out for.

use std::path::Path;

use super::WriteOptions;
use super::changes::{self, Changes};
use super::error::WriteError;
use crate::merge::{Change, Merge};

impl Merge {
    /// Writes what changes, all of it or nothing. Files that stay are not touched.
    ///
    /// # Errors
    /// When a file stands in the way, is no longer what it was when the merge was worked out, or cannot be written. Then
    /// nothing has changed.
    pub fn write_to(&self, root: &Path, options: &WriteOptions) -> Result<(), WriteError> {
        let conflicts: Vec<String> = self.conflicts().map(|file| file.path.to_string()).collect();
        if !conflicts.is_empty() {
            return Err(WriteError::in_the_way(root, conflicts));
        }
        options.check()?;
        changes::recover(root)?;
        let mut changes = Changes::default();
        for file in self.files() {
            let Some(content) = file.content.clone() else { continue };
            let Some(before) = file.before.clone() else {
                changes.create(file.path.clone(), content, file.mode);
                continue;
            };
            // An update keeps no copy: what was there is what an earlier run made
            if let Change::Replace(spare) = &file.change {
                changes.create_like(spare.clone(), crate::plan::Content::Bytes(before.clone()), file.path.clone());
            }
            changes.replace(file.path.clone(), before, content);
        }
        changes.put(root, options)
    }

    /// Takes back what a run that was killed had begun in a folder, so that it can be looked at. Returns whether there was
    /// anything.
    ///
    /// # Errors
    /// When another run is writing there, or the folder holds the traces of making a new Space.
    pub fn recover(root: &Path) -> Result<bool, WriteError> {
        changes::recover(root)
    }

    /// Whether a run that was killed left something in a folder which [`Merge::recover`] would take back.
    #[must_use]
    pub fn is_unfinished(root: &Path) -> bool {
        changes::is_unfinished(root)
    }
}
