//! A command that stands in for an engine, and an app that answers for its container.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::{Ran, Workspace};

const SCRIPT: &str = include_str!("docker.sh");

pub(super) const README: &str = "---\ntitle: Tried\nsdk: docker\napp_port: 7860\n---\n";

/// A workspace with a Space, whose PATH has the command.
pub(super) struct StandIn {
    pub(super) workspace: Workspace,
}

impl StandIn {
    /// Docker that answers, and an app that answers with a head.
    pub(super) fn answering(head: &'static str) -> Self {
        let stand_in = Self::named(&["docker"]);
        stand_in.tell("port", &serve(head).to_string());
        stand_in
    }

    /// A healthy Space.
    pub(super) fn healthy() -> Self {
        Self::answering("HTTP/1.1 200 OK\r\n")
    }

    /// Commands of these names.
    pub(super) fn named(names: &[&str]) -> Self {
        let workspace = Workspace::new();
        for folder in ["space", "temporary", "bin", "state"] {
            fs_err::create_dir_all(workspace.path().join(folder)).unwrap();
        }
        workspace
            .write("space/README.md", README)
            .write("space/Dockerfile", "FROM a\nWORKDIR /app\nUSER 1000\nCMD [\"x\"]\n");
        for name in names {
            let path = workspace.path().join("bin").join(name);
            fs_err::write(&path, SCRIPT).unwrap();
            fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self { workspace }
    }

    /// Tells the command what to answer.
    pub(super) fn tell(&self, name: &str, text: &str) -> &Self {
        self.workspace.write(&format!("state/{name}"), text);
        self
    }

    pub(super) fn file(&self, name: &str, text: &str) -> &Self {
        self.workspace.write(&format!("space/{name}"), text);
        self
    }

    /// What the command has written down.
    pub(super) fn noted(&self, name: &str) -> String {
        fs_err::read_to_string(self.workspace.path().join("state").join(name)).unwrap_or_default()
    }

    /// The calls that begin with some words.
    pub(super) fn calls(&self, start: &str) -> Vec<String> {
        self.noted("calls").lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
    }

    pub(super) fn temporary(&self) -> PathBuf {
        self.workspace.path().join("temporary")
    }

    /// The command, which finds nothing but the stand-in and the tools of a shell.
    pub(super) fn command(&self, words: &str) -> Command {
        let mut command = self.workspace.command();
        let path = self.workspace.path().join("bin");
        command
            .arg("try")
            .args(words.split_whitespace())
            .env("PATH", format!("{}:{}", path.display(), tools(&self.workspace).display()))
            .env("STAND_IN", self.workspace.path().join("state"))
            .env("TMPDIR", self.temporary());
        command
    }

    /// Tries the Space. Nothing is left of it then.
    #[track_caller]
    pub(super) fn run(&self, words: &str) -> Ran {
        let before = self.workspace.files("space");
        let ran = Ran(self.command(words).output().unwrap());
        assert_eq!(self.workspace.files("space"), before, "it wrote into the folder");
        self.assert_nothing_left();
        ran
    }

    /// The result as JSON, with the exit code.
    #[track_caller]
    pub(super) fn tried(&self, words: &str) -> (Value, i32) {
        let ran = self.run(&format!("space --format json {words}"));
        (ran.json(), ran.code())
    }

    #[track_caller]
    pub(super) fn assert_nothing_left(&self) {
        let left: Vec<_> = fs_err::read_dir(self.temporary()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left, Vec::<PathBuf>::new(), "temporary files are left");
        assert!(!self.workspace.path().join("state/created").exists(), "a container is left");
    }
}

/// A folder with the tools that the script needs: the system's may have an engine.
fn tools(workspace: &Workspace) -> PathBuf {
    let folder = workspace.path().join("tools");
    if !folder.exists() {
        fs_err::create_dir(&folder).unwrap();
        for name in ["sh", "cat", "sleep", "ls", "cut", "cp", "touch", "rm", "tr", "head"] {
            let paths = std::env::var_os("PATH").unwrap();
            let path = std::env::split_paths(&paths).map(|path| path.join(name)).find(|path| path.exists()).unwrap();
            std::os::unix::fs::symlink(path, folder.join(name)).unwrap();
        }
    }
    folder
}

/// Answers every request with a head; the port.
fn serve(head: &'static str) -> u16 {
    serve_by_path(move |_| head)
}

/// Answers each path with a head; the port.
pub(super) fn serve_by_path(head: impl Fn(&str) -> &'static str + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            let head = head(request.split(' ').nth(1).unwrap_or("/"));
            let _ = stream.write_all(format!("{head}Connection: close\r\n\r\nhello").as_bytes());
        }
    });
    port
}
