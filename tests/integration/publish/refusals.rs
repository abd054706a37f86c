//! What no real client sends is refused and noted.

use serde_json::{Value, json};

use super::client::Request;
use crate::hub::{Hub, Script};

const SPACE: &str = "/api/spaces/tester/my-space";
const BATCH: &str = "/spaces/tester/my-space.git/info/lfs/objects/batch";

fn hub() -> Hub {
    Hub::start(Script::paid().space("tester/my-space", "docker"))
}

/// Sends a request that must be refused for a reason with these words.
fn refuses(hub: &Hub, request: &Request, why: &str) {
    hub.log().clear();
    assert_eq!(request.answer().0, 400, "{request:?}");
    let refused = hub.log().refused();
    assert!(refused.len() == 1 && refused[0].contains(why), "{refused:?} has not `{why}`");
}

fn create(change: impl FnOnce(&mut Value)) -> Value {
    let mut body = json!({"name": "new", "organization": "tester", "type": "space", "sdk": "docker"});
    change(&mut body);
    body
}

fn batch(change: impl FnOnce(&mut Value)) -> Value {
    let mut body = json!({
        "operation": "upload", "transfers": ["basic", "multipart"], "hash_algo": "sha256", "ref": {"name": "main"},
        "objects": [{"oid": "0".repeat(64), "size": 3}],
    });
    change(&mut body);
    body
}

#[test]
fn paths_and_parameters_that_no_client_asks_for_are_refused() {
    let hub = hub();
    for line in [
        "GET /",
        "GET /api/spaces",
        "GET /api/models/tester/my-space",
        "POST /api/whoami-v2",
        "GET /api/whoami",
        "GET /api/spaces/tester/my-space/discussions",
        "PATCH /api/spaces/tester/my-space/settings",
        "GET /api/spaces/tester/my-space/logs/all",
    ] {
        refuses(&hub, &Request::to(&hub, line), "no client asks for this path");
    }
    let git = Request::to(&hub, "GET /spaces/tester/my-space.git/info/refs?service=git-receive-pack");
    refuses(&hub, &git, "this server has no repositories of git");
    let line = format!("GET {SPACE}/tree/main?recursive=true&depth=2");
    refuses(&hub, &Request::to(&hub, &line), "no client sends the parameter `depth`");
}

#[test]
fn a_request_without_a_token_or_with_it_in_the_wrong_place_is_refused() {
    let hub = hub();
    let whoami = Request::to(&hub, "GET /api/whoami-v2");
    refuses(&hub, &whoami.clone().anonymous(), "it has no token");
    refuses(&hub, &whoami.header("Authorization", "Basic aGk6aG8="), "does not authorize with `Bearer`");
    let place = "it has the token where it does not belong";
    refuses(&hub, &Request::to(&hub, &format!("GET {SPACE}?expand={}", Script::TOKEN)), place);
    refuses(&hub, &Request::to(&hub, &format!("GET {SPACE}")).header("X-Token", Script::TOKEN), place);
    let secret = json!({"key": "HF_TOKEN", "value": Script::TOKEN});
    refuses(&hub, &Request::to(&hub, &format!("POST {SPACE}/secrets")).json(&secret), place);
    let upload = Request::to(&hub, &format!("POST {BATCH}")).lfs(&batch(|_| ())).done();
    let href = upload["objects"][0]["actions"]["upload"]["href"].as_str().unwrap();
    let put = Request::at("PUT", href).token(Script::TOKEN).body("abc");
    refuses(&hub, &put, "it has a token, which is for the Hub alone");
}

#[test]
fn bodies_with_other_keys_types_or_media_types_are_refused() {
    let hub = hub();
    let create_at = || Request::to(&hub, "POST /api/repos/create");
    for (body, why) in [
        (create(|body| body["private"] = json!(true)), "no client sends body.private"),
        (create(|body| body["name"] = json!(5)), "body.name is `5`, not Text"),
        (create(|body| body["type"] = json!("model")), "body.type is `\"model\"`"),
        (create(|body| body["secrets"] = json!([{"key": "A"}])), "body.secrets[].value is missing"),
        (create(|body| body["secrets"] = json!({"A": "b"})), "body.secrets is not a list"),
        (json!({"name": "new"}), "body.organization is missing"),
    ] {
        refuses(&hub, &create_at().json(&body), why);
    }
    let good = create(|_| ());
    refuses(&hub, &create_at().json(&good).header("Content-Type", "text/plain"), "a body of type `text/plain`");
    refuses(&hub, &create_at().json(&good).body("{"), "not JSON");
    refuses(
        &hub,
        &Request::to(&hub, &format!("POST {BATCH}")).json(&batch(|_| ())),
        "the content type is `application/json`",
    );
    for (body, why) in [
        (batch(|body| body["objects"][0]["size"] = json!(0)), "for an empty file"),
        (batch(|body| body["objects"][0]["oid"] = json!("ABC")), "body.objects[].oid"),
        (batch(|body| body["operation"] = json!("download")), "body.operation"),
        (batch(|body| body["ref"]["name"] = json!("refs/heads/main")), "body.ref.name"),
    ] {
        refuses(&hub, &Request::to(&hub, &format!("POST {BATCH}")).lfs(&body), why);
    }
    let sample = json!({"files": [{"path": "a", "size": 2, "sample": "YQ=="}]});
    refuses(&hub, &Request::to(&hub, &format!("POST {SPACE}/preupload/main")).json(&sample), "has 1 bytes of 2");
    let restart = Request::to(&hub, &format!("POST {SPACE}/restart")).json(&json!({}));
    refuses(&hub, &restart, "no client sends a body with this");
}

