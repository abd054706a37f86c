//! Sends requests to the Hub and to its storage, again where that helps.
//!
//! The token only goes to the Hub itself: not to a storage, and not to another host that an answer names.

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::Response as HttpResponse;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body as AnswerBody, SendBody};

use super::address::{Origin, next_page, without_path};
use super::error::{HubRefusal, PublishError};
use super::pause::{LONGEST_PAUSE, PAUSES, Pauses, asked_pause};
use super::request::{Body, Method, Request, Target};
use super::token::Token;
use crate::try_out::Declared;

/// The time limit for a connection, and for the beginning of an answer.
const CONNECT: Duration = Duration::from_secs(15);
const ANSWER: Duration = Duration::from_mins(2);
/// A slower upload than this is given up: bytes a second.
const SLOWEST: u64 = 16 << 10;
/// The maximum size of an answer: a page of a thousand files has less.
const LARGEST_ANSWER: u64 = 16 << 20;
/// The maximum number of redirects on the same host: a Space that was renamed has one.
const MOST_REDIRECTS: usize = 3;

/// Why a body ended when the person stopped.
pub(super) const STOPPED: &str = "stopped by its user";

/// The connection to a Hub.
pub(super) struct Client {
    agent: Agent,
    endpoint: String,
    token: Option<Token>,
    /// Whose values are shown nowhere.
    hidden: Mutex<Declared>,
    pauses: Pauses,
}

/// An answer with a status of success.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) body: String,
    /// The address of the next page.
    pub(super) next: Option<String>,
    pub(super) etag: Option<String>,
}

impl Answer {
    /// Reads it.
    ///
    /// # Errors
    /// If it is not in the expected format.
    pub(super) fn json<T: DeserializeOwned>(&self, what: &str) -> Result<T, PublishError> {
        serde_json::from_str(&self.body).map_err(|_| PublishError::Answer { what: what.to_owned() })
    }
}

/// How one attempt ended.
enum Attempt {
    Answered(Box<HttpResponse<AnswerBody>>),
    /// It cannot succeed.
    Hopeless(PublishError),
    /// It may be different next time: why it failed, and how long the server wants us to wait.
    Failed(PublishError, Option<Duration>),
}

/// Where an exchange failed.
enum Interruption {
    /// Before there was an answer, as often as it was tried.
    Whole(PublishError),
    /// While the answer was read.
    Reading(PublishError),
}

impl Interruption {
    fn into_error(self) -> PublishError {
        let (Self::Whole(error) | Self::Reading(error)) = self;
        error
    }
}

