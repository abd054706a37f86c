//! What was requested, in order, as values and as lines of JSON.

use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::Host;
use super::http::Head;

/// So many of the first bytes of a body that is not JSON are kept, so that tests can search them.
const KEPT: usize = 64 * 1024;

/// A request.
#[derive(Debug, Clone)]
pub struct Entry {
    pub host: Host,
    pub head: Head,
    pub body: Logged,
    /// The status of the answer, or nothing if the connection was dropped.
    pub status: Option<u16>,
    /// Why the server refused it as a request that no real client makes.
    pub refused: Option<String>,
    /// It met a fault of the script.
    pub fault: bool,
}

/// A body as it is logged.
#[derive(Debug, Clone)]
pub enum Logged {
    None,
    Json(Value),
    Lines(Vec<Value>),
    Bytes { size: u64, sha256: String, first: Vec<u8> },
}

impl Entry {
    /// The request as a line of the log, without the token.
    pub fn json(&self) -> Value {
        let mut entry = Map::new();
        entry.insert("host".into(), json!(format!("{:?}", self.host).to_lowercase()));
        entry.insert("method".into(), json!(self.head.method));
        entry.insert("path".into(), json!(self.head.path));
        entry.insert("query".into(), json!(self.head.query));
        let headers = self.head.headers.iter().map(|(name, value)| (name.clone(), json!(marked(name, value))));
        entry.insert("headers".into(), Value::Object(headers.collect()));
        match &self.body {
            Logged::None => {}
            Logged::Json(value) => drop(entry.insert("json".into(), value.clone())),
            Logged::Lines(lines) => drop(entry.insert("lines".into(), json!(lines))),
            Logged::Bytes { size, sha256, .. } => {
                entry.insert("bytes".into(), json!({"size": size, "sha256": sha256}));
            }
        }
        entry.insert("status".into(), json!(self.status));
        if let Some(why) = &self.refused {
            entry.insert("refused".into(), json!(why));
        }
        if self.fault {
            entry.insert("fault".into(), json!(true));
        }
        Value::Object(entry)
    }

    /// Whether these bytes are in what was sent, as they are or inside base64.
    pub fn carries(&self, bytes: &[u8]) -> bool {
        let inside = |text: &[u8]| text.windows(bytes.len().max(1)).any(|window| window == bytes);
        let head = format!("{} {} {:?}", self.head.path, self.head.query, self.head.headers);
        let body = match &self.body {
            Logged::None => false,
            Logged::Json(value) => texts(value).iter().any(|text| inside(text)),
            Logged::Lines(lines) => lines.iter().flat_map(texts).any(|text| inside(&text)),
            Logged::Bytes { first, .. } => inside(first),
        };
        body || inside(head.as_bytes())
    }
}

/// The value of a header, without a token.
fn marked(name: &str, value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) if name == "authorization" => format!("{scheme} <token>"),
        _ if name == "authorization" || name == "cookie" => "<secret>".into(),
        _ => value.to_owned(),
    }
}

/// All keys and texts of a value, and what those that are base64 stand for.
fn texts(value: &Value) -> Vec<Vec<u8>> {
    match value {
        Value::String(text) => {
            let decoded = STANDARD.decode(text).ok();
            std::iter::once(text.clone().into_bytes()).chain(decoded).collect()
        }
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(map) => {
            map.iter().flat_map(|(key, value)| [vec![key.clone().into_bytes()], texts(value)].concat()).collect()
        }
        _ => Vec::new(),
    }
}

impl Logged {
    /// The body of a request that is not a file.
    pub fn of(head: &Head, body: &[u8]) -> Result<Self, String> {
        match head.media_type() {
            "" | "application/json" | "application/vnd.git-lfs+json" if body.is_empty() => Ok(Self::None),
            "application/json" | "application/vnd.git-lfs+json" => {
                serde_json::from_slice(body).map(Self::Json).map_err(|error| format!("not JSON: {error}"))
            }
            "application/x-ndjson" => {
                let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
                let lines = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
                lines.map(Self::Lines).map_err(|error| format!("not JSON on each line: {error}"))
            }
            other => Err(format!("a body of type `{other}`")),
        }
    }

    pub fn bytes(size: u64, sha256: String, first: &[u8]) -> Self {
        Self::Bytes { size, sha256, first: first[..first.len().min(KEPT)].to_vec() }
    }

    pub fn value(&self) -> &Value {
        match self {
            Self::Json(value) => value,
            _ => &Value::Null,
        }
    }
}

/// All requests.
#[derive(Debug, Default)]
pub struct Log {
    entries: Mutex<Vec<Entry>>,
}

impl Log {
    pub(super) fn push(&self, entry: Entry) {
        self.entries.lock().unwrap().push(entry);
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.entries.lock().unwrap().clone()
    }

    /// Forgets what was requested so far.
    pub fn clear(&self) {
        self.entries.lock().unwrap().clear();
    }

    /// The log, a request a line.
    pub fn lines(&self) -> Vec<String> {
        self.entries().iter().map(|entry| entry.json().to_string()).collect()
    }

    /// What no real client sends, with the reason.
    pub fn refused(&self) -> Vec<String> {
        let entries = self.entries();
        let refused = entries.iter().filter_map(|entry| {
            let why = entry.refused.as_ref()?;
            Some(format!("{} {}: {why}", entry.head.method, entry.head.path))
        });
        refused.collect()
    }

    /// The requests that carry these bytes.
    pub fn carrying(&self, bytes: &[u8]) -> Vec<String> {
        let entries = self.entries();
        let carrying = entries.iter().filter(|entry| entry.carries(bytes));
        carrying.map(|entry| format!("{} {}", entry.head.method, entry.head.path)).collect()
    }

    /// The methods and paths, in order.
    pub fn calls(&self) -> Vec<String> {
        self.entries().iter().map(|entry| format!("{} {}", entry.head.method, entry.head.path)).collect()
    }
}
