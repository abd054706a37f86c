//! Which engine is used, and how it builds.

use std::time::{Duration, Instant};

use super::StandIn;

#[test]
fn without_an_engine_it_says_what_it_looked_for_and_what_to_do() {
    let ran = StandIn::named(&[]).run("space");
    assert_eq!((ran.code(), ran.stdout().as_str()), (2, ""));
    for part in ["`docker` is not on PATH", "`podman` is not on PATH", "--native"] {
        assert!(ran.stderr().contains(part), "{}", ran.stderr());
    }
    let only = StandIn::named(&["podman"]).run("space --engine docker --format json");
    assert_eq!(only.code(), 2);
    let message = only.json()["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("`docker` is not on PATH") && !message.contains("podman"), "{message}");
}

#[test]
fn an_engine_that_does_not_answer_is_given_five_seconds() {
    let stand_in = StandIn::named(&["docker"]);
    stand_in.tell("info.hangs", "");
    let begin = Instant::now();
    let ran = stand_in.run("space");
    let waited = begin.elapsed();
    assert!(waited >= Duration::from_secs(5) && waited < Duration::from_mins(1), "{waited:?}");
    assert!(ran.code() == 2 && ran.stderr().contains("5 seconds"), "{}", ran.stderr());
}

#[test]
fn a_daemon_that_is_not_there_is_named() {
    let stand_in = StandIn::named(&["docker"]);
    stand_in.tell("info", "{\"ServerErrors\":[\"Cannot connect to the daemon\"]}").tell("info.fails", "");
    let ran = stand_in.run("space");
    assert!(ran.code() == 2 && ran.stderr().contains("Cannot connect to the daemon"), "{}", ran.stderr());
}

#[test]
fn docker_comes_before_podman_and_may_be_podman() {
    let stand_in = StandIn::healthy();
    let engine = stand_in.tried("").0["engine"].clone();
    assert_eq!(engine, serde_json::json!({"name": "docker", "version": "27.1.0"}));
    stand_in
        .tell("info", "{\"host\":{\"cpus\":1},\"version\":{\"Version\":\"5.4.0\"}}")
        .tell("top", "USER PID ARGS\n1000 1 x\n");
    let (tried, code) = stand_in.tried("");
    assert_eq!(
        (tried["engine"]["name"].as_str(), tried["engine"]["version"].as_str(), code),
        (Some("podman"), Some("5.4.0"), 0)
    );
    assert_eq!((&tried["run"]["cpus"], &tried["run"]["uid"]), (&1.into(), &1000.into()));
    assert!(stand_in.calls("top").last().unwrap().ends_with(" user pid args"), "{}", stand_in.noted("calls"));
}

#[test]
fn an_engine_that_is_passed_over_is_named() {
    let stand_in = StandIn::named(&["docker", "podman"]);
    stand_in.tell("info.fails.docker", "").tell("port", "1");
    let (tried, _) = stand_in.tried("--wait 1");
    assert!(tried["not_checked"].to_string().contains("another engine: it does not answer"), "{tried:#}");
    let (tried, _) = stand_in.tried("--wait 1 --engine podman");
    assert!(!tried["not_checked"].to_string().contains("another engine"), "{tried:#}");
}

#[test]
fn each_builder_is_used_as_it_is_there() {
    for (files, starts, kit, is_noted) in [
        (&[("buildx", "")][..], "buildx build --load --progress plain --tag", "1", false),
        (&[], "build --progress plain --tag", "1", false),
        (&[("version", "{\"Client\":{\"Version\":\"28.2.2\"}}")], "build --force-rm --tag", "0", true),
    ] {
        let stand_in = StandIn::healthy();
        for (name, text) in files {
            stand_in.tell(name, text);
        }
        let (tried, code) = stand_in.tried("--build-network host");
        assert_eq!(code, 0, "{tried:#}");
        let calls = stand_in.calls("build");
        let build = calls.iter().find(|call| call.contains("--tag")).unwrap();
        assert!(build.starts_with(starts) && build.contains("--network=host"), "{build}");
        assert!(stand_in.noted("environment").contains(&format!("DOCKER_BUILDKIT={kit}")), "{build}");
        assert_eq!(tried["not_checked"].to_string().contains("BuildKit"), is_noted);
    }
}

#[test]
fn a_container_has_the_limits_of_the_free_hardware() {
    let stand_in = StandIn::healthy();
    stand_in.tried("--memory 2GB");
    let create = stand_in.calls("create").remove(0);
    for part in [
        "--publish 127.0.0.1::7860 ",
        "--user 1000 ",
        "--cap-drop ALL ",
        "--security-opt no-new-privileges ",
        "--pids-limit 4096 ",
        "--shm-size 1g ",
        "--memory 2g --memory-swap 2g ",
        "--cpus 2 ",
        "--label spaces-new.try=1 ",
        "--env SPACE_ID=user/space ",
        "--env SPACE_HOST=user-space.hf.space ",
    ] {
        assert!(create.contains(part), "{part}: {create}");
    }
    let shares = StandIn::healthy();
    shares.tell("no-bridge", "").file("README.md", &format!("---\nsdk: docker\napp_port: {}\n---\n", free_port()));
    let (tried, code) = shares.tried("--wait 1");
    assert_eq!((&tried["run"]["network"], code), (&"host".into(), 1), "nothing answers on that port: {tried:#}");
    assert!(shares.calls("create")[0].contains("--network host "), "{}", shares.noted("calls"));
    assert!(tried["not_checked"].to_string().contains("listening addresses"), "{tried:#}");
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn an_image_of_the_hub_is_pulled_and_not_built() {
    let stand_in = StandIn::healthy();
    let (tried, code) = stand_in.tried("--image Ann/My_App");
    assert_eq!((code, &tried["image"]["build_s"], &tried["image"]["mb"]), (0, &serde_json::Value::Null, &124.into()));
    assert_eq!(stand_in.calls("pull"), ["pull --platform linux/amd64 registry.hf.space/ann-my-app:latest"]);
    assert!(stand_in.calls("build --").is_empty() && stand_in.calls("create")[0].contains("SPACE_ID=Ann/My_App"));
    // It was there before, and stays
    assert!(stand_in.calls("image rm").is_empty(), "{}", stand_in.noted("calls"));
}

#[test]
fn a_private_space_says_how_to_log_in() {
    let stand_in = StandIn::healthy();
    stand_in.tell("no-image", "").tell("pull", "Error response from daemon: unauthorized: authentication required\n");
    let ran = stand_in.run("--image ann/private");
    assert_eq!(ran.code(), 2);
    let stderr = ran.stderr();
    for part in ["the registry refuses the image of `ann/private`", "unauthorized", "docker logout registry.hf.space"] {
        assert!(stderr.contains(part), "{stderr}");
    }
    assert!(stand_in.calls("create").is_empty());
}

#[test]
fn the_image_of_a_gradio_space_is_started_by_its_file() {
    let stand_in = StandIn::healthy();
    stand_in.file("README.md", "---\nsdk: gradio\nsdk_version: 6.31.0\napp_file: demo.py\n---\n").file("demo.py", "");
    stand_in.tried("--image ann/demo");
    assert!(stand_in.calls("create")[0].ends_with("registry.hf.space/ann-demo:latest python demo.py"));
}
