//! An app in a folder of its own, taken on to a platform.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::case::Case;
use crate::process::run;
use crate::settings::beside;

/// An app in a temporary folder.
pub struct App {
    pub case: Case,
    folder: TempDir,
}

impl App {
    /// The files of a case, or those of its template.
    pub fn of(mut case: Case) -> Self {
        // BentoML builds nothing in a hidden folder
        let folder = tempfile::Builder::new().prefix("app-").tempdir().unwrap();
        if let Some(template) = &case.expected.template {
            assert!(case.files.is_empty(), "{}: a template and files", case.name);
            case.files = made(template, folder.path());
        }
        for (path, content) in &case.files {
            let to = folder.path().join(path);
            fs_err::create_dir_all(to.parent().unwrap()).unwrap();
            fs_err::write(to, content).unwrap();
        }
        Self { case, folder }
    }

    /// The files of a case and those that the command adds for a platform.
    pub fn added(case: Case, target: &str) -> Self {
        let app = Self::of(case);
        app.add(target);
        app
    }

    /// Runs `spaces-new add` and gives what it says. The files of the app that it has no leave to change keep their bytes.
    pub fn add(&self, target: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command.args(["add", target, "--yes"]).args(&self.case.expected.flags).current_dir(self.path());
        let said = run(&mut command).unwrap_or_else(|error| panic!("{} to {target}: {error}", self.case.name));
        let may_change = |path: &str| {
            [".streamlit/config.toml", ".spaces-new.toml"].contains(&path)
                || path == "Dockerfile"
                || self.case.expected.flags.iter().any(|flag| flag == "--guard-launch")
        };
        for (path, content) in self.case.files.iter().filter(|(path, _)| !may_change(path)) {
            assert_eq!(&self.read(path), content, "{}: `{path}` has changed", self.case.name);
        }
        said
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs_err::read_to_string(self.file(path)).unwrap()
    }

    /// Replaces a text that is in a file.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "`{from}` is not in {path}:\n{text}");
        fs_err::write(self.file(path), text.replace(from, to)).unwrap();
    }
}

/// The files of a Space that is made in an empty folder. What it installs is what the tools here are installed with.
fn made(template: &str, folder: &Path) -> Vec<(String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
    command.args([".", "--template", template, "--title", "Made", "--yes", "--vcs", "none"]).current_dir(folder);
    run(&mut command).unwrap_or_else(|error| panic!("{template}: {error}"));
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            files.push((name, fs_err::read_to_string(path).unwrap()));
        }
    }
    let (_, wanted) = files.iter().find(|(path, _)| path == "requirements.txt").unwrap();
    let installed = fs_err::read_to_string(beside("requirements.txt")).unwrap();
    for line in wanted.lines() {
        assert!(
            installed.lines().any(|one| one == line),
            "{template}: `{line}` is not what the tools are installed with"
        );
    }
    files
}

/// Judges each app that a platform takes, and fails with all that is wrong.
pub fn each(target: &str, judge: impl Fn(&App) -> Result<(), String>) {
    let wrong: Vec<String> = Case::of_target(target)
        .into_iter()
        .map(|case| App::added(case, target))
        .filter_map(|app| judge(&app).err().map(|error| format!("{}: {error}", app.case.name)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
