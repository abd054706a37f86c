//! What is seen becomes findings, each key of the document with another value.

use serde_json::{Value, json};

use super::StandIn;
use super::stand_in::serve_by_path;

/// The key of the one finding, and its rule.
#[track_caller]
fn fault(stand_in: &StandIn, words: &str) -> (Value, Value) {
    let (tried, code) = stand_in.tried(words);
    assert_eq!((tried["findings"].as_array().unwrap().len(), code), (1, 1), "{tried:#}");
    let fault = tried["findings"][0].clone();
    (tried, fault)
}

#[test]
fn a_healthy_space_has_every_key_and_no_finding() {
    let (tried, code) = StandIn::healthy().tried("");
    assert_eq!((&tried["findings"], &tried["not_checked"], code), (&json!([]), &json!([]), 0), "{tried:#}");
    assert_eq!(tried["run"]["listening"], json!(["0.0.0.0:7860"]));
    assert_eq!((&tried["run"]["written_bytes"], &tried["image"]["id"]), (&4096.into(), &"sha256:1234".into()));
    assert_eq!(
        (&tried["stop"]["signal"], &tried["oom"], &tried["not_writable"]),
        (&"SIGTERM".into(), &false.into(), &json!([]))
    );
    let keys: Vec<&String> = tried.as_object().unwrap().keys().collect();
    let expected = [
        "engine",
        "image",
        "run",
        "probe",
        "frame",
        "not_writable",
        "written_then_lost",
        "stop",
        "oom",
        "secrets",
        "not_checked",
        "findings",
        "diagnoses",
    ];
    assert_eq!(keys, expected);
    assert_eq!(tried["diagnoses"], Value::Null);
}

#[test]
fn the_schema_describes_what_is_printed() {
    let stand_in = StandIn::answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Frame-Options: DENY\r\n");
    stand_in.file("app.py", "db = sqlite3.connect('shop.db')\n").tell("diff", "C /app\nA /app/shop.db\n");
    let (tried, _) = stand_in.tried("");
    let schema = stand_in.workspace.run("schema try").ok().json();
    let (failed, code) = stand_in.tell("build", "ERROR: no\n").tried("");
    assert_eq!(code, 1);
    for document in [&tried, &failed] {
        fits(document, &schema, "");
    }
    assert_eq!(tried["written_then_lost"][0], json!({"path": "/app/shop.db", "file": "app.py", "line": 1}));
}

/// Fails unless a value is of the type that a schema gives it, with exactly its keys.
#[track_caller]
fn fits(value: &Value, schema: &Value, at: &str) {
    if let Some(any) = schema["anyOf"].as_array() {
        return if value.is_null() { assert_eq!(any[1]["type"], "null", "{at}") } else { fits(value, &any[0], at) };
    }
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types: Vec<&Value> =
        schema["type"].as_array().map_or_else(|| vec![&schema["type"]], |all| all.iter().collect());
    assert!(types.iter().any(|kind| *kind == name || *kind == "number" && name == "integer"), "{at}: {value} {schema}");
    if let Some(keys) = value.as_object() {
        let required: Vec<&str> =
            schema["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        assert_eq!(keys.keys().map(String::as_str).collect::<Vec<_>>(), required, "{at}");
        for (key, value) in keys {
            fits(value, &schema["properties"][key], &format!("{at}/{key}"));
        }
    }
    for item in value.as_array().into_iter().flatten() {
        fits(item, &schema["items"], &format!("{at}/"));
    }
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.contains(value), "{at}: {value}");
    }
}

#[test]
fn a_failed_build_has_all_keys_and_its_line() {
    let stand_in = StandIn::healthy();
    stand_in.file("Dockerfile", "FROM a\nRUN false\nCMD [\"x\"]\n");
    stand_in.tell("build", "------\n > [2/2] RUN false:\n------\nDockerfile:2\nERROR: failed to solve: exit code: 1\n");
    let (tried, fault) = fault(&stand_in, "");
    assert_eq!((&fault["step"], &fault["file"], &fault["line"]), (&"build".into(), &"Dockerfile".into(), &2.into()));
    for key in ["image", "run", "probe", "frame", "not_writable", "written_then_lost", "stop", "oom"] {
        assert_eq!(tried.get(key), Some(&Value::Null), "{key}");
    }
    assert!(stand_in.calls("create").is_empty());
}

