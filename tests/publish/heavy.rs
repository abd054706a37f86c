//! What takes too long for every test run: a file of gigabytes, runs that are killed at each request, and TLS.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::{TempDir, tempdir};

use crate::hub::{Action, Content, Fault, Hub, Script};
use crate::ours::Folder;
use crate::settings::{beside, work};

/// The command, on its way.
fn start(folder: &Path, home: &TempDir, endpoint: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
    command.args(["publish", "--name", "my-space", "--no-wait"]).arg(folder).env_clear();
    command.env("PATH", "/usr/bin:/bin").env("HOME", home.path()).env("HF_ENDPOINT", endpoint);
    command.env("HF_TOKEN", Script::TOKEN).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// How it ended, with what it said.
fn end(child: Child) -> (bool, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// The most memory that a process has had, in kilobytes; none once it has ended.
fn memory(process: u32) -> Option<u64> {
    let status = fs_err::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
#[ignore = "sends two gigabytes"]
fn a_file_of_two_gigabytes_is_sent_in_parts_with_little_memory() {
    let mut script = Script::paid();
    script.part_size = 64 << 20;
    let hub = Hub::start(script);
    let (folder, home) = (Folder::with(&[]), tempdir().unwrap());
    let size = (2 << 30) + 4711;
    let large = fs_err::File::create(folder.path().join("assets/large.bin")).unwrap();
    large.set_len(size).unwrap();
    let child = start(folder.path(), &home, &hub.endpoint());
    let (process, mut most) = (child.id(), 0);
    let watched = thread::spawn(move || {
        while let Some(kilobytes) = memory(process) {
            most = most.max(kilobytes);
            thread::sleep(Duration::from_millis(20));
        }
        most
    });
    let (is_well, said) = end(child);
    assert!(is_well, "{said}");
    let most = watched.join().unwrap();
    assert!((1..64 << 10).contains(&most), "{most} kB");
    let space = hub.space("tester/my-space").unwrap();
    assert!(matches!(space.files["assets/large.bin"].content, Content::Large { size: kept, .. } if kept == size));
    assert_eq!(hub.log().refused(), [""; 0]);
}

#[test]
#[ignore = "runs the command some forty times"]
fn a_run_that_is_killed_at_any_request_is_finished_by_the_next_one() {
    for at in 1..=20 {
        let slow = |method: &str| Fault::new(method, "", Action::Slow(Duration::from_millis(30))).times(1000);
        let hub = Hub::start(
            ["GET", "POST", "PUT"].into_iter().fold(Script::paid(), |script, method| script.fault(slow(method))),
        );
        let (folder, home) = (Folder::with(&[]), tempdir().unwrap());
        let mut child = start(folder.path(), &home, &hub.endpoint());
        let begin = Instant::now();
        while hub.log().calls().len() < at
            && child.try_wait().unwrap().is_none()
            && begin.elapsed() < Duration::from_mins(1)
        {
            thread::sleep(Duration::from_millis(2));
        }
        let _ = child.kill();
        end(child);
        let (is_well, said) = end(start(folder.path(), &home, &hub.endpoint()));
        assert!(is_well, "killed at request {at}: {said}");
        let space = hub.space("tester/my-space").unwrap();
        assert_eq!(space.commits.len(), 2, "killed at request {at}");
        assert_eq!(space.files["app.py"].text(), Some("print(\"hello\")\n"));
        assert_eq!(hub.log().refused(), [""; 0]);
    }
}

/// A server with TLS in front of another one, killed when this is dropped.
struct Tls {
    server: Child,
    port: String,
    authority: TempDir,
}

impl Tls {
    fn before(hub: &Hub) -> Self {
        let authority = tempdir().unwrap();
        let port = hub.endpoint().rsplit(':').next().unwrap().to_owned();
        let mut command = Command::new(work().join("venv/bin/python"));
        command.arg(beside("tls.py")).arg(port).arg(authority.path()).stdout(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let mut port = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { server, port: port.trim().to_owned(), authority }
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[test]
#[ignore = "needs openssl and Python"]
fn certificates_are_those_that_the_system_trusts() {
    let mut script = Script::paid();
    // Its address would be that of the server without TLS, which is another one, and gets no token
    script.verifies = false;
    let hub = Hub::start(script);
    let tls = Tls::before(&hub);
    let (folder, home) = (Folder::with(&[]), tempdir().unwrap());
    let publish = |trusted: Option<&Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command.args(["publish", "--name", "my-space", "--no-wait"]).arg(folder.path());
        command.args(["--endpoint", &format!("https://localhost:{}", tls.port)]).env_clear();
        command.env("HOME", home.path()).env("HF_TOKEN", Script::TOKEN).env("PATH", "/usr/bin:/bin");
        if let Some(trusted) = trusted {
            command.env("SSL_CERT_FILE", trusted);
        }
        end(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    };
    let (is_well, said) = publish(None);
    assert!(!is_well && said.contains("certificate"), "{said}");
    assert_eq!(hub.log().calls(), [""; 0]);
    let (is_well, said) = publish(Some(&tls.authority.path().join("authority.pem")));
    assert!(is_well, "{said}");
    assert_eq!(hub.space("tester/my-space").unwrap().commits.len(), 2);
}
