//! One connection: requests one after the other, with the faults that the script orders.

use std::io::{BufReader, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use super::checks::{Outcome, Refusal};
use super::faults::Action;
use super::http::{Answer, Body, Head};
use super::log::{Entry, Logged};
use super::storage::{Received, receive};
use super::{Host, Shared, access, gateway, lfs, routes};

/// A body that is not a file is not longer.
const LONGEST: u64 = 1 << 30;
/// How often a stream without news says that it lives.
const ALIVE: Duration = Duration::from_secs(15);

/// Answers the requests of a connection until one side ends it.
pub fn serve(stream: &TcpStream, host: Host, shared: &Shared) {
    let mut reader = BufReader::with_capacity(1 << 16, stream);
    while let Ok(Some(head)) = Head::read(&mut reader) {
        if !matches!(exchange(head, &mut reader, (stream, host), shared), Ok(true)) {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

type Reader<'a> = BufReader<&'a TcpStream>;

/// Answers a request. Says whether the connection stays.
fn exchange(head: Head, reader: &mut Reader, (mut stream, host): (&TcpStream, Host), shared: &Shared) -> Result<bool> {
    let here = host != Host::Elsewhere;
    let action = shared.script.faults.iter().filter(|_| here).find_map(|fault| fault.strikes(&head));
    let mut entry = Entry { host, head, body: Logged::None, status: None, refused: None, fault: action.is_some() };
    match action {
        Some(Action::Early { status }) => {
            entry.status = Some(status);
            shared.log.push(entry);
            Answer::empty(status).write(&mut stream, true)?;
            linger(stream)?;
            return Ok(false);
        }
        Some(Action::DropAfter(bytes)) => {
            let mut some = Body::of(&entry.head, reader)?.take(bytes);
            let received = receive(&mut some, None)?;
            entry.body = Logged::bytes(received.size, received.sha256, &received.first);
            shared.log.push(entry);
            return Ok(false);
        }
        _ => {}
    }
    if entry.head.header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let outcome = carry_out(&mut entry, reader, action.as_ref(), shared)?;
    if let Some(Action::Slow(time)) = action {
        sleep(time);
    }
    if matches!(action, Some(Action::Lost)) {
        shared.log.push(entry);
        return Ok(false);
    }
    let answer = outcome.unwrap_or_else(|Refusal(why)| {
        let answer = Answer::json(400, &json!({"error": format!("the test server refuses this: {why}")}));
        entry.refused = Some(why);
        answer
    });
    entry.status = Some(answer.status);
    let stays = entry.head.header("connection").is_none_or(|value| !value.eq_ignore_ascii_case("close"));
    shared.log.push(entry);
    answer.write(&mut stream, !stays)?;
    match &answer.events {
        Some(events) => tell(events, stream, shared).map(|()| false),
        None => Ok(stays),
    }
}

/// Ends a connection whose body was not read: one that just closes loses the answer on its way.
fn linger(mut stream: &TcpStream) -> Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let mut some = vec![0; 1 << 16];
    let _ = stream.read(&mut some);
    Ok(())
}

/// Reads the body, and does what the request asks for unless a fault answers instead.
fn carry_out(entry: &mut Entry, reader: &mut Reader, action: Option<&Action>, shared: &Shared) -> Result<Outcome> {
    let instead = action.and_then(|action| match action {
        Action::Answer { status, headers, body } => {
            let (status, headers, body) = (*status, headers.clone(), body.clone().into_bytes());
            Some(Answer { status, headers, body, events: None })
        }
        Action::Redirect { status } => {
            let head = &entry.head;
            let query = if head.query.is_empty() { String::new() } else { format!("?{}", head.query) };
            let place = format!("{}{}{query}", shared.address(Host::Elsewhere), head.path);
            Some(Answer::empty(*status).header("Location", &place))
        }
        _ => None,
    });
    let mut body = Body::of(&entry.head, reader)?;
    if entry.head.method == "PUT" && entry.host != Host::Hub {
        let keep = instead.is_none().then(|| lfs::place(entry, shared)).flatten();
        let received = receive(&mut body, keep.as_deref())?;
        let Received { size, sha256, first } = received;
        entry.body = Logged::bytes(size, sha256, &first);
    } else {
        let mut bytes = Vec::new();
        let forward = entry.host == Host::Hub && gateway::belongs(&entry.head);
        if body.by_ref().take(LONGEST).read_to_end(&mut bytes)? as u64 == LONGEST {
            return Err(ErrorKind::FileTooLarge.into());
        }
        if forward {
            let Received { size, sha256, first } = receive(&mut &bytes[..], None)?;
            entry.body = if bytes.is_empty() { Logged::None } else { Logged::bytes(size, sha256, &first) };
            return Ok(instead.map_or_else(|| gateway::forward(&entry.head, &bytes, shared), Ok));
        }
        entry.body = match Logged::of(&entry.head, &bytes) {
            Ok(logged) => logged,
            Err(why) => return Ok(Err(Refusal(why))),
        };
    }
    if let Err(refusal) = access::keeps_token(entry, shared) {
        return Ok(Err(refusal));
    }
    Ok(instead.map_or_else(|| routes::route(entry, shared), Ok))
}

/// Sends the events of a stream, and then only signs of life.
fn tell(events: &[String], mut stream: &TcpStream, shared: &Shared) -> Result<()> {
    for event in events {
        stream.write_all(format!("data: {event}\n\n").as_bytes())?;
    }
    let start = Instant::now();
    let mut alive = start;
    while !shared.stopped.load(Ordering::SeqCst) && start.elapsed() < shared.script.logs_stay {
        sleep(Duration::from_millis(50));
        if alive.elapsed() > ALIVE {
            stream.write_all(b"data:\n\n")?;
            alive = Instant::now();
        }
    }
    Ok(())
}
