//! A try without an engine: the app runs as a process of this computer, with its packages in an environment of its own and
//! with a home that is empty. What only a container shows is not checked, and never passes.

use std::path::PathBuf;
use std::process::ExitStatus;
use std::thread;
use std::time::{Duration, Instant};

use super::blame::Blame;
use super::error::TryError;
use super::frame::Frame;
use super::log::{Log, last_line};
use super::lost::lost;
use super::native_app::NativeApp;
use super::native_install::{Install, bin};
use super::probe::Asked;
use super::secrets::Declared;
use super::space::Space;
use super::tried::{FailedLog, RunSeen, Stopped, Tried, seconds};
use super::watcher::{Answering, Step, Watcher};
use super::{Trial, build, judge};
use crate::apply::Scratch;
use crate::disk;
use crate::program::{Command, Piece, Program, Running, Watch};

/// How long an app may run, and may take to stop.
const RUN: Duration = Duration::from_hours(24);
const GRACE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);

/// The name of the environment of Python within the private folder.
const ENVIRONMENT: &str = "environment-of-python";

/// More files than this are not compared.
const FILES_MOST: usize = 20_000;

/// What is never checked without a container.
const NOT_CHECKED: [(&str, &str); 6] = [
    ("UID", "without a container the app runs as this user"),
    ("ownership", "the files belong to this user"),
    ("memory", "without a container nothing limits it"),
    ("PID 1", "the app is not the first process, for which the kernel ignores unhandled signals"),
    ("the image", "it was not built"),
    ("listening addresses", "this computer has other programs that listen"),
];

/// What belongs to one try.
struct Session<'a> {
    trial: &'a Trial<'a>,
    scratch: Scratch,
    /// The files of the Space.
    folder: PathBuf,
}

/// Tries a Space as a process of this computer.
///
/// # Errors
/// If nothing here can run it.
pub(super) fn run(
    trial: &Trial<'_>,
    space: &Space<'_>,
    declared: &Declared,
    watcher: &mut dyn Watcher,
) -> Result<Tried, TryError> {
    let Some(mut app) = NativeApp::of(space) else {
        let message =
            "the Dockerfile starts a program that only its image has; `--native` runs apps in Python and Node";
        return Err(TryError::NoProgram(message.to_owned()));
    };
    let mut tried = Tried::default();
    for (what, why) in NOT_CHECKED {
        tried.not_checked(what, why);
    }
    let scratch = Scratch::new()?;
    let folder = build::stage(space.repo, &scratch, "app")?;
    let session = Session { trial, scratch, folder };
    watcher.step(Step::Install);
    let place = session.scratch.path().join(ENVIRONMENT);
    let install = Install { folder: &session.folder, place: &place, cancel: &trial.cancel };
    if let Err(log) = install.run(&app, &mut tried, watcher)? {
        let log = declared.masked(&log).into_owned();
        let last = last_line(&log);
        let spot = app.files.first().map(|file| (file.clone(), None));
        let message = format!("the packages cannot be installed: {last}");
        tried.findings.push(Blame::of(space.repo).perhaps(Step::Install, message, &[], spot));
        tried.failed = Some(FailedLog::new(Step::Install, log));
        return Ok(tried);
    }
    let is_free = |port: u16| std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
    // Code may name the port instead of reading it
    let other_port = Some(space.port).filter(|port| app.fixed_port.is_none() && is_free(*port));
    let port = match app.fixed_port {
        Some(port) if !is_free(port) => {
            return Err(TryError::PortInUse(port));
        }
        Some(port) => port,
        None => free_port()?,
    };
    app.on_port(space.port, port);
    tried.run = Some(RunSeen { port: space.port, network: Some("host"), ..RunSeen::default() });
    watcher.step(Step::Start);
    let begin = Instant::now();
    let environment = session.environment(&app, space, declared)?;
    let running = session.start(&app, environment)?;
    session.judge(running, (space, declared, (port, other_port), begin), &mut tried, watcher)?;
    Ok(tried)
}

