//! Faults of a server and of a network, which a script orders for some requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::http::Head;

/// What goes wrong.
#[derive(Debug, Clone)]
pub enum Action {
    /// The request is read, and this is the answer; nothing is done.
    Answer { status: u16, headers: Vec<(String, String)>, body: String },
    /// This is the answer before the body is read, and the connection ends.
    Early { status: u16 },
    /// The connection ends after so many bytes of the body; nothing is done.
    DropAfter(u64),
    /// The request is carried out, and the connection ends without an answer.
    Lost,
    /// The client is sent to another host, with the same path.
    Redirect { status: u16 },
    /// The answer comes late.
    Slow(Duration),
}

/// An action for the requests of one kind.
#[derive(Debug, Clone)]
pub struct Fault {
    method: String,
    path: String,
    action: Action,
    skip: u32,
    times: u32,
    seen: Arc<AtomicU32>,
}

impl Fault {
    /// For one request with this method, whose path contains this text.
    pub fn new(method: &str, path: &str, action: Action) -> Self {
        let (method, path) = (method.into(), path.into());
        Self { method, path, action, skip: 0, times: 1, seen: Arc::default() }
    }

    /// The first such requests are not touched.
    #[must_use]
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// For so many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// An error of the server.
    pub fn status(method: &str, path: &str, status: u16) -> Self {
        let action = Action::Answer { status, headers: Vec::new(), body: String::new() };
        Self::new(method, path, action)
    }

    /// An error with a message, as the Hub sends it.
    pub fn error(method: &str, path: &str, status: u16, message: &str) -> Self {
        let headers = vec![
            ("Content-Type".into(), "application/json; charset=utf-8".into()),
            ("X-Error-Message".into(), message.into()),
        ];
        let body = serde_json::json!({"error": message}).to_string();
        Self::new(method, path, Action::Answer { status, headers, body })
    }

    /// Too many requests: come back after so many seconds.
    pub fn too_many(method: &str, path: &str, seconds: u32) -> Self {
        let headers = vec![("Retry-After".into(), seconds.to_string())];
        Self::new(method, path, Action::Answer { status: 429, headers, body: String::new() })
    }

    /// What happens to this request, if anything does.
    pub fn strikes(&self, head: &Head) -> Option<Action> {
        if self.method != head.method || !head.path.contains(&self.path) {
            return None;
        }
        let seen = self.seen.fetch_add(1, Ordering::SeqCst);
        (seen >= self.skip && seen - self.skip < self.times).then(|| self.action.clone())
    }
}
