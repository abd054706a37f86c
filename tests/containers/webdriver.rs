//! A browser, driven through `chromedriver`: the few commands of the protocol that the tests need.
//!
//! Source: <https://www.w3.org/TR/webdriver2/>.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::request;
use crate::settings::{say, setting};

/// Headless, without a sandbox, and without network access beyond this host.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/// The key under which the protocol gives a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long something on a page may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open browser with one page. Closed when it goes.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: TempDir,
}

/// An element of the page.
pub struct Element<'a> {
    browser: &'a Browser,
    id: String,
}

/// A port that nothing listens on now.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Waits until every network interface has its addresses. A container brings a new one, whose IPv6 address is tentative for a
/// second or two; when it becomes final, Chromium sees another network and ends what it is loading (`ERR_NETWORK_CHANGED`),
/// also from the host itself. A page of many files then stays empty.
///
/// Source: the fields of `if_inet6` are written by the Linux kernel in `net/ipv6/addrconf.c` (`if6_seq_show`); the fifth is
/// the flags, `IFA_F_TENTATIVE` is 0x40 (`linux/if_addr.h`).
fn wait_for_settled_addresses() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(5) {
        // Without this file there is no IPv6, or the system is not Linux
        let table = fs_err::read_to_string("/proc/net/if_inet6").unwrap_or_default();
        let flags = table.lines().filter_map(|line| u32::from_str_radix(line.split_whitespace().nth(4)?, 16).ok());
        if flags.into_iter().all(|flags| flags & 0x40 == 0) {
            return;
        }
        sleep(Duration::from_millis(100));
    }
    // An interface without a cable keeps a tentative address, and does no harm
    say("an IPv6 address of the host stays tentative; the browser starts anyway");
}

impl Browser {
    pub fn open() -> Self {
        wait_for_settled_addresses();
        let profile = tempfile::tempdir().unwrap();
        let port = free_port();
        let mut command = Command::new(setting("CHROMEDRIVER"));
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = command.spawn().unwrap();
        let mut browser = Self { driver, port, session: String::new(), profile };
        browser.wait_for("chromedriver", |browser| browser.call("GET", "/status", &Value::Null).ok());
        let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", browser.profile.path().display()));
        let options = json!({ "binary": setting("CHROMIUM"), "args": arguments });
        let all = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let wanted = json!({ "capabilities": { "alwaysMatch": all } });
        // A busy machine can take longer to start Chromium than its driver waits
        let session = browser.call("POST", "/session", &wanted).or_else(|error| {
            say(&format!("the browser does not open; trying once more: {error}"));
            browser.call("POST", "/session", &wanted)
        });
        let session = session.unwrap_or_else(|error| panic!("{error}"));
        session["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        browser
    }

    pub fn go(&self, address: &str) {
        self.must("/url", &json!({ "url": address }));
    }

    /// What a script returns that runs in the page, or in the frame that was entered.
    pub fn script(&self, script: &str) -> Value {
        self.must("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// The text that a visitor sees.
    pub fn text(&self) -> String {
        self.script("return document.body ? document.body.innerText : ''").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page shows a text, blanks and line breaks apart.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        let wanted = without_blanks(text);
        let shown = |browser: &Self| without_blanks(&browser.text()).contains(&wanted).then_some(());
        self.wait_for(&format!("the text `{text}`"), shown);
    }

    /// The first element that a CSS selector finds, as soon as there is one.
    #[track_caller]
    pub fn find(&self, selector: &str) -> Element<'_> {
        self.find_by("css selector", selector)
    }

    /// The first button with a label.
    #[track_caller]
    pub fn button(&self, label: &str) -> Element<'_> {
        self.find_by("xpath", &format!("//button[normalize-space()='{label}']"))
    }

    /// Opens the part of the page that folds under a label. A page that still grows can move the label away from under a
    /// click, which then opens nothing.
    #[track_caller]
    pub fn unfold(&self, label: &str) {
        let summary = format!("//summary[contains(normalize-space(), '{label}')]");
        let is_open = json!({ "using": "xpath", "value": format!("//details[@open]{summary}") });
        self.wait_for(&format!("what folds under `{label}`"), |browser| {
            let open = browser.call("POST", &browser.of_session("/element"), &is_open).ok();
            if open.is_none() {
                browser.find_by("xpath", &summary).click();
            }
            open
        });
    }

    #[track_caller]
    fn find_by(&self, strategy: &str, selector: &str) -> Element<'_> {
        let asked = json!({ "using": strategy, "value": selector });
        let found = self.wait_for(selector, |browser| {
            let found = browser.call("POST", &browser.of_session("/element"), &asked).ok()?;
            found[ELEMENT].as_str().map(str::to_owned)
        });
        Element { browser: self, id: found }
    }

    /// Goes into a frame: what follows is about the page in it.
    #[track_caller]
    pub fn enter_frame(&self, selector: &str) {
        let frame = self.find(selector);
        self.must("/frame", &json!({ "id": { ELEMENT: frame.id } }));
    }

    /// Waits for a value, and otherwise fails with the page's text and the browser's error.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, mut look: impl FnMut(&Self) -> Option<T>) -> T {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(found) = look(self) {
                return found;
            }
            sleep(Duration::from_millis(200));
        }
        panic!("{what} does not appear; {}", self.account());
    }

    /// How far the page is, what it shows, which of its files did not come, and what the browser wrote into its console.
    fn account(&self) -> String {
        let script = "return [location.href, document.readyState, document.body.innerText, 'not loaded:', performance\
            .getEntriesByType('resource').filter((entry) => !entry.responseStatus).map((entry) => entry.name).join(' ')]";
        let page = self.call("POST", &self.of_session("/execute/sync"), &json!({ "script": script, "args": [] }));
        let console = self.call("POST", &self.of_session("/se/log"), &json!({ "type": "browser" }));
        format!("the page is {page:#?}\nthe console says {console:#?}")
    }

    fn of_session(&self, path: &str) -> String {
        format!("/session/{}{path}", self.session)
    }

    #[track_caller]
    fn must(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &self.of_session(path), body).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer =
            request(self.port, method, path, &body, Duration::from_mins(2)).map_err(|error| error.to_string())?;
        let mut value: Value = serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
        if answer.status == 200 { Ok(value["value"].take()) } else { Err(value["value"]["message"].to_string()) }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closes Chromium first; without its driver it would stay. Nothing is left to do where either fails
        if !self.session.is_empty() {
            let _ = self.call("DELETE", &self.of_session(""), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Element<'_> {
    #[track_caller]
    pub fn click(&self) {
        self.browser.must(&format!("/element/{}/click", self.id), &json!({}));
    }

    #[track_caller]
    pub fn clear(&self) -> &Self {
        self.browser.must(&format!("/element/{}/clear", self.id), &json!({}));
        self
    }

    /// Types into a field; for a field that takes files, the path of one.
    #[track_caller]
    pub fn type_in(&self, text: &str) {
        self.browser.must(&format!("/element/{}/value", self.id), &json!({ "text": text }));
    }
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}
