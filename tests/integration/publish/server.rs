//! The test server answers as the Hub does.

use serde_json::{Value, json};

use super::client::Request;
use crate::hub::{Account, Content, Hub, Script};

const ID: &str = "tester/my-space";
const SPACE: &str = "/api/spaces/tester/my-space";

fn create(hub: &Hub, body: &Value) -> (u16, Value) {
    let mut whole = json!({"name": "my-space", "organization": "tester", "type": "space", "sdk": "docker"});
    for (key, value) in body.as_object().unwrap() {
        whole[key] = value.clone();
    }
    Request::to(hub, "POST /api/repos/create").json(&whole).answer()
}

fn commit(hub: &Hub, parent: Option<&str>, lines: &[Value]) -> (u16, Value) {
    let mut header = json!({"summary": "a change"});
    if let Some(parent) = parent {
        header["parentCommit"] = json!(parent);
    }
    let lines = [&[json!({"key": "header", "value": header})], lines].concat();
    Request::to(hub, &format!("POST {SPACE}/commit/main")).lines(&lines).answer()
}

/// A line of a commit about a file whose content is this base64.
fn file(path: &str, content: &str) -> Value {
    json!({"key": "file", "value": {"path": path, "encoding": "base64", "content": content}})
}

fn existing() -> Hub {
    Hub::start(Script::paid().space(ID, "docker"))
}

#[test]
fn plans_and_namespaces_decide_who_makes_a_space() {
    let hub = Hub::start(Script::free());
    let (status, answer) = create(&hub, &json!({}));
    assert_eq!(status, 402);
    assert!(answer["error"].as_str().unwrap().starts_with("Static Spaces are free for everyone"), "{answer}");
    assert_eq!(create(&hub, &json!({"sdk": "gradio"})).0, 402);
    assert_eq!(create(&hub, &json!({"sdk": "gradio", "hardware": "zero-a10g"})).0, 200);
    assert_eq!(create(&hub, &json!({"name": "page", "sdk": "static"})).0, 200);
    let (status, answer) = create(&hub, &json!({"organization": "others"}));
    assert_eq!(status, 403);
    assert_eq!(answer["error"], "You don't have the rights to create a space under the namespace \"others\"");

    let mut script = Script::free();
    script.accounts[0].organizations = vec![("team".into(), true)];
    let hub = Hub::start(script);
    assert_eq!(create(&hub, &json!({"organization": "team"})).0, 200);
    assert_eq!(hub.log().refused(), [""; 0]);
}

#[test]
fn a_new_space_has_what_was_asked_for_and_two_files() {
    let hub = Hub::start(Script::paid());
    let settings = json!({
        "visibility": "private", "hardware": "t4-small", "sleepTimeSeconds": 300,
        "secrets": [{"key": "KEY", "value": "hidden"}], "variables": [{"key": "THEME", "value": "dark", "description": "a"}],
    });
    let (status, answer) = create(&hub, &settings);
    assert_eq!((status, &answer["url"]), (200, &json!(format!("{}/spaces/{ID}", hub.endpoint()))));
    let space = hub.space(ID).unwrap();
    assert_eq!((space.visibility.as_str(), space.hardware.as_deref()), ("private", Some("t4-small")));
    assert_eq!((space.secrets["KEY"].as_str(), space.variables["THEME"].as_str()), ("hidden", "dark"));
    assert_eq!((space.commits.len(), space.files.len()), (1, 2));
    let secrets = Request::to(&hub, &format!("GET {SPACE}/secrets")).done();
    assert!(secrets["KEY"].is_object() && !secrets.to_string().contains("hidden"), "{secrets}");

    let (status, answer) = create(&hub, &json!({}));
    assert_eq!((status, answer["url"].as_str()), (409, Some(format!("{}/spaces/{ID}", hub.endpoint()).as_str())));
}

#[test]
fn tokens_decide_what_is_seen_and_written() {
    let mut script = Script::paid().space(ID, "docker");
    script.spaces[0].private = true;
    script.accounts.push(Account::new("stranger", "hf_ofAStranger"));
    let mut reader = Account::new("tester", "hf_thatOnlyReads");
    reader.writes = false;
    script.accounts.push(reader);
    let hub = Hub::start(script);
    let info = Request::to(&hub, &format!("GET {SPACE}"));
    assert_eq!(info.done()["private"], true);
    let reply = info.clone().token("hf_unknown").send().unwrap();
    assert_eq!(
        (reply.status, reply.header("X-Error-Message")),
        (401, Some("Invalid credentials in Authorization header"))
    );
    let reply = info.clone().token("hf_ofAStranger").send().unwrap();
    assert_eq!((reply.status, reply.header("X-Error-Code")), (404, Some("RepoNotFound")));
    assert_eq!(info.token("hf_thatOnlyReads").answer().0, 200);
    let write = Request::to(&hub, &format!("POST {SPACE}/variables")).json(&json!({"key": "A", "value": "b"}));
    assert_eq!(write.token("hf_thatOnlyReads").answer().0, 403);
    assert_eq!(Request::to(&hub, "GET /api/spaces/tester/none").answer().0, 404);
    assert_eq!(hub.log().refused(), [""; 0]);
}

