//! Writes a merge into the folder that it was worked out for.

use std::path::Path;

use super::{Change, Merge};
use crate::apply::{self, Changes, Outcome, WriteError, WriteOptions};
use crate::plan::Content;
use crate::repo::Repo;

impl Merge {
    /// Writes what changes, all of it or nothing. Files that stay are not touched.
    ///
    /// # Errors
    /// When a file stands in the way, is no longer what it was when the merge was worked out, or cannot be written. Then
    /// nothing has changed.
    pub fn write_to(&self, root: &Path, options: &WriteOptions) -> Result<Outcome, WriteError> {
        let conflicts: Vec<String> = self.conflicts().map(|file| file.path.to_string()).collect();
        if !conflicts.is_empty() {
            return Err(WriteError::in_the_way(root, conflicts));
        }
        options.check()?;
        let earlier = apply::recover(root, options)?;
        let mut changes = Changes::default();
        for file in self.files() {
            let Some(content) = file.content.clone() else { continue };
            let Some(before) = file.before.clone() else {
                changes.create(file.path.clone(), content, file.mode);
                continue;
            };
            // An update keeps no copy: what was there is what an earlier run made
            if let Change::Replace(spare) = &file.change {
                changes.create_like(spare.clone(), Content::Bytes(before.clone()), file.path.clone());
            }
            changes.replace(file.path.clone(), before, content);
        }
        changes.put(root, options).map(|outcome| earlier.and(outcome))
    }

    /// Takes back what a run that was killed had begun in a folder, so that it can be looked at.
    ///
    /// # Errors
    /// When another run is writing there, when the folder holds the traces of making a new Space, or traces that no run of
    /// this user is known to have left. Then nothing has changed.
    pub fn recover(root: &Path, options: &WriteOptions) -> Result<Outcome, WriteError> {
        apply::recover(root, options)
    }

    /// The repository as it would be with the merge written into it.
    #[must_use]
    pub fn over(&self, repo: &Repo) -> Repo {
        let written = self.files().iter().filter_map(|file| Some((&file.path, file.content.as_ref()?)));
        repo.with([]).lay_all(written)
    }
}
