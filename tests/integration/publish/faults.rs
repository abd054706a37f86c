//! The test server fails when a test says so.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::Request;
use crate::hub::{Action, Fault, Hub, Script};

const ID: &str = "tester/my-space";

fn hub(fault: Fault) -> Hub {
    Hub::start(Script::paid().space(ID, "docker").fault(fault))
}

fn info(hub: &Hub) -> Request {
    Request::to(hub, &format!("GET /api/spaces/{ID}"))
}

fn commit(hub: &Hub) -> Request {
    let file = json!({"key": "file", "value": {"path": "a", "encoding": "base64", "content": "YQ=="}});
    let lines = [json!({"key": "header", "value": {"summary": "a"}}), file];
    Request::to(hub, &format!("POST /api/spaces/{ID}/commit/main")).lines(&lines)
}

#[test]
fn errors_come_so_many_times_and_only_where_they_should() {
    let hub = hub(Fault::status("GET", "my-space", 503).after(1).times(2));
    assert_eq!([(); 4].map(|()| info(&hub).answer().0), [200, 503, 503, 200]);
    assert_eq!(commit(&hub).answer().0, 200);
    assert_eq!(hub.log().refused(), [""; 0]);
    assert_eq!(hub.log().entries().iter().filter(|entry| entry.fault).count(), 2);
}

#[test]
fn an_error_has_its_message_and_the_time_to_wait() {
    let slow_down = hub(Fault::too_many("GET", "my-space", 7));
    let reply = info(&slow_down).send().unwrap();
    assert_eq!((reply.status, reply.header("Retry-After")), (429, Some("7")));
    let broken = hub(Fault::error(
        "GET",
        "my-space",
        500,
        "Internal Error - We're working hard to fix this as soon as possible!",
    ));
    let reply = info(&broken).send().unwrap();
    assert!(reply.header("X-Error-Message").unwrap().starts_with("Internal Error"));
    assert_eq!(
        serde_json::from_slice::<Value>(&reply.body).unwrap()["error"],
        reply.header("X-Error-Message").unwrap()
    );
}

#[test]
fn a_connection_ends_in_the_middle_of_a_part_and_the_part_can_come_again() {
    let mut script =
        Script::paid().space(ID, "docker").fault(Fault::new("PUT", "/objects/", Action::DropAfter(3)).after(1));
    (script.multipart_from, script.part_size) = (1, 4);
    let hub = Hub::start(script);
    // The hash of `abcdef`
    let oid = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
    let body = json!({
        "operation": "upload", "transfers": ["basic", "multipart"], "objects": [{"oid": oid, "size": 6}],
        "hash_algo": "sha256", "ref": {"name": "main"},
    });
    let batch = Request::to(&hub, &format!("POST /spaces/{ID}.git/info/lfs/objects/batch")).lfs(&body);
    let upload = batch.done()["objects"][0]["actions"]["upload"].clone();
    let part = |number: &str, body: &str| Request::at("PUT", upload["header"][number].as_str().unwrap()).body(body);
    let first = part("00001", "abcd").send().unwrap();
    assert!(part("00002", "ef").send().is_none());
    let second = part("00002", "ef").send().unwrap();
    let tags =
        [(1, &first), (2, &second)].map(|(number, reply)| json!({"partNumber": number, "etag": reply.header("ETag")}));
    let complete = Request::at("POST", upload["href"].as_str().unwrap()).lfs(&json!({"oid": oid, "parts": tags}));
    assert_eq!(complete.answer().0, 200);
    assert!(batch.done()["objects"][0].get("actions").is_none(), "it is there");
    assert_eq!(hub.log().refused(), [""; 0]);
}

#[test]
fn a_lost_answer_leaves_what_was_done() {
    let hub = hub(Fault::new("POST", "/commit/", Action::Lost));
    assert!(commit(&hub).send().is_none());
    assert_eq!(hub.space(ID).unwrap().commits.len(), 2);
    assert_eq!(hub.log().entries()[0].status, None);
}

#[test]
fn a_redirect_leads_to_another_host_that_refuses_the_token() {
    let hub = hub(Fault::new("GET", "my-space", Action::Redirect { status: 307 }));
    let reply = info(&hub).send().unwrap();
    let place = reply.header("Location").unwrap().to_owned();
    assert_eq!(reply.status, 307);
    assert!(place.starts_with("http://localhost:") && place.ends_with(&format!("/api/spaces/{ID}")), "{place}");
    assert_eq!(Request::at("GET", &place).answer().0, 200);
    assert_eq!(hub.log().refused(), [""; 0]);
    assert_eq!(Request::at("GET", &place).token(Script::TOKEN).answer().0, 400);
    assert!(hub.log().refused()[0].contains("it has a token, which is for the Hub alone"));
}

#[test]
fn answers_come_late_or_before_the_body() {
    let slow = hub(Fault::new("GET", "my-space", Action::Slow(Duration::from_millis(300))));
    let start = Instant::now();
    assert_eq!(info(&slow).answer().0, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
    let early = hub(Fault::new("POST", "/commit/", Action::Early { status: 413 }));
    assert_eq!(commit(&early).send().map(|reply| reply.status), Some(413));
    assert_eq!(early.space(ID).unwrap().commits.len(), 1);
}