#[test]
fn a_commit_changes_files_and_needs_the_last_commit_as_its_parent() {
    let hub = existing();
    let before = hub.space(ID).unwrap().head().to_owned();
    let (status, answer) = commit(&hub, Some(&before), &[file("app.py", "YQ=="), file("old.txt", "")]);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["commitOid"], hub.space(ID).unwrap().head());
    let gone = json!({"key": "deletedFile", "value": {"path": "old.txt"}});
    assert_eq!(commit(&hub, Some(&before), std::slice::from_ref(&gone)).0, 412);
    assert_eq!(commit(&hub, None, std::slice::from_ref(&gone)).0, 200);
    assert_eq!(commit(&hub, None, &[gone]).0, 404);
    let space = hub.space(ID).unwrap();
    assert_eq!(space.files.keys().collect::<Vec<_>>(), [".gitattributes", "README.md", "app.py"]);

    let tree = Request::to(&hub, &format!("GET {SPACE}/tree/main?recursive=true&expand=false")).done();
    assert_eq!(tree[2]["oid"], "2e65efe2a145dda7ee51d1741299f848e5bf752e", "`git hash-object` says so");
    let refs = Request::to(&hub, &format!("GET {SPACE}/refs")).done();
    assert_eq!(refs["branches"][0]["targetCommit"], space.head());
}

#[test]
fn the_hub_refuses_these_contents() {
    let hub = existing();
    let large =
        json!({"key": "lfsFile", "value": {"path": "a.bin", "algo": "sha256", "oid": "0".repeat(64), "size": 3}});
    for (line, wanted) in [
        (file("a.png", "iVBORwA="), "Your push was rejected because it contains binary files."),
        (large, "Your push was rejected because an LFS pointer pointed to a file that does not exist."),
    ] {
        let (status, answer) = commit(&hub, None, &[line]);
        assert_eq!(status, 400);
        assert!(answer["error"].as_str().unwrap().starts_with(wanted), "{answer}");
    }
    // ---\ncolorFrom: teal\n---\n
    let readme = "LS0tCmNvbG9yRnJvbTogdGVhbAotLS0K";
    let (status, answer) = commit(&hub, None, &[file("README.md", readme)]);
    let wanted = "\"colorFrom\" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]";
    assert_eq!((status, &answer["errors"][0]["message"]), (400, &json!(wanted)));
    let body = json!({"repoType": "space", "content": "---\ncolorFrom: teal\n---\n"});
    assert_eq!(Request::to(&hub, "POST /api/validate-yaml").json(&body).answer().0, 400);
    assert_eq!(hub.log().refused(), [""; 0]);
    assert_eq!(hub.space(ID).unwrap().commits.len(), 1);
}

#[test]
fn the_answer_before_an_upload_says_what_is_large_ignored_or_there() {
    let hub = existing();
    assert_eq!(commit(&hub, None, &[file("app.py", "YQ==")]).0, 200);
    let row = |path: &str, sample: &str, size: usize| json!({"path": path, "sample": sample, "size": size});
    let files = [
        row("app.py", "YQ==", 1),
        row("data.csv", "YQ==", 1),
        row("a.png", "iVBORwA=", 5),
        row("b.npy", "YQ==", 1),
        row("c.zip", "", 0),
        row("x/run.log", "YQ==", 1),
    ];
    let body = json!({"files": files, "gitIgnore": "*.log\n", "gitAttributes": "*.npy filter=lfs\n*.zip filter=lfs\n"});
    let answer = Request::to(&hub, &format!("POST {SPACE}/preupload/main")).json(&body).done();
    let said: Vec<String> = answer["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                row["path"],
                row["uploadMode"],
                row["shouldIgnore"],
                row.get("oid").unwrap_or(&Value::Null)
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "\"app.py\" \"regular\" false \"2e65efe2a145dda7ee51d1741299f848e5bf752e\"",
            "\"data.csv\" \"regular\" false null",
            "\"a.png\" \"lfs\" false null",
            "\"b.npy\" \"lfs\" false null",
            "\"c.zip\" \"regular\" false null",
            "\"x/run.log\" \"regular\" true null",
        ]
    );
}

