//! A Python package that must be built, on an image without the tools for it.
//!
//! ## What it does
//! Looks for packages of a table without a wheel for Linux, such as `llama-cpp-python`, `dlib` or `psycopg2`, and for
//! `git+https://` addresses, where the image certainly has no compiler or no `git` when pip runs. Where another index or folder of
//! wheels is named, nothing is reported.
//!
//! ## Why it matters
//! The build stops: `CMake Error: CMAKE_C_COMPILER not set`, `error: command 'gcc' failed: No such file or directory`,
//! `Error: pg_config executable not found`, or `ERROR: Cannot find command 'git'`.
//!
//! ## Example
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! llama-cpp-python==0.3.16
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update \
//!  && apt-get install -y --no-install-recommends g++ \
//!  && rm -rf /var/lib/apt/lists/*
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user:user requirements.txt ./
//! RUN pip install --no-cache-dir --requirement requirements.txt
//! COPY --chown=user:user . ./
//! CMD ["python", "-m", "uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Source
//! <https://github.com/abetlen/llama-cpp-python/issues/1749>, <https://www.psycopg.org/docs/install.html>,
//! <https://pip.pypa.io/en/stable/topics/vcs-support/>

use super::{Cause, Check, Finding, Group, Rule, Scope, Space, Subject};
use crate::app::image::packages::lacks;
use crate::app::image::pip::{Item, What};
use crate::app::needs::debian::needs_of;
use crate::check::space::of_item;
use crate::facts::system_needs::When;

pub(super) const RULE: Rule =
    Rule::new("build-tool-missing", Group::Broken, Check::Views(&[Subject::Requirements, Subject::Dockerfile], check))
        .of(Scope::EveryTarget)
        .caused_by(Cause::Pip);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    let installed = space.installed();
    let mut reported: Vec<&str> = Vec::new();
    for (command, item) in installed.items() {
        let Some((stage, step)) = command.at else { continue };
        let lacks = |package: &str| lacks(dockerfile, stage, Some(step), package);
        if is_fetched(item) && lacks("git") {
            let finding = Finding::new(of_item(item), "this is fetched with `git`, which the image lacks")
                .label("git is not installed")
                .help("install `git` with apt-get before it, or name a release of the package");
            found.push(finding);
            continue;
        }
        let Some(package) = item.package().filter(|_| !installed.has_other_index) else { continue };
        if package.address.is_some() || reported.contains(&&*package.name) {
            continue;
        }
        let need = needs_of(&package.name, package.versions.exact()).find(|need| need.when == When::Install);
        let Some(need) = need else { continue };
        // A C library's headers come with its compiler
        let missing: Vec<_> = need.debian.iter().filter(|name| **name != "libc6-dev" && lacks(name)).collect();
        let Some(first) = missing.first() else { continue };
        let names: Vec<String> = need.debian.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("`{}` has no wheel for Linux, and the image lacks `{first}` to build it", package.name);
        let finding = Finding::new(of_item(item), message).label("built from source").help(format!(
            "install {} with apt-get before it{}",
            names.join(", "),
            alternative(&package.name)
        ));
        found.push(finding);
        reported.push(&package.name);
    }
}

/// Whether pip clones it.
fn is_fetched(item: &Item) -> bool {
    match &item.what {
        What::Package(package) => {
            package.marker.is_none() && package.address.as_ref().is_some_and(|(address, _)| address.starts_with("git+"))
        }
        What::Place(place) | What::Editable(place) => place.starts_with("git+"),
    }
}

/// What needs no compiler instead.
fn alternative(package: &str) -> &'static str {
    match package {
        "psycopg2" => ", or use `psycopg2-binary`",
        "llama-cpp-python" => ", or add the project's index of wheels with `--extra-index-url`",
        _ => "",
    }
}
