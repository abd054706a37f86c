//! The recorded requests of the real clients: the server answers them as it did, and a request that differs is seen.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::client::Request;
use crate::hub::{Hub, Script, example, shapes};

const HF: &str = include_str!("../../publish/recorded/hf.jsonl");
const HUB_JS: &str = include_str!("../../publish/recorded/hub-js.jsonl");

/// All recorded requests.
pub(super) fn theirs() -> Vec<Value> {
    [shapes::parse(HF), shapes::parse(HUB_JS)].concat()
}

/// The bytes with a hash: a file of the example, or a part of one.
fn content(sha256: &str) -> Vec<u8> {
    let part = usize::try_from(Script::paid().part_size).unwrap();
    let files = example::files();
    let whole = files.iter().map(|(_, content)| &content[..]);
    let parts = files.iter().flat_map(|(_, content)| content.chunks(part));
    let mut all = whole.chain(parts);
    let found =
        all.find(|bytes| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>() == sha256);
    found.unwrap_or_else(|| panic!("no file has the hash {sha256}")).to_vec()
}

/// Sends a recorded request again, and says how the answer differs.
fn again(hub: &Hub, storage: &str, entry: &Value) -> Option<String> {
    let text = |key: &str| entry[key].as_str().unwrap();
    let query = if text("query").is_empty() { String::new() } else { format!("?{}", text("query")) };
    let target = format!("{}{query}", text("path"));
    let mut request = match text("host") {
        "storage" => Request::at(text("method"), &format!("{storage}{target}")),
        _ => Request::to(hub, &format!("{} {target}", text("method"))).anonymous(),
    };
    for (name, value) in entry["headers"].as_object().unwrap() {
        let value = value.as_str().unwrap().replace("<token>", Script::TOKEN);
        if name != "content-length" {
            request = request.header(name, &value);
        }
    }
    if let Some(json) = entry.get("json") {
        request = request.body(json.to_string());
    }
    if let Some(lines) = entry["lines"].as_array() {
        request = request.body(lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    }
    if let Some(sha256) = entry["bytes"]["sha256"].as_str() {
        request = request.body(content(sha256));
    }
    let reply = request.send();
    let status = reply.map(|reply| reply.status);
    (json!(status) != entry["status"])
        .then(|| format!("{} {target}: {status:?}, recorded: {}", text("method"), entry["status"]))
}

/// Where the storage of a server is, which its answers say.
fn storage(hub: &Hub) -> String {
    let id = "tester/other";
    let new = json!({"name": "other", "organization": "tester", "type": "space", "sdk": "static"});
    Request::to(hub, "POST /api/repos/create").json(&new).done();
    let objects = json!([{"oid": "0".repeat(64), "size": 1}]);
    let body = json!({
        "operation": "upload", "transfers": ["basic"], "objects": objects, "hash_algo": "sha256", "ref": {"name": "main"},
    });
    let answer = Request::to(hub, &format!("POST /spaces/{id}.git/info/lfs/objects/batch")).lfs(&body).done();
    let href = answer["objects"][0]["actions"]["upload"]["href"].as_str().unwrap();
    href.split("/objects/").next().unwrap().to_owned()
}

#[test]
fn the_server_answers_the_requests_of_the_real_clients_as_recorded() {
    for recorded in [HF, HUB_JS] {
        let hub = Hub::start(Script::paid());
        let storage = storage(&hub);
        hub.log().clear();
        let differences: Vec<String> =
            shapes::parse(recorded).iter().filter_map(|entry| again(&hub, &storage, entry)).collect();
        assert_eq!(differences, [""; 0]);
        assert_eq!(hub.log().refused(), [""; 0]);
        // The log of the second time, written as the first was, is the same
        assert_eq!(shapes::normal(&hub.log().lines()), recorded);
    }
}

#[test]
fn a_real_client_does_not_differ_from_what_is_recorded() {
    for recorded in [HF, HUB_JS] {
        assert_eq!(shapes::differences(&shapes::parse(recorded), &theirs()), [""; 0]);
    }
}

/// In what the second client differs, as an example of what the comparison finds.
#[test]
fn the_clients_differ_in_known_ways() {
    insta::assert_snapshot!(shapes::differences(&shapes::parse(HUB_JS), &shapes::parse(HF)).join("\n"), @r#"
    GET hub /api/spaces/ID/revision/HEAD: neither client makes this request
    GET hub /api/spaces/ID: neither client sends the parameter `expand[]`
    POST hub /api/spaces/ID/commit/main: theirs always have `header.description`
    POST hub /spaces/ID.git/info/lfs/objects/batch: `body.hash_algo` is "sha_256", theirs: {"\"sha256\""}
    POST hub /spaces/ID.git/info/lfs/objects/batch: `body.transfers` is "xet", theirs: {"\"basic\"", "\"multipart\""}
    "#);
}

#[test]
fn every_kind_of_difference_is_found() {
    let find = |call: &str| theirs().into_iter().find(|entry| shapes::call(entry) == call).unwrap();
    let commit = || find("POST hub /api/spaces/ID/commit/main");
    let batch = || find("POST hub /spaces/ID.git/info/lfs/objects/batch");
    let put = || find("PUT storage /objects/HASH");
    let changes: [(Value, &str, Value, &str); 11] = [
        (commit(), "/path", json!("/api/spaces/a/b/discussions"), "neither client makes this request"),
        (commit(), "/method", json!("PUT"), "neither client makes this request"),
        (commit(), "/headers/content-type", json!("application/json"), "content-type is `application/json`"),
        (commit(), "/query", json!("create_pr=1"), "neither client sends the parameter `create_pr`"),
        (commit(), "/lines/0/value/summary", json!(1), "`header.summary` is a number"),
        (commit(), "/lines/1/value", json!({"path": "a", "encoding": "base64"}), "theirs always have `file.content`"),
        (commit(), "/lines/1/key", json!("folder"), "neither client sends `folder`"),
        (batch(), "/json/hash_algo", json!("sha1"), "`body.hash_algo` is \"sha1\""),
        (
            batch(),
            "/json/objects/0",
            json!({"oid": "a", "size": 1, "path": "b"}),
            "neither client sends `body.objects[].path`",
        ),
        (put(), "/headers/authorization", json!("Bearer <token>"), "authorization is `Bearer <token>`"),
        (put(), "/headers/transfer-encoding", json!("chunked"), "length is `chunked`"),
    ];
    for (mut entry, place, value, wanted) in changes {
        match entry.pointer_mut(place) {
            Some(old) => *old = value,
            None => {
                let (map, key) = place.rsplit_once('/').unwrap();
                entry.pointer_mut(map).unwrap()[key] = value;
            }
        }
        let found = shapes::differences(&[entry], &theirs());
        assert!(found.iter().any(|line| line.contains(wanted)), "{place}: {found:?} has not {wanted}");
    }
}