#[test]
fn storage_has_limits() {
    let mut script = Script::paid().space(ID, "docker");
    script.private_storage = 10;
    script.storage = 20;
    let hub = Hub::start(script);
    let ask = |size: u64| {
        let objects = json!([{"oid": "0".repeat(64), "size": size}]);
        let body = json!({"operation": "upload", "transfers": ["basic"], "objects": objects, "hash_algo": "sha256", "ref": {"name": "main"}});
        let (status, answer) =
            Request::to(&hub, &format!("POST /spaces/{ID}.git/info/lfs/objects/batch")).lfs(&body).answer();
        (status, answer["error"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(ask(20).0, 200);
    assert_eq!(ask(21), (403, "Repository storage limit reached (Max: 1 GB)".into()));
    hub.change(ID, |space| space.visibility = "private".into());
    assert_eq!(ask(11), (403, "Private repository storage limit reached, please upgrade your plan...".into()));
}

#[test]
fn the_hub_tracks_large_files_that_no_pattern_tracks() {
    let hub = existing();
    // The hash of `abc`
    let oid = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let objects = json!([{"oid": oid, "size": 3}]);
    let body = json!({"operation": "upload", "transfers": ["basic"], "objects": objects, "hash_algo": "sha256", "ref": {"name": "main"}});
    let batch = Request::to(&hub, &format!("POST /spaces/{ID}.git/info/lfs/objects/batch")).lfs(&body);
    let href = batch.done()["objects"][0]["actions"]["upload"]["href"].as_str().unwrap().to_owned();
    assert_eq!(Request::at("PUT", &href).body("abc").send().unwrap().status, 200);
    assert!(batch.done()["objects"][0].get("actions").is_none(), "it is there");
    let line = |path: &str| json!({"key": "lfsFile", "value": {"path": path, "algo": "sha256", "oid": oid, "size": 3}});
    assert_eq!(commit(&hub, None, &[line("a.zip"), line("b.png")]).0, 200);
    let space = hub.space(ID).unwrap();
    assert_eq!(space.files["b.png"].content, Content::Large { sha256: oid.into(), size: 3 });
    let attributes = space.files[".gitattributes"].text().unwrap();
    assert!(attributes.contains("b.png filter=lfs") && !attributes.contains("a.zip"), "{attributes}");
}

#[test]
fn stages_go_on_with_each_question_and_start_again_with_a_commit() {
    let hub = Hub::start(Script::paid().space(ID, "docker").fails("BUILD_ERROR", "the build has failed"));
    let stage = || Request::to(&hub, &format!("GET {SPACE}/runtime")).done();
    assert_eq!(stage()["stage"], "NO_APP_FILE");
    assert_eq!(stage()["stage"], "NO_APP_FILE");
    for _ in 0..2 {
        assert_eq!(commit(&hub, None, &[file("app.py", "YQ==")]).0, 200);
        assert_eq!(stage()["stage"], "BUILDING");
        let failed = stage();
        assert_eq!(
            (&failed["stage"], &failed["errorMessage"]),
            (&json!("BUILD_ERROR"), &json!("the build has failed"))
        );
        assert_eq!(stage()["stage"], "BUILD_ERROR");
    }
    assert_eq!(Request::to(&hub, &format!("POST {SPACE}/pause")).done()["stage"], "PAUSED");
    assert_eq!((&stage()["stage"], &stage()["stage"]), (&json!("PAUSED"), &json!("PAUSED")));
    assert_eq!(Request::to(&hub, &format!("POST {SPACE}/restart")).done()["stage"], "BUILDING");
}

#[test]
fn settings_change_a_space() {
    let mut script = Script::paid().space(ID, "docker");
    script.accounts[0].payment = false;
    let hub = Hub::start(script);
    let post = |what: &str, body: &Value| Request::to(&hub, &format!("POST {SPACE}/{what}")).json(body).answer();
    assert_eq!(post("hardware", &json!({"flavor": "t4-small"})).0, 403);
    let (status, runtime) = post("hardware", &json!({"flavor": "cpu-basic", "sleepTimeSeconds": 60}));
    assert_eq!(
        (status, &runtime["hardware"]["requested"], &runtime["gcTimeout"]),
        (200, &json!("cpu-basic"), &json!(60))
    );
    assert_eq!(post("sleeptime", &json!({"seconds": -1})).1["gcTimeout"], -1);
    assert_eq!(post("secrets", &json!({"key": "A", "value": "b"})).0, 200);
    let delete = Request::to(&hub, &format!("DELETE {SPACE}/secrets")).json(&json!({"key": "A"}));
    assert_eq!(delete.done(), json!({}));
    let settings = Request::to(&hub, &format!("PUT {SPACE}/settings")).json(&json!({"visibility": "protected"}));
    assert_eq!(settings.answer().0, 200);
    assert_eq!(hub.space(ID).unwrap().visibility, "protected");
}

#[test]
fn logs_are_events() {
    let hub = Hub::start(Script::paid().space(ID, "docker").build_log(&["line one", "line two"]));
    let reply = Request::to(&hub, &format!("GET {SPACE}/logs/build")).send().unwrap();
    assert_eq!((reply.status, reply.header("Content-Type")), (200, Some("text/event-stream")));
    let first = String::from_utf8(reply.body).unwrap();
    assert!(first.starts_with("data: {\"data\":\"line one\\n\",\"timestamp\":\"20"), "{first}");
}

#[test]
fn the_log_has_no_token_and_finds_bytes_in_base64() {
    let hub = existing();
    // PASSWORD=1
    assert_eq!(commit(&hub, None, &[file(".env", "UEFTU1dPUkQ9MQ==")]).0, 200);
    assert_eq!(hub.log().carrying(b"PASSWORD=1"), [format!("POST {SPACE}/commit/main")]);
    assert_eq!(hub.log().carrying(b"PASSWORD=2"), [""; 0]);
    let lines = hub.log().lines().join("\n");
    assert!(!lines.contains(Script::TOKEN) && lines.contains("\"authorization\":\"Bearer <token>\""), "{lines}");
}
