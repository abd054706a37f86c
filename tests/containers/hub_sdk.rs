//! Spaces with `sdk: gradio`: what the Hub installs for them is installed here, and their `app_file` run.
//!
//! The Hub's own image is not public, so a fresh environment replaces it, with the declared Python if it is available.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::browser::measures_a_text;
use crate::cases::RUN_SECRET;
use crate::engine::docker;
use crate::http::get;
use crate::network;
use crate::process::{Background, run};
use crate::settings::{say, setting, tool, work};
use crate::space::Space;
use crate::webdriver::free_port;

/// The package that the Hub installs in ZeroGPU Spaces, in the version that the README names for local runs.
fn zero_gpu_package(space: &Space) -> String {
    let readme = space.read("README.md");
    let pin = readme.split_whitespace().find(|word| word.starts_with("spaces=="));
    pin.expect("README.md names a version of `spaces`").to_owned()
}

/// An environment with what a Space needs.
struct Environment {
    python: PathBuf,
}

impl Environment {
    /// Creates a fresh one in the Space's folder, from downloads that are kept for the next run, but not in CI: `PyTorch`
    /// with CUDA unpacks to 5 GB.
    #[track_caller]
    fn fresh(space: &Space, interpreter: &str, extra: &[&str]) -> Self {
        let version = run(Command::new(interpreter).arg("--version")).unwrap_or_else(|error| panic!("{error}"));
        let declared = space.declared("python_version").expect("README.md has a python_version");
        say(&format!("{} declares Python {declared}, runs on {}", space.name(), version.trim()));
        let folder = space.path().join(".venv");
        let environment = Self { python: folder.join("bin/python") };
        let mut make = uv(space);
        run(make.args(["venv", "--quiet", "--python", interpreter]).arg(&folder))
            .unwrap_or_else(|error| panic!("{error}"));
        let gradio = format!("gradio=={}", space.declared("sdk_version").expect("README.md has an sdk_version"));
        let start = Instant::now();
        // PyTorch's wheels without CUDA are a tenth as large, and have their own index, which uv knows
        let smaller = environment.install(space, &gradio, extra, &["--torch-backend", "cpu"]);
        if let Err(error) = smaller {
            say(&format!(
                "installing from PyPI only, since PyTorch's index does not answer: {}",
                error.lines().last().unwrap_or_default()
            ));
            network::twice(|| environment.install(space, &gradio, extra, &[]))
                .unwrap_or_else(|error| panic!("{error}"));
        }
        say(&format!("installed in {:.1} s", start.elapsed().as_secs_f64()));
        environment
    }

    fn install(&self, space: &Space, gradio: &str, extra: &[&str], options: &[&str]) -> Result<String, String> {
        let mut install = uv(space);
        install.args(["pip", "install", "--quiet"]).args(options).arg("--python").arg(&self.python);
        install.arg("--requirement").arg(space.path().join("requirements.txt"));
        run(install.arg(gradio).args(extra))
    }

    /// Python in the Space's folder, as the Hub starts it.
    fn python(&self, space: &Space) -> Command {
        let mut command = Command::new(&self.python);
        command.current_dir(space.path()).env("GRADIO_ANALYTICS_ENABLED", "False");
        command
    }
}

fn uv(space: &Space) -> Command {
    let kept = if std::env::var_os("CI").is_some() { space.path().join(".uv-cache") } else { work().join("uv-cache") };
    let mut uv = Command::new(setting("UV"));
    uv.env("UV_CACHE_DIR", kept);
    uv
}

/// Waits for the first 200.
#[track_caller]
fn wait_for_ok(app: &mut Background, port: u16, log: &Path) {
    let start = Instant::now();
    loop {
        if get(port, "/").is_ok_and(|answer| answer.status == 200) {
            say(&format!("answers after {:.1} s", start.elapsed().as_secs_f64()));
            return;
        }
        let patient = start.elapsed() < Duration::from_mins(1) && app.runs();
        assert!(patient, "no HTTP 200 on port {port}:\n{}", fs_err::read_to_string(log).unwrap());
        sleep(Duration::from_millis(100));
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn gradio_runs_with_what_the_hub_installs() {
    let Some(interpreter) = tool("HUB_PYTHON") else { return };
    let flags = "--template gradio --sdk gradio --pip requests==2.32.5 --secret API_KEY --variable MODE=demo";
    let space = Space::render("hub-gradio", flags);
    let environment = Environment::fresh(&space, &interpreter, &[]);
    let (port, log) = (free_port(), space.path().join("log"));
    let mut command = environment.python(&space);
    command.arg(space.declared("app_file").expect("README.md has an app_file"));
    command.env("GRADIO_SERVER_PORT", port.to_string()).env("API_KEY", RUN_SECRET);
    let mut app = Background::start(&mut command, &log);
    wait_for_ok(&mut app, port, &log);
    let settings = get(port, "/config").unwrap().text().replace([' ', '\n'], "");
    assert!(settings.contains(r#""API_KEY":true"#) && settings.contains(r#""MODE":"demo""#), "{settings}");
    assert!(!settings.contains(RUN_SECRET), "the app shows its secret");
    measures_a_text(port);
}

/// Installs Debian packages as the Hub does, as root, and runs a command then.
fn with_packages(packages: &str, command: &str) -> Result<String, String> {
    let install = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq";
    let script = format!("{install} {packages} > /dev/null && {command}");
    network::twice(|| {
        let mut docker = docker();
        docker.args(["run", "--rm", "--user", "0", "--label", "spaces-new-test=1"]);
        if setting("BUILD_NETWORK") == "host" {
            docker.args(["--network", "host"]);
        }
        run(docker.args(["python:3.13-slim-trixie", "sh", "-c", &script]))
    })
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_debian_packages_of_the_hub_sdk_install() {
    let space = Space::render("hub-packages", "--template gradio --sdk gradio --apt jq --apt tree");
    let packages = space.read("packages.txt").split_whitespace().collect::<Vec<_>>().join(" ");
    let reported = with_packages(&packages, "jq --version && tree --version").unwrap_or_else(|error| panic!("{error}"));
    assert!(reported.contains("jq-") && reported.contains("tree v"), "{reported}");
    let refused = with_packages("spaces-new-is-no-package", "true").unwrap_err();
    assert!(refused.contains("Unable to locate package"), "{refused}");
}

/// Imports the app and prints where its model is.
const IMPORT: &str = "import app; print('the model is on', next(app.encoder.parameters()).device)";

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_zero_gpu_app_moves_its_model_to_the_emulated_gpu() {
    let Some(interpreter) = tool("ZERO_GPU_PYTHON") else { return };
    let space = Space::render("hub-zero-gpu", "--template gradio --sdk gradio --hardware zero-a10g");
    let environment = Environment::fresh(&space, &interpreter, &[&zero_gpu_package(&space)]);
    let offline = [("SPACES_ZERO_GPU", "true"), ("SPACES_ZERO_DEVICE_API_URL", "http://127.0.0.1:9")];
    let reported =
        run(environment.python(&space).envs(offline).args(["-c", IMPORT])).unwrap_or_else(|error| panic!("{error}"));
    assert!(reported.contains("the model is on cuda"), "{reported}");
    // Without the emulation, and without a GPU, it is on the CPU: what was seen above was the emulation
    let reported = run(environment.python(&space).args(["-c", IMPORT])).unwrap_or_else(|error| panic!("{error}"));
    assert!(reported.contains("the model is on cpu"), "{reported}");
}
