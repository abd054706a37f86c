//! A start command that names a file or a module that is not in the image.
//!
//! ## What it does
//! Follows the start command, also through shell scripts and the scripts of `package.json`, to the file that it runs: `python
//! server.py`, `uvicorn app.main:app`, `python -m package`, `node dist/index.js`, `streamlit run app.py`, `sh start.sh`. Follows each
//! `COPY` to find out which file of the repository is at that path. Where a step may create the file, nothing is reported.
//!
//! ## Why it matters
//! The container stops at once: `No module named 'app'`, `can't open file`, `Cannot find module`, `Missing script`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user:user backend ./
//! CMD ["uvicorn", "backend.main:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//! ```backend/main.py
//! from fastapi import FastAPI
//!
//! app = FastAPI()
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user:user backend ./
//! CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//! ```backend/main.py
//! from fastapi import FastAPI
//!
//! app = FastAPI()
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#copy>, <https://docs.python.org/3/using/cmdline.html#cmdoption-m>

use super::{Cause, Check, Finding, Group, Rule, Space, Subject};
use crate::app::image::contents::ImageFiles;
use crate::app::start::started_files::{Absent, lacking};
use crate::app::start::startup::executed;
use crate::check::space::in_spot;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("missing-start-file", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check))
        .caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = ImageFiles::of(space.repo(), dockerfile);
    for command in executed(&files) {
        let Some(lacking) = lacking(&command, &files) else { continue };
        let (message, help) = texts(&lacking.absent, &lacking.word.text, space);
        let mut finding = Finding::new(in_spot(&lacking.word.at), message).label("not in the image").help(help);
        for spot in command.through.iter().take(1) {
            finding = finding.related(in_spot(spot), "started by this");
        }
        found.push(finding);
    }
}

/// The message and the help.
fn texts(absent: &Absent, written: &str, space: &Space<'_>) -> (String, String) {
    match absent {
        Absent::File(path) => {
            let name = path.rsplit('/').next().unwrap_or(path);
            let mut same = space.repo().files().filter(|file| file.name() == name).map(|file| file.path());
            let help = match same.next() {
                Some(found) => {
                    format!("`{found}` is in the repository: copy it to `{path}`, or start it where it is copied to")
                }
                None => format!("add `{name}` to the repository and copy it, or start a file that exists"),
            };
            (format!("the command starts `{written}`, and no step brings `{path}` into the image"), help)
        }
        Absent::NotOnPath => (
            format!("`{written}` is searched in the folders of `PATH`, and it is not in one of them"),
            format!("write `./{written}`"),
        ),
        Absent::Module(name, Some(meant)) => (
            format!("the module `{name}` is not in the image"),
            format!("write `{meant}`, which is there, or copy the files so that `{name}` is"),
        ),
        Absent::Module(name, None) => (
            format!("the module `{name}` is not in the image"),
            "copy its file into the folder that the command starts in, or name a module that exists".to_owned(),
        ),
        Absent::FileForModule(name, meant) => {
            (format!("`{name}` is a file, and the command needs the name of a module"), format!("write `{meant}`"))
        }
        Absent::PackageScript(name) => (
            format!("package.json has no script `{name}`"),
            format!("add the script `{name}` to package.json, or name one that exists"),
        ),
    }
}
