//! Spaces that are broken on purpose, each in one way, and what `try` says of them.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::engine::try_docker;
use crate::settings::{say, setting};

/// A server in Python with nothing but its standard library. `{..}` are replaced.
const SERVER: &str = r#"import http.server, os, signal, socketserver, sys
{before}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = {body}
        self.send_response({status})
        {headers}
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

{stop}
socketserver.TCPServer.allow_reuse_address = True
print("ready", flush=True)
http.server.ThreadingHTTPServer(("{host}", {port}), Handler).serve_forever()
"#;

/// Counts its answers in a file.
pub const COUNTS: &str = "COUNT = \"count.txt\"\n\ndef next_count():\n    last = int(open(COUNT).read()) if os.path.exists(COUNT) else 0\n    open(COUNT, \"w\").write(str(last + 1))\n    return str(last + 1).encode()\n";

const STOPS: &str = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))";

const DOCKERFILE: &str = "FROM python:3.13-slim-trixie
RUN useradd --create-home --uid 1000 user
USER user
ENV HOME=/home/user
WORKDIR /home/user/app
COPY --chown=user . .
CMD [\"python\", \"app.py\"]
";

const README: &str = "---\ntitle: Tried\nemoji: 🚀\ncolorFrom: red\ncolorTo: blue\nsdk: docker\napp_port: 7860\n---\n";

/// A Space, healthy until it is changed.
pub struct Tested {
    folder: TempDir,
    server: Vec<(&'static str, String)>,
}

impl Tested {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tested = Self { folder, server: Vec::new() };
        tested.write("README.md", README);
        tested.write("Dockerfile", DOCKERFILE);
        let defaults = [
            ("before", ""),
            ("body", "b\"hello\""),
            ("status", "200"),
            ("headers", "pass"),
            ("stop", STOPS),
            ("host", "0.0.0.0"),
            ("port", "7860"),
        ];
        defaults.into_iter().fold(tested, |tested, (name, value)| tested.with(name, value))
    }

    /// Changes a part of the server.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.server.retain(|(known, _)| *known != name);
        self.server.push((name, value.to_owned()));
        let parts = self.server.iter();
        let code = parts.fold(SERVER.to_owned(), |code, (name, value)| code.replace(&format!("{{{name}}}"), value));
        self.write("app.py", &code);
        self
    }

    /// Replaces a part of the Dockerfile.
    pub fn dockerfile(self, from: &str, to: &str) -> Self {
        assert!(DOCKERFILE.contains(from), "{from}");
        self.file("Dockerfile", &DOCKERFILE.replace(from, to))
    }

    pub fn file(self, name: &str, text: &str) -> Self {
        self.write(name, text);
        self
    }

    fn write(&self, name: &str, text: &str) {
        fs_err::write(self.folder.path().join(name), text).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The command `spaces-new try` on it, with the engine of these tests.
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command.arg("try").arg(self.path()).args(words.split_whitespace());
        if setting("BUILD_NETWORK") == "host" {
            command.args(["--build-network", "host"]);
        }
        if !setting("DOCKER_HOST").is_empty() {
            command.env("DOCKER_HOST", setting("DOCKER_HOST"));
        }
        command.env_remove("API_KEY");
        command
    }

    /// Tries it. Afterwards nothing of it is left in the engine or in this Space.
    #[track_caller]
    pub fn tried(&self, words: &str) -> (Value, i32, Output) {
        let before = files(self.path());
        let output = self.command(&format!("--format json {words}")).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let tried: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}{errors}"));
        say(&format!("findings: {}", tried["findings"]));
        assert_eq!(files(self.path()), before, "it wrote into the folder");
        assert_nothing_left();
        (tried, output.status.code().unwrap(), output)
    }

    /// Tries it, and fails unless it has exactly one finding, with a rule, or none, and a text.
    #[track_caller]
    fn has_fault(&self, words: &str, rule: Option<&str>, text: &str) -> Value {
        let (tried, code, _) = self.tried(words);
        let findings = tried["findings"].as_array().unwrap();
        assert_eq!((findings.len(), code), (1, 1), "{tried:#}");
        assert_eq!(findings[0]["rule"].as_str(), rule, "{tried:#}");
        assert!(findings[0]["message"].as_str().unwrap().contains(text), "{tried:#}");
        tried
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs_err::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// No container, and no image of a try, is left in the engine.
#[track_caller]
pub fn assert_nothing_left() {
    let filter = ["--filter", "label=spaces-new.try"];
    let left = |words: &[&str]| try_docker(&[words, &filter[..]].concat()).unwrap();
    assert_eq!(left(&["ps", "--all", "--quiet"]), "", "a container is left");
    assert_eq!(left(&["images", "--quiet"]), "", "an image is left");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_healthy_space_has_no_findings() {
    let (tried, code, output) = Tested::new().tried("");
    assert_eq!((tried["findings"].as_array().unwrap().len(), code), (0, 0), "{tried:#}");
    assert_eq!((tried["run"]["uid"].as_u64(), tried["probe"]["status"].as_u64()), (Some(1000), Some(200)));
    assert_eq!((&tried["oom"], &tried["stop"]["signal"]), (&Value::Bool(false), &"SIGTERM".into()));
    assert!(tried["stop"]["seconds"].as_f64().unwrap() < 5.0 && tried["stop"]["exit"] == 0, "{tried:#}");
    assert!(tried["image"]["mb"].as_u64().unwrap() > 1 && tried["image"]["build_s"].is_f64(), "{tried:#}");
    if setting("NETWORK") == "bridge" {
        assert_eq!(tried["run"]["listening"][0], "0.0.0.0:7860");
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("COPY"), "the build's output is passed on: {errors}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn root_owned_data_is_found() {
    let save = "try:\n    open('/home/user/app/data/notes.txt', 'w').write('x')\nexcept OSError as error:\n    print(repr(error), error, flush=True)\n";
    let tested =
        Tested::new().with("before", save).dockerfile("USER user\n", "RUN mkdir -p /home/user/app/data\nUSER user\n");
    let (tried, code, _) = tested.tried("");
    assert_eq!((tried["not_writable"][0]["path"].as_str(), code), (Some("/home/user/app/data"), 1), "{tried:#}");
    assert_eq!(
        (tried["not_writable"][0]["uid"].as_u64(), tried["not_writable"][0]["mode"].as_str()),
        (Some(0), Some("755"))
    );
    let fault = &tried["findings"][0];
    assert_eq!(
        (&fault["rule"], &fault["file"], &fault["line"]),
        (&"copy-owned-by-root".into(), &"app.py".into(), &3.into())
    );
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_wrong_port_is_found() {
    let tested = Tested::new().with("port", "8000");
    let tried = tested.has_fault("--wait 3", Some("port-mismatch"), "no answer on port 7860 within 3 s");
    assert!(tried["probe"]["status"].is_null() && tried["frame"].is_null(), "{tried:#}");
    let fault = &tried["findings"][0];
    assert_eq!((&fault["step"], &fault["file"], &fault["line"]), (&"probe".into(), &"app.py".into(), &15.into()));
    if setting("NETWORK") == "bridge" {
        assert!(tried["findings"][0]["message"].as_str().unwrap().contains("`0.0.0.0:8000`"), "{tried:#}");
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn an_app_on_loopback_is_found() {
    if setting("NETWORK") != "bridge" {
        return say("without a bridge network, loopback is that of this computer");
    }
    let tested = Tested::new().with("host", "127.0.0.1");
    tested.has_fault("--wait 3", Some("loopback-bind"), "listens at `127.0.0.1:7860` alone");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn an_app_that_ignores_its_signal_is_found() {
    let tried = Tested::new().with("stop", "").has_fault("", None, "ignores SIGTERM");
    assert!(tried["stop"]["seconds"].as_f64().unwrap() > 9.0 && tried["stop"]["exit"] == 137, "{tried:#}");
    assert_eq!((&tried["findings"][0]["file"], &tried["findings"][0]["line"]), (&"Dockerfile".into(), &7.into()));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn headers_that_break_the_frame_are_found() {
    let deny = Tested::new().with("headers", "self.send_header(\"X-Frame-Options\", \"DENY\")");
    let tried = deny.has_fault("", Some("refused-frame"), "`X-Frame-Options: DENY`");
    assert_eq!(tried["frame"]["x_frame_options"], "DENY");
    assert_eq!(tried["findings"][0]["file"], "app.py");
    let cookie = Tested::new().with("headers", "self.send_header(\"Set-Cookie\", \"session=1; Path=/; SameSite=Lax\")");
    let tried = cookie.has_fault("", None, "`session`");
    assert_eq!(tried["frame"]["cookies"][0], "session=1; Path=/; SameSite=Lax");
    let http = "self.send_header(\"Location\", \"http://\" + self.headers[\"Host\"] + \"/en\")";
    let redirect = Tested::new().with("status", "302 if self.path == '/' else 200").with("headers", http);
    let tried = redirect.has_fault("", Some("untrusted-proxy"), "redirects to `http://user-");
    assert!(tried["probe"]["redirects"][0].as_str().unwrap().ends_with("/en"), "{tried:#}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn an_app_that_needs_more_memory_is_found() {
    let tested = Tested::new()
        .with("before", "import time\ntime.sleep(1)\nx = bytearray(300_000_000)\nx[::4096] = b'1' * len(x[::4096])\n");
    let tried = tested.has_fault("--memory 100m --wait 20", None, "more than 100m of memory");
    assert_eq!(
        (&tried["oom"], &tried["run"]["exit"], &tried["run"]["memory"]),
        (&true.into(), &137.into(), &"100m".into())
    );
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn what_a_restart_loses_is_found() {
    let tested = Tested::new().with("before", COUNTS).with("body", "next_count()");
    let (tried, code, _) = tested.tried("");
    let lost = &tried["written_then_lost"][0];
    assert_eq!((lost["path"].as_str(), code), (Some("/home/user/app/count.txt"), 0), "{tried:#}");
    assert_eq!((&lost["file"], &lost["line"]), (&"app.py".into(), &5.into()));
    counts_from_one_after_a_restart(&tested);
}

/// The app itself is asked before and after: a stop and a start of the same container keep the file, the next wake does not.
fn counts_from_one_after_a_restart(tested: &Tested) {
    use crate::container::Container;
    use crate::engine::{Build, build};

    build(Build::new(tested.path(), "spaces-new-test/counts")).unwrap();
    for _ in 0..2 {
        let container = Container::start("spaces-new-test/counts", 7860, &[]);
        let first: u32 = loop {
            match crate::http::get(container.local_port(), "/") {
                Ok(answer) => break answer.text().parse().unwrap(),
                Err(_) => std::thread::sleep(std::time::Duration::from_millis(100)),
            }
        };
        assert_eq!((first, container.get("/").parse()), (1, Ok(2)));
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_missing_secret_is_found_and_a_given_one_never_printed() {
    let needs = "import hashlib\nprint('starting with', os.environ['API_KEY'], flush=True)\nprint('API_KEY has', len(os.environ['API_KEY']), os.environ.get('OTHER'), flush=True)\n";
    let tested = Tested::new()
        .with("before", needs)
        .file(".spaces-new.toml", "secrets = [\"API_KEY\"]\nvariables = [\"MODE=demo\"]\n")
        .file(".gitignore", ".env\n");
    let (tried, code, _) = tested.tried("--wait 5");
    assert_eq!((tried["secrets"]["missing"][0].as_str(), code), (Some("API_KEY"), 1));
    let messages = tried["findings"].to_string();
    assert!(messages.contains("names the secret `API_KEY`"), "{messages}");
    let tested = tested.file(".env", "API_KEY=hidden-value-7\nOTHER=not-declared\n");
    for words in ["", "--wait 1 --memory 20m"] {
        let (tried, _, output) = tested.tried(words);
        assert_eq!(tried["secrets"]["set"][0], "API_KEY");
        let all = [output.stdout, output.stderr].concat();
        assert!(!String::from_utf8_lossy(&all).contains("hidden-value-7"));
    }
    let text = tested.command("--wait 1 --memory 20m").output().unwrap();
    assert!(!String::from_utf8_lossy(&[text.stdout, text.stderr].concat()).contains("hidden-value-7"));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_build_that_fails_is_one_finding() {
    let tested = Tested::new().dockerfile("CMD", "RUN echo this fails; exit 3\nCMD");
    let tried = tested.has_fault("", None, "the image does not build");
    assert_eq!((&tried["findings"][0]["step"], &tried["findings"][0]["line"]), (&"build".into(), &7.into()));
    for key in ["image", "run", "probe", "frame", "not_writable", "written_then_lost", "stop", "oom"] {
        assert_eq!(tried.get(key), Some(&Value::Null), "{key}");
    }
    assert!(tried["engine"]["name"].is_string() && tried["secrets"]["set"].is_array());
    let text = tested.command("").output().unwrap();
    let shown = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(shown.contains("--> Dockerfile:7") && shown.contains("this fails"), "{shown}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_secret_reaches_the_build_that_mounts_it() {
    let step = "RUN --mount=type=secret,id=API_KEY,mode=0444,required=true test \"$(cat /run/secrets/API_KEY)\" = given-here\nARG MODE\nRUN test \"$MODE\" = fast\nCMD";
    let tested = Tested::new()
        .dockerfile("CMD", step)
        .file(".spaces-new.toml", "secrets = [\"API_KEY\"]\nvariables = [\"MODE=fast\"]\n")
        .file(".gitignore", ".env\n")
        .file(".env", "API_KEY=given-here\n");
    let (tried, code, _) = tested.tried("");
    assert_eq!(code, 0, "{tried:#}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn images_without_python_and_without_a_shell_are_tried() {
    let busybox =
        |base: &str| format!("FROM {base}\nCOPY --chown=1000 busybox /www/busybox\nUSER 1000\nWORKDIR /www\n");
    let serves = "CMD [\"/www/busybox\", \"httpd\", \"-f\", \"-p\", \"7860\", \"-h\", \"/www\"]\n";
    for base in ["alpine:3.22", "gcr.io/distroless/static-debian12:nonroot"] {
        let tested = Tested::new().file("Dockerfile", &(busybox(base) + serves)).file("index.html", "hello");
        fs_err::write(tested.path().join("busybox"), crate::settings::busybox()).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs_err::set_permissions(tested.path().join("busybox"), mode).unwrap();
        let copied =
            format!("{}{serves}", busybox(base).replace("WORKDIR /www\n", "WORKDIR /www\nCOPY index.html ./\n"));
        let tested = tested.file("Dockerfile", &copied);
        // As the first process, busybox does not stop on the signal
        let tried = tested.has_fault("", None, "ignores SIGTERM");
        assert_eq!(tried["probe"]["status"], 200, "{base}: {tried:#}");
        if setting("NETWORK") == "bridge" {
            assert!(tried["run"]["listening"][0].as_str().unwrap().ends_with(":7860"), "{base}: {tried:#}");
        }
    }
}