#[test]
fn a_space_that_the_hub_refuses_is_a_finding() {
    let stand_in = StandIn::healthy();
    stand_in.file("README.md", "# No front matter\n");
    let (tried, fault) = fault(&stand_in, "");
    assert_eq!((&fault["step"], &fault["file"]), (&"read".into(), &"README.md".into()));
    assert!(fault["rule"] == "missing-front-matter" && tried["probe"]["status"] == 200, "{tried:#}");
}

#[test]
fn the_page_that_the_readme_names_is_asked_for() {
    let readme = super::stand_in::README.replace("sdk:", "base_path: /app\nsdk:");
    let by_path = |path: &str| if path == "/app" { "HTTP/1.1 200 OK\r\n" } else { "HTTP/1.1 404 Not Found\r\n" };
    let stand_in = StandIn::named(&["docker"]);
    stand_in.tell("port", &serve_by_path(by_path).to_string()).file("README.md", &readme);
    let (tried, code) = stand_in.tried("");
    assert_eq!((&tried["probe"]["status"], code), (&200.into(), 0), "{tried:#}");
    stand_in.file("README.md", super::stand_in::README);
    let (_, fault) = fault(&stand_in, "--wait 1");
    assert!(fault["message"].as_str().unwrap().contains("404 at `/`"), "{fault:#}");
    assert!(fault["help"].as_str().unwrap().contains("base_path"), "{fault:#}");
}

#[test]
fn redirects_are_blamed_on_the_proxy_only_if_they_lead_to_https() {
    for (head, rule, part) in [
        ("HTTP/1.1 302 Found\r\nLocation: /\r\n", Value::Null, "`/` redirects in a circle"),
        (
            "HTTP/1.1 301 Moved\r\nLocation: https://user-space.hf.space/\r\n",
            "untrusted-proxy".into(),
            "called by https",
        ),
        ("HTTP/1.1 302 Found\r\nLocation: http://localhost:7860/a\r\n", Value::Null, "`http://localhost:7860/a`"),
    ] {
        let (_, fault) = fault(&StandIn::answering(head), "--wait 1");
        assert_eq!(fault["rule"], rule, "{fault:#}");
        assert!(fault["message"].as_str().unwrap().contains(part) && fault["help"].is_string(), "{fault:#}");
    }
}

#[test]
fn an_app_that_ends_after_its_answer_is_a_finding() {
    let stand_in = StandIn::healthy();
    stand_in.tell("inspect", &state(false, 3));
    let (tried, fault) = fault(&stand_in, "");
    assert!(fault["message"].as_str().unwrap().contains("answered, and then ended with exit code 3"), "{fault:#}");
    assert!(tried["stop"].is_null() && tried["diagnoses"].is_array(), "{tried:#}");
}

#[test]
fn a_killed_process_beside_the_first_is_a_finding() {
    let stand_in = StandIn::healthy();
    stand_in.tell("events", "2026-11-27T08:00:00Z container oom 0123 (name=a)\n");
    let (tried, fault) = fault(&stand_in, "");
    assert_eq!(tried["oom"], true);
    assert!(fault["message"].as_str().unwrap().contains("together they need more than 16g"), "{fault:#}");
}

#[test]
fn settings_that_cannot_be_read_are_said() {
    let stand_in = StandIn::healthy();
    stand_in.file(".spaces-new.toml", "secrets = [\n");
    let (tried, _) = stand_in.tried("");
    assert!(tried["not_checked"].to_string().contains("`.spaces-new.toml`"), "{tried:#}");
}

#[test]
fn a_secret_that_nothing_can_set_is_said() {
    let stand_in = StandIn::healthy();
    stand_in.file(".spaces-new.toml", "variables = [\"A=1\"]\nsecrets = [\"MY-KEY\"]\n");
    let (tried, code) = stand_in.tried("");
    let said = tried["not_checked"].to_string();
    assert!(said.contains("line 2") && said.contains("`MY-KEY`") && said.contains("such as `HF_TOKEN`"), "{tried:#}");
    assert_eq!(code, 0);
}

