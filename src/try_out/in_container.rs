//! A try in a container: build or pull, run, examine, stop.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::blame::{Blame, failed_line};
use super::build::{self, Build};
use super::container::{Container, Settings};
use super::engine::{Builder, Engine, Sought, document};
use super::error::TryError;
use super::frame::Frame;
use super::log::last_line;
use super::probe::Asked;
use super::secrets::{self, Declared};
use super::space::{DOCKERFILE, Space};
use super::tried::{EngineSeen, FailedLog, ImageSeen, RunSeen, Tried};
use super::watcher::{Answering, Step, Watcher};
use super::{Trial, examine, hub_image, judge, registry};
use crate::apply::Scratch;
use crate::values::Sdk;

/// The registry of the Hub, and the platform of its images.
const REGISTRY: &str = "registry.hf.space";
const PLATFORM: &str = "linux/amd64";

/// The processors of the free hardware.
const CPUS: u64 = 2;

/// How long an app is seen to run at least.
const SEEN: Duration = Duration::from_secs(2);

/// What belongs to one try.
struct Session<'a> {
    trial: &'a Trial<'a>,
    space: &'a Space<'a>,
    declared: &'a Declared,
    blame: Blame<'a>,
    engine: Engine,
    scratch: Scratch,
    /// The name of everything in the engine.
    name: String,
}

/// The tag of an image, removed with it unless it is kept.
struct Tag<'e> {
    engine: &'e Engine,
    name: String,
    is_kept: bool,
}

impl Drop for Tag<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = self.engine.uninterrupted(&["image", "rm", "--force", &self.name]);
        }
    }
}

/// What an image says about itself.
struct Image {
    folder: String,
    has_command: bool,
}

/// Tries a Space in a container.
///
/// # Errors
/// If no engine answers, or it fails.
pub(super) fn run(
    trial: &Trial<'_>,
    space: &Space<'_>,
    declared: &Declared,
    watcher: &mut dyn Watcher,
) -> Result<Tried, TryError> {
    let scratch = Scratch::new()?;
    let sought = Sought {
        name: trial.engine,
        address: trial.engine_address.as_deref(),
        folder: scratch.path(),
        cancel: &trial.cancel,
    };
    let engine = Engine::find(&sought)?;
    let silent = engine.silent.clone();
    let unique = scratch.path().file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let session = Session {
        trial,
        space,
        declared,
        blame: Blame::of(space.repo),
        name: format!("{unique}-{}", std::process::id()),
        engine,
        scratch,
    };
    let mut tried = Tried {
        engine: Some(EngineSeen {
            name: session.engine.name.as_str().to_owned(),
            version: session.engine.version.clone(),
        }),
        ..Tried::default()
    };
    for why in silent {
        tried.not_checked("another engine", &format!("it does not answer: {why}"));
    }
    let Some(tag) = session.image(&mut tried, watcher)? else { return Ok(tried) };
    let image = session.inspect(&tag.name, &mut tried)?;
    session.run(&tag.name, &image, &mut tried, watcher)?;
    tried.kept = trial.keeps.then(|| tag.name.clone());
    Ok(tried)
}