impl Client {
    /// A connection to the server at an address.
    ///
    /// # Errors
    /// If it is not an address of the web.
    pub(super) fn new(endpoint: &str, token: Option<Token>, pauses: Pauses) -> Result<Self, PublishError> {
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        let is_safe = Origin::of(&endpoint).is_some_and(|origin| origin.is_safe());
        if !is_safe {
            return Err(PublishError::Endpoint);
        }
        let agent = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .timeout_recv_body(Some(ANSWER))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(concat!("spaces-new/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self { agent, endpoint, token, hidden: Mutex::default(), pauses })
    }

    /// Hides the values of secrets in whatever the Hub says.
    pub(super) fn hide(&self, secrets: &[(String, Option<String>)]) {
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        hidden.secrets.extend(secrets.iter().filter(|(_, value)| value.is_some()).cloned());
    }

    /// A text of the Hub without the token and without values of secrets.
    pub(super) fn masked(&self, text: &str) -> String {
        let text = self.token.as_ref().map_or(Cow::Borrowed(text), |token| text.replace(token.value(), "***").into());
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).masked(&text).into_owned()
    }

    /// Waits for this connection.
    pub(super) fn pauses(&self) -> &Pauses {
        &self.pauses
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Sends a request until it is answered, and reads the answer.
    ///
    /// # Errors
    /// If it is refused, or fails each time.
    pub(super) fn send(&self, request: &Request<'_>) -> Result<Answer, PublishError> {
        for pause in PAUSES {
            match self.answer(request) {
                // Also while an answer is read. Each request may be sent again: a commit names the one that it follows
                Err(Interruption::Reading(error)) => self.pauses.wait_after(&error, self.pauses.paced(pause))?,
                Err(Interruption::Whole(error)) => return Err(error),
                Ok(answer) => return Ok(answer),
            }
        }
        self.answer(request).map_err(Interruption::into_error)
    }

    fn answer(&self, request: &Request<'_>) -> Result<Answer, Interruption> {
        let mut response = self.answered(request).map_err(Interruption::Whole)?;
        let header = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let next = header("link").as_deref().and_then(next_page);
        let etag = header("etag");
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec();
        let lost = |error| match error {
            ureq::Error::BodyExceedsLimit(_) => {
                Interruption::Whole(PublishError::Answer { what: request.what.clone() })
            }
            error => Interruption::Reading(PublishError::connection(&request.what, &self.endpoint, &error)),
        };
        let body = String::from_utf8_lossy(&body.map_err(lost)?).into_owned();
        Ok(Answer { body, next, etag })
    }

    /// Sends a request whose answer is a stream that may have no end.
    ///
    /// # Errors
    /// If it is refused, or fails each time.
    pub(super) fn stream(&self, request: &Request<'_>, silence: Duration) -> Result<impl Read + use<>, PublishError> {
        let mut response = self.attempts(request, Some(silence))?;
        if !response.status().is_success() {
            return Err(self.refusal(request, &mut response).into());
        }
        Ok(response.into_body().into_reader())
    }

    fn answered(&self, request: &Request<'_>) -> Result<HttpResponse<AnswerBody>, PublishError> {
        let mut response = self.attempts(request, None)?;
        let mut redirects = 0;
        while response.status().is_redirection() {
            let target = self.redirected(request, &response)?;
            redirects += 1;
            if redirects > MOST_REDIRECTS {
                let to = "one address after the other".to_owned();
                return Err(PublishError::Redirect { what: request.what.clone(), to });
            }
            let body = match &request.body {
                Body::Nothing => Body::Nothing,
                Body::Json(value) => Body::Json(value.clone()),
                Body::Lfs(value) => Body::Lfs(value.clone()),
                Body::Commit(commit) => Body::Commit(commit),
                Body::Part(part) => Body::Part(part),
            };
            response = self.attempts(&Request::new(request.method, target, body, request.what.as_str()), None)?;
        }
        if response.status().is_success() { Ok(response) } else { Err(self.refusal(request, &mut response).into()) }
    }

    /// The path of an address, if it is one of the Hub: only such a one gets the token.
    pub(super) fn own_path(&self, address: &str) -> Option<String> {
        if address.starts_with('/') && !address.starts_with("//") {
            return Some(address.to_owned());
        }
        let is_own = Origin::of(address).is_some_and(|origin| Some(origin) == Origin::of(&self.endpoint));
        address.strip_prefix(&self.endpoint).filter(|path| is_own && path.starts_with('/')).map(str::to_owned)
    }

    /// Where an answer leads: only to another path of the same server, since another one must not get the token.
    fn redirected(&self, request: &Request<'_>, response: &HttpResponse<AnswerBody>) -> Result<Target, PublishError> {
        let location = response.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let keeps_method = matches!(response.status().as_u16(), 307 | 308) || request.method == Method::Get;
        match self.own_path(location) {
            Some(path) if keeps_method && matches!(request.target, Target::Hub(_)) => Ok(Target::Hub(path)),
            _ => Err(PublishError::Redirect { what: request.what.clone(), to: without_path(location) }),
        }
    }

    fn attempts(
        &self,
        request: &Request<'_>,
        silence: Option<Duration>,
    ) -> Result<HttpResponse<AnswerBody>, PublishError> {
        for pause in PAUSES.iter().map(Some).chain([None]) {
            self.pauses.go_on()?;
            match (self.attempt(request, silence), pause) {
                (Attempt::Answered(response), _) => return Ok(*response),
                (Attempt::Hopeless(error), _) | (Attempt::Failed(error, _), None) => return Err(error),
                (Attempt::Failed(error, Some(asked)), _) if asked > LONGEST_PAUSE => return Err(error),
                (Attempt::Failed(error, asked), Some(pause)) => {
                    self.pauses.wait_after(&error, asked.unwrap_or(self.pauses.paced(*pause)))?;
                }
            }
        }
        Err(PublishError::Cancelled)
    }

    fn attempt(&self, request: &Request<'_>, silence: Option<Duration>) -> Attempt {
        let failed = |error: PublishError| Attempt::Failed(error, None);
        let response = match self.once(request, silence) {
            Ok(response) => response,
            // No other attempt would help
            Err(ureq::Error::BadUri(_) | ureq::Error::Http(_)) => {
                return Attempt::Hopeless(PublishError::Answer { what: request.what.clone() });
            }
            Err(error) => return failed(PublishError::connection(&request.what, &self.host_of(request), &error)),
        };
        let status = response.status();
        if !matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504) {
            return Attempt::Answered(Box::new(response));
        }
        let mut response = response;
        let asked = asked_pause(&response);
        Attempt::Failed(self.refusal(request, &mut response).into(), asked)
    }

    fn once(&self, request: &Request<'_>, silence: Option<Duration>) -> Result<HttpResponse<AnswerBody>, ureq::Error> {
        let (address, is_hub) = match &request.target {
            Target::Hub(path) => (format!("{}{path}", self.endpoint), true),
            Target::Storage(address) => (address.clone(), false),
        };
        let (body, length) = request.body.open()?;
        let mut builder = ureq::http::Request::builder().method(request.method.to_string().as_str()).uri(&address);
        if let Some(token) = self.token.as_ref().filter(|_| is_hub) {
            builder = builder.header("authorization", format!("Bearer {}", token.value()));
        }
        let content_type = request.body.content_type().map(|kind| ("content-type", kind));
        let accept = request.accept().map(|kind| ("accept", kind));
        for (name, value) in [content_type, accept].into_iter().flatten() {
            builder = builder.header(name, value);
        }
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if request.method == Method::Get {
            let request = builder.body(())?;
            return self
                .agent
                .run(self.agent.configure_request(request).timeout_recv_body(silence.or(Some(ANSWER))).build());
        }
        builder = builder.header("content-length", length);
        let mut body = Stoppable { body, cancel: self.pauses.cancel_flag() };
        let patience = ANSWER + Duration::from_secs(length / SLOWEST);
        let request = builder.body(SendBody::from_reader(&mut body))?;
        self.agent.run(self.agent.configure_request(request).timeout_send_body(Some(patience)).build())
    }

    fn host_of(&self, request: &Request<'_>) -> String {
        match &request.target {
            Target::Hub(_) => self.endpoint.clone(),
            Target::Storage(address) => without_path(address),
        }
    }

    fn refusal(&self, request: &Request<'_>, response: &mut HttpResponse<AnswerBody>) -> HubRefusal {
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (code, in_header) = (header("x-error-code"), header("x-error-message"));
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_string().unwrap_or_default();
        let mut messages: Vec<String> = in_header.into_iter().chain(messages(&body)).collect();
        messages.dedup();
        let messages = messages.iter().map(|message| self.masked(message)).collect();
        HubRefusal { what: request.what.clone(), status, code, messages }
    }
}

/// A body that ends with an error when the person stops.
struct Stoppable<'c, R> {
    body: R,
    cancel: &'c AtomicBool,
}

impl<R: Read> Read for Stoppable<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancel.load(Ordering::SeqCst) {
            return Err(io::Error::other(STOPPED));
        }
        self.body.read(buffer)
    }
}

/// What an answer of the Hub says about a refusal.
fn messages(body: &str) -> Vec<String> {
    let Ok(value) = serde_json::from_str::<Value>(body) else { return Vec::new() };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let error = value.get("error").into_iter();
    let error = error.flat_map(|error| error.as_array().map_or_else(|| vec![error], |all| all.iter().collect()));
    let errors = value.get("errors").and_then(Value::as_array).into_iter().flatten();
    let mut found: Vec<String> = error.filter_map(text).collect();
    found.extend(errors.filter_map(|error| error.get("message").and_then(text)));
    found
}
