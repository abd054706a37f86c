//! A client that sends what a test says, right or wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::Value;

use crate::hub::{Hub, Script};

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    method: String,
    /// The address without the path.
    origin: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A request to the Hub with the token of its account: `GET /path`.
    pub(crate) fn to(hub: &Hub, line: &str) -> Self {
        let (method, target) = line.split_once(' ').unwrap();
        let headers = vec![("Authorization".to_owned(), format!("Bearer {}", Script::TOKEN))];
        Self { method: method.into(), origin: hub.endpoint(), target: target.into(), headers, body: Vec::new() }
    }

    /// A request to an address that the server gave, without a token.
    pub(crate) fn at(method: &str, address: &str) -> Self {
        let rest = address.strip_prefix("http://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let (origin, target) = (format!("http://{host}"), format!("/{path}"));
        Self { method: method.into(), origin, target, headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.headers.push((name.into(), value.into()));
        }
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn anonymous(self) -> Self {
        self.header("Authorization", "")
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header("Content-Type", "application/json").body(body.to_string())
    }

    pub(crate) fn lfs(self, body: &Value) -> Self {
        let media_type = "application/vnd.git-lfs+json";
        self.header("Content-Type", media_type).header("Accept", media_type).body(body.to_string())
    }

    pub(crate) fn lines(self, lines: &[Value]) -> Self {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.header("Content-Type", "application/x-ndjson").body(text)
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it, and reads the answer if there is one.
    pub(crate) fn send(&self) -> Option<Reply> {
        let mut stream = BufReader::new(TcpStream::connect(self.origin.strip_prefix("http://").unwrap()).unwrap());
        let mut head = format!("{} {} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let chunked = self.headers.iter().any(|(name, _)| name == "Transfer-Encoding");
        if !chunked && (self.method != "GET" || !self.body.is_empty()) {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        // A server may answer, or go, before it has read everything
        let _ = stream.get_mut().write_all(format!("{head}\r\n").as_bytes());
        let _ = stream.get_mut().write_all(&self.body);
        read(&mut stream)
    }

    /// Sends it, and gives the status and the JSON of the answer.
    pub(crate) fn answer(&self) -> (u16, Value) {
        let reply = self.send().unwrap_or_else(|| panic!("no answer to {self:?}"));
        (reply.status, serde_json::from_slice(&reply.body).unwrap_or_default())
    }

    /// Sends it, and gives the JSON of an answer that is not an error.
    pub(crate) fn done(&self) -> Value {
        let (status, value) = self.answer();
        assert_eq!(status, 200, "{value} to {} {}", self.method, self.target);
        value
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<Reply> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let status = lines[0].split(' ').nth(1)?.parse().ok()?;
    let pairs = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers: Vec<(String, String)> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut body = Vec::new();
    let length = headers.iter().find(|(name, _)| name == "Content-Length");
    match length {
        Some((_, length)) => drop(stream.take(length.parse().ok()?).read_to_end(&mut body)),
        // A stream that does not end by itself: what comes first is enough
        None => {
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|count| count > 1) {}
            body = line.into_bytes();
        }
    }
    let _ = stream.get_ref().shutdown(Shutdown::Both);
    Some(Reply { status, headers, body })
}
