//! What git and git-lfs ask for is sent on to servers made for them, which `tests/publish/git_server.py` starts.

use std::io::{BufReader, Error, Read, Result, Write};
use std::net::TcpStream;

use super::Shared;
use super::access::not_found;
use super::checks::{Outcome, refuse};
use super::http::{Answer, Head};

/// Headers of one connection, not of the request.
const OF_A_CONNECTION: [&str; 6] = ["connection", "content-length", "transfer-encoding", "expect", "server", "date"];

/// Whether git or git-lfs asks. The other clients have the same address for the batch of large files, and a token as `Bearer`.
pub fn belongs(head: &Head) -> bool {
    let git = ["/info/refs", "/git-upload-pack", "/git-receive-pack"].iter().any(|end| head.path.ends_with(end));
    let lfs = || {
        head.path.contains("/info/lfs/") && head.header("user-agent").is_some_and(|name| name.starts_with("git-lfs/"))
    };
    head.path.starts_with("/spaces/") && (git || lfs())
}

/// Sends a request on, and notes a push that was accepted as a commit.
pub fn forward(head: &Head, body: &[u8], shared: &Shared) -> Outcome {
    let Some(address) = &shared.script.git else { return refuse("this server has no repositories of git") };
    let mut parts = head.path.trim_start_matches("/spaces/").splitn(3, '/');
    let (owner, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let id = format!("{owner}/{}", name.strip_suffix(".git").unwrap_or(name));
    if !shared.state.lock().unwrap().spaces.contains_key(&id) {
        return Ok(not_found());
    }
    let Ok(answer) = exchange(address, head, body) else { return refuse(format!("nobody answers at {address}")) };
    let accepted = b"ok refs/heads/main";
    let pushed = head.path.ends_with("/git-receive-pack");
    if pushed
        && answer.body.windows(accepted.len()).any(|part| part == accepted)
        && let Some(space) = shared.state.lock().unwrap().spaces.get_mut(&id)
    {
        space.commit("git push");
    }
    Ok(answer)
}

fn exchange(address: &str, head: &Head, body: &[u8]) -> Result<Answer> {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://"))?;
    let query = if head.query.is_empty() { String::new() } else { format!("?{}", head.query) };
    let mut text = format!("{} {}{query} HTTP/1.1\r\n", head.method, head.path);
    for (name, value) in head.headers.iter().filter(|(name, _)| !OF_A_CONNECTION.contains(&name.as_str())) {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()));
    stream.write_all(text.as_bytes())?;
    stream.write_all(body)?;
    let mut whole = Vec::new();
    BufReader::new(stream).read_to_end(&mut whole)?;
    let end = whole.windows(4).position(|part| part == b"\r\n\r\n").ok_or_else(|| Error::other("no answer"))?;
    let lines = String::from_utf8_lossy(&whole[..end]).into_owned();
    let mut lines = lines.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let status = status.ok_or_else(|| Error::other("no status"))?;
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.filter(|(name, _)| !OF_A_CONNECTION.contains(&name.to_ascii_lowercase().as_str()));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Answer { status, headers, body: whole[end + 4..].to_vec(), events: None })
}
