//! A container that runs like a Space on the Hub, and is always removed at the end.

use std::net::TcpListener;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::engine::{docker, run_docker, try_docker};
use crate::http::get;
use crate::settings::{say, setting, tail};
use crate::tar::{Entry, entries};

/// How the Hub limits a Space: UID 1000, without root's rights, the memory and processors of its free hardware.
const AS_THE_HUB: [&str; 11] = [
    "--user",
    "1000",
    "--cap-drop",
    "ALL",
    "--security-opt",
    "no-new-privileges",
    "--memory",
    "16g",
    "--cpus",
    "2",
    "--detach",
];

/// A running container.
pub struct Container {
    id: String,
    port: u16,
    local_port: u16,
    started: Instant,
    /// Whether somebody else removes it.
    is_borrowed: bool,
}

impl Container {
    /// Starts an image that answers on a port.
    #[track_caller]
    pub fn start(tag: &str, port: u16, environment: &[(&str, &str)]) -> Self {
        Self::try_start(tag, port, environment).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Starts an image, or returns the engine's error.
    pub fn try_start(tag: &str, port: u16, environment: &[(&str, &str)]) -> Result<Self, String> {
        // Where the engine has no bridge, containers share the ports of the host
        let shares_ports = setting("NETWORK") == "host";
        let mut command = docker();
        command.arg("run").args(AS_THE_HUB).args(["--label", "spaces-new-test=1"]);
        if shares_ports {
            wait_for_free(port);
            command.args(["--network", "host"]);
        } else {
            command.arg("--publish").arg(format!("127.0.0.1::{port}"));
        }
        for (name, value) in environment {
            command.arg("--env").arg(format!("{name}={value}"));
        }
        let started = Instant::now();
        let output = command.arg(tag).output().unwrap();
        // Also a container that cannot start has an identifier, with which it is removed
        let id = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        let mut container = Self { id, port, started, local_port: port, is_borrowed: false };
        if !output.status.success() {
            return Err(format!("{tag} does not start: {}", String::from_utf8_lossy(&output.stderr)));
        }
        if !shares_ports && let Ok(address) = try_docker(&["port", &container.id, &format!("{port}/tcp")]) {
            container.local_port =
                address.lines().next().and_then(|line| line.rsplit(':').next()?.parse().ok()).unwrap();
        }
        Ok(container)
    }

    /// One that runs already, and that whoever started it removes.
    pub fn running(name: &str) -> Self {
        Self { id: name.to_owned(), port: 0, local_port: 0, started: Instant::now(), is_borrowed: true }
    }

    /// The port of the host that leads to the app.
    pub fn local_port(&self) -> u16 {
        self.local_port
    }

    /// Requests a page from the app.
    #[track_caller]
    pub fn get(&self, path: &str) -> String {
        get(self.local_port, path).unwrap().text()
    }

    /// Seconds from the start to the first 200 at `/`, or what it answered instead.
    pub fn wait_for_ok(&self, patience: Duration) -> Result<f64, String> {
        let mut last = String::from("no answer");
        while self.started.elapsed() < patience {
            match get(self.local_port, "/") {
                Ok(answer) if answer.status == 200 => return Ok(self.started.elapsed().as_secs_f64()),
                Ok(answer) => last = format!("status {}", answer.status),
                Err(error) => last = error.to_string(),
            }
            if !self.runs() {
                "the container has ended".clone_into(&mut last);
                break;
            }
            sleep(Duration::from_millis(100));
        }
        Err(format!("no HTTP 200 on port {} within {} s ({last})\n{}", self.port, patience.as_secs(), self.log()))
    }

    fn runs(&self) -> bool {
        run_docker(&["inspect", "--format", "{{.State.Running}}", &self.id]).trim() == "true"
    }

    /// The last lines that the app wrote.
    pub fn log(&self) -> String {
        let output = docker().args(["logs", &self.id]).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        tail(&String::from_utf8_lossy(&text), 40)
    }

    /// Runs a shell script inside, as the app's user.
    pub fn shell(&self, script: &str) -> Result<String, String> {
        try_docker(&["exec", &self.id, "sh", "-c", script])
    }

    /// A folder's files with their owners, also if the image has no shell.
    pub fn files(&self, folder: &str) -> Vec<Entry> {
        let from = format!("{}:{folder}", self.id);
        let output = docker().args(["cp", &from, "-"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        entries(&output.stdout)
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        if self.is_borrowed {
            return;
        }
        if std::thread::panicking() && !self.id.is_empty() {
            say(&format!("the container's log:\n{}", self.log()));
        }
        // May run while a test fails already, so another failure adds nothing
        let _ = try_docker(&["rm", "--force", &self.id]);
    }
}

/// Waits until nothing else listens on a port, such as a container that is about to end.
fn wait_for_free(port: u16) {
    let start = Instant::now();
    while TcpListener::bind(("0.0.0.0", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(15), "port {port} is in use by another program");
        sleep(Duration::from_millis(200));
    }
}