impl Session<'_> {
    /// The image, built or pulled. None if it does not build.
    fn image(&self, tried: &mut Tried, watcher: &mut dyn Watcher) -> Result<Option<Tag<'_>>, TryError> {
        if self.trial.on_hub.is_some() {
            return self.pulled(watcher).map(Some);
        }
        if let Some(name) = &self.trial.built {
            return Ok(Some(Tag { engine: &self.engine, name: name.clone(), is_kept: true }));
        }
        watcher.step(Step::Build);
        let context = build::stage(self.space.repo, &self.scratch, "context")?;
        let own = self.space.repo.text(DOCKERFILE).unwrap_or_default();
        let made = (self.space.sdk == Sdk::Gradio).then(|| hub_image::dockerfile(self.space));
        let file = made.as_ref().map(|text| self.scratch.private_file("Dockerfile", text.as_bytes())).transpose()?;
        if made.is_some() {
            tried.not_checked("the image of the Hub", hub_image::NOT_CHECKED);
        }
        if self.engine.builder == Builder::Classic {
            tried.not_checked("BuildKit", "this docker has no plugin buildx, so its classic builder was used");
        }
        // `podman diff NAME` prefers an image of the name, with the tag `latest`, to a container
        let name = if self.trial.keeps { self.kept_name() } else { format!("{}:try", self.name) };
        let tag = Tag { engine: &self.engine, name, is_kept: self.trial.keeps };
        let build = Build {
            tag: &tag.name,
            context: &context,
            file: file.as_deref(),
            network: self.trial.build_network.as_deref(),
            declared: self.declared,
            dockerfile: made.as_deref().unwrap_or(own),
        };
        let outcome = build.run(&self.engine, &self.scratch, watcher)?;
        if !outcome.is_ok {
            if let Some(unreachable) = registry::unreachable(&self.declared.masked(&outcome.log)) {
                return Err(unreachable);
            }
            self.build_failed(&outcome.log, made.is_none().then_some(own), tried);
            return Ok(None);
        }
        tried.image = Some(ImageSeen { id: String::new(), mb: 0, build_s: Some(outcome.seconds) });
        Ok(Some(tag))
    }

    fn kept_name(&self) -> String {
        let lower = self.space.name.to_ascii_lowercase();
        let clean = lower.trim_matches(|char: char| !char.is_ascii_alphanumeric());
        let mut name = String::new();
        for char in clean.chars() {
            // A tag has no two separators in a row
            if char.is_ascii_alphanumeric() || !name.ends_with('-') {
                name.push(if char.is_ascii_alphanumeric() { char } else { '-' });
            }
        }
        format!("spaces-new-try/{}:latest", if name.is_empty() { "space" } else { &name })
    }

    fn build_failed(&self, log: &str, dockerfile: Option<&str>, tried: &mut Tried) {
        let log = self.declared.masked(log).into_owned();
        let line = dockerfile.and_then(|text| failed_line(&log, text));
        let last = last_line(&log);
        let message = format!("the image does not build: {last}");
        let spot = line.map(|line| (DOCKERFILE.to_owned(), Some(line)));
        let mut fault = self.blame.perhaps(Step::Build, message, &[], spot);
        fault.rule = line.zip(dockerfile).and_then(|(line, text)| {
            let continued = text.lines().skip(line - 1).take_while(|line| line.trim_end().ends_with('\\')).count();
            self.blame.rule_at(DOCKERFILE, line..=line + continued)
        });
        tried.findings.push(fault);
        for name in self.declared.missing_in(dockerfile.unwrap_or_default()) {
            tried.findings.push(judge::build_secret(&self.blame, &name));
        }
        tried.failed = Some(FailedLog::new(Step::Build, log));
    }

    fn pulled(&self, watcher: &mut dyn Watcher) -> Result<Tag<'_>, TryError> {
        watcher.step(Step::Pull);
        let label = |text: &str| text.to_ascii_lowercase().replace(['_', '.'], "-");
        let name = format!("{REGISTRY}/{}-{}:latest", label(&self.space.owner), label(&self.space.name));
        let is_there = self.engine.call(&["image", "inspect", &name])?.is_ok;
        // An image that was there before stays
        let tag = Tag { engine: &self.engine, name, is_kept: is_there || self.trial.keeps };
        let outcome = build::pull(&self.engine, &["pull", "--platform", PLATFORM, &tag.name], watcher)?;
        if outcome.is_ok {
            return Ok(tag);
        }
        let why = last_line(&outcome.log);
        let lower = outcome.log.to_ascii_lowercase();
        if ["unauthorized", "denied", "authentication required", "forbidden"].iter().any(|word| lower.contains(word)) {
            let space = format!("{}/{}", self.space.owner, self.space.name);
            return Err(TryError::Unauthorized { space, why });
        }
        Err(self.engine.refused(&format!("pull `{}`", tag.name), why))
    }

    fn inspect(&self, tag: &str, tried: &mut Tried) -> Result<Image, TryError> {
        let text = self.engine.must("inspect the image", &["image", "inspect", tag])?;
        let all = document(&text);
        let facts = &all[0];
        let id = facts["Id"].as_str().unwrap_or_default().to_owned();
        let mb = facts["Size"].as_u64().unwrap_or_default().div_ceil(1_000_000);
        let build_s = tried.image.as_ref().and_then(|image| image.build_s);
        tried.image = Some(ImageSeen { id, mb, build_s });
        let config = &facts["Config"];
        let has = |key: &str| config[key].as_array().is_some_and(|words| !words.is_empty());
        let folder = config["WorkingDir"].as_str().filter(|folder| !folder.is_empty()).unwrap_or("/");
        Ok(Image { folder: folder.to_owned(), has_command: has("Cmd") || has("Entrypoint") })
    }

    fn run(&self, tag: &str, image: &Image, tried: &mut Tried, watcher: &mut dyn Watcher) -> Result<(), TryError> {
        watcher.step(Step::Start);
        let shares_network = !self.engine.has_bridge();
        if shares_network {
            tried.not_checked(
                "listening addresses",
                "without a bridge network the container shares that of this computer",
            );
            if std::net::TcpListener::bind(("0.0.0.0", self.space.port)).is_err() {
                return Err(TryError::PortInUse(self.space.port));
            }
        }
        let cpus = CPUS.min(self.engine.processors);
        tried.run = Some(RunSeen {
            memory: Some(self.trial.memory.clone()),
            cpus: Some(cpus),
            port: self.space.port,
            network: Some(if shares_network { "host" } else { "bridge" }),
            ..RunSeen::default()
        });
        let container = match self.create(tag, image, (shares_network, cpus))? {
            Ok(container) => container,
            Err(why) => return self.not_started(&why, tried),
        };
        let begin = Instant::now();
        if let Err(why) = container.start()? {
            return self.not_started(&why, tried);
        }
        watcher.step(Step::Probe);
        self.judge(&container, begin, (image, tried), watcher)
    }

    /// A faulty image is a finding. Another reason is one of the engine.
    fn not_started(&self, why: &str, tried: &mut Tried) -> Result<(), TryError> {
        let why = self.declared.masked(why);
        let fault = judge::not_started(&self.blame, &why);
        tried.findings.push(fault.ok_or_else(|| self.engine.refused("start the container", why.into_owned()))?);
        Ok(())
    }

    fn create(
        &self,
        tag: &str,
        image: &Image,
        (shares_network, cpus): (bool, u64),
    ) -> Result<Result<Container<'_>, String>, TryError> {
        let env_file = self.declared.write(&self.scratch)?;
        let inherited: Vec<(&str, &str)> = self.declared.of_several_lines().collect();
        // The Hub starts its own image by the file that the README names
        let needs_command = self.trial.on_hub.is_some() && (self.space.sdk == Sdk::Gradio || !image.has_command);
        let command = if needs_command { vec!["python".to_owned(), self.space.app_file()] } else { Vec::new() };
        let settings = Settings {
            name: &self.name,
            image: tag,
            command: &command,
            platform: self.trial.on_hub.is_some().then_some(PLATFORM),
            port: self.space.port,
            shares_network,
            memory: &self.trial.memory,
            cpus,
            environment: &self.space.environment(cpus, &self.trial.memory),
            env_file: &env_file,
            inherited: &inherited,
        };
        let created = Container::create(&self.engine, &settings);
        secrets::remove(Path::new(&env_file));
        created
    }

    /// Asks the app, examines its container, and stops it.
    fn judge(
        &self,
        container: &Container<'_>,
        begin: Instant,
        (image, tried): (&Image, &mut Tried),
        watcher: &mut dyn Watcher,
    ) -> Result<(), TryError> {
        let Some(port) = container.local_port()? else {
            // It has ended within a moment
            let answered = super::probe::Answered { has_ended: true, ..super::probe::Answered::default() };
            return self.examined(container, (answered, begin), (image, tried), watcher);
        };
        let (host, page) = (self.space.host(), self.space.page());
        let asked = Asked {
            port,
            other_port: None,
            host: &host,
            page: &page,
            begin,
            patience: self.trial.patience,
            cancel: &self.trial.cancel,
        };
        let answered = asked.wait(|| Ok(container.state()?.runs), || watcher.tick())?;
        if answered.is_ok() {
            let address = format!("http://127.0.0.1:{port}{}", page.trim_end_matches('/'));
            watcher.answers(&Answering { address: &address, container: Some(&self.name) });
            // An app may answer, and end a moment later
            thread::sleep(SEEN.saturating_sub(begin.elapsed()));
        }
        self.examined(container, (answered, begin), (image, tried), watcher)
    }

    fn examined(
        &self,
        container: &Container<'_>,
        (answered, begin): (super::probe::Answered, Instant),
        (image, tried): (&Image, &mut Tried),
        watcher: &mut dyn Watcher,
    ) -> Result<(), TryError> {
        watcher.step(Step::Examine);
        let seen = examine::Examined::of(container, &image.folder, self.space.repo)?;
        let log = self.declared.masked(&seen.log).into_owned();
        let state = container.state()?;
        let asked = judge::Asked {
            answered: &answered,
            host: &self.space.host(),
            page: &self.space.page(),
            port: self.space.port,
            patience: self.trial.patience,
            listening: seen.listening.as_deref(),
            exit: state.exit,
            oom: state.oom,
            memory: &self.trial.memory,
            log: &log,
        };
        tried.findings.extend(judge::answer(&self.blame, &asked));
        if answered.probe.status.is_some() {
            let frame = Frame::of(&answered.answers, |value| self.declared.masked(value).into_owned());
            tried.findings.extend(judge::frame(&self.blame, &frame));
            tried.frame = Some(frame);
        }
        let missing = self.declared.missing();
        tried.findings.extend(missing.iter().map(|name| judge::secret(&self.blame, name, &log, answered.is_ok())));
        tried
            .findings
            .extend(seen.denied.iter().map(|(wanted, path)| judge::denied(&self.blame, wanted, path, &image.folder)));
        tried.findings.extend(seen.processes.as_deref().and_then(|all| judge::users(&self.blame, all)));
        let has_ended_later = answered.is_ok() && !state.runs;
        if has_ended_later {
            tried.findings.push(judge::ended_later(&self.blame, state.exit, state.oom, &log));
        }
        if !answered.is_ok() || has_ended_later {
            tried.failed = Some(FailedLog::new(Step::Probe, log));
        }
        tried.probe = Some(answered.probe);
        let killed_another = !state.oom && container.has_run_out_of_memory(begin);
        if killed_another {
            tried.findings.push(judge::killed(&self.blame, &self.trial.memory));
        }
        tried.oom = Some(state.oom || killed_another);
        seen.tell(tried, state.exit);
        if state.runs {
            watcher.step(Step::Stop);
            let stopped = container.stop()?;
            // The Hub's own image decides how an app with `sdk: gradio` is started
            if self.space.sdk == Sdk::Docker {
                tried.findings.extend(judge::stop(&self.blame, &stopped));
            }
            tried.stop = Some(stopped);
        }
        Ok(())
    }
}
