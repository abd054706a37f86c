//! A start script that may not be executed.
//!
//! ## What it does
//! Looks for scripts that `CMD`, `ENTRYPOINT` or another start script executes by their path, although git has them with mode 100644
//! and no `chmod` and no `--chmod` makes them programs. A script that the engine executes must also begin with `#!`.
//!
//! ## Why it matters
//! The container does not start: `exec: "./entrypoint.sh": permission denied`, or `exec format error`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user:user . ./
//! CMD ["./start.sh"]
//! ```
//! ```start.sh
//! exec uvicorn app:app --host 0.0.0.0 --port 7860
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user:user . ./
//! COPY --chown=user:user --chmod=755 start.sh ./
//! CMD ["./start.sh"]
//! ```
//! ```start.sh
//! #!/bin/sh
//! exec uvicorn app:app --host 0.0.0.0 --port 7860
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#copy---chmod>, <https://git-scm.com/docs/git-update-index#Documentation/git-update-index.txt---chmod-x>

use super::{Check, Finding, Group, Rule, Space, Subject};
use crate::app::image::contents::ImageFiles;
use crate::app::start::started_files::is_script_name;
use crate::app::start::startup::executed;
use crate::check::space::in_spot;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("script-not-executable", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = ImageFiles::of(space.repo(), dockerfile);
    for command in executed(&files) {
        let Some((script, true)) = command.shell_script() else { continue };
        let Some(path) = command.absolute(&script.text) else { continue };
        let Some(placed) = files.file(&path) else { continue };
        let Some(text) = placed.file.text() else { continue };
        let name = placed.file.path();
        let interpreter = if name.rsplit('.').next() == Some("py") { "python" } else { "sh" };
        let is_program = placed.has_mode || files.may_change_mode(&path);
        if !is_program && space.repo().is_executable(name) == Some(false) {
            let finding =
                Finding::new(in_spot(&script.at), format!("`{name}` has mode 100644 in git, so it cannot be executed"))
                    .label("permission denied")
                    .help(format!(
                        "run `git update-index --chmod=+x {name}`, or copy it with `COPY --chmod=755`, or start it with `{interpreter} {}`",
                        script.text
                    ));
            found.push(finding);
        } else if command.by_engine && !text.starts_with("#!") && is_script_name(name) {
            let finding = Finding::new(in_spot(&script.at), format!("`{name}` does not begin with `#!`"))
                .label("exec format error")
                .help(format!("begin the file with `#!/bin/sh`, or start it with `{interpreter} {}`", script.text));
            found.push(finding);
        }
    }
}
