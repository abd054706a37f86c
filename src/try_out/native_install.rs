//! Installs the packages of an app for a run without a container.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::error::TryError;
use super::log::Log;
use super::native_app::NativeApp;
use super::tried::Tried;
use super::watcher::Watcher;
use crate::disk;
use crate::program::{Piece, Program, Watch};

/// How long one step may take.
const PATIENCE: Duration = Duration::from_hours(1);

/// The largest settings of an environment that are read.
const SETTINGS_MOST: u64 = 64 * 1024;

/// The result of a step: the error is the log of one that failed.
type Done = Result<(), String>;

/// An installation, with the environment of this user: their indexes, proxies and certificates.
pub(super) struct Install<'a> {
    /// The files of the Space.
    pub(super) folder: &'a Path,
    /// Where the environment of Python belongs.
    pub(super) place: &'a Path,
    pub(super) cancel: &'a Arc<AtomicBool>,
}

impl Install<'_> {
    /// Installs the packages.
    ///
    /// # Errors
    /// If no installer is there, or the caller cancels.
    pub(super) fn run(&self, app: &NativeApp, tried: &mut Tried, watcher: &mut dyn Watcher) -> Result<Done, TryError> {
        if app.is_node {
            return self.node(app, watcher);
        }
        let uv = Program::find("uv");
        let made = match &uv {
            Some(uv) => self.make_with_uv(uv, app, watcher)?,
            None => false,
        };
        let uv = uv.filter(|_| made);
        if uv.is_none()
            && let Err(log) = self.make_with_venv(watcher)?
        {
            return Ok(Err(log));
        }
        self.compare(app, tried);
        self.python(uv.as_ref(), app, watcher)
    }

    /// Whether uv makes an environment: of the version that the app asks for, otherwise of another one.
    fn make_with_uv(&self, uv: &Program, app: &NativeApp, watcher: &mut dyn Watcher) -> Result<bool, TryError> {
        let place = self.place.to_string_lossy();
        if let Some(version) = &app.python
            && self.step(uv, &["venv", "--quiet", "--python", version, &place], watcher)?.is_ok()
        {
            return Ok(true);
        }
        Ok(self.step(uv, &["venv", "--quiet", &place], watcher)?.is_ok())
    }

    fn make_with_venv(&self, watcher: &mut dyn Watcher) -> Result<Done, TryError> {
        let Some(python) = Program::find("python3").or_else(|| Program::find("python")) else {
            return Err(TryError::NoProgram("neither `uv` nor `python3` is on PATH".to_owned()));
        };
        self.step(&python, &["-m", "venv", &self.place.to_string_lossy()], watcher)
    }

    /// Installs what the files and the code of the app name.
    fn python(&self, uv: Option<&Program>, app: &NativeApp, watcher: &mut dyn Watcher) -> Result<Done, TryError> {
        let own = self.place.join(bin()).join(format!("python{}", std::env::consts::EXE_SUFFIX));
        let Some(python) = Program::at(own.clone()) else {
            return Ok(Err("the environment of Python has no `python`".to_owned()));
        };
        let own = own.to_string_lossy();
        let (program, words): (&Program, Vec<&str>) = match uv {
            Some(uv) => (uv, vec!["pip", "install", "--python", &own]),
            None => (&python, vec!["-m", "pip", "install", "--disable-pip-version-check"]),
        };
        let mut wanted: Vec<&str> = Vec::new();
        for file in &app.files {
            match file.as_str() {
                // pip reads no requirements from it
                "pyproject.toml" | "setup.py" if uv.is_none() => wanted.push("."),
                file => wanted.extend(["--requirement", file]),
            }
        }
        wanted.extend(app.packages.iter().map(String::as_str));
        if wanted.is_empty() {
            return Ok(Ok(()));
        }
        self.step(program, &[words, wanted].concat(), watcher)
    }

    /// Says if the version of Python is another one than the app asks for.
    fn compare(&self, app: &NativeApp, tried: &mut Tried) {
        let Some(wanted) = app.python.as_deref() else { return };
        let settings = disk::read(&self.place.join("pyvenv.cfg"), SETTINGS_MOST).unwrap_or_default();
        let text = String::from_utf8_lossy(&settings);
        let version =
            text.lines().find_map(|line| line.strip_prefix("version")?.split_once('=').map(|(_, value)| value.trim()));
        let minor = |version: &str| version.split('.').take(2).collect::<Vec<_>>().join(".");
        if let Some(version) = version.filter(|version| minor(version) != minor(wanted)) {
            tried.not_checked(&format!("Python {wanted}"), &format!("the app ran on {version}"));
        }
    }

    fn node(&self, app: &NativeApp, watcher: &mut dyn Watcher) -> Result<Done, TryError> {
        let Some(npm) = Program::find("npm") else {
            return Err(TryError::NoProgram("`npm` is not on PATH".to_owned()));
        };
        let has = |name: &str| disk::size(&self.folder.join(name)).is_some();
        if has("package.json") {
            let word = if has("package-lock.json") { "ci" } else { "install" };
            if let Err(log) = self.step(&npm, &[word], watcher)? {
                return Ok(Err(log));
            }
        }
        let build: Vec<&str> = app.build.iter().map(String::as_str).collect();
        match build.split_first() {
            Some((&"npm", words)) => self.step(&npm, words, watcher),
            _ => Ok(Ok(())),
        }
    }

    /// Runs a program in the folder of the app, and passes its output on.
    fn step(&self, program: &Program, words: &[&str], watcher: &mut dyn Watcher) -> Result<Done, TryError> {
        let watch = Watch { patience: PATIENCE, cancel: Arc::clone(self.cancel) };
        let mut running = program.start(self.folder, watch, |command| {
            command.args(words);
        })?;
        let mut log = Log::default();
        while let Some(Piece::Out(bytes) | Piece::Errors(bytes)) = running.next()? {
            log.add(&bytes);
            watcher.output(&bytes);
        }
        Ok(if running.wait()?.success() { Ok(()) } else { Err(log.text()) })
    }
}

/// Where an environment of Python has its programs.
pub(super) fn bin() -> &'static str {
    if cfg!(windows) { "Scripts" } else { "bin" }
}
