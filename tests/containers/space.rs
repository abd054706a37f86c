//! A Space as the command writes it, in a temporary folder.

use std::path::Path;
use std::process::{Command, Stdio};

use spaces_new::{Answers, Assets, Catalog, Spec, WriteOptions};
use tempfile::TempDir;

use crate::settings::root;

/// A rendered Space. The folder goes with it.
pub struct Space {
    parent: TempDir,
    name: String,
}

impl Space {
    /// Runs the command with flags, split at blanks.
    #[track_caller]
    pub fn render(name: &str, flags: &str) -> Self {
        Self::render_words(name, &flags.split_whitespace().collect::<Vec<_>>())
    }

    #[track_caller]
    pub fn render_words(name: &str, flags: &[&str]) -> Self {
        Self::try_render(name, flags).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The Space of an answers file about an app that exists, by the library: the command makes none without the app.
    #[track_caller]
    pub fn planned(name: &str, file: &Path) -> Self {
        let text = fs_err::read_to_string(file).unwrap();
        let answers = Answers::from_toml(&text, file.parent().unwrap()).unwrap().in_folder(name);
        let template = Catalog::builtin().get(answers.template().unwrap()).unwrap();
        let spec = Spec::resolve(template, &answers).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        let plan = template.plan(&spec, &Assets::inspect(&answers.assets()).unwrap()).unwrap();
        let parent = tempfile::tempdir().unwrap();
        let options = WriteOptions::new().state_folder(parent.path().join(".state"));
        plan.write_to(&parent.path().join(name), &options).unwrap();
        Self { parent, name: name.to_owned() }
    }

    /// Runs the command, or returns its error.
    pub fn try_render(name: &str, flags: &[&str]) -> Result<Self, String> {
        let parent = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command.current_dir(root()).arg(parent.path().join(name)).args(["--yes", "--vcs", "none", "--quiet"]);
        let output = command.args(flags).stdin(Stdio::null()).output().unwrap();
        if output.status.success() {
            Ok(Self { parent, name: name.to_owned() })
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// Puts a Space around an app of these files, with flags split at blanks.
    #[track_caller]
    pub fn around(name: &str, files: &[(&str, &str)], flags: &str) -> Self {
        let space = Self::app(name, files);
        space.put_around(flags);
        space
    }

    /// An app that is no Space yet.
    pub fn app(name: &str, files: &[(&str, &str)]) -> Self {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join(name);
        for (file, text) in files {
            let path = folder.join(file);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        }
        Self { parent, name: name.to_owned() }
    }

    /// Makes a Space of it.
    #[track_caller]
    pub fn put_around(&self, flags: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command.current_dir(root()).arg("init").arg(self.path()).arg("--yes").args(flags.split_whitespace());
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}: {}", self.name, String::from_utf8_lossy(&output.stderr));
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.parent.path().join(&self.name)
    }

    #[track_caller]
    pub fn read(&self, file: &str) -> String {
        fs_err::read_to_string(self.path().join(file)).unwrap()
    }

    pub fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        fs_err::write(self.path().join(file), content).unwrap();
    }

    /// Puts a program beside the Dockerfile.
    pub fn write_program(&self, file: &str, content: &[u8]) {
        self.write(file, content);
        make_executable(&self.path().join(file));
    }

    /// Replaces a text in a file, all of it, and fails where there is none to replace.
    #[track_caller]
    pub fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "no `{from}` in {file} of {}:\n{text}", self.name);
        self.write(file, text.replace(from, to));
    }

    /// The port that the front matter promises to the Hub.
    #[track_caller]
    pub fn port(&self) -> u16 {
        self.declared("app_port").expect("README.md has an app_port").parse().unwrap()
    }

    /// A value of the front matter that stands on one line.
    pub fn declared(&self, key: &str) -> Option<String> {
        let readme = self.read("README.md");
        let value = readme.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
        Some(value.trim_matches('"').to_owned())
    }

    /// The names of the secrets that the Dockerfile mounts while it is built.
    pub fn mounted_secrets(&self) -> Vec<String> {
        let dockerfile = self.read("Dockerfile");
        let ids = dockerfile.split("type=secret,id=").skip(1);
        ids.map(|rest| rest.split(',').next().unwrap().to_owned()).collect()
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs_err::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {
    // The client for Windows marks every file as executable
}
