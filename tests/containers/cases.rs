//! Every template and every family of base images: built by both builders, run as the Hub runs it.

use crate::checks::{Contract, faults};
use crate::engine::{Build, Builder, Image, build, run_docker};
use crate::lint;
use crate::settings::{busybox, say};
use crate::space::Space;

/// Values for secrets that are easy to find where they must not be.
pub const BUILD_SECRET: &str = "b0ild-s3cret-value-5d41402abc";
pub const RUN_SECRET: &str = "run-s3cret-value-7d793037a0";

/// Every option of the Gradio template with a Dockerfile.
pub const EVERYTHING: &str = "--template gradio --apt tree --pip requests==2.32.5 --asset tests/cases/assets/logo.png \
    --asset tests/cases/assets/voices --secret API_KEY --variable MODE=demo --build-secret PIP_TOKEN --port 7861 \
    --hardware t4-small --short-description Everything --license mit --tag demo";

/// A base image with a language, and a server for it.
pub const PYTHON: &str = "--template docker --base python:3.13-slim-trixie";
pub const NODE: &str = "--template docker --base node:22-slim";

/// The image's tag, one for each case and builder.
pub fn tag(name: &str, builder: Builder) -> String {
    format!("spaces-new-test/{name}:{}", if builder == Builder::BuildKit { "buildkit" } else { "classic" })
}

/// Builds a Space with the builder that the Hub uses, and returns the tag.
#[track_caller]
pub fn built(space: &Space) -> String {
    built_by(space, Builder::BuildKit)
}

#[track_caller]
fn built_by(space: &Space, builder: Builder) -> String {
    let tag = tag(space.name(), builder);
    let names = space.mounted_secrets();
    let secrets: Vec<_> = names.iter().map(|name| (name.as_str(), BUILD_SECRET)).collect();
    let folder = space.path();
    let asked = Build { builder, secrets: &secrets, ..Build::new(&folder, &tag) };
    build(asked).unwrap_or_else(|log| panic!("{} does not build:\n{log}", space.name()));
    tag
}

/// Lints a Space, builds it with each suitable builder, runs it, and fails with all faults.
#[track_caller]
fn prove(space: &Space, contract: Contract) {
    prove_on_the_hub(space, contract);
    if space.mounted_secrets().is_empty() {
        prove_by(Builder::Classic, space, contract);
    }
}

/// The same with only the Hub's builder.
#[track_caller]
pub fn prove_on_the_hub(space: &Space, contract: Contract) {
    let found = lint::findings(&space.path().join("Dockerfile"));
    assert!(found.is_empty(), "hadolint on {}:\n{found}", space.name());
    prove_by(Builder::BuildKit, space, contract);
}

#[track_caller]
fn prove_by(builder: Builder, space: &Space, contract: Contract) {
    let tag = built_by(space, builder);
    let faults = faults(space, &tag, contract, &[("API_KEY", RUN_SECRET)]);
    assert!(faults.is_empty(), "{tag}:\n{}", faults.join("\n"));
}

