//! What is published, where and how.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sha2::{Digest, Sha256};

use super::content::{Content, contents, hex};
use super::error::PublishError;
use super::http::Client;
use super::leaks;
use super::pause::{PauseSeen, Pauses};
use super::settings::Settings;
use super::token::Token;
use crate::apply::PublishedRecord;
use crate::check::{Checker, Diagnostic, ENV_FILE_PUSHED, Level};
use crate::facts::hardware::{CPU_BASIC, FLAVORS, SEEN_ELSEWHERE, ZERO_GPU};
use crate::formats::own_file::{OWN_FILE, OwnFile, Value};
use crate::repo::Repo;
use crate::target::value_in_readme;
use crate::try_out::Declared;
use crate::values::{RepoId, RepoName};

/// The kinds of Spaces that the Hub makes. Source: <https://huggingface.co/docs/hub/spaces-overview>.
const SDKS: [&str; 3] = ["docker", "gradio", "static"];

/// What a commit is called unless somebody says it.
const SUMMARY: &str = "Update the Space";

/// A Space to publish, from the files of a folder.
#[derive(Debug, Clone)]
#[must_use]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Publication<'r> {
    pub(super) repo: &'r Repo,
    pub(super) name: Option<String>,
    pub(super) endpoint: String,
    pub(super) token: Option<Token>,
    pub(super) is_private: bool,
    pub(super) hardware: Option<String>,
    pub(super) summary: String,
    pub(super) overwrites: bool,
    pub(super) replaces_settings: bool,
    pub(super) by_git: bool,
    pub(super) waits: bool,
    passed_over: Vec<String>,
    cancel: Arc<AtomicBool>,
    state: Option<PathBuf>,
    pace: f64,
}

impl<'r> Publication<'r> {
    /// The Hub's own address.
    pub const ENDPOINT: &'static str = "https://huggingface.co";

    /// The Space in a folder, to be published under the name that its answers give.
    pub fn of(repo: &'r Repo) -> Self {
        Self {
            repo,
            name: None,
            endpoint: Self::ENDPOINT.to_owned(),
            token: None,
            is_private: false,
            hardware: None,
            summary: SUMMARY.to_owned(),
            overwrites: false,
            replaces_settings: false,
            by_git: false,
            waits: true,
            passed_over: Vec::new(),
            cancel: Arc::default(),
            state: None,
            pace: 1.0,
        }
    }

    /// Its name, `OWNER/NAME`, or `NAME` for one of the token's owner.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// The address of another Hub.
    pub fn endpoint(self, endpoint: impl Into<String>) -> Self {
        Self { endpoint: endpoint.into(), ..self }
    }

    /// The token of its owner.
    pub fn token(self, token: Token) -> Self {
        Self { token: Some(token), ..self }
    }

    /// Creates it so that only its owner sees it. A Space that exists keeps its visibility.
    pub fn private(self) -> Self {
        Self { is_private: true, ..self }
    }

    /// Requests hardware, which may cost money.
    pub fn hardware(self, flavor: impl Into<String>) -> Self {
        Self { hardware: Some(flavor.into()), ..self }
    }

