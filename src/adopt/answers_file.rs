//! Reads an answers file that the user names.

use std::path::Path;

use super::inside::kept_inside;
use crate::answers::{Answers, SpecErrors};
use crate::disk;
use crate::repo::{OpenError, Repo};

/// The name of the answers file in a repository.
const KEPT: &str = ".spaces-new.toml";

/// The maximum size of an answers file in bytes. Real ones are far smaller.
const LARGEST: u64 = 1 << 20;

/// Why an answers file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswersFileError {
    /// It cannot be read, with the reason.
    #[error("{0}")]
    Unreadable(String),
    /// The folder that contains it cannot be read.
    #[error("{0}")]
    Folder(#[from] OpenError),
    /// Answers in it are invalid.
    #[error("{0}")]
    Answers(#[from] SpecErrors),
}

/// Reads an answers file, in TOML, of at most 1 MiB. Relative assets are resolved against its folder.
///
/// A file named `.spaces-new.toml` comes with a repository and is as untrusted as the repository: it must be a regular file, and
/// may only name assets inside its folder.
///
/// # Errors
/// If it cannot be read, is not TOML, or names assets that it must not.
pub fn answers_file(path: &Path) -> Result<Answers, AnswersFileError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_kept = path.file_name().is_some_and(|name| name == KEPT);
    let bytes = if is_kept {
        disk::read(path, LARGEST).map_err(|why| why.to_string())
    } else {
        disk::read_named(path, LARGEST).map_err(|why| why.to_string())
    };
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|error| error.to_string()));
    let answers = Answers::from_toml(&text.map_err(AnswersFileError::Unreadable)?, folder)?;
    if is_kept && !answers.assets().is_empty() {
        kept_inside(&answers, &Repo::open(folder)?)?;
    }
    Ok(answers)
}
