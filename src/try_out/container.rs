//! A container that runs like a Space on the Hub, and is always removed.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::engine::{Answer, Engine, EngineName, document};
use super::error::TryError;
use super::listening;
use super::log::Log;
use super::tar::{Entry, Headers};
use super::tried::{Stopped, seconds};
use crate::disk;
use crate::facts::contract::SPACES;
use crate::order;
use crate::program::{Piece, Running};

/// The limits of the free hardware besides memory and processors, and what a container may not do.
const LIMITS: [&str; 8] =
    ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", "4096", "--shm-size", "1g"];

/// How long the Hub waits after the stop signal, in seconds.
const GRACE: &str = "10";

/// How long a copy of files or a log may take, and how many lines of a log are read.
const COPY: Duration = Duration::from_mins(2);
const LOG_LINES: &str = "5000";

/// The most that is read of a table of sockets.
const TABLE_MOST: u64 = 1 << 20;

/// How a container is created.
pub(super) struct Settings<'a> {
    pub(super) name: &'a str,
    pub(super) image: &'a str,
    /// Replaces the command of the image, if it is not empty.
    pub(super) command: &'a [String],
    pub(super) platform: Option<&'a str>,
    pub(super) port: u16,
    /// Whether it uses the network of this computer.
    pub(super) shares_network: bool,
    pub(super) memory: &'a str,
    pub(super) cpus: u64,
    pub(super) environment: &'a [(&'static str, String)],
    pub(super) env_file: &'a Path,
    /// Names whose values the command of the engine reads from its own environment.
    pub(super) inherited: &'a [(&'a str, &'a str)],
}

/// A container.
pub(super) struct Container<'e> {
    engine: &'e Engine,
    name: String,
    port: u16,
    shares_network: bool,
}

/// Its state.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) runs: bool,
    pub(super) exit: Option<i32>,
    pub(super) oom: bool,
    pid: u64,
}

impl<'e> Container<'e> {
    /// Creates one. The inner error is the engine's answer to a faulty image.
    ///
    /// # Errors
    /// If the engine cannot be run.
    pub(super) fn create(engine: &'e Engine, settings: &Settings<'_>) -> Result<Result<Self, String>, TryError> {
        let container = Self {
            engine,
            name: settings.name.to_owned(),
            port: settings.port,
            shares_network: settings.shares_network,
        };
        let words = settings.words();
        let words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
        let answer = engine.created(&words, settings.inherited)?;
        Ok(if answer.is_ok { Ok(container) } else { Err(answer.why()) })
    }

    /// Starts it. The inner error is the engine's answer.
    ///
    /// # Errors
    /// If the engine cannot be run.
    pub(super) fn start(&self) -> Result<Result<(), String>, TryError> {
        let answer = self.engine.call(&["start", &self.name])?;
        Ok(if answer.is_ok { Ok(()) } else { Err(answer.why()) })
    }

    /// The port of this computer that leads to the app; none if it does not run any more.
    pub(super) fn local_port(&self) -> Result<Option<u16>, TryError> {
        if self.shares_network {
            return Ok(Some(self.port));
        }
        let answer = self.engine.call(&["port", &self.name, &format!("{}/tcp", self.port)])?;
        Ok(answer.out.lines().next().and_then(|line| line.trim().rsplit(':').next()?.parse().ok()))
    }

    pub(super) fn state(&self) -> Result<State, TryError> {
        let facts = self.inspect(&["inspect", &self.name])?;
        let state = &facts["State"];
        let runs = state["Running"].as_bool().unwrap_or_default();
        let exit = state["ExitCode"].as_i64().and_then(|code| i32::try_from(code).ok()).filter(|_| !runs);
        let oom = state["OOMKilled"].as_bool().unwrap_or_default();
        Ok(State { runs, exit, oom, pid: state["Pid"].as_u64().unwrap_or_default() })
    }

    /// Whether the kernel killed any of its processes for its memory, by what docker has noted since it began.
    pub(super) fn has_run_out_of_memory(&self, begin: Instant) -> bool {
        if self.engine.name != EngineName::Docker {
            return false;
        }
        let since = format!("{}s", begin.elapsed().as_secs() + 2);
        let of = format!("container={}", self.name);
        let words = ["events", "--since", &since, "--until", "0s", "--filter", &of, "--filter", "event=oom"];
        self.engine.call(&words).is_ok_and(|answer| answer.is_ok && answer.out.contains(" oom "))
    }

