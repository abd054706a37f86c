//! Where the clients and servers are that `tests/publish/run` installed, and how they are run.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::{TempDir, tempdir};

use crate::hub::{Hub, Script};

/// The root of this package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of everything that these tests install.
pub fn work() -> PathBuf {
    root().join("target/publish")
}

/// A file beside this one.
pub fn beside(name: &str) -> PathBuf {
    root().join("tests/publish").join(name)
}

/// Runs a client, which finds the server in its environment and has nothing else there. Gives what it says.
pub fn run(hub: &Hub, program: &Path, words: &[&Path]) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(words).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HF_ENDPOINT", hub.endpoint()).env("HF_TOKEN", Script::TOKEN);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

/// Writes the configuration of a person who uses git and git-lfs.
pub fn configure_git(home: &Path) {
    let filter = "[filter \"lfs\"]\n\tclean = git-lfs clean -- %f\n\tsmudge = git-lfs smudge -- %f\n\tprocess = git-lfs filter-process\n\trequired = true\n";
    fs_err::write(home.join(".gitconfig"), format!("[user]\n\tname = test\n\temail = test@localhost\n{filter}"))
        .unwrap();
}

/// The servers for git and git-lfs, which end when this goes.
pub struct GitServer {
    pub address: String,
    folder: TempDir,
    process: Child,
}

impl GitServer {
    /// Starts them, with a repository for each Space.
    pub fn start(spaces: &[&str]) -> Self {
        let folder = tempdir().unwrap();
        let mut python = Command::new(work().join("venv/bin/python"));
        python.arg(beside("git_server.py")).arg(folder.path()).arg(Script::TOKEN).args(spaces);
        python.env("PYTHONDONTWRITEBYTECODE", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = python.spawn().unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { address: address.trim().to_owned(), folder, process }
    }

    /// The paths in the last commit of a Space.
    pub fn files(&self, id: &str) -> Vec<String> {
        let mut git = Command::new("git");
        git.args(["ls-tree", "-r", "--name-only", "main"])
            .current_dir(self.folder.path().join(format!("git/{id}.git")));
        let listed = String::from_utf8(git.output().unwrap().stdout).unwrap();
        listed.lines().map(str::to_owned).collect()
    }

    /// The last commit of a Space.
    pub fn head(&self, id: &str) -> String {
        let mut git = Command::new("git");
        git.args(["rev-parse", "main"]).current_dir(self.folder.path().join(format!("git/{id}.git")));
        String::from_utf8(git.output().unwrap().stdout).unwrap().trim().to_owned()
    }

    /// The sizes of the large files of a Space, in order.
    pub fn large_files(&self, id: &str) -> Vec<u64> {
        let entries = fs_err::read_dir(self.folder.path().join("lfs").join(id)).unwrap();
        let mut sizes: Vec<u64> = entries.map(|entry| entry.unwrap().metadata().unwrap().len()).collect();
        sizes.sort_unstable();
        sizes
    }
}

impl Drop for GitServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
