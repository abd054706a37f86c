//! Publishes through git: the last commit of the folder, pushed by the person's own git.
//!
//! Git reads the settings of the repository, which may run programs, as it does for any push; so this only happens on
//! request. The token reaches git through a private file, for the Hub alone: it is not in an argument, an address or the environment of hooks.
//! No other host gets it, whatever the repository's settings, a redirect or `.lfsconfig` name.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::Watcher;
use super::error::PublishError;
use super::request::BRANCH;
use super::token::Token;
use crate::apply::Scratch;
use crate::program::{Captured, Command, Piece, Program, Watch};

/// How long a question to git may take, and a push: it may be of gigabytes.
const PATIENCE: Duration = Duration::from_mins(1);
const PUSH_PATIENCE: Duration = Duration::from_hours(6);
/// How much of an answer is kept.
const ANSWER_MOST: usize = 1 << 20;
/// A folder that is a repository of git, with everything committed.
pub(super) struct Repository<'f> {
    git: Program,
    folder: &'f Path,
    cancel: Arc<AtomicBool>,
    /// The last commit.
    pub(super) head: String,
}

impl<'f> Repository<'f> {
    /// Looks whether the folder can be pushed.
    ///
    /// # Errors
    /// If git is missing, or the folder is not the root of a repository with everything committed.
    pub(super) fn of(folder: &'f Path, cancel: Arc<AtomicBool>) -> Result<Self, PublishError> {
        let failed = |why: &str| PublishError::Git(why.to_owned());
        let git = Program::find("git").ok_or_else(|| failed("`git` was not found"))?;
        let mut repository = Self { git, folder, cancel, head: String::new() };
        let head = repository.ask(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
        let prefix = repository.ask(&["rev-parse", "--show-prefix"])?;
        if !(head.status.success() && prefix.status.success()) {
            return Err(failed("the folder is not a repository with a commit"));
        }
        if !text(&prefix.out).is_empty() {
            return Err(failed("the folder is only a part of a repository, and git would push all of it"));
        }
        let changes = repository.ask(&["status", "--porcelain", "--untracked-files=normal"])?;
        if let Some(line) = text(&changes.out).lines().next() {
            return Err(PublishError::Git(format!("not everything is committed: `{}`", line.trim())));
        }
        repository.head = text(&head.out);
        Ok(repository)
    }

    /// Pushes the last commit. If `replaces` names the commit that the Hub has, it takes its place.
    ///
    /// # Errors
    /// If git or the Hub refuses.
    pub(super) fn push(
        &self,
        address: &str,
        token: Option<&Token>,
        replaces: Option<&str>,
        watcher: &mut dyn Watcher,
    ) -> Result<(), PublishError> {
        let watch = Watch { patience: PUSH_PATIENCE, cancel: Arc::clone(&self.cancel) };
        let failed = |error: io::Error| PublishError::Git(format!("a private file cannot be written: {error}"));
        let scratch = Scratch::new().map_err(failed)?;
        let login = format!("username=user\npassword={}\n", token.map(Token::value).unwrap_or_default());
        let login = scratch.private_file("login", login.as_bytes()).map_err(failed)?;
        let settings = settings(address, &login);
        let lease = replaces.map(|sha| format!("--force-with-lease={BRANCH}:{sha}"));
        let prepare = |command: &mut Command| {
            command.args(settings.iter().flat_map(|setting| ["-c", setting])).arg("push").args(lease);
            command
                .args([address, &format!("HEAD:{BRANCH}")])
                .env("GIT_TERMINAL_PROMPT", "0")
                .env_remove("GIT_ASKPASS");
        };
        let mut running = self.git.start(self.folder, watch, prepare).map_err(|error| stopped(&error))?;
        let mut said = String::new();
        while let Some(piece) = running.next().map_err(|error| stopped(&error))? {
            let (Piece::Out(bytes) | Piece::Errors(bytes)) = piece;
            let piece = String::from_utf8_lossy(&bytes);
            let piece = token.map_or_else(|| piece.to_string(), |token| piece.replace(token.value(), "***"));
            piece.lines().for_each(|line| watcher.log(line));
            said.push_str(&piece);
        }
        let status = running.wait().map_err(|error| stopped(&error))?;
        if status.success() { Ok(()) } else { Err(PublishError::Git(reason(&said))) }
    }

    fn ask(&self, words: &[&str]) -> Result<Captured, PublishError> {
        let watch = Watch { patience: PATIENCE, cancel: Arc::clone(&self.cancel) };
        let asked = self.git.capture(self.folder, watch, ANSWER_MOST, |command| {
            command.args(words);
        });
        asked.map_err(|error| stopped(&error))
    }
}

/// What git is told for this push: who answers its question for a password, and only at the Hub; where LFS objects go.
fn settings(address: &str, login: &Path) -> [String; 5] {
    let hub = address.find("/spaces/").map_or(address, |at| &address[..at]);
    let login = login.to_string_lossy().replace('\'', "'\\''");
    [
        "credential.helper=".to_owned(),
        format!("credential.{hub}.helper=!f() {{ test \"$1\" = get && cat '{login}'; }}; f"),
        "http.followRedirects=false".to_owned(),
        format!("lfs.url={address}.git/info/lfs"),
        "lfs.locksverify=false".to_owned(),
    ]
}

fn stopped(error: &io::Error) -> PublishError {
    match error.kind() {
        io::ErrorKind::Interrupted => PublishError::Cancelled,
        _ => PublishError::Git(error.to_string()),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

/// The lines that say why: those of the Hub, otherwise the last ones of git.
fn reason(said: &str) -> String {
    let lines = || said.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let of_hub: Vec<&str> = lines().filter_map(|line| line.strip_prefix("remote:")).map(str::trim).collect();
    let of_hub: Vec<&str> = of_hub.into_iter().filter(|line| line.chars().any(char::is_alphanumeric)).collect();
    let is_reason = |line: &&str| ["!", "error:", "fatal:"].iter().any(|begin| line.starts_with(begin));
    let own: Vec<&str> = lines().filter(is_reason).collect();
    let is_vague = own.iter().all(|line| line.starts_with("error: failed to push some refs"));
    match (of_hub.is_empty(), is_vague) {
        (false, _) => of_hub.join("; "),
        (true, false) => own.join("; "),
        // A hook has said why
        (true, true) => lines().collect::<Vec<_>>().join("; "),
    }
}
