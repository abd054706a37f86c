//! A small HTTP client, enough for these tests.

use std::io::{BufRead, BufReader, Error, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Requests a page.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    request(port, "GET", path, "", Duration::from_secs(5))
}

/// Sends a request, with JSON as its body unless that is empty.
pub fn request(port: u16, method: &str, path: &str, body: &str, patience: Duration) -> Result<Answer> {
    send(port, method, path, ("application/json", body.as_bytes()), patience)
}

/// Sends a request with a body of any type.
pub fn send(port: u16, method: &str, path: &str, body: (&str, &[u8]), patience: Duration) -> Result<Answer> {
    let lines = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    with_head(port, &lines, body, patience)
}

/// Sends a request with the first lines of its head, among them its `Host`.
pub fn with_head(port: u16, lines: &str, (media_type, body): (&str, &[u8]), patience: Duration) -> Result<Answer> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(patience))?;
    let length = body.len();
    let about = format!("Connection: close\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(format!("{lines}{about}").as_bytes())?;
    stream.write_all(body)?;
    read(&mut BufReader::new(stream))
}

fn read(stream: &mut impl BufRead) -> Result<Answer> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| Error::other(format!("not HTTP: `{first}`")))?;
    let (mut length, mut chunked) = (None, false);
    loop {
        let header = line(stream)?.to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok();
        }
        chunked |= header.starts_with("transfer-encoding:") && header.contains("chunked");
    }
    let mut body = Vec::new();
    match length {
        _ if chunked => read_chunks(stream, &mut body)?,
        Some(length) => drop(stream.take(length).read_to_end(&mut body)?),
        None => drop(stream.read_to_end(&mut body)?),
    }
    Ok(Answer { status, body })
}

fn read_chunks(stream: &mut impl BufRead, body: &mut Vec<u8>) -> Result<()> {
    loop {
        let size = line(stream)?;
        let length = u64::from_str_radix(size.trim(), 16).map_err(Error::other)?;
        if length == 0 {
            return Ok(());
        }
        stream.take(length).read_to_end(body)?;
        line(stream)?;
    }
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