    fn inspect(&self, words: &[&str]) -> Result<Value, TryError> {
        let text = self.engine.must("inspect the container", words)?;
        let mut all = document(&text);
        Ok(all.get_mut(0).map(Value::take).unwrap_or_default())
    }

    /// The last lines that it wrote.
    pub(super) fn log(&self) -> Result<String, TryError> {
        let words = ["logs", "--tail", LOG_LINES, &self.name].map(OsStr::new);
        let mut running = self.engine.start(COPY, &words, |_| {})?;
        let mut log = Log::default();
        while let Some(Piece::Out(bytes) | Piece::Errors(bytes)) = running.next()? {
            log.add(&bytes);
        }
        Ok(log.text())
    }

    /// The user and the command of every process. None if the engine does not say.
    pub(super) fn processes(&self) -> Result<Option<Vec<(u32, String)>>, TryError> {
        let is_podman = self.engine.name == EngineName::Podman;
        let columns: &[&str] = if is_podman { &["user", "pid", "args"] } else { &["-eo", "uid,pid,args"] };
        let answer = self.engine.call(&[&["top", &self.name], columns].concat())?;
        // Podman shows the names of the image's users
        let users =
            if is_podman { self.engine.call(&["exec", &self.name, "cat", "/etc/passwd"])?.out } else { String::new() };
        let read = |line: &str| {
            let (user, rest) = line.trim().split_once(char::is_whitespace)?;
            let (_, args) = rest.trim_start().split_once(char::is_whitespace)?;
            Some((user.parse().ok().or_else(|| uid_of(user, &users))?, args.trim().to_owned()))
        };
        let lines: Vec<&str> = answer.out.lines().skip(1).filter(|line| !line.trim().is_empty()).collect();
        let read: Option<Vec<_>> = lines.iter().map(|line| read(line)).collect();
        Ok(read.filter(|found| answer.is_ok && !found.is_empty()))
    }

    /// Where it listens. None if that cannot be read.
    pub(super) fn listening(&self) -> Result<Option<Vec<SocketAddr>>, TryError> {
        if self.shares_network {
            return Ok(None);
        }
        let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
        let inside = self.engine.call(&["exec", &self.name, "cat", tables[0], tables[1]])?;
        if inside.out.contains("local_address") {
            return Ok(Some(listening::addresses(&inside.out)));
        }
        // An image without `cat`. The process has this number here only if the engine runs on this computer
        let pid = self.state()?.pid;
        let read = |path: String| {
            Some(String::from_utf8_lossy(&disk::read_virtual(Path::new(&path), TABLE_MOST)?).into_owned())
        };
        let id = self.inspect(&["inspect", &self.name])?["Id"].as_str().unwrap_or_default().to_owned();
        let is_ours =
            pid > 1 && !id.is_empty() && read(format!("/proc/{pid}/cgroup")).is_some_and(|groups| groups.contains(&id));
        let texts = || tables.map(|table| read(format!("/proc/{pid}{}", table.trim_start_matches("/proc"))));
        let texts: Option<Vec<String>> = if is_ours { texts().into_iter().collect() } else { None };
        Ok(texts.map(|texts| listening::addresses(&texts.concat())))
    }

    /// What it changed in its image, a line each. None if the engine does not say.
    pub(super) fn changed(&self) -> Result<Option<String>, TryError> {
        let answer = self.engine.call(&["diff", &self.name])?;
        Ok(answer.is_ok.then_some(answer.out))
    }

    /// How much it wrote.
    pub(super) fn written_bytes(&self) -> Result<Option<u64>, TryError> {
        Ok(self.inspect(&["inspect", "--size", &self.name])?["SizeRw"].as_u64())
    }

    /// The owner of a path. None if it does not exist.
    pub(super) fn owner(&self, path: &str) -> Result<Option<Entry>, TryError> {
        let from = format!("{}:{path}", self.name);
        if self.engine.name == EngineName::Docker {
            return self.first_entry(&["cp", &from, "-"], |_| true);
        }
        // `podman cp` writes its own user in place of the owner. Measured with 4.3.1
        let wanted = path.trim_matches('/');
        self.first_entry(&["export", &self.name], |entry| entry.path.trim_matches('/') == wanted)
    }

