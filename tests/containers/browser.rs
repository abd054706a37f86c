//! The apps in a browser, as a visitor of the Hub sees them.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::cases::{NODE, PYTHON, RUN_SECRET, built};
use crate::container::Container;
use crate::http::get;
use crate::process::Background;
use crate::settings::{say, setting};
use crate::space::Space;
use crate::webdriver::{Browser, free_port};

#[track_caller]
fn start(space: &Space) -> Container {
    let container = Container::start(&built(space), space.port(), &[]);
    container.wait_for_ok(Duration::from_mins(1)).unwrap_or_else(|error| panic!("{error}"));
    container
}

/// Enters a text in the Gradio app and waits for its answer.
#[track_caller]
pub fn measures_a_text(port: u16) {
    let browser = Browser::open();
    browser.go(&format!("http://127.0.0.1:{port}/"));
    browser.find("textarea").type_in("One two three. Four!");
    browser.button("Measure").click();
    browser.wait_for_text(r#""words": 4"#);
    browser.wait_for_text(r#""sentences": 2"#);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_gradio_app_answers_an_input() {
    let space = Space::render("gradio-minimal", "--template gradio");
    let container = start(&space);
    measures_a_text(container.local_port());
}

/// The page of the starter apps calls the app's own API.
#[track_caller]
fn the_page_calls_its_api(name: &str, flags: &str) {
    let space = Space::render(name, flags);
    let container = start(&space);
    let browser = Browser::open();
    browser.go(&format!("http://127.0.0.1:{}/", container.local_port()));
    browser.find("textarea").clear().type_in("One two three. Four!");
    browser.button("Measure").click();
    browser.wait_for_text(r#""words": 4"#);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_fastapi_page_calls_its_api() {
    the_page_calls_its_api("docker-minimal", "--template docker");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_python_page_calls_its_api() {
    the_page_calls_its_api("docker-python", PYTHON);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_node_page_calls_its_api() {
    the_page_calls_its_api("docker-node", NODE);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_flask_page_calls_its_api() {
    the_page_calls_its_api("flask-minimal", "--template flask");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_go_page_calls_its_api() {
    the_page_calls_its_api("go-minimal", "--template go");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_rust_page_calls_its_api() {
    the_page_calls_its_api("rust-minimal", "--template rust");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_secret_and_a_variable_reach_streamlit() {
    let space = Space::render("settings-streamlit", "--template streamlit --secret API_KEY --variable MODE=demo");
    let tag = built(&space);
    for (environment, is_set) in [(&[("API_KEY", RUN_SECRET)][..], "true"), (&[], "false")] {
        let container = Container::start(&tag, space.port(), environment);
        container.wait_for_ok(Duration::from_mins(1)).unwrap_or_else(|error| panic!("{error}"));
        let browser = Browser::open();
        browser.go(&format!("http://127.0.0.1:{}/", container.local_port()));
        browser.unfold("Settings");
        browser.wait_for_text(&format!(r#""API_KEY":{is_set}"#));
        browser.wait_for_text(r#""MODE":"demo""#);
        assert!(!browser.text().contains(RUN_SECRET), "the app shows its secret");
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_static_page_measures_its_text() {
    let space = Space::render("static", "--template static");
    let port = free_port();
    let mut server = Command::new(setting("PYTHON"));
    server.args(["-m", "http.server", &port.to_string(), "--bind", "127.0.0.1"]).current_dir(space.path());
    let log = tempfile::NamedTempFile::new().unwrap();
    let _server = Background::start(&mut server, log.path());
    let browser = Browser::open();
    browser.wait_for("the server", |_| get(port, "/").ok());
    browser.go(&format!("http://127.0.0.1:{port}/"));
    browser.find("textarea").clear().type_in("One two three. Four!");
    browser.wait_for_text("Words 4 Sentences 2");
}

/// Serves a page on `localhost` with the Space in a frame, and returns its address. To a browser, `localhost` and
/// `127.0.0.1` are two sites, like the Hub and a Space.
fn page_of_another_site(port: u16) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
    let frame = format!("<iframe src='http://127.0.0.1:{port}/' width='900' height='600'></iframe>");
    let page = format!("<!doctype html><title>The Hub</title>{frame}");
    // Ends with the test run; the system chooses the port
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let _ = stream.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{page}", page.len());
        }
    });
    address
}

/// Uploads a file in the framed app. Returns the status of the upload, and the text of the page afterwards.
#[track_caller]
fn upload_in_a_frame(space: &Space) -> (u64, String) {
    let container = start(space);
    let file = tempfile::Builder::new().suffix(".txt").tempfile().unwrap();
    fs_err::write(file.path(), "uploaded from a frame").unwrap();
    let browser = Browser::open();
    browser.go(&page_of_another_site(container.local_port()));
    browser.enter_frame("iframe");
    browser.find("input[type=file]").type_in(file.path().to_str().unwrap());
    let statuses = "return performance.getEntriesByType('resource')\
        .filter((entry) => entry.name.includes('upload_file') && entry.responseStatus)\
        .map((entry) => entry.responseStatus)";
    let status = browser.wait_for("an upload", |browser| browser.script(statuses)[0].as_u64());
    browser.wait_for("the app's answer", |browser| {
        let text = browser.text();
        (text.contains("uploaded from a frame") || text.contains("status code")).then_some(text)
    });
    (status, browser.text())
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_accepts_an_upload_in_a_frame_of_another_site() {
    let space = Space::render("streamlit-minimal", "--template streamlit");
    let (status, text) = upload_in_a_frame(&space);
    assert_eq!(status, 204, "{text}");
    assert!(text.contains("uploaded from a frame"), "{text}");
    say("the upload in a frame answered 204");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_refuses_the_upload_without_its_setting() {
    let space = Space::render("streamlit-xsrf", "--template streamlit");
    space.replace(".streamlit/config.toml", "enableXsrfProtection = false\n", "");
    let (status, text) = upload_in_a_frame(&space);
    assert_eq!(status, 403, "{text}");
    assert!(text.contains("403"), "{text}");
    say("without the setting, the upload in a frame answered 403");
}