#[test]
fn a_registry_that_does_not_answer_leaves_the_space_untried() {
    let stand_in = StandIn::healthy();
    let head = "Head \"https://registry-1.docker.io/v2/library/a/manifests/1\"";
    let why = "dial tcp: lookup registry-1.docker.io: no such host";
    stand_in.tell("build", &format!("ERROR: failed to solve: a: failed to do request: {head}: {why}\n"));
    let (refused, code) = stand_in.tried("");
    let said = refused["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains("`registry-1.docker.io`") && said.contains("no such host"), "{refused:#}");
    assert!(refused["hint"].as_str().unwrap().contains("says nothing about the Space"), "{refused:#}");
    assert_eq!((code, refused["ok"].as_bool(), refused["findings"].is_null()), (2, Some(false), true));
}

#[test]
fn the_output_of_a_failed_build_is_diagnosed() {
    let stand_in = StandIn::healthy();
    stand_in.file("Dockerfile", "FROM python:3.13-slim-trixie\nRUN apt-get update && apt-get install -y libgl1-mesa-glx\nUSER 1000\nCMD [\"x\"]\n");
    stand_in.tell("build", "#5 1.2 E: Package 'libgl1-mesa-glx' has no installation candidate\n------\nERROR: failed to solve: exit code: 100\n");
    let (tried, fault) = fault(&stand_in, "");
    let diagnosis = &tried["diagnoses"][0];
    assert_eq!((&diagnosis["id"], &diagnosis["confidence"]), (&"apt-package-gone".into(), &"certain".into()));
    assert_eq!((&diagnosis["findings"][0]["rule"], &fault["rule"]), (&diagnosis["rule"], &diagnosis["rule"]));
    let text = stand_in.run("space").stdout();
    // What the build writes to its two outputs comes in any order
    assert!(
        text.contains("the output of the build:") && text.contains("\n    E: Package 'libgl1-mesa-glx' has no"),
        "{text}"
    );
    assert!(text.contains("In `space`:\n    Dockerfile:2: "), "{text}");
}

#[test]
fn the_output_of_an_app_that_ended_is_diagnosed() {
    let stand_in = StandIn::named(&["docker"]);
    stand_in.tell("port", "1").tell("inspect", &state(false, 1));
    let error = "ModuleNotFoundError: No module named 'pandas'\n";
    stand_in.tell(
        "logs",
        &format!("Traceback (most recent call last):\n  File \"/app/app.py\", line 1, in <module>\n{error}"),
    );
    let (tried, _) = stand_in.tried("--wait 2");
    assert_eq!(tried["diagnoses"][0]["message"], error.trim(), "{tried:#}");
    let unknown = "ZeroDivisionError: division by zero\n";
    stand_in.tell(
        "logs",
        &format!("Traceback (most recent call last):\n  File \"/app/app.py\", line 1, in <module>\n{unknown}"),
    );
    assert_eq!(stand_in.tried("--wait 2").0["diagnoses"], json!([]));
}

#[test]
fn a_container_that_does_not_start_is_a_finding() {
    let stand_in = StandIn::healthy();
    stand_in.tell("start", "Error response from daemon: exec: \"./start.sh\": permission denied: unknown\n");
    let (tried, fault) = fault(&stand_in, "");
    assert_eq!((&fault["step"], &fault["rule"]), (&"start".into(), &"script-not-executable".into()));
    assert!(tried["image"]["id"].is_string() && tried["probe"].is_null());
}

#[test]
fn what_the_engine_cannot_do_is_not_a_finding() {
    let stand_in = StandIn::healthy();
    for why in [
        "error setting rlimit type 7: operation not permitted: OCI permission denied",
        "Range of CPUs is from 0.01 to 1.00",
    ] {
        let ran = stand_in.tell("start", &format!("Error: {why}\n")).run("space");
        assert!(ran.code() == 2 && ran.stderr().contains(why), "{}{}", ran.stdout(), ran.stderr());
    }
    for (why, rule) in [
        ("exec: \"nope\": executable file not found in $PATH: unknown", "missing-start-file"),
        ("crun: open executable: Permission denied: OCI permission denied", "script-not-executable"),
        ("runc: chdir to cwd (\"/home/app\") set in config.json failed: permission denied", "user-not-1000"),
    ] {
        let (_, fault) = fault(stand_in.tell("start", &format!("Error: {why}\n")), "");
        assert_eq!(fault["rule"], rule);
    }
}

#[test]
fn where_it_listens_explains_why_nothing_answers() {
    for (table, rule, part) in [
        ("00000000:1F40", Some("port-mismatch"), "listens at `0.0.0.0:8000`"),
        ("0100007F:1EB4", Some("loopback-bind"), "`127.0.0.1:7860` alone"),
        ("00000000:1EB4", None, "does not answer in HTTP"),
    ] {
        let stand_in = StandIn::named(&["docker"]);
        stand_in.tell("port", "1").tell("tables", &format!("sl local_address\n 0: {table} 00000000:0000 0A\n"));
        let (tried, fault) = fault(&stand_in, "--wait 1");
        assert_eq!(fault["rule"].as_str(), rule, "{tried:#}");
        assert!(fault["message"].as_str().unwrap().contains(part), "{fault:#}");
        assert!(tried["probe"]["status"].is_null() && tried["frame"].is_null() && tried["stop"].is_object());
    }
}

/// What the engine says of a container that ended.
fn state(oom: bool, exit: i32) -> String {
    format!("[{{\"State\":{{\"Running\":false,\"ExitCode\":{exit},\"OOMKilled\":{oom}}},\"Config\":{{}}}}]")
}

#[test]
fn an_app_that_ends_says_where() {
    let stand_in = StandIn::named(&["docker"]);
    stand_in.file("app.py", "import os\nos.environ['X']\n").tell("port", "1").tell("inspect", &state(false, 1));
    stand_in.tell("logs", "  File \"/app/app.py\", line 2, in <module>\nKeyError: 'X'\n");
    let (tried, ended) = fault(&stand_in, "--wait 9");
    assert_eq!((&ended["file"], &ended["line"], &tried["run"]["exit"]), (&"app.py".into(), &2.into(), &1.into()));
    assert!(ended["message"].as_str().unwrap().contains("exit code 1") && tried["stop"].is_null());
    stand_in.tell("inspect", &state(true, 137));
    let (tried, killed) = fault(&stand_in, "--wait 9");
    assert!(killed["message"].as_str().unwrap().contains("more than 16g of memory") && tried["oom"] == true);
}

#[test]
fn another_user_is_a_finding() {
    let stand_in = StandIn::healthy();
    stand_in.tell("top", "UID PID CMD\n0 7 nginx: master process\n1000 8 nginx: worker process\n");
    let (tried, fault) = fault(&stand_in, "");
    assert_eq!((&tried["run"]["uid"], &fault["step"]), (&0.into(), &"examine".into()));
    stand_in.tell("top", "nonsense\n");
    let (tried, code) = stand_in.tried("");
    assert!(
        code == 0 && tried["run"]["uid"].is_null() && tried["not_checked"].to_string().contains("UID"),
        "{tried:#}"
    );
}

#[test]
fn an_engine_that_does_not_compare_is_not_checked() {
    let stand_in = StandIn::healthy();
    let (tried, code) = stand_in.tell("no-diff", "").tried("");
    assert!(code == 0 && tried["written_then_lost"].is_null(), "{tried:#}");
    assert!(tried["not_checked"].to_string().contains("what a restart loses"), "{tried:#}");
}

#[test]
fn a_path_that_was_refused_has_its_owner() {
    let stand_in = StandIn::healthy();
    let mut header = vec![0; 1024];
    for (at, text) in
        [(0, "data/"), (100, "0000755"), (108, "0000000"), (116, "0000000"), (124, "00000000000"), (156, "5")]
    {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    stand_in.tell("tar_app_data", &String::from_utf8(header).unwrap());
    stand_in.tell("logs", "PermissionError: [Errno 13] Permission denied: '/app/data/x.txt'\n");
    let (tried, fault) = fault(&stand_in, "");
    assert_eq!(tried["not_writable"], json!([{"path": "/app/data", "uid": 0, "gid": 0, "mode": "755"}]));
    assert_eq!(fault["rule"], "copy-owned-by-root");
}

#[test]
fn a_log_without_end_and_with_escapes_is_bounded() {
    let stand_in = StandIn::answering("HTTP/1.1 500 Error\r\n");
    stand_in.tell("endless", "").tell("logs", "\0\u{1b}[2Jpermission denied \u{1b}]0;x\u{7}\n");
    let ran = stand_in.run("space --wait 1");
    assert_eq!(ran.code(), 1);
    assert!(
        ran.stdout().len() < 200_000 && !ran.stdout().contains(['\u{1b}', '\0', '\u{7}']),
        "{}",
        ran.stdout().len()
    );
}
