//! Why a Space was not published, and what to do.

use std::fmt;

use ureq::Timeout;

use crate::check::Diagnostic;
use crate::facts::hardware::FLAVORS;
use crate::values::nearest;

/// Why a Space was not published. What was done before stays done: the next run goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The check reports errors.
    #[error("the check reports {}", counted(.0.len()))]
    Findings(Vec<Diagnostic>),
    /// A rule that should be passed over does not exist.
    #[error("unknown rule `{0}`")]
    UnknownRule(String),
    /// The README does not say which kind of Space it is.
    #[error("README.md does not name an SDK that the Hub has")]
    NoSdk,
    /// The name of the Space is invalid.
    #[error("`{name}` cannot be the name of a Space: {why}")]
    Name {
        /// The name.
        name: String,
        /// Why.
        why: String,
    },
    /// A hardware that the Hub does not have.
    #[error("unknown hardware `{0}`")]
    Hardware(String),
    /// No token was found.
    #[error("no token of the Hub was found")]
    NoToken,
    /// What is there cannot be a token, with its place.
    #[error("what {0} has is not a token: a token has no blanks and no line breaks in it")]
    Token(String),
    /// A `.env`, which is made for values.
    #[error("`{0}` would be published, and such a file is made for values that stay private")]
    EnvFile(String),
    /// A file has the value of a secret.
    #[error("`{path}` would be published, and has the value of {what}")]
    Leak {
        /// The file.
        path: String,
        /// Of what.
        what: String,
    },
    /// The address of the Hub cannot be used.
    #[error(
        "the address of the Hub must begin with `https://`, or with `http://localhost` or another address of this computer, and \
         have no user name in it"
    )]
    Endpoint,
    /// The list of files is not complete.
    #[error("it is not certain which files git would push: `{path}`: {why}")]
    Unlisted {
        /// What was skipped.
        path: String,
        /// Why.
        why: String,
    },
    /// Something that only a push by git can publish.
    #[error("`{path}`: {what} cannot be uploaded")]
    NeedsGit {
        /// The file.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// A file cannot be read, or changed meanwhile.
    #[error("`{path}` cannot be published: {why}")]
    File {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
    /// A file is a pointer whose content is not on this computer.
    #[error("`{0}` is only a pointer of LFS, and the Hub does not have its content")]
    Pointer(String),
    /// The Space has content that was not published from here.
    #[error("the Space has changed since it was published from here: {}", said(.0))]
    Newer(Vec<RemoteCommit>),
    /// Git could not push.
    #[error("git cannot push: {0}")]
    Git(String),
    /// The connection failed, again and again.
    #[error("cannot {what}: no answer from {host}: {why}")]
    Connection {
        /// What was to be done.
        what: String,
        /// The server.
        host: String,
        /// Why.
        why: String,
    },
    /// The server refused.
    #[error("{0}")]
    Refused(#[from] HubRefusal),
    /// The server leads to another one, which must not get the token.
    #[error("cannot {what}: the server leads to another address, `{to}`, which is not followed")]
    Redirect {
        /// What was to be done.
        what: String,
        /// The other address.
        to: String,
    },
    /// An answer that is not in the format of the Hub.
    #[error("cannot {what}: the answer is not in the format of the Hub")]
    Answer {
        /// What was to be done.
        what: String,
    },
    /// The caller stopped it.
    #[error("stopped")]
    Cancelled,
}

/// A refusal of the Hub.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HubRefusal {
    /// What was to be done, to complete "cannot ..".
    pub what: String,
    /// The status of HTTP.
    pub status: u16,
    /// The Hub's name for the error.
    pub code: Option<String>,
    /// What the Hub says.
    pub messages: Vec<String>,
}

impl fmt::Display for HubRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "cannot {}: ", self.what)?;
        if self.messages.is_empty() {
            return write!(out, "the Hub answers with status {}", self.status);
        }
        write!(out, "the Hub says \"{}\" (status {})", self.messages.join("; "), self.status)
    }
}

impl std::error::Error for HubRefusal {}

/// A commit on the Hub.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RemoteCommit {
    /// Its identifier.
    pub id: String,
    /// Its first line.
    pub title: String,
    /// When it was made, as the Hub says it.
    pub date: String,
}