    /// The first line of the commit.
    pub fn summary(self, summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), ..self }
    }

    /// Replaces what the Space has, also if that was not published from here.
    pub fn overwrite(self) -> Self {
        Self { overwrites: true, ..self }
    }

    /// Sets secrets and variables that the Space has already.
    pub fn replace_settings(self) -> Self {
        Self { replaces_settings: true, ..self }
    }

    /// Pushes the last commit through git, instead of uploading the files.
    pub fn by_git(self) -> Self {
        Self { by_git: true, ..self }
    }

    /// Does not wait until it runs.
    pub fn no_wait(self) -> Self {
        Self { waits: false, ..self }
    }

    /// Passes over the findings of a rule.
    pub fn pass_over(mut self, rule: impl Into<String>) -> Self {
        self.passed_over.push(rule.into());
        self
    }

    /// Stops when this becomes true.
    pub fn cancel(self, cancel: Arc<AtomicBool>) -> Self {
        Self { cancel, ..self }
    }

    /// The folder in which it is kept what was published from here.
    pub fn state_folder(self, folder: impl Into<PathBuf>) -> Self {
        Self { state: Some(folder.into()), ..self }
    }

    /// Waits shorter or longer than usual between two attempts. For tests.
    #[doc(hidden)]
    pub fn pace(self, pace: f64) -> Self {
        Self { pace, ..self }
    }

    pub(super) fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }

    pub(super) fn client(&self, seen: Option<PauseSeen>) -> Result<Client, PublishError> {
        let pauses = Pauses::new(self.cancel_flag(), self.pace, seen);
        Client::new(&self.endpoint, self.token.clone(), pauses)
    }

    pub(super) fn declared(&self) -> Declared {
        Declared::of(self.repo, |name| std::env::var(name).ok())
    }

    /// Everything that can be wrong before the Hub is asked.
    pub(super) fn prepare(&self) -> Result<Ready<'r>, PublishError> {
        let warnings = self.refuse_findings()?;
        let sdk = value_in_readme(self.repo, "sdk").filter(|sdk| SDKS.contains(&sdk.as_str()));
        let sdk = sdk.ok_or(PublishError::NoSdk)?;
        let name = self.checked_name()?;
        let hardware = self.checked_hardware()?;
        let contents = contents(self.repo)?;
        let declared = self.declared();
        let settings = Settings::of(self.repo, &declared);
        let env_files_are_public = self.passed_over.iter().any(|rule| rule == ENV_FILE_PUSHED);
        let public = leaks::refuse(&contents, &settings, env_files_are_public)?;
        let notes = [declared.left_out, public, self.notes(warnings)].concat();
        Ok(Ready { sdk, name, hardware, contents, settings, notes })
    }

    /// Errors of the check stop it; warnings are counted.
    fn refuse_findings(&self) -> Result<usize, PublishError> {
        let skipped = self.passed_over.iter().map(String::as_str);
        let checker =
            Checker::new().skip(skipped).map_err(|unknown| PublishError::UnknownRule(unknown.name().to_owned()))?;
        let as_uploaded = (!self.by_git).then(|| self.repo.as_uploaded());
        let found = checker.check(as_uploaded.as_ref().unwrap_or(self.repo));
        let (errors, others): (Vec<Diagnostic>, Vec<_>) =
            found.into_iter().partition(|finding| finding.level == Level::Error);
        if errors.is_empty() { Ok(others.len()) } else { Err(PublishError::Findings(errors)) }
    }

    fn kept(&self, key: &str) -> Option<String> {
        let file = self.repo.text(OWN_FILE).and_then(|text| OwnFile::read(text).ok())?;
        match file.get(key) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    fn checked_name(&self) -> Result<String, PublishError> {
        let kept = || self.kept("name").filter(|name| name.parse::<RepoName>().is_ok());
        let folder = || {
            let root = fs_err::canonicalize(self.repo.root()?).ok()?;
            Some(RepoName::from_folder(&root.file_name()?.to_string_lossy()).to_string())
        };
        let given = self.name.clone().map(|name| spaces_page(&name).to_owned());
        let name = given.or_else(kept).or_else(folder).unwrap_or_else(|| RepoName::from_folder("").to_string());
        match name.parse::<RepoId>() {
            Ok(_) => Ok(name),
            Err(why) => Err(PublishError::Name { name, why: why.message().to_owned() }),
        }
    }

    /// The hardware to request: one that is asked for, or the free one that the answers name. What costs money is never requested
    /// because a file says so.
    fn checked_hardware(&self) -> Result<Option<String>, PublishError> {
        match &self.hardware {
            Some(flavor) if is_known(flavor) => Ok(Some(flavor.clone())),
            Some(flavor) => Err(PublishError::Hardware(flavor.clone())),
            None => Ok(self.kept("hardware").filter(|flavor| flavor == ZERO_GPU)),
        }
    }

    fn notes(&self, warnings: usize) -> Vec<String> {
        let mut notes = Vec::new();
        if warnings > 0 {
            let counted = if warnings == 1 { "a warning".to_owned() } else { format!("{warnings} warnings") };
            notes.push(format!("the check has {counted}: `spaces-new check` shows them"));
        }
        let kept = self.kept("hardware").filter(|flavor| ![ZERO_GPU, CPU_BASIC].contains(&flavor.as_str()));
        if let Some(flavor) = kept.filter(|_| self.hardware.is_none()) {
            notes.push(format!(
                "the answers name the hardware `{flavor}`, which costs money and is not requested by itself"
            ));
        }
        notes
    }

    pub(super) fn record(&self, space: &str) -> PublishedRecord {
        let name = Sha256::digest(format!("{}\n{space}", self.endpoint.trim_end_matches('/')));
        PublishedRecord::of(self.state.as_deref(), &hex(&name))
    }
}

/// The name in the address of a Space's page, or the text as it is.
fn spaces_page(name: &str) -> &str {
    name.strip_prefix("https://huggingface.co/spaces/").unwrap_or(name).trim_end_matches('/')
}

fn is_known(flavor: &str) -> bool {
    FLAVORS.iter().any(|known| known.id == flavor) || SEEN_ELSEWHERE.contains(&flavor)
}

/// A publication of which everything is known that this computer knows.
pub(super) struct Ready<'r> {
    pub(super) sdk: String,
    pub(super) name: String,
    pub(super) hardware: Option<String>,
    pub(super) contents: Vec<Content<'r>>,
    pub(super) settings: Settings,
    pub(super) notes: Vec<String>,
}