    /// The first entry of an archive that is meant. None if there is none, or the archive takes too long.
    fn first_entry(&self, words: &[&str], is_meant: impl Fn(&Entry) -> bool) -> Result<Option<Entry>, TryError> {
        let words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
        let mut running = self.engine.start(COPY, &words, |_| {})?;
        let mut headers = Headers::new(Output { running: &mut running, rest: Vec::new(), at: 0 });
        loop {
            match headers.next() {
                Ok(Some(entry)) if is_meant(&entry) => return Ok(Some(entry)),
                Ok(Some(_)) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(TryError::Cancelled),
                Ok(None) | Err(_) => return Ok(None),
            }
        }
    }

    /// Stops it as the Hub does: the stop signal, and SIGKILL after ten seconds.
    pub(super) fn stop(&self) -> Result<Stopped, TryError> {
        let signal = match &self.inspect(&["inspect", &self.name])?["Config"]["StopSignal"] {
            Value::String(name) if !name.is_empty() => name.clone(),
            Value::Number(number) if number.as_u64() == Some(2) => "SIGINT".to_owned(),
            Value::Number(number) if number.as_u64() != Some(15) => number.to_string(),
            _ => "SIGTERM".to_owned(),
        };
        let begin = Instant::now();
        self.engine.must("stop the container", &["stop", "-t", GRACE, &self.name])?;
        let seconds = seconds(begin.elapsed());
        Ok(Stopped { signal, seconds, exit: self.state()?.exit })
    }
}

impl Drop for Container<'_> {
    fn drop(&mut self) {
        // With the volumes that the image declares
        let _ = self.engine.uninterrupted(&["rm", "--force", "--volumes", &self.name]);
    }
}

impl Settings<'_> {
    fn words(&self) -> Vec<String> {
        let mut words: Vec<String> =
            ["create", "--name", self.name, "--label", "spaces-new.try=1"].map(str::to_owned).into();
        let mut add = |more: &[&str]| words.extend(more.iter().map(|word| (*word).to_owned()));
        if self.shares_network {
            add(&["--network", "host"]);
        } else {
            add(&["--publish", &format!("127.0.0.1::{}", self.port)]);
        }
        if let Some(platform) = self.platform {
            add(&["--platform", platform]);
        }
        add(&["--user", &SPACES.user_id.to_string()]);
        add(&LIMITS);
        add(&["--memory", self.memory, "--memory-swap", self.memory, "--cpus", &self.cpus.to_string()]);
        add(&["--env-file", &self.env_file.to_string_lossy()]);
        for (name, value) in self.environment {
            add(&["--env", &format!("{name}={value}")]);
        }
        for (name, _) in self.inherited {
            add(&["--env", name]);
        }
        add(&[self.image]);
        words.extend(self.command.iter().cloned());
        words
    }
}

impl Engine {
    /// Creates a container. This is not interrupted, since a killed command may leave one behind.
    fn created(&self, words: &[&OsStr], inherited: &[(&str, &str)]) -> Result<Answer, TryError> {
        self.uninterrupted_with(words, |command| {
            command.envs(inherited.iter().copied());
        })
    }
}

/// The number of a user in the lines of `/etc/passwd`. None if several have the name.
fn uid_of(name: &str, users: &str) -> Option<u32> {
    let numbers = users.lines().filter_map(|line| {
        let mut fields = line.split(':');
        fields.next().filter(|known| *known == name)?;
        fields.nth(1)?.parse().ok()
    });
    let numbers = order::set(numbers);
    if name == "root" && numbers.is_empty() {
        return Some(0);
    }
    numbers.first().copied().filter(|_| numbers.len() == 1)
}

/// The output of a running command.
struct Output<'r> {
    running: &'r mut Running,
    rest: Vec<u8>,
    at: usize,
}

impl Read for Output<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.rest.len() {
            match self.running.next()? {
                Some(Piece::Out(bytes)) => (self.rest, self.at) = (bytes, 0),
                Some(Piece::Errors(_)) => {}
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.rest.len() - self.at);
        buffer[..length].copy_from_slice(&self.rest[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_has_a_number() {
        let users = "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\ntwice:x:1:1\ntwice:x:2:2\n";
        let found = ["root", "user", "twice", "nobody"].map(|name| uid_of(name, users));
        assert_eq!(found, [Some(0), Some(1000), None, None]);
        assert_eq!(uid_of("root", ""), Some(0));
    }
}
