//! The starter apps ask a model with their real packages, in their images, against a stand-in for Inference Providers.

use crate::cases::built;
use crate::engine::run_docker;
use crate::settings::root;
use crate::space::Space;

#[track_caller]
fn asks_a_model(template: &str) {
    let space = Space::render(&format!("{template}-minimal"), &format!("--template {template}"));
    let tag = built(&space);
    let script = fs_err::read_to_string(root().join("tests/models/ask_model.py")).unwrap();
    let words = ["run", "--rm", "--network", "none", "--label", "spaces-new-test=1", &tag];
    let said = run_docker(&[&words[..], &["python", "-c", &script, "/home/user/app", "real"]].concat());
    assert!(said.trim_end().ends_with("asked 11 times"), "{said}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn gradio_asks_a_model() {
    asks_a_model("gradio");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_asks_a_model() {
    asks_a_model("streamlit");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn fastapi_asks_a_model() {
    asks_a_model("fastapi");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn flask_asks_a_model() {
    asks_a_model("flask");
}