#[test]
fn commits_that_no_client_sends_are_refused() {
    let hub = hub();
    let header = json!({"key": "header", "value": {"summary": "a"}});
    let file = |path: &str| json!({"key": "file", "value": {"path": path, "encoding": "base64", "content": "YQ=="}});
    let commit = |lines: &[Value]| Request::to(&hub, &format!("POST {SPACE}/commit/main")).lines(lines);
    for (lines, why) in [
        (vec![file("a")], "the first line of a commit is its header"),
        (vec![json!({"key": "header", "value": {"summary": ""}})], "without a summary"),
        (vec![json!({"key": "header", "value": {"summary": "a", "author": "b"}})], "no client sends header.author"),
        (vec![header.clone(), json!({"key": "file"})], "a line has the keys"),
        (vec![header.clone(), file("../a")], "no client sends the path `../a`"),
        (vec![header.clone(), file(".git/config")], "no client sends the path"),
        (vec![header.clone(), file("a"), file("a")], "`a` is in it twice"),
        (vec![header.clone(), json!({"key": "symlink", "value": {"path": "a"}})], "sends the line `symlink`"),
        (
            vec![header.clone(), json!({"key": "file", "value": {"path": "a", "encoding": "utf-8", "content": "a"}})],
            "file.encoding is `\"utf-8\"`",
        ),
        (
            vec![header.clone(), json!({"key": "file", "value": {"path": "a", "encoding": "base64", "content": "a"}})],
            "`a` is not base64",
        ),
    ] {
        refuses(&hub, &commit(&lines), why);
    }
    assert_eq!(hub.space("tester/my-space").unwrap().commits.len(), 1);
}

#[test]
fn contents_that_are_not_those_that_were_announced_are_refused() {
    let mut script = Script::paid().space("tester/my-space", "docker");
    (script.multipart_from, script.part_size) = (5, 4);
    let hub = Hub::start(script);
    let upload = |size: usize| {
        let body = batch(|body| body["objects"][0]["size"] = json!(size));
        Request::to(&hub, &format!("POST {BATCH}")).lfs(&body).done()["objects"][0]["actions"]["upload"].clone()
    };
    let whole = upload(3);
    let put = Request::at("PUT", whole["href"].as_str().unwrap()).body("abc");
    refuses(&hub, &put, "are not the file");
    let chunked = put.header("Transfer-Encoding", "chunked").body("3\r\nabc\r\n0\r\n\r\n");
    refuses(&hub, &chunked, "the storage needs the length of a body");
    let parts = upload(6);
    let part = |number: &str, body: &str| Request::at("PUT", parts["header"][number].as_str().unwrap()).body(body);
    refuses(&hub, &part("00002", "abc"), "part 2 has 3 bytes, not 2");
    assert_eq!(part("00001", "abcd").send().unwrap().status, 200);
    let complete = |parts_sent: Value| {
        let body = json!({"oid": "0".repeat(64), "parts": parts_sent});
        Request::at("POST", parts["href"].as_str().unwrap()).lfs(&body)
    };
    let tag = |number: u8, tag: &str| json!({"partNumber": number, "etag": tag});
    let first = part("00001", "abcd").send().unwrap().header("ETag").unwrap().to_owned();
    let second = part("00002", "ef").send().unwrap().header("ETag").unwrap().to_owned();
    refuses(&hub, &complete(json!([tag(1, &first)])), "the parts are");
    let unquoted = complete(json!([tag(1, first.trim_matches('"')), tag(2, &second)]));
    refuses(&hub, &unquoted, "the parts are");
    let all = complete(json!([tag(1, &first), tag(2, &second)]));
    refuses(&hub, &all, "the parts together are");
    refuses(&hub, &all.token(Script::TOKEN), "neither client sends the token with this");
}
