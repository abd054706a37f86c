//! `check --online` against a server on the loopback interface that answers as the Hub's validator does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use spaces_new::Hub;

use crate::support::{Ran, Workspace};

const README: &str = "---\ntitle: Demo\nemoji: 🇫🇷\nsdk: static\n---\n";
const REFUSAL: &str = r#"{"errors":[{"message":"\"emoji\" must be an emoji"}],"warnings":[{"message":"a remark"}]}"#;
const CONSENT: &str = r#"{"errors":[],"warnings":[]}"#;

/// A request: its first line, and its body.
type Request = (String, serde_json::Value);

/// A server that answers every request with this status line and body. Returns its address and the requests.
fn server(status: &'static str, body: &'static str) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, reported) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Some(request) = read(&stream) else { continue };
            let length = body.len();
            let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n");
            let _ = write!(&stream, "{head}connection: close\r\n\r\n{body}");
            if tell.send(request).is_err() {
                return;
            }
        }
    });
    (address, reported)
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first.trim().to_owned(), serde_json::from_slice(&body).ok()?))
}

fn space() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("space/README.md", README).write("space/index.html", "<p>Demo</p>\n");
    workspace
}

fn check(workspace: &Workspace, endpoint: &str, words: &str) -> Ran {
    let mut command = workspace.command();
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.env("HF_ENDPOINT", endpoint).args(words.split_whitespace());
    Ran(command.output().unwrap())
}

#[test]
fn the_messages_of_the_hub_are_findings() {
    let (address, asked) = server("400 Bad Request", REFUSAL);
    let ran = check(&space(), &address, "check space --online --format json");
    assert_eq!(ran.code(), 1, "{}", ran.shown());
    let found = &ran.json()[0]["diagnostics"];
    assert_eq!(found[0]["rule"], "refused-metadata", "{found}");
    assert_eq!((&found[0]["level"], &found[0]["line"]), (&"warning".into(), &serde_json::Value::Null), "{found}");
    assert_eq!((&found[1]["level"], &found[1]["line"]), (&"error".into(), &3.into()), "{found}");
    assert_eq!(found[1]["message"], "the Hub says: \"emoji\" must be an emoji");
    let (line, body) = asked.recv().unwrap();
    assert_eq!(line, "POST /api/validate-yaml HTTP/1.1");
    assert_eq!(body, serde_json::json!({"repoType": "space", "content": README}), "only the README");
}

#[test]
fn a_readme_that_the_hub_accepts_is_clean() {
    let (address, asked) = server("200 OK", CONSENT);
    let ran = check(&space(), &format!("{address}/"), "check space --online").ok();
    assert_eq!(ran.stdout(), "`space`: no problems found\n");
    assert!(asked.recv().is_ok(), "no request was sent");
    let (address, asked) = server("400 Bad Request", REFUSAL);
    check(&space(), &address, "check space").ok();
    assert!(asked.try_recv().is_err(), "asked without `--online`");
}

/// Findings are shown anyway, and the exit code is that of a failure.
#[test]
fn a_failed_request_has_a_clear_message() {
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let (broken, _asked) = server("503 Service Unavailable", "down");
    let (elsewhere, _also) = server("302 Found", "");
    let (other, _more) = server("200 OK", "<html>");
    for (endpoint, why) in [
        (closed.as_str(), "there is no connection"),
        ("http://no-such-host.invalid", "its name cannot be resolved; is this computer offline?"),
        ("huggingface", "it is not an address that begins with `https://`"),
        (&broken, "it answered with status 503"),
        (&elsewhere, "it answered with status 302"),
        (&other, "its answer is not in the format of the Hub's validator"),
    ] {
        let ran = check(&space(), endpoint, "check space --online");
        assert_eq!(ran.code(), 2, "{endpoint}: {}", ran.shown());
        assert_eq!(ran.stdout(), "`space`: no problems found\n", "{endpoint}");
        assert!(ran.stderr().contains(why) && ran.stderr().contains("hint: "), "{endpoint}: {}", ran.stderr());
    }
}

#[test]
fn a_silent_server_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let start = Instant::now();
    let error = Hub::at(&address).patience(Duration::from_millis(200)).validate(README).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(error.to_string(), format!("cannot connect to `{address}`: it gave no answer within 0.2 seconds"));
}
