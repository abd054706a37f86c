//! Builds the image of a Space from the files that git would push, as the Hub does.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::engine::{Builder, Engine};
use super::error::TryError;
use super::log::Log;
use super::secrets::Declared;
use super::tried::seconds;
use super::watcher::Watcher;
use crate::apply::Scratch;
use crate::program::Piece;
use crate::repo::{FileKind, Repo};

/// A build that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_hours(2);

/// How often a watcher is told that time passes.
const PULL: Duration = Duration::from_hours(1);

/// How a pointer of Git LFS begins, and the size that it stays below.
/// Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer>.
const POINTER: &str = "version https://git-lfs.github.com/spec/";
const POINTER_MOST: u64 = 1024;

/// A build.
pub(super) struct Build<'a> {
    pub(super) tag: &'a str,
    /// The folder with the files.
    pub(super) context: &'a Path,
    /// The Dockerfile, if it is not the one among the files.
    pub(super) file: Option<&'a Path>,
    pub(super) network: Option<&'a str>,
    pub(super) declared: &'a Declared,
    /// The text of the Dockerfile.
    pub(super) dockerfile: &'a str,
}

/// How a command ended, with its output.
pub(super) struct Outcome {
    pub(super) is_ok: bool,
    pub(super) log: String,
    pub(super) seconds: f64,
}

/// Copies the files that git would push into a folder of a private one.
///
/// # Errors
/// If one cannot be copied.
pub(super) fn stage(repo: &Repo, scratch: &Scratch, name: &str) -> Result<PathBuf, TryError> {
    let folder = scratch.folder(name)?;
    for file in repo.files() {
        let path = file.path();
        let failed = |error: std::io::Error| TryError::file(Path::new(path), &error);
        match (file.kind(), file.on_this_disk()) {
            (FileKind::Regular, Some(disk)) => scratch.copy(&folder, path, disk).map_err(failed)?,
            (FileKind::Regular, None) => {
                if let Some(bytes) = file.bytes() {
                    scratch.write(&folder, path, bytes).map_err(failed)?;
                }
            }
            #[cfg(unix)]
            (FileKind::Symlink, _) => {
                if let Some(target) = file.link() {
                    scratch.link(&folder, path, &target).map_err(failed)?;
                }
            }
            _ => {}
        }
    }
    Ok(folder)
}

impl Build<'_> {
    /// Runs it.
    ///
    /// # Errors
    /// If the engine cannot be run, or the caller cancels.
    pub(super) fn run(
        &self,
        engine: &Engine,
        scratch: &Scratch,
        watcher: &mut dyn Watcher,
    ) -> Result<Outcome, TryError> {
        let secrets = self.declared.write_each(scratch)?;
        let mut words: Vec<OsString> = match engine.builder {
            Builder::Buildx => {
                vec!["buildx".into(), "build".into(), "--load".into(), "--progress".into(), "plain".into()]
            }
            Builder::BuildKit => vec!["build".into(), "--progress".into(), "plain".into()],
            Builder::Classic => vec!["build".into(), "--force-rm".into()],
            Builder::Podman => vec!["build".into()],
        };
        words.extend(["--tag".into(), self.tag.into(), "--label".into(), "spaces-new.try=1".into()]);
        if let Some(network) = self.network {
            words.push(format!("--network={network}").into());
        }
        if engine.builder != Builder::Classic {
            for (name, path) in secrets.iter().filter(|(name, _)| self.dockerfile.contains(name.as_str())) {
                words.push("--secret".into());
                words.push(format!("id={name},src={}", path.display()).into());
            }
        }
        let variables = self.declared.variables.iter();
        for (name, value) in variables.filter(|(name, _)| declares(self.dockerfile, name)) {
            words.extend(["--build-arg".into(), format!("{name}={value}").into()]);
        }
        if let Some(file) = self.file {
            words.extend(["--file".into(), file.into()]);
        }
        words.push(self.context.into());
        let kit = if engine.builder == Builder::Classic { "0" } else { "1" };
        let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
        let outcome = streamed(engine, PATIENCE, (&words, &[("DOCKER_BUILDKIT", kit)]), watcher);
        for (_, path) in &secrets {
            super::secrets::remove(path);
        }
        outcome
    }
}

/// Pulls an image.
///
/// # Errors
/// If the engine cannot be run, or the caller cancels.
pub(super) fn pull(engine: &Engine, words: &[&str], watcher: &mut dyn Watcher) -> Result<Outcome, TryError> {
    let words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
    streamed(engine, PULL, (&words, &[]), watcher)
}

/// Runs a command of the engine, and passes its output on.
fn streamed(
    engine: &Engine,
    patience: Duration,
    (words, variables): (&[&OsStr], &[(&str, &str)]),
    watcher: &mut dyn Watcher,
) -> Result<Outcome, TryError> {
    let begin = Instant::now();
    let mut running = engine.start(patience, words, |command| {
        command.envs(variables.iter().copied());
    })?;
    let mut log = Log::default();
    while let Some(Piece::Out(bytes) | Piece::Errors(bytes)) = running.next()? {
        log.add(&bytes);
        watcher.output(&bytes);
    }
    let status = running.wait()?;
    Ok(Outcome { is_ok: status.success(), log: log.text(), seconds: seconds(begin.elapsed()) })
}

/// How many files are pointers of Git LFS here, for which the Hub has contents.
pub(super) fn pointers(repo: &Repo) -> usize {
    let is_small = |file: &&crate::repo::File| file.kind() == FileKind::Regular && file.size() < POINTER_MOST;
    let is_pointer = |file: &crate::repo::File| file.text().is_some_and(|text| text.starts_with(POINTER));
    repo.files().filter(is_small).filter(|file| is_pointer(file)).count()
}

/// Whether a Dockerfile has an `ARG` of a name.
fn declares(dockerfile: &str, name: &str) -> bool {
    dockerfile.lines().any(|line| {
        let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
        words.next().is_some_and(|word| word.eq_ignore_ascii_case("arg")) && words.any(|word| word == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_would_push_is_built() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs_err::create_dir(at("src")).unwrap();
        for (name, text) in [("Dockerfile", "FROM a\n"), (".env", "A=1\n"), (".gitignore", ".env\n"), ("src/a.py", "x")]
        {
            fs_err::write(at(name), text).unwrap();
        }
        let scratch = Scratch::new().unwrap();
        let staged = stage(&Repo::open(folder.path()).unwrap(), &scratch, "context").unwrap();
        assert!(staged.join("src/a.py").is_file() && staged.join("Dockerfile").is_file());
        assert!(!staged.join(".env").exists());
    }

    #[test]
    fn arguments_are_passed_to_a_dockerfile_that_declares_them() {
        let dockerfile = "FROM a\nARG MODE=x\narg A B\n# ARG C\n";
        let declared = ["MODE", "A", "B", "C", "x2"].map(|name| declares(dockerfile, name));
        assert_eq!(declared, [true, true, true, false, false]);
    }
}
