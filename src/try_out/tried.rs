//! The result of a try.

use serde::Serialize;

use super::frame::Frame;
use super::lost::Lost;
use super::watcher::Step;
use crate::check::Level;
use crate::diagnose::{Diagnosed, Diagnosis};
use crate::repo::Repo;

/// What was seen. A value is none if the try did not get that far, or cannot know it: `not_checked` says which.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Tried {
    /// The engine.
    pub engine: Option<EngineSeen>,
    /// The image.
    pub image: Option<ImageSeen>,
    /// How the app ran.
    pub run: Option<RunSeen>,
    /// What it answered.
    pub probe: Option<Probe>,
    /// The headers that decide about the frame of the Hub's page.
    pub frame: Option<Frame>,
    /// Paths that the app wrote or tried to write, and cannot.
    pub not_writable: Option<Vec<NotWritable>>,
    /// What it wrote and reads back, and the next start does not find.
    pub written_then_lost: Option<Vec<Lost>>,
    /// How it stopped.
    pub stop: Option<Stopped>,
    /// Whether the kernel killed a process for its memory.
    pub oom: Option<bool>,
    /// The declared secrets.
    pub secrets: Secrets,
    /// What was not checked, and why.
    pub not_checked: Vec<String>,
    /// What is wrong.
    pub findings: Vec<Fault>,
    /// The output of what failed, and what it means.
    #[serde(skip)]
    pub failed: Option<FailedLog>,
    /// The tag of an image that was kept.
    #[serde(skip)]
    pub kept: Option<String>,
}

/// The engine.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct EngineSeen {
    /// `docker` or `podman`, whatever its command is called.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// An image.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ImageSeen {
    /// Its identifier.
    pub id: String,
    /// Its size in megabytes.
    pub mb: u64,
    /// How long its build took; none for one that was pulled.
    pub build_s: Option<f64>,
}

/// How an app ran.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct RunSeen {
    /// The user of its first process.
    pub uid: Option<u32>,
    /// The limit of its memory.
    pub memory: Option<String>,
    /// The limit of its processors.
    pub cpus: Option<u64>,
    /// The port that the Hub connects to.
    pub port: u16,
    /// The network of the container.
    pub network: Option<&'static str>,
    /// The addresses at which it listens.
    pub listening: Option<Vec<String>>,
    /// What it wrote, in bytes.
    pub written_bytes: Option<u64>,
    /// The exit code, if it ended by itself.
    pub exit: Option<i32>,
}

/// What an app answered.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Probe {
    /// The status of the last answer.
    pub status: Option<u16>,
    /// Seconds from the start to the first 200.
    pub first_200_s: Option<f64>,
    /// Where it redirected to.
    pub redirects: Vec<String>,
}

/// A path that the app cannot write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotWritable {
    /// The path, or the nearest folder above it that exists.
    pub path: String,
    /// Its owner.
    pub uid: u64,
    /// Its group.
    pub gid: u64,
    /// Its permissions, in octal.
    pub mode: String,
}

/// How an app stopped.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Stopped {
    /// The signal.
    pub signal: String,
    /// How long it took.
    pub seconds: f64,
    /// The exit code.
    pub exit: Option<i32>,
}

/// The secrets that a Space declares.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Secrets {
    /// Those with a value.
    pub set: Vec<String>,
    /// Those without.
    pub missing: Vec<String>,
}

/// A fault that was seen.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Fault {
    /// In which step.
    #[serde(serialize_with = "step_name")]
    pub step: Step,
    /// How bad it is.
    pub level: Level,
    /// The rule of `check` that explains it.
    pub rule: Option<&'static str>,
    /// The fault.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The file that causes it, if that is known.
    pub file: Option<String>,
    /// The line.
    pub line: Option<usize>,
}

/// The output of a build or an app that failed, without the values of secrets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FailedLog {
    /// What failed.
    pub step: Step,
    /// The output. The middle of a long one is missing.
    pub text: String,
    /// The known messages in it that decide, with what the check finds in the Space for them.
    pub diagnoses: Vec<Diagnosis>,
}

impl FailedLog {
    pub(super) fn new(step: Step, text: String) -> Self {
        Self { step, text, diagnoses: Vec::new() }
    }
}

impl Tried {
    /// Says what the output of what failed means, and where the check finds that in the Space.
    pub(super) fn diagnose(&mut self, repo: &Repo) {
        let Some(failed) = &mut self.failed else { return };
        let Ok(diagnosed) = Diagnosed::read(failed.text.as_bytes()) else { return };
        // The check finds much in no files at all
        let is_empty = repo.files().next().is_none();
        failed.diagnoses = if is_empty { diagnosed } else { diagnosed.in_repo(repo) }.diagnoses;
        let found = failed.diagnoses.iter().flat_map(|diagnosis| &diagnosis.findings).next();
        let unexplained = self.findings.iter_mut().find(|fault| fault.step == failed.step && fault.rule.is_none());
        if let Some((fault, found)) = unexplained.zip(found) {
            fault.rule = Some(found.rule);
        }
    }

    pub(super) fn not_checked(&mut self, what: &str, why: &str) {
        self.not_checked.push(format!("{what}: {why}"));
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn step_name<S: serde::Serializer>(step: &Step, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(step.as_str())
}

/// Seconds with two decimals.
pub(super) fn seconds(duration: std::time::Duration) -> f64 {
    (duration.as_secs_f64() * 100.0).round() / 100.0
}