fn said(commits: &[RemoteCommit]) -> String {
    let one = |commit: &RemoteCommit| {
        let date = commit.date.split(['T', ' ']).next().unwrap_or_default();
        format!("\"{}\" ({date}, {})", commit.title, commit.id.chars().take(7).collect::<String>())
    };
    commits.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn counted(errors: usize) -> String {
    if errors == 1 { "an error".to_owned() } else { format!("{errors} errors") }
}

/// What a free account can do, in the order of how much has to change.
const THREE_WAYS: &str = "a Gradio or Docker Space on `cpu-basic` needs a paid plan. Three ways on: subscribe to PRO \
    (https://huggingface.co/pro); publish a static page, which is free; or run a Gradio app on ZeroGPU, of which a free account may \
    have two: `spaces-new init --plan free` moves a Gradio app there";

impl PublishError {
    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Findings(_) => {
                "`spaces-new check --fix` corrects what it can; `--force-check RULE` passes over a rule that is wrong here"
            }
            Self::UnknownRule(_) => "`spaces-new rules` lists every rule",
            Self::NoSdk => "`spaces-new init` makes a Space of the app in this folder",
            Self::Name { .. } => "give `--name OWNER/NAME`, or `--name NAME` for a Space of your own",
            Self::Hardware(flavor) => {
                let known = FLAVORS.iter().map(|flavor| flavor.id);
                let known: Vec<&str> = known.collect();
                return Some(match nearest(flavor, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of: {}", known.join(", ")),
                });
            }
            Self::NoToken => {
                "log in with `hf auth login`, or set HF_TOKEN to a token that can write: https://huggingface.co/settings/tokens"
            }
            Self::Token(_) => "set HF_TOKEN to the token alone, or unset it and log in with `hf auth login`",
            Self::EnvFile(_) => {
                "list the file in .gitignore (and `git rm --cached` it if git has it); if it has nothing private, \
                 `--force-check env-file-pushed` publishes it"
            }
            Self::Leak { .. } => {
                "everybody could read it: take the value out of the file, or list the file in .gitignore (and `git rm --cached` it if git has it)"
            }
            Self::Endpoint => "give the address of a Hub; without one, HF_ENDPOINT or https://huggingface.co counts",
            Self::Unlisted { .. } => "make it readable, or push through git, which knows: `spaces-new publish --git`",
            Self::NeedsGit { .. } => "commit the files, and push them through git: `spaces-new publish --git`",
            Self::File { .. } => {
                "no file was committed; run it again when the file can be read and is not being written"
            }
            Self::Pointer(_) => "get the content first: `git lfs pull`",
            Self::Newer(_) => {
                "get these changes into the folder first; `--overwrite` replaces what the Space has with the files of this folder"
            }
            Self::Git(why) if why.contains("[rejected]") => {
                "the Space has commits that this repository does not have: get them with `git pull`, or replace them with `--overwrite`"
            }
            Self::Git(_) => "`--git` pushes the last commit of this folder; without it the files are uploaded",
            Self::Connection { .. } => "run it again: what is done is not done twice",
            Self::Refused(refusal) => return refusal.hint(),
            Self::Redirect { .. } => "give the address of the Hub itself in `--endpoint` or HF_ENDPOINT",
            Self::Answer { .. } => "check `--endpoint` and HF_ENDPOINT",
            Self::Cancelled => return None,
        };
        Some(hint.to_owned())
    }

    pub(super) fn connection(what: &str, host: &str, error: &ureq::Error) -> Self {
        let why = match error {
            ureq::Error::Timeout(Timeout::Resolve) | ureq::Error::HostNotFound => {
                "its name cannot be resolved; is this computer offline?".to_owned()
            }
            ureq::Error::Timeout(_) => "it took too long".to_owned(),
            ureq::Error::Io(error) if error.to_string() == super::http::STOPPED => return Self::Cancelled,
            // The standard library has no error kind for this, but always this text
            ureq::Error::Io(error) if error.to_string().contains("failed to lookup address") => {
                "its name cannot be resolved; is this computer offline?".to_owned()
            }
            ureq::Error::Io(error) => error.to_string(),
            other => other.to_string(),
        };
        Self::Connection { what: what.to_owned(), host: host.to_owned(), why }
    }

    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            _ => None,
        }
    }
}

impl HubRefusal {
    /// Whether the Space does not exist or is hidden from this account: the Hub gives the same answer in both cases.
    pub(super) fn is_not_found(&self) -> bool {
        self.status == 404 || (self.status == 401 && self.code.as_deref() == Some("RepoNotFound"))
    }

    fn hint(&self) -> Option<String> {
        let said = |word: &str| self.messages.iter().any(|message| message.to_ascii_lowercase().contains(word));
        let hint = match self.status {
            401 => "the token is invalid or has expired: log in again with `hf auth login`, or set HF_TOKEN",
            402 if said("storage") => {
                "delete files or Spaces, or get more storage: https://huggingface.co/settings/billing"
            }
            402 => THREE_WAYS,
            403 if said("payment") => {
                "add a way to pay: https://huggingface.co/settings/billing; or take free hardware"
            }
            403 if said("storage") => {
                "a Space has 1 GB for its files: load models and datasets from the Hub when the app starts, instead of pushing them"
            }
            403 if self.what.starts_with("upload `") => {
                "the storage refuses it: run it again, which asks for a new address"
            }
            403 => {
                "the token must be one that can write, of an account that may write to this owner: https://huggingface.co/settings/tokens; \
                 `--name OWNER/NAME` chooses another owner"
            }
            404 => {
                "check the owner and the name; a private Space is not found with the token of somebody else, and one that was just renamed or \
                 deleted is not found any more"
            }
            409 if said("conflicting operation") => "run it again in a moment",
            409 => "choose another name with `--name`",
            412 => "somebody has changed the Space meanwhile: look at its files, then run it again",
            400 if said("yaml") || said("metadata") || said("must be") => {
                "`spaces-new check` shows the place in README.md; `spaces-new check --online` asks the Hub first"
            }
            413 => "load large files from the Hub when the app starts, instead of pushing them",
            429 => "the Hub limits how many requests an account may send: wait, then run it again",
            500.. => {
                "the Hub has a problem: https://status.huggingface.co; run it again later, what is done is not done twice"
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }
}
