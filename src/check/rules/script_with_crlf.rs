//! A start script with the line ends of Windows.
//!
//! ## What it does
//! Looks for CR LF in the shell scripts that the container starts with, and in scripts that it executes by their first line. What
//! `.gitattributes` or git's index turns into LF is not reported, nor what a step of the Dockerfile converts.
//!
//! ## Why it matters
//! The CR is part of every line. Linux looks for the program `/bin/sh\r` and reports `exec ./entrypoint.sh: no such file or
//! directory`, or a shell reports `set: illegal option -`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user:user . ./
//! CMD ["sh", "start.sh"]
//! ```
//! ```start.sh crlf
//! #!/bin/sh
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
//! CMD ["sh", "start.sh"]
//! ```
//! ```start.sh
//! #!/bin/sh
//! exec uvicorn app:app --host 0.0.0.0 --port 7860
//! ```
//!
//! ## Source
//! <https://git-scm.com/docs/gitattributes#_end_of_line_conversion>

use super::{Check, Finding, Fix, Group, Place, Rule, Space, Subject};
use crate::app::image::contents::{ImageFiles, Placed};
use crate::app::start::startup::{Executed, executed};
use crate::app::start::words::is_shell_script;
use crate::check::space::in_spot;
use crate::formats::dockerfile::Dockerfile;
use crate::repo::File;

pub(super) const RULE: Rule =
    Rule::new("script-with-crlf", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = ImageFiles::of(space.repo(), dockerfile);
    let mut reported: Vec<&str> = Vec::new();
    for command in executed(&files) {
        let Some((script, is_direct)) = command.shell_script() else { continue };
        let Some(Placed { file, .. }) = command.absolute(&script.text).and_then(|path| files.file(&path)) else {
            continue;
        };
        if reported.contains(&file.path()) || !is_broken(file, &command, is_direct) || !space.repo().pushes_crlf(file) {
            continue;
        }
        reported.push(file.path());
        let Some(text) = file.text() else { continue };
        let end = text.find("\r\n").map_or(0, |at| at + 1);
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let name = file.name();
        let fix = Fix::safe("write LF at the ends of its lines");
        let mut finding = Finding::new(
            Place::bytes(file.path(), start..end - 1),
            format!("the lines of `{name}` end with CR LF, and Linux reads the CR as part of each line"),
        )
        .label("CRLF line ends")
        .related(in_spot(&script.at), "started here")
        .help(format!(
            "save it with LF line ends (`sed -i 's/\\r$//' {}`), and add `*.sh text eol=lf` to .gitattributes so that git keeps them",
            file.path()
        ))
        .fix(fix.replace(file.path(), 0..text.len(), text.replace("\r\n", "\n")));
        for spot in command.through.iter().take(1) {
            finding = finding.related(in_spot(spot), "started by this");
        }
        found.push(finding);
    }
}

/// Whether a script cannot run as it is: its first line names an interpreter, or a shell reads its lines.
fn is_broken(file: &File, command: &Executed, is_direct: bool) -> bool {
    let Some(text) = file.text() else { return false };
    let first = text.split('\n').next().unwrap_or_default();
    if is_direct && first.starts_with("#!") && first.ends_with('\r') {
        return true;
    }
    // Python and others read both
    let is_read_by_shell = !is_direct || is_shell_script(command.words.first().map_or("", |word| &word.text), text);
    let code = || text.split('\n').filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let with_cr = code().filter(|line| line.ends_with('\r')).count();
    is_read_by_shell && with_cr > 0 && with_cr * 2 >= code().count()
}
