//! Secrets reach the app while it runs and the command that needs them while it is built, and stay out of the image.

use std::time::Duration;

use crate::cases::{BUILD_SECRET, EVERYTHING, NODE, RUN_SECRET, built, tag};
use crate::container::Container;
use crate::engine::{Build, Builder, build, occurrences, run_docker};
use crate::space::Space;

const PATIENCE: Duration = Duration::from_mins(1);

/// A text in the app's code. That it is found in the image shows that the search for the secret would find it.
const PLANTED: &str = "spaces-new planted this 6512bd43d9caa6e0";

/// Builds a Space whose build prints that it has the secret, and fails unless the secret is only in the log.
#[track_caller]
fn is_used_and_forgotten(space: &Space, secret: &str, code: &str, printed: &str) {
    let marked = format!("{}\n{code} {PLANTED}\n", space.read(file_of(code)));
    space.write(file_of(code), marked);
    let tag = tag(space.name(), Builder::BuildKit);
    let folder = space.path();
    let asked = Build { secrets: &[(secret, BUILD_SECRET)], cached: false, ..Build::new(&folder, &tag) };
    let built = build(asked).unwrap_or_else(|log| panic!("{log}"));
    let line = printed.replace("{}", BUILD_SECRET);
    assert!(built.log.contains(&line), "no `{line}` in the build's output:\n{}", built.log);
    let history = run_docker(&["history", "--no-trunc", &tag]);
    assert!(!history.contains(BUILD_SECRET), "{history}");
    let [secrets, planted] = occurrences(&tag, [BUILD_SECRET, PLANTED]);
    assert_eq!((secrets, planted), (0, 1), "the secret and the planted text in the bytes of {tag}");
}

fn file_of(comment: &str) -> &'static str {
    if comment == "#" { "app.py" } else { "server.js" }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn pip_gets_a_build_secret_that_the_image_does_not_have() {
    let space = Space::render("secret-pip", "--template docker --build-secret PIP_TOKEN");
    // pip warns of a folder that is not there, by its name with the variable filled in
    space.replace("requirements.txt", "fastapi", "--find-links /nowhere/${PIP_TOKEN}\nfastapi");
    is_used_and_forgotten(&space, "PIP_TOKEN", "#", "/nowhere/{}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn uv_gets_a_build_secret_that_the_image_does_not_have() {
    let space = Space::render("secret-uv", "--template docker --installer uv --build-secret PIP_TOKEN");
    let shown = r#"sh -c 'echo got-$PIP_TOKEN; exec "$@"' sh /tmp/uv/bin/uv pip"#;
    space.replace("Dockerfile", "/tmp/uv/bin/uv pip", shown);
    is_used_and_forgotten(&space, "PIP_TOKEN", "#", "got-{}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn npm_gets_a_build_secret_that_the_image_does_not_have() {
    let space = Space::render("secret-npm", &format!("{NODE} --build-secret NPM_TOKEN"));
    let script = r#""scripts": { "preinstall": "echo got-$NPM_TOKEN","#;
    space.replace("package.json", r#""scripts": {"#, script);
    is_used_and_forgotten(&space, "NPM_TOKEN", "//", "got-{}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_command_without_packages_gets_a_build_secret() {
    let words = ["-t", "docker", "--base", "ubuntu:24.04", "--command", "sleep 1", "--build-secret", "TOKEN"];
    let space = Space::render_words("secret-command", &words);
    space.replace("Dockerfile", "env > /dev/null", "sh -c 'echo got-$TOKEN'");
    let folder = space.path();
    let tag = tag(space.name(), Builder::BuildKit);
    let asked = Build { secrets: &[("TOKEN", BUILD_SECRET)], cached: false, ..Build::new(&folder, &tag) };
    let built = build(asked).unwrap_or_else(|log| panic!("{log}"));
    assert!(built.log.contains(&format!("got-{BUILD_SECRET}")), "{}", built.log);
    assert_eq!(occurrences(&tag, [BUILD_SECRET]), [0]);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_build_without_its_secret_fails() {
    let space = Space::render("secret-missing", &format!("{NODE} --build-secret NPM_TOKEN"));
    let folder = space.path();
    let failed = build(Build::new(&folder, &tag(space.name(), Builder::BuildKit)));
    let log = failed.err().expect("the build fails without its secret");
    assert!(log.contains("NPM_TOKEN"), "{log}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_secret_that_is_an_argument() {
    let space = Space::render("secret-leaked", NODE);
    let leak = format!("WORKDIR /home/node/app\nARG TOKEN={BUILD_SECRET}\nRUN echo $TOKEN > leaked");
    space.replace("Dockerfile", "WORKDIR /home/node/app", &leak);
    let tag = built(&space);
    assert!(run_docker(&["history", "--no-trunc", &tag]).contains(BUILD_SECRET));
    assert!(occurrences(&tag, [BUILD_SECRET])[0] > 0);
}

/// Starts a Space with a secret and without, and returns the settings that its page shows.
#[track_caller]
fn settings_with_and_without(space: &Space, path: &str) -> [String; 2] {
    let tag = built(space);
    [&[("API_KEY", RUN_SECRET)][..], &[]].map(|environment| {
        let container = Container::start(&tag, space.port(), environment);
        container.wait_for_ok(PATIENCE).unwrap_or_else(|error| panic!("{error}"));
        let text = container.get(path);
        assert!(!text.contains(RUN_SECRET), "the app shows its secret: {text}");
        text.replace([' ', '\n'], "")
    })
}

#[track_caller]
fn reaches_the_app(space: &Space, path: &str) {
    let [with, without] = settings_with_and_without(space, path);
    assert!(with.contains(r#""API_KEY":true"#), "{with}");
    assert!(with.contains(r#""MODE":"demo""#), "{with}");
    assert!(without.contains(r#""API_KEY":false"#), "{without}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_secret_and_a_variable_reach_gradio() {
    reaches_the_app(&Space::render("gradio-everything", EVERYTHING), "/config");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_secret_and_a_variable_reach_fastapi() {
    let flags = "--template docker --secret API_KEY --variable MODE=demo";
    reaches_the_app(&Space::render("settings-fastapi", flags), "/api/settings");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_secret_and_a_variable_reach_node() {
    let space = Space::render("settings-node", &format!("{NODE} --secret API_KEY --variable MODE=demo"));
    reaches_the_app(&space, "/api/settings");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_spaces_settings_replace_a_variables_default() {
    let flags = format!("{NODE} --secret API_KEY --variable MODE=demo");
    let space = Space::render("settings-node", &flags);
    let container = Container::start(&built(&space), space.port(), &[("MODE", "another")]);
    container.wait_for_ok(PATIENCE).unwrap_or_else(|error| panic!("{error}"));
    let text = container.get("/api/settings");
    assert!(text.contains("another") && !text.contains("demo"), "{text}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_file_of_local_secrets_stays_out_of_the_image() {
    let space = Space::render("secret-file", "--template docker --secret API_KEY");
    space.write(".env", format!("API_KEY={RUN_SECRET}\n"));
    space.replace("app.py", "\"\"\"A FastAPI", &format!("# {PLANTED}\n\"\"\"A FastAPI"));
    let tag = built(&space);
    assert_eq!(occurrences(&tag, [RUN_SECRET, PLANTED]), [0, 1]);
}
