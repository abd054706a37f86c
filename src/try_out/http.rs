//! A small HTTP client for an app on this computer: one request a connection, the head and a bounded body.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a connection may take, and an answer.
const CONNECT: Duration = Duration::from_secs(2);
const ANSWER: Duration = Duration::from_secs(10);

/// The most that is read of a head, and of a body.
const HEAD_MOST: u64 = 64 * 1024;
const BODY_MOST: u64 = 256 * 1024;

/// An answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names in lower case, with their values.
    pub(super) headers: Vec<(String, String)>,
}

impl Answer {
    /// The values of a header, one for each time that it was sent.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Requests a page as the proxy of the Hub does.
///
/// # Errors
/// If nothing answers in HTTP.
pub(super) fn get(port: u16, path: &str, host: &str) -> io::Result<Answer> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect_timeout(&address, CONNECT)?;
    stream.set_read_timeout(Some(ANSWER))?;
    stream.set_write_timeout(Some(ANSWER))?;
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: {host}\r\n\
         X-Forwarded-For: 127.0.0.1\r\nUser-Agent: spaces-new\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    read(stream)
}

fn read(stream: impl Read) -> io::Result<Answer> {
    let mut stream = BufReader::new(stream.take(HEAD_MOST + BODY_MOST));
    let first = line(&mut stream)?;
    let status = first.strip_prefix("HTTP/").and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
    let status = status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP"))?;
    let mut headers = Vec::new();
    let mut size = 0;
    loop {
        let line = line(&mut stream)?;
        if line.is_empty() {
            break;
        }
        size += line.len() as u64;
        if size > HEAD_MOST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the head of the answer is too long"));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    // What matters is the head. A connection that is closed before the body would be an error in the log of the app
    let _ = io::copy(&mut stream.take(length.unwrap_or(BODY_MOST).min(BODY_MOST)), &mut io::sink());
    Ok(Answer { status, headers })
}

fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    stream.take(HEAD_MOST).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_a_status_headers_and_a_body() {
        let text = b"HTTP/1.1 302 Found\r\nLocation: /a\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 2\r\n\r\nokxx";
        let answer = read(&text[..]).unwrap();
        assert_eq!(answer.status, 302);
        assert_eq!(answer.values("set-cookie").collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!(answer.values("location").next(), Some("/a"));
    }

    #[test]
    fn what_is_not_http_is_refused_and_everything_is_bounded() {
        assert!(read(&b"SSH-2.0-x\r\n"[..]).is_err() && read(&b""[..]).is_err());
        let endless = io::Read::chain(&b"HTTP/1.1 200 OK\r\n"[..], io::repeat(b'x'));
        assert!(read(endless).is_err());
        let body = io::Read::chain(&b"HTTP/1.1 200 OK\r\n\r\n"[..], io::repeat(b'x'));
        assert_eq!(read(body).unwrap().status, 200);
    }
}
