//! A server with the part of the Hub's API that publishing a Space needs, for tests on this machine.
//!
//! It was made from the requests of the two clients that Hugging Face publishes, `huggingface_hub` and `@huggingface/hub`: what
//! neither of them sends is refused, and noted as refused. `tests/publish/run` drives it with both. It keeps three hosts apart: the Hub,
//! the storage of large files, and a host that belongs to neither, where no token may go.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "several test binaries use it, each a part")]
#![allow(clippy::disallowed_methods, reason = "it reads what it made")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod access;
mod catalog;
mod checks;
mod commit;
mod connection;
pub mod example;
mod faults;
mod front_matter;
mod gateway;
mod http;
mod lfs;
mod log;
mod preupload;
mod routes;
mod script;
pub mod shapes;
mod spaces;
mod state;
mod storage;

use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::spawn;

pub use faults::{Action, Fault};
pub use log::{Entry, Log};
pub use script::{Account, Existing, Script, Stage};
use state::State;
pub use state::{Content, File, Space};

/// One of the hosts that the server plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Hub,
    Storage,
    Elsewhere,
}

/// What all connections share.
pub struct Shared {
    script: Script,
    ports: [u16; 3],
    state: Mutex<State>,
    log: Log,
    stopped: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Shared {
    fn address(&self, host: Host) -> String {
        match host {
            Host::Hub => format!("http://127.0.0.1:{}", self.ports[0]),
            Host::Storage => format!("http://127.0.0.1:{}", self.ports[1]),
            // Another name too: some clients compare names alone
            Host::Elsewhere => format!("http://localhost:{}", self.ports[2]),
        }
    }
}

/// A running server, which ends when this goes.
pub struct Hub {
    shared: Arc<Shared>,
}

impl Hub {
    /// Starts a server on free ports of the loopback interface.
    pub fn start(script: Script) -> Self {
        let listeners = [(); 3].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
        let ports = std::array::from_fn(|at| listeners[at].local_addr().unwrap().port());
        let state = Mutex::new(State::new(&script));
        let (stopped, open) = (AtomicBool::new(false), Mutex::default());
        let shared = Arc::new(Shared { script, ports, state, log: Log::default(), stopped, open });
        for (listener, host) in listeners.into_iter().zip([Host::Hub, Host::Storage, Host::Elsewhere]) {
            let shared = Arc::clone(&shared);
            spawn(move || {
                for stream in listener.incoming().map_while(Result::ok) {
                    if shared.stopped.load(Ordering::SeqCst) {
                        break;
                    }
                    shared.open.lock().unwrap().extend(stream.try_clone());
                    let shared = Arc::clone(&shared);
                    spawn(move || connection::serve(&stream, host, &shared));
                }
            });
        }
        Self { shared }
    }

    /// The address that `HF_ENDPOINT` takes.
    pub fn endpoint(&self) -> String {
        self.shared.address(Host::Hub)
    }

    /// What was requested so far.
    pub fn log(&self) -> &Log {
        &self.shared.log
    }

    /// A Space as it is now.
    pub fn space(&self, id: &str) -> Option<Space> {
        self.shared.state.lock().unwrap().spaces.get(id).cloned()
    }

    /// Changes the state, as another person would.
    pub fn change(&self, id: &str, change: impl FnOnce(&mut Space)) {
        change(self.shared.state.lock().unwrap().spaces.get_mut(id).unwrap());
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        for port in self.shared.ports {
            // Wakes the thread that waits for a connection
            drop(TcpStream::connect(("127.0.0.1", port)));
        }
        for stream in self.shared.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }
}
