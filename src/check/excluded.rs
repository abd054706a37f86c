//! Words about files that git does not push.

use crate::facts::environment::SECRET_WORDS;
use crate::repo::Excluded;

/// Why a file is not in the repository.
pub(super) fn reason(excluded: &Excluded) -> String {
    let slash = if excluded.is_folder { "/" } else { "" };
    format!("git does not push `{}{slash}`: line {} of {} excludes it", excluded.part, excluded.line, excluded.file)
}

/// What to do, so that the file is pushed. A file with secrets must not be.
pub(super) fn advice(excluded: &Excluded) -> String {
    let name = excluded.part.rsplit('/').next().unwrap_or(&excluded.part);
    let slash = if excluded.is_folder { "/" } else { "" };
    let line = format!("`!/{}{slash}`", excluded.below);
    let add = format!("add {line} below that line, then `git add {}`", excluded.part);
    let upper = name.to_ascii_uppercase();
    let mut words = upper.split(|char: char| !char.is_ascii_alphanumeric());
    if name.starts_with(".env") || words.any(|word| SECRET_WORDS.contains(&word) || matches!(word, "CONFIG" | "LOCAL"))
    {
        return format!(
            "if it holds secrets, read them from the environment and set them in the settings of the Space; otherwise {add}"
        );
    }
    add
}