/// A Space with a web server next to its Dockerfile, for images without one.
fn served_by_busybox(name: &str, base: &str) -> Space {
    let words = ["-t", "docker", "--base", base, "--command", "./busybox httpd -f -p 7860"];
    let space = Space::render_words(name, &words);
    space.write_program("busybox", &busybox());
    space.write("index.html", "<h1>It works</h1>\n");
    space
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn gradio_minimal() {
    prove(&Space::render("gradio-minimal", "--template gradio"), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn gradio_everything() {
    prove(&Space::render("gradio-everything", EVERYTHING), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn gradio_for_dev_mode() {
    let space = Space::render("gradio-dev-mode", "--template gradio --dev-mode");
    prove(&space, Contract { dev_mode: true, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_minimal() {
    prove(&Space::render("streamlit-minimal", "--template streamlit"), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_with_assets_and_preload() {
    let flags = "--template streamlit --port 8501 --max-upload-mb 5 --asset tests/cases/assets/logo.png \
        --asset tests/cases/assets/voices --preload openai-community/gpt2";
    prove(&Space::render("streamlit-assets", flags), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn fastapi_minimal() {
    prove(&Space::render("fastapi-minimal", "--template fastapi"), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn flask_minimal() {
    prove(&Space::render("flask-minimal", "--template flask"), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn node_minimal() {
    prove(&Space::render("node-minimal", "--template node"), Contract::HUB);
}

/// A server in TypeScript without signal handling, with a package that only its build needs.
const BUILT_SERVER: &[(&str, &str)] = &[
    (
        "package.json",
        r#"{"private": true, "scripts": {"prepare": "husky", "build": "esbuild src/server.ts --platform=node --outfile=dist/server.js"},
            "dependencies": {"ms": "2.1.3"}, "devDependencies": {"esbuild": "^0.25.0"}}"#,
    ),
    (
        "src/server.ts",
        "const port: string = process.env.PORT;\nrequire('http').createServer((_, answer) => answer.end(require('ms')(1000)))\
            .listen(Number(port), '0.0.0.0');\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn node_around_an_app_that_is_built() {
    let flags = "--template node --app-file src/server.ts --dependencies package.json --build-command [\"npm\",\"run\",\"build\"] \
        --command [\"node\",\"dist/server.js\"]";
    let space = Space::around("node-built", BUILT_SERVER, flags);
    prove(&space, Contract::HUB);
    // What only the build needs stays out of the image
    let find = "find node_modules -name package.json";
    let listed = run_docker(&["run", "--rm", &tag(space.name(), Builder::BuildKit), "sh", "-c", find]);
    assert!(listed.contains("ms/") && !listed.contains("esbuild"), "{listed}");
}

/// A compiled app with every option.
const COMPILED: &str = "--apt tree --asset tests/cases/assets/logo.png --secret API_KEY --variable MODE=demo \
    --build-secret TOKEN --port 7861";

/// The final image has the program, and no compiler.
#[track_caller]
fn has_no_compiler(space: &Space, compiler: &str) {
    let tag = tag(space.name(), Builder::BuildKit);
    let found =
        run_docker(&["run", "--rm", &tag, "sh", "-c", &format!("command -v space; command -v {compiler} gcc || true")]);
    assert_eq!(found.trim(), "/usr/local/bin/space");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn go_minimal() {
    let space = Space::render("go-minimal", "--template go");
    prove(&space, Contract::HUB);
    has_no_compiler(&space, "go");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn go_everything() {
    prove(&Space::render("go-everything", &format!("--template go {COMPILED}")), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn rust_minimal() {
    let space = Space::render("rust-minimal", "--template rust");
    prove(&space, Contract::HUB);
    has_no_compiler(&space, "cargo");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn rust_everything() {
    prove(&Space::render("rust-everything", &format!("--template rust {COMPILED}")), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_for_dev_mode() {
    let space = Space::render("streamlit-dev-mode", "--template streamlit --dev-mode");
    prove(&space, Contract { dev_mode: true, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_minimal_is_fastapi() {
    prove(&Space::render("docker-minimal", "--template docker"), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_installed_by_uv() {
    let space = Space::render("docker-uv", "--template docker --installer uv");
    prove(&space, Contract::HUB);
    // uv stays out of the image
    let listed = run_docker(&["run", "--rm", &tag(space.name(), Builder::BuildKit), "sh", "-c", "pip list; ls /tmp"]);
    assert!(listed.contains("fastapi"), "{listed}");
    assert!(!listed.lines().any(|line| line.split_whitespace().next() == Some("uv")), "{listed}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_for_dev_mode() {
    let space = Space::render("docker-dev-mode", "--template docker --dev-mode");
    prove(&space, Contract { dev_mode: true, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_python() {
    prove(&Space::render("docker-python", PYTHON), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_node() {
    prove(&Space::render("docker-node", NODE), Contract::HUB);
}

/// The user `ubuntu` has UID 1000 in this image.
pub fn on_ubuntu() -> Space {
    let words =
        ["-t", "docker", "--base", "ubuntu:24.04", "--apt", "python3", "--command", "python3 -m http.server 7860"];
    Space::render_words("docker-ubuntu", &words)
}

pub fn on_cuda() -> Space {
    served_by_busybox("docker-cuda", "nvidia/cuda:12.8.1-base-ubuntu24.04")
}

pub fn on_alpine() -> Space {
    served_by_busybox("docker-alpine", "alpine:3.22")
}

fn on_fedora() -> Space {
    served_by_busybox("docker-fedora", "fedora:43")
}

pub fn on_distroless() -> Space {
    served_by_busybox("docker-distroless", "gcr.io/distroless/static-debian12:nonroot")
}

pub fn on_nginx() -> Space {
    let base = "nginxinc/nginx-unprivileged:1.27-bookworm";
    let command = r#"["nginx", "-g", "daemon off;"]"#;
    let words = ["-t", "docker", "--base", base, "--command", command, "--port", "8080"];
    Space::render_words("docker-nginx", &words)
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_ubuntu_whose_own_user_has_uid_1000() {
    prove(&on_ubuntu(), Contract { stops: false, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_cuda() {
    prove(&on_cuda(), Contract { stops: false, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_alpine() {
    prove(&on_alpine(), Contract { stops: false, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_fedora_where_a_registry_has_it() {
    if Image::exists("fedora:43") {
        prove(&on_fedora(), Contract { stops: false, ..Contract::HUB });
    } else {
        say("skipped: there is no stand-in for fedora:43");
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_nginx_without_root() {
    prove(&on_nginx(), Contract::HUB);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_on_distroless() {
    prove(&on_distroless(), Contract { shell: false, stops: false, ..Contract::HUB });
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn docker_with_a_custom_command() {
    let words = ["-t", "docker", "--base", "python:3.13-slim-trixie", "--command", "python -m http.server 7860"];
    prove(&Space::render_words("docker-command", &words), Contract { stops: false, ..Contract::HUB });
}
