//! Writes a merge into its folder.

use std::path::Path;

use super::{Change, Merge};
use crate::apply::{self, Changes, Outcome, WriteError, WriteOptions};
use crate::plan::Content;
use crate::repo::Repo;

impl Merge {
    /// Writes all changes or none. Unchanged files are not touched.
    ///
    /// # Errors
    /// If a file is in the way, has changed since the merge was computed, or cannot be written. Then
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
            if let (Change::Remove, Some(before)) = (&file.change, &file.before) {
                changes.remove(file.path.clone(), before.clone());
            }
            let Some(content) = file.content.clone() else { continue };
            let Some(before) = file.before.clone() else {
                changes.create(file.path.clone(), content, file.mode);
                continue;
            };
            // An update keeps no copy: the old file is from an earlier run
            if let Change::Replace(spare) = &file.change {
                changes.create_like(spare.clone(), Content::Bytes(before.clone()), file.path.clone());
            }
            changes.replace(file.path.clone(), before, content);
        }
        changes.put(root, options).map(|outcome| earlier.and(outcome))
    }

    /// Undoes what a killed run had begun in a folder, so that it can be examined.
    ///
    /// # Errors
    /// If another run is writing there, or if the folder holds the traces of making a new Space, or traces without a
    /// record that this user started a run. Then nothing has changed.
    pub fn recover(root: &Path, options: &WriteOptions) -> Result<Outcome, WriteError> {
        apply::recover(root, options)
    }

    /// The repository as it would be after writing the merge.
    #[must_use]
    pub fn over(&self, repo: &Repo) -> Repo {
        let written = self.files().iter().filter_map(|file| Some((&file.path, file.content.as_ref()?)));
        let removed = self.files().iter().filter(|file| file.change == Change::Remove);
        removed.fold(repo.with([]), |repo, file| repo.without(file.path.as_str())).lay_all(written)
    }
}
