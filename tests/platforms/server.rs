//! Servers of the platforms, started in a folder and asked until they are ready.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::http::get;
use crate::process::Background;
use crate::settings::tail;

/// What a server says of itself.
pub enum State {
    Starts,
    Ready,
    Failed,
}

/// A server that is ended when this goes.
pub struct Server {
    pub port: u16,
    process: Background,
}

impl Server {
    /// Starts a server and waits until `state` says that it is ready.
    ///
    /// # Errors
    /// The end of its log, if it ends, says that it never will be ready, or the time runs out.
    pub fn start(
        port: u16,
        command: &mut Command,
        log: &Path,
        state: impl Fn(u16) -> State,
        patience: Duration,
    ) -> Result<Self, String> {
        let mut server = Self { port, process: Background::start(command, log) };
        let start = Instant::now();
        while start.elapsed() < patience {
            if !server.process.runs() {
                return Err(format!("the server has ended:\n{}", end_of(log)));
            }
            match state(port) {
                State::Ready => return Ok(server),
                State::Failed => return Err(format!("the server has failed:\n{}", end_of(log))),
                State::Starts => {}
            }
            sleep(Duration::from_millis(200));
        }
        Err(format!("the server is not ready after {} s:\n{}", patience.as_secs(), end_of(log)))
    }
}

/// The last lines of a log.
fn end_of(log: &Path) -> String {
    tail(&fs_err::read_to_string(log).unwrap_or_default(), 25)
}

/// A port that nobody has at the moment.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A page, where it is there.
pub fn page(port: u16, path: &str) -> Option<String> {
    get(port, path).ok().filter(|answer| answer.status == 200).map(|answer| answer.text())
}
