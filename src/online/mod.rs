//! Connects to the Hub. The only module that opens a connection, and only on request.
//!
//! Only the README is sent: no token, no name, no other file. Redirects are not followed, so it only goes to
//! the named host. This module judges nothing: `check` turns the answer into findings.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Timeout};

use crate::check::Verdict;

/// The time limit for the whole request.
const PATIENCE: Duration = Duration::from_secs(10);
/// The maximum size of an answer, which has a few lines.
const LARGEST_ANSWER: u64 = 1024 * 1024;

/// The Hub, or another server with the same API.
#[derive(Debug, Clone)]
pub struct Hub {
    endpoint: String,
    patience: Duration,
}

impl Hub {
    /// The default address of the Hub.
    pub const ENDPOINT: &'static str = "https://huggingface.co";

    /// The Hub at an address, as set by `HF_ENDPOINT` for the Hub's own libraries.
    #[must_use]
    pub fn at(endpoint: &str) -> Self {
        Self { endpoint: endpoint.trim_end_matches('/').to_owned(), patience: PATIENCE }
    }

    /// Waits this long for an answer, instead of ten seconds.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The answer about a README of the validator that also checks pushes.
    ///
    /// Source: `HfApi` and `RepoCard.validate` in <https://github.com/huggingface/huggingface_hub>: it answers with status 200
    /// or 400, and with `errors` and `warnings` that have a `message` each.
    ///
    /// # Errors
    /// If there is no connection, no answer in time, or an unexpected one.
    pub fn validate(&self, readme: &str) -> Result<Verdict, OnlineError> {
        let url = format!("{}/api/validate-yaml", self.endpoint);
        let fail = |why| OnlineError { endpoint: self.endpoint.clone(), why };
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            return Err(fail(Why::Address));
        }
        let agent = Agent::config_builder()
            .timeout_global(Some(self.patience))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(concat!("spaces-new/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let why = |error| Why::of(error, self.patience);
        let question = json!({"repoType": "space", "content": readme}).to_string();
        let request = agent.post(&url).header("content-type", "application/json");
        let mut response = request.send(question).map_err(|error| fail(why(error)))?;
        let status = response.status().as_u16();
        if !matches!(status, 200 | 400) {
            return Err(fail(Why::Status(status)));
        }
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_string();
        let body = body.map_err(|error| fail(why(error)))?;
        let answer: Answer = serde_json::from_str(&body).map_err(|_| fail(Why::Answer))?;
        let (Some(errors), Some(warnings)) = (answer.errors, answer.warnings) else { return Err(fail(Why::Answer)) };
        // A refusal without a reason would look like approval
        if status == 400 && errors.is_empty() {
            return Err(fail(Why::Answer));
        }
        Ok(Verdict::new(errors.into_iter().map(|said| said.message), warnings.into_iter().map(|said| said.message)))
    }
}

#[derive(Deserialize)]
struct Answer {
    errors: Option<Vec<Said>>,
    warnings: Option<Vec<Said>>,
}

#[derive(Deserialize)]
struct Said {
    message: String,
}

/// Why the request failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot connect to `{endpoint}`: {why}")]
pub struct OnlineError {
    endpoint: String,
    why: Why,
}

#[derive(Debug, thiserror::Error)]
enum Why {
    #[error("it is not an address that begins with `https://`")]
    Address,
    #[error("its name cannot be resolved; is this computer offline?")]
    NoSuchHost,
    #[error("there is no connection: {0}")]
    Connection(String),
    #[error("it gave no answer within {0} seconds")]
    Late(f64),
    #[error("it answered with status {0}")]
    Status(u16),
    #[error("its answer is not in the format of the Hub's validator")]
    Answer,
}

impl Why {
    fn of(error: ureq::Error, patience: Duration) -> Self {
        match error {
            ureq::Error::Timeout(Timeout::Resolve) | ureq::Error::HostNotFound => Self::NoSuchHost,
            ureq::Error::Timeout(_) => Self::Late(patience.as_secs_f64()),
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => Self::Address,
            ureq::Error::BodyExceedsLimit(_) => Self::Answer,
            // The standard library has no error kind for this, but always this text
            ureq::Error::Io(error) if error.to_string().contains("failed to lookup address") => Self::NoSuchHost,
            ureq::Error::Io(error) => Self::Connection(error.to_string()),
            other => Self::Connection(other.to_string()),
        }
    }
}
