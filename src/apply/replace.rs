//! Writes fixed files over those that were checked.

use std::path::Path;

use super::WriteOptions;
use super::changes::{self, Changes};
use super::error::WriteError;
use crate::check::Fixed;
use crate::plan::{Content, Mode};

impl Fixed {
    /// Writes the files that changed into the folder that was checked, all or none, with the permissions that they had.
    ///
    /// # Errors
    /// When a file is no longer what was checked, or cannot be written.
    pub fn write_to(&self, root: &Path) -> Result<(), WriteError> {
        changes::recover(root)?;
        let mut changes = Changes::default();
        for file in &self.files {
            let content = Content::Bytes(file.after.clone().into_bytes());
            match &file.before {
                Some(before) => changes.replace(file.path.clone(), before.clone().into_bytes(), content),
                None => changes.create(file.path.clone(), content, Mode::Regular),
            }
        }
        changes.put(root, &WriteOptions::new())
    }
}
