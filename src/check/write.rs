//! Writes fixed files over those that were checked.

use std::path::Path;

use super::Fixed;
use crate::apply::{Changes, Outcome, WriteError, WriteOptions};
use crate::plan::{Content, Mode};

impl Fixed {
    /// Writes the changed files into the folder that was checked, all or none, and keeps their owners and
    /// permissions. Call [`Merge::recover`](crate::Merge::recover) before the check, so that it sees no half-done folder.
    ///
    /// # Errors
    /// If a file has changed since the check or cannot be written, or an interrupted run must be undone first. Then nothing
    /// is changed.
    pub fn write_to(&self, root: &Path, options: &WriteOptions) -> Result<Outcome, WriteError> {
        options.check()?;
        let mut changes = Changes::default();
        for file in &self.files {
            let content = Content::Bytes(file.after.clone().into_bytes());
            match &file.before {
                Some(before) => changes.replace(file.path.clone(), before.clone().into_bytes(), content),
                None => changes.create(file.path.clone(), content, Mode::NonExecutable),
            }
        }
        changes.put(root, options)
    }
}
