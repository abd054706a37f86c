//! Downloads into root's home, which the app cannot read.
//!
//! ## What it does
//! Looks for downloads into the user's home in a `RUN` as root: the browsers of Playwright, the data of NLTK, models of
//! `hf download` and `ollama pull`; and for the installers of Deno, Bun, uv and Rust, if the container starts that
//! program. Nothing is reported if a variable or an option names another place, or if any command mentions `/root`.
//!
//! ## Why it matters
//! Only root can enter `/root`. The app looks into its own home: `Executable doesn't exist at
//! /home/user/.cache/ms-playwright/...`, `Resource punkt not found`, or it downloads everything again at each start.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! RUN pip install playwright && playwright install --with-deps chromium
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! ENV PLAYWRIGHT_BROWSERS_PATH=/opt/browsers
//! RUN pip install playwright && playwright install --with-deps chromium
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>, <https://playwright.dev/docs/browsers>,
//! <https://www.nltk.org/data.html>

use super::{Check, Finding, Group, Place, Rule, in_dockerfile};
use crate::formats::dockerfile::{Command, Dockerfile, Who};

pub(super) const RULE: Rule = Rule::new("installed-for-root", Group::Risky, Check::Dockerfile(check));

/// A download into the home of the user who runs it.
struct Download {
    /// The program, also as `python -m PROGRAM` and behind `npx`.
    program: &'static str,
    /// Its first argument; empty if any will do.
    verb: &'static str,
    /// Options and variables that name another place.
    elsewhere: &'static [&'static str],
    /// What is downloaded.
    what: &'static str,
}

const DOWNLOADS: &[Download] = &[
    Download { program: "playwright", verb: "install", elsewhere: &["PLAYWRIGHT_BROWSERS_PATH"], what: "browsers" },
    Download { program: "nltk.downloader", verb: "", elsewhere: &["NLTK_DATA", "-d"], what: "NLTK's data" },
    Download { program: "hf", verb: "download", elsewhere: HUB, what: "files of the Hub" },
    Download { program: "huggingface-cli", verb: "download", elsewhere: HUB, what: "files of the Hub" },
    Download { program: "ollama", verb: "pull", elsewhere: &["OLLAMA_MODELS"], what: "models" },
];

const HUB: &[&str] = &["HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "--local-dir", "--cache-dir"];

/// Installers: their address, the program that they install, the variables that name another place.
const INSTALLERS: &[(&str, &str, &[&str])] = &[
    ("deno.land/install.sh", "deno", &["DENO_INSTALL"]),
    ("bun.sh/install", "bun", &["BUN_INSTALL"]),
    ("astral.sh/uv/install.sh", "uv", &["UV_INSTALL_DIR", "XDG_BIN_HOME", "XDG_DATA_HOME"]),
    ("sh.rustup.rs", "cargo", &["CARGO_HOME"]),
];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(end) = dockerfile.last_stage().map(|stage| &stage.end) else { return };
    let ends_as_root = end.who() == Who::Root && end.user_range().is_some();
    let mentions_root = dockerfile.text.contains("/root");
    if ends_as_root || mentions_root || dockerfile.base_image().is_none_or(|image| !image.is_known()) {
        return;
    }
    let started = dockerfile.entrypoint().or_else(|| dockerfile.cmd()).map(|(_, line)| line.commands());
    let starts = |program: &str| {
        started.as_ref().is_some_and(|commands| commands.iter().any(|command| command.program() == Some(program)))
    };
    for (step, run) in dockerfile.image_runs() {
        if step.before.who() != Who::Root || step.before.sets_env("HOME") {
            continue;
        }
        let text = run.line.text();
        let elsewhere = |names: &[&str]| names.iter().any(|name| step.before.sets_env(name) || text.contains(name));
        for command in &run.commands {
            let download = DOWNLOADS.iter().find(|download| downloads(command, download));
            let Some(download) = download.filter(|download| !elsewhere(download.elsewhere)) else { continue };
            let range = in_dockerfile(command.range());
            found.push(finding(range, download.what, download.elsewhere.first().copied().unwrap_or_default()));
        }
        for (address, program, variables) in INSTALLERS {
            let Some(at) = text.find(address).filter(|_| starts(program) && !elsewhere(variables)) else { continue };
            let start = run.line.range.start + at;
            let range = in_dockerfile(start..start + address.len());
            found.push(finding(range, &format!("`{program}`"), variables.first().copied().unwrap_or_default()));
        }
    }
}

fn finding(place: Place, what: &str, variable: &str) -> Finding {
    Finding::new(place, format!("the app cannot read {what} in the home of root"))
        .label("this goes into /root")
        .help(format!("move it below `USER`, or set `ENV {variable}` above it to a folder that every user can read"))
}

fn downloads(command: &Command<'_>, download: &Download) -> bool {
    let argv = command.argv();
    let at = match command.program() {
        Some("npx") => argv.iter().position(|word| word.text == download.program),
        Some(program) if program.starts_with("python") => {
            argv.iter().position(|word| word.text == "-m").map(|at| at + 1)
        }
        _ => Some(0),
    };
    let Some(at) = at else { return false };
    let name = argv.get(at).map(|word| word.text.rsplit('/').next().unwrap_or_default());
    name == Some(download.program)
        && (download.verb.is_empty() || argv.get(at + 1).is_some_and(|word| word.text == download.verb))
}
