//! Kept answers may only name files inside their own folder.
//!
//! A `.spaces-new.toml` comes with a clone, and the files that it names as assets are copied into a Space that is then
//! pushed. So they must be files of that repository, which git would push anyway: no files from elsewhere, no links,
//! no files that belong to git and no ignored files. A person can name other files with a flag.

use std::path::{Component, Path, PathBuf};

use crate::answers::{Answers, Assets, SpecError, SpecErrors, asset_place};
use crate::disk;
use crate::repo::Repo;

/// Refuses kept answers in a repository that name assets elsewhere.
///
/// # Errors
/// One for each asset that is not a file of the repository.
pub(super) fn kept_inside(answers: &Answers, repo: &Repo) -> Result<(), SpecErrors> {
    refuse(answers, repo, |_| false)
}

/// The same for answers that stay in that repository: an asset that an earlier run copied there is not copied again.
pub(super) fn kept_here(answers: &Answers, repo: &Repo) -> Result<(), SpecErrors> {
    refuse(answers, repo, |name| asset_place(name).is_some_and(|place| place.to_path() == name))
}

fn refuse(answers: &Answers, repo: &Repo, stays: fn(&Path) -> bool) -> Result<(), SpecErrors> {
    let Some(root) = repo.root() else { return Ok(()) };
    let refused = answers.assets().into_iter().filter_map(|path| {
        let named = path.strip_prefix(root).unwrap_or(&path);
        let message = match refusal(root, &path, repo, stays)? {
            Refusal::Because(why) => format!("`{}`: {why}", named.display()),
            Refusal::AsAnyAsset(message) => message,
        };
        let error = SpecError::new("assets", message).given_by(answers.source("assets"));
        Some(error.hinted("remove it from the file; if you want the asset, give it yourself"))
    });
    let refused: Vec<SpecError> = refused.collect();
    if refused.is_empty() { Ok(()) } else { Err(SpecErrors(refused)) }
}

/// Why an asset cannot be used by a file of the folder. None if it can.
fn refusal(root: &Path, path: &Path, repo: &Repo, stays: fn(&Path) -> bool) -> Option<Refusal> {
    let because = |why: &str| Some(Refusal::Because(why.to_owned()));
    let Some(name) = path.strip_prefix(root).ok().and_then(plain) else {
        return because("it is outside of the folder");
    };
    let at = root.join(&name);
    if disk::about(&at).is_ok_and(|about| about.is_symlink()) || has_link(root, &name) {
        return because("it is reached through a link");
    }
    if name.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
        return because("it is a file of git's own");
    }
    let real = fs_err::canonicalize(root).ok()?;
    let assets = match Assets::inspect(&[at]) {
        Ok(assets) => assets,
        Err(errors) => return errors.iter().next().map(|error| Refusal::AsAnyAsset(error.message().to_owned())),
    };
    if stays(&name) {
        return None;
    }
    let is_pushed = |file: &Path| {
        let name = file.strip_prefix(&real).ok().and_then(Path::to_str);
        name.is_some_and(|name| repo.get(&name.replace(std::path::MAIN_SEPARATOR, "/")).is_some())
    };
    let ignored = assets.sources().find(|file| !is_pushed(file))?;
    let ignored = ignored.strip_prefix(&real).unwrap_or(ignored);
    because(&format!("git would not push `{}`", ignored.display()))
}

/// Why an asset is refused.
enum Refusal {
    /// It is not a file of the repository.
    Because(String),
    /// It cannot be an asset, wherever it is named.
    AsAnyAsset(String),
}

/// A relative path without `.` in it. None if it leads upwards, or is absolute.
fn plain(path: &Path) -> Option<PathBuf> {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Option<PathBuf> =
        parts.map(|part| if let Component::Normal(part) = part { Some(part) } else { None }).collect();
    parts.filter(|path| path.file_name().is_some())
}

/// Whether a folder in the path is a link. A missing one is not.
fn has_link(root: &Path, name: &Path) -> bool {
    let is_link = |folder: &Path| disk::about(&root.join(folder)).is_ok_and(|about| about.is_symlink());
    name.ancestors().skip(1).any(is_link)
}
