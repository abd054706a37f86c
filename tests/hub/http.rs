//! HTTP/1.1 as a server speaks it, enough for these clients: requests with a length or in chunks, answers with a length or as a stream.

use std::io::{BufRead, Error, ErrorKind, Read, Result, Write};

/// The first line and the headers of a request.
#[derive(Debug, Clone)]
pub struct Head {
    pub method: String,
    pub path: String,
    pub query: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// The next request of a connection, or nothing if the client has closed it.
    pub fn read(stream: &mut impl BufRead) -> Result<Option<Self>> {
        let Some(first) = line(stream)? else { return Ok(None) };
        let words: Vec<&str> = first.split(' ').collect();
        let [method, target, "HTTP/1.1"] = words[..] else {
            return Err(Error::new(ErrorKind::InvalidData, format!("not HTTP/1.1: `{first}`")));
        };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut head = Self { method: method.into(), path: path.into(), query: query.into(), headers: Vec::new() };
        loop {
            let line = line(stream)?.ok_or(ErrorKind::UnexpectedEof)?;
            if line.is_empty() {
                return Ok(Some(head));
            }
            let (name, value) = line.split_once(':').ok_or(ErrorKind::InvalidData)?;
            head.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The media type of the body, without its parameters.
    pub fn media_type(&self) -> &str {
        self.header("content-type").and_then(|value| value.split(';').next()).map_or("", str::trim)
    }

    pub fn is_chunked(&self) -> bool {
        self.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
    }

    /// The value of a parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The names of the parameters of the query.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split('=').next().unwrap_or(pair))
    }
}

/// The body of a request, read from its connection.
pub struct Body<'a, R> {
    stream: &'a mut R,
    /// What remains of the body, or of the chunk.
    left: u64,
    chunked: bool,
    ended: bool,
}

impl<'a, R: BufRead> Body<'a, R> {
    pub fn of(head: &Head, stream: &'a mut R) -> Result<Self> {
        let chunked = head.is_chunked();
        let length = head.header("content-length").map(str::parse).transpose();
        let left = length.map_err(|_| ErrorKind::InvalidData)?.unwrap_or(0);
        Ok(Self { stream, left: if chunked { 0 } else { left }, chunked, ended: false })
    }

    fn next_chunk(&mut self) -> Result<()> {
        let size = line(self.stream)?.ok_or(ErrorKind::UnexpectedEof)?;
        let size = size.split(';').next().unwrap_or_default().trim();
        self.left = u64::from_str_radix(size, 16).map_err(|_| ErrorKind::InvalidData)?;
        if self.left == 0 {
            self.ended = true;
            while line(self.stream)?.is_some_and(|line| !line.is_empty()) {}
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Body<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.chunked && self.left == 0 && !self.ended {
            self.next_chunk()?;
        }
        if self.left == 0 || into.is_empty() {
            return Ok(0);
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let count = self.stream.read(&mut into[..most])?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left -= count as u64;
        if self.chunked && self.left == 0 {
            line(self.stream)?;
        }
        Ok(count)
    }
}

/// A line without its end, or nothing at the end of the stream.
fn line(stream: &mut impl BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    if stream.take(65_536).read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// An answer with all of its body.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The answer goes on with these events, and ends only when the client or the server goes.
    pub events: Option<Vec<String>>,
}

impl Answer {
    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        let mut answer = Self { status, headers: Vec::new(), body: value.to_string().into_bytes(), events: None };
        answer.headers.push(("Content-Type".into(), "application/json; charset=utf-8".into()));
        answer
    }

    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), events: None }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn write(&self, stream: &mut impl Write, close: bool) -> Result<()> {
        let mut text = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.events.is_none() {
            text.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        if close || self.events.is_some() {
            text.push_str("Connection: close\r\n");
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(&self.body);
        stream.write_all(&bytes)?;
        stream.flush()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
