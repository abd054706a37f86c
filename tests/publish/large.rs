//! A file of two gigabytes in parts: the server keeps none of it in memory, and next to none on the disk if it is a sparse file.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::hub::{Hub, Script};

const SIZE: u64 = 2 << 30;
const PART: u64 = 64 << 20;
/// The most memory that this process may have had.
const MEMORY: u64 = 200 << 20;
const BLOCK: usize = 1 << 20;

/// Sends a request whose body is so many zeros, or a text. Gives the tag and the JSON of the answer.
fn send(line: &str, headers: &str, body: (u64, &str)) -> (String, Value) {
    let (method, address) = line.split_once(" http://").unwrap();
    let (host, path) = address.split_once('/').unwrap();
    let mut stream = BufReader::new(TcpStream::connect(host).unwrap());
    let length = body.0 + body.1.len() as u64;
    let head =
        format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    stream.get_mut().write_all(format!("{head}{headers}\r\n{}", body.1).as_bytes()).unwrap();
    let block = vec![0; BLOCK];
    for _ in 0..body.0 / BLOCK as u64 {
        stream.get_mut().write_all(&block).unwrap();
    }
    let (mut tag, mut status) = (String::new(), String::new());
    for line in stream.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if let Some(value) = line.strip_prefix("ETag: ") {
            value.clone_into(&mut tag);
        }
        if line.starts_with("HTTP/") {
            status = line;
        }
    }
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(status.contains(" 200 "), "{line}: {status}\n{text}");
    (tag, serde_json::from_str(&text).unwrap_or_default())
}

/// The most memory that this process has had.
fn most_memory() -> u64 {
    let status = fs_err::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() << 10
}

#[test]
#[ignore = "sends two gigabytes to itself"]
fn two_gigabytes_in_parts_need_little_memory() {
    let mut script = Script::paid().space("tester/my-space", "docker");
    script.part_size = PART;
    let hub = Hub::start(script);
    let start = Instant::now();
    let mut hash = Sha256::new();
    let block = vec![0; BLOCK];
    (0..SIZE / BLOCK as u64).for_each(|_| hash.update(&block));
    let oid = hash.finalize().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });

    let lfs = "Content-Type: application/vnd.git-lfs+json\r\nAccept: application/vnd.git-lfs+json\r\n";
    let token = format!("{lfs}Authorization: Bearer {}\r\n", Script::TOKEN);
    let place = format!("POST {}/spaces/tester/my-space.git/info/lfs/objects/batch", hub.endpoint());
    let body = json!({
        "operation": "upload", "transfers": ["basic", "multipart"], "objects": [{"oid": oid, "size": SIZE}],
        "hash_algo": "sha256", "ref": {"name": "main"},
    });
    let (_, answer) = send(&place, &token, (0, &body.to_string()));
    let upload = &answer["objects"][0]["actions"]["upload"];
    let parts: Vec<Value> = (1..=SIZE / PART)
        .map(|number| {
            let place = upload["header"][format!("{number:05}")].as_str().unwrap();
            let (tag, _) = send(&format!("PUT {place}"), "", (PART, ""));
            json!({"partNumber": number, "etag": tag})
        })
        .collect();
    let complete = json!({"oid": oid, "parts": parts}).to_string();
    send(&format!("POST {}", upload["href"].as_str().unwrap()), lfs, (0, &complete));
    let (_, answer) = send(&place, &token, (0, &body.to_string()));
    assert!(answer["objects"][0].get("actions").is_none(), "it is there");
    assert_eq!(hub.log().refused(), [""; 0]);
    assert!(most_memory() < MEMORY, "{} bytes of memory", most_memory());
    // What a machine without instructions for the hash needs, in a build that is not optimised
    assert!(start.elapsed().as_secs() < 120, "{} s", start.elapsed().as_secs());
}