fn free_port() -> Result<u16, TryError> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Session<'_> {
    /// A clean environment: of this user, only the paths of programs are kept.
    fn environment(
        &self,
        app: &NativeApp,
        space: &Space<'_>,
        declared: &Declared,
    ) -> Result<Vec<(String, String)>, TryError> {
        let own = self.scratch.path().join(ENVIRONMENT).join(bin());
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&paths)));
        let path = path.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let mut all = vec![
            ("PATH".to_owned(), path),
            ("HOME".to_owned(), text(self.scratch.folder("home")?)),
            ("TMPDIR".to_owned(), text(self.scratch.folder("temporary")?)),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("PYTHONUNBUFFERED".to_owned(), "1".to_owned()),
            ("GRADIO_ANALYTICS_ENABLED".to_owned(), "False".to_owned()),
        ];
        // Not `SYSTEM=spaces`: with it, Gradio starts a second process that needs the Hub
        let hub = space.environment(2, &self.trial.memory).into_iter();
        all.extend(hub.map(|(name, value)| (name.to_owned(), value)));
        all.extend(app.environment.iter().cloned());
        all.extend(declared.values().map(|(name, value)| (name.to_owned(), value.to_owned())));
        Ok(all)
    }

    fn start(&self, app: &NativeApp, environment: Vec<(String, String)>) -> Result<Running, TryError> {
        let name = app.command.first().cloned().unwrap_or_default();
        let own = self.scratch.path().join(ENVIRONMENT).join(bin());
        let installed =
            [name.as_str(), "python"].map(|name| own.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)));
        let [installed, python] = installed;
        // `python3` of the system has none of the packages
        let own = if name.starts_with("python") { Program::at(python) } else { Program::at(installed) };
        let Some(program) = own.or_else(|| Program::find(&name)) else {
            return Err(TryError::NoProgram(format!(
                "`{name}`, which starts the app, is not installed with its packages"
            )));
        };
        let watch = Watch { patience: RUN, cancel: self.trial.cancel.clone() };
        let prepare = |command: &mut Command| {
            command.args(&app.command[1..]).env_clear().envs(environment);
        };
        Ok(program.start(&self.folder, watch, prepare)?)
    }

    /// Asks the app, and stops it.
    fn judge(
        &self,
        mut running: Running,
        (space, declared, (port, other_port), begin): (&Space<'_>, &Declared, (u16, Option<u16>), Instant),
        tried: &mut Tried,
        watcher: &mut dyn Watcher,
    ) -> Result<(), TryError> {
        watcher.step(Step::Probe);
        let (host, page) = (space.host(), space.page());
        let asked = Asked {
            port,
            other_port,
            host: &host,
            page: &page,
            begin,
            patience: self.trial.patience,
            cancel: &self.trial.cancel,
        };
        let mut log = Log::default();
        let runs = || {
            drain(&mut running, &mut log);
            Ok(running.status().is_none())
        };
        let answered = asked.wait(runs, || watcher.tick())?;
        if answered.is_ok() {
            let address = format!("http://127.0.0.1:{}{}", answered.port, page.trim_end_matches('/'));
            watcher.answers(&Answering { address: &address, container: None });
        }
        drain(&mut running, &mut log);
        let ended = running.status();
        let stopped = if ended.is_none() {
            watcher.step(Step::Stop);
            Some(stop(&mut running, &mut log))
        } else {
            None
        };
        let log = declared.masked(&log.text()).into_owned();
        let blame = Blame::of(space.repo);
        let exit = ended.and_then(code);
        let seen = judge::Asked {
            answered: &answered,
            host: &host,
            page: &page,
            port: space.port,
            patience: self.trial.patience,
            listening: None,
            exit,
            oom: false,
            memory: &self.trial.memory,
            log: &log,
        };
        tried.findings.extend(judge::answer(&blame, &seen));
        if answered.probe.status.is_some() {
            let frame = Frame::of(&answered.answers, |value| declared.masked(value).into_owned());
            tried.findings.extend(judge::frame(&blame, &frame));
            tried.frame = Some(frame);
        }
        let missing = declared.missing();
        tried.findings.extend(missing.iter().map(|name| judge::secret(&blame, name, &log, answered.is_ok())));
        if let Some(run) = &mut tried.run {
            run.exit = exit;
        }
        tried.written_then_lost = Some(lost(&self.changed(space), space.repo));
        if !answered.is_ok() {
            tried.failed = Some(FailedLog::new(Step::Probe, log));
        }
        tried.probe = Some(answered.probe);
        tried.stop = stopped;
        Ok(())
    }

    /// The files that the app wrote into its folder, as an engine lists them.
    fn changed(&self, space: &Space<'_>) -> String {
        let mut lines = String::new();
        let mut folders = vec![String::new()];
        let mut left = FILES_MOST;
        while let Some(folder) = folders.pop() {
            let Ok((names, _)) = disk::names(&self.folder.join(&folder), left) else { continue };
            left = left.saturating_sub(names.len());
            for path in names {
                let Ok(about) = disk::about(&path) else { continue };
                let Ok(inner) = path.strip_prefix(&self.folder) else { continue };
                let inner = inner.to_string_lossy().into_owned();
                if about.is_dir() && !inner.ends_with("node_modules") {
                    folders.push(inner);
                } else if about.is_file() && space.repo.get(&inner).is_none_or(|file| file.size() != about.len()) {
                    lines.push_str(&format!("A /app/{inner}\n"));
                }
            }
        }
        lines
    }
}

fn drain(running: &mut Running, log: &mut Log) {
    while let Some(Piece::Out(bytes) | Piece::Errors(bytes)) = running.available() {
        log.add(&bytes);
    }
}

/// Stops it as the Hub does, as far as another process than the first one of a container shows that.
fn stop(running: &mut Running, log: &mut Log) -> Stopped {
    let begin = Instant::now();
    running.terminate();
    while running.status().is_none() && begin.elapsed() < GRACE {
        drain(running, log);
        thread::sleep(PAUSE);
    }
    if running.status().is_none() {
        running.kill();
    }
    let seconds = seconds(begin.elapsed());
    drain(running, log);
    Stopped { signal: "SIGTERM".to_owned(), seconds, exit: running.status().and_then(code) }
}

/// The exit code as a shell gives it.
fn code(status: ExitStatus) -> Option<i32> {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Some(128 + signal);
    }
    status.code()
}
