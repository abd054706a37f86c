//! What a run of publishing has done, or would do.

use serde::Serialize;
use serde_json::Value;

use super::pause::PauseSeen;
use super::request::Method;
use crate::diagnose::Diagnosis;

/// A step, as a person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublishStep {
    /// The Space is looked up, or created.
    Space,
    /// Secrets and variables are set.
    Settings,
    /// The files are compared with those of the Hub.
    Compare,
    /// Files are sent.
    Upload,
    /// The Hub builds and starts the app.
    Build,
}

impl PublishStep {
    /// In one word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Settings => "settings",
            Self::Compare => "compare",
            Self::Upload => "upload",
            Self::Build => "build",
        }
    }
}

/// How much of the files in LFS is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Files that are sent whole.
    pub files: usize,
    /// Of how many.
    pub of_files: usize,
    /// Bytes that are sent.
    pub bytes: u64,
    /// Of how many.
    pub of_bytes: u64,
}

/// Sees how publishing goes on.
pub trait Watcher {
    /// A step begins.
    fn step(&mut self, _: PublishStep) {}
    /// More of the files in LFS is sent.
    fn sent(&mut self, _: Progress) {}
    /// The app is in another stage.
    fn stage(&mut self, _: &str) {}
    /// Time goes by.
    fn tick(&mut self) {}
    /// Learns of each longer wait before a request is sent again: when it begins, in each of its seconds, and when it ends.
    /// That may be in the midst of any step.
    fn pauses(&self) -> Option<PauseSeen> {
        None
    }
    /// Whether lines of the build log are wanted.
    fn wants_log(&self) -> bool {
        false
    }
    /// A line of the build log, or of git.
    fn log(&mut self, _: &str) {}
    /// The value of a secret that neither the environment nor `.env` has. None if nobody knows it.
    fn secret(&mut self, _name: &str) -> Option<String> {
        None
    }
}

/// Sees nothing.
impl Watcher for () {}

/// A request that would be sent.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PlannedRequest {
    pub(super) method: Method,
    /// The whole address.
    pub address: String,
    /// What it does.
    pub what: String,
    /// When it is sent, if not always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What is sent with it; values of secrets are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

impl PlannedRequest {
    /// `GET`, `POST` or `PUT`.
    #[must_use]
    pub fn method(&self) -> String {
        self.method.to_string()
    }
}

/// A file that would be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SentFile {
    /// Its path.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Whether the Hub keeps it in LFS: before it is asked, that is a guess.
    pub lfs: bool,
}

/// What would be sent, and in which order.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PublishPlan {
    /// The Space: `OWNER/NAME`, where the owner may still be open.
    pub space: String,
    /// The requests.
    pub requests: Vec<PlannedRequest>,
    /// The files that are compared with those of the Hub.
    pub files: Vec<SentFile>,
    /// What to know.
    pub notes: Vec<String>,
}

/// Why a Space does not run.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FailedSpace {
    /// What the Hub says.
    pub message: Option<String>,
    /// `build` or `run`.
    pub of: &'static str,
    /// The log.
    pub log: String,
    /// The known messages in it that decide, with what the check finds in the Space for them.
    pub diagnoses: Vec<Diagnosis>,
}

/// What was done.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Published {
    /// The Space: `OWNER/NAME`.
    pub space: String,
    /// Its page.
    pub page: String,
    /// Its app alone, if the Hub says where.
    pub app: Option<String>,
    /// Whether it was created.
    pub created: bool,
    /// The commit that was made; none if nothing had changed.
    pub commit: Option<String>,
    /// The files that were sent.
    pub files: Vec<SentFile>,
    /// Files that were deleted on the Hub because the folder no longer has them.
    pub deleted: Vec<String>,
    /// How many files the Hub had already.
    pub unchanged: usize,
    /// The secrets that were set.
    pub secrets: Vec<String>,
    /// Declared secrets without a value.
    pub missing_secrets: Vec<String>,
    /// The variables that were set.
    pub variables: Vec<String>,
    /// The hardware that was requested.
    pub hardware: Option<String>,
    /// The stage of the app; none if it was not waited for.
    pub stage: Option<String>,
    /// Why it does not run.
    #[serde(skip)]
    pub failed: Option<FailedSpace>,
    /// What to know.
    pub notes: Vec<String>,
}

impl Published {
    /// Whether the app runs, as far as it was waited for.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.failed.is_none()
    }
}
