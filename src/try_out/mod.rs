//! Runs a Space as the Hub would, and judges what is seen: in a container with the limits of the free hardware, or, where
//! no engine answers, as a process of this computer. Nothing is written into the repository.

mod blame;
mod browser;
mod build;
mod container;
mod denied;
mod engine;
mod error;
mod examine;
mod frame;
#[cfg(test)]
mod hostile;
mod http;
mod hub_image;
mod in_container;
mod judge;
mod left_out;
mod listening;
mod log;
mod lost;
mod native;
mod native_app;
mod native_install;
mod probe;
mod registry;
mod secrets;
mod site;
mod space;
mod tar;
mod tried;
mod watcher;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

pub use browser::open_in_browser;
pub use engine::EngineName;
pub use error::TryError;
pub use frame::Frame;
pub use lost::Lost;
pub use tried::{EngineSeen, FailedLog, Fault, ImageSeen, NotWritable, Probe, RunSeen, Secrets, Stopped, Tried};
pub use watcher::{Answering, Step, Watcher};

use crate::repo::Repo;
use crate::values::Sdk;
pub(crate) use secrets::Declared;
use space::Space;

/// The memory of the free hardware. Source: <https://huggingface.co/docs/hub/spaces-overview#hardware-resources>.
const MEMORY: &str = "16g";

/// How long an app may take to answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A try of a Space, with its settings.
#[derive(Debug, Clone)]
pub struct Trial<'r> {
    repo: &'r Repo,
    engine: Option<EngineName>,
    engine_address: Option<String>,
    on_hub: Option<(String, String)>,
    built: Option<String>,
    variables: Vec<(String, String)>,
    is_native: bool,
    memory: String,
    patience: Duration,
    build_network: Option<String>,
    keeps: bool,
    cancel: Arc<AtomicBool>,
}

impl<'r> Trial<'r> {
    /// A try of the Space in a repository.
    #[must_use]
    pub fn of(repo: &'r Repo) -> Self {
        Self {
            repo,
            engine: None,
            engine_address: None,
            on_hub: None,
            built: None,
            variables: Vec::new(),
            is_native: false,
            memory: MEMORY.to_owned(),
            patience: PATIENCE,
            build_network: None,
            keeps: false,
            cancel: Arc::default(),
        }
    }

    /// Uses only this engine. Otherwise the first that answers is used.
    #[must_use]
    pub fn engine(self, engine: EngineName) -> Self {
        Self { engine: Some(engine), ..self }
    }

    /// Runs the image that the Hub has built of a Space, by its owner and its name, in place of building one. The
    /// repository may be empty then.
    #[must_use]
    pub fn image(self, owner: impl Into<String>, name: impl Into<String>) -> Self {
        Self { on_hub: Some((owner.into(), name.into())), ..self }
    }

    /// The address of the engine, instead of that in `DOCKER_HOST` or `CONTAINER_HOST`.
    #[must_use]
    pub fn engine_address(self, address: impl Into<String>) -> Self {
        Self { engine_address: Some(address.into()), ..self }
    }

    /// Runs an image that the engine has, in place of building one.
    #[must_use]
    pub fn built(self, tag: impl Into<String>) -> Self {
        Self { built: Some(tag.into()), ..self }
    }

    /// Gives the app a variable besides those that the Space declares.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Runs the app as a process of this computer, without an engine.
    #[must_use]
    pub fn native(self) -> Self {
        Self { is_native: true, ..self }
    }

    /// Changes the limit of the memory, as engines write it: `16g`.
    #[must_use]
    pub fn memory(self, memory: impl Into<String>) -> Self {
        Self { memory: memory.into(), ..self }
    }

    /// Changes how long the app may take to answer: a minute otherwise.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Builds with this network of the engine.
    #[must_use]
    pub fn build_network(self, network: impl Into<String>) -> Self {
        Self { build_network: Some(network.into()), ..self }
    }

    /// Keeps the image that was built.
    #[must_use]
    pub fn keep(self) -> Self {
        Self { keeps: true, ..self }
    }

    /// Gives the caller a way to stop it: nothing stays behind then either.
    #[must_use]
    pub fn cancel(self, flag: Arc<AtomicBool>) -> Self {
        Self { cancel: flag, ..self }
    }

    /// Runs it.
    ///
    /// Values for the secrets and variables that `.spaces-new.toml` declares come from the environment and from `.env`; no
    /// other value is passed on.
    ///
    /// # Errors
    /// If the Space could not be tried. Whatever is wrong with the Space itself is in the result.
    pub fn run(&self, watcher: &mut dyn Watcher) -> Result<Tried, TryError> {
        let on_hub = self.on_hub.as_ref().map(|(owner, name)| (owner.as_str(), name.as_str()));
        let space = Space::of(self.repo, on_hub)?;
        let mut declared = Declared::of(self.repo, |name| std::env::var(name).ok());
        self.variables.iter().for_each(|(name, value)| declared.give(name, value));
        let mut tried = match space.sdk {
            Sdk::Static if on_hub.is_none() => site::run(self, &space, watcher)?,
            _ if self.is_native => native::run(self, &space, &declared, watcher)?,
            _ => in_container::run(self, &space, &declared, watcher)?,
        };
        let pointers = build::pointers(self.repo);
        if pointers > 0 && self.built.is_none() && on_hub.is_none() {
            let why = format!(
                "{pointers} of them are pointers here, and the Hub has their contents: `git lfs pull` gets them"
            );
            tried.not_checked("files in Git LFS", &why);
        }
        tried.diagnose(self.repo);
        if on_hub.is_none() && self.built.is_none() {
            tried.findings.splice(0..0, blame::Blame::of(self.repo).refusals());
        }
        if declared.is_unreadable {
            tried.not_checked("secrets and variables", "`.spaces-new.toml`, which declares them, cannot be read");
        }
        declared.left_out.iter().for_each(|left_out| tried.not_checked("secrets and variables", left_out));
        tried.secrets = Secrets { set: declared.set(), missing: declared.missing() };
        for fault in &mut tried.findings {
            fault.message = declared.masked(&fault.message).into_owned();
        }
        Ok(tried)
    }
}
