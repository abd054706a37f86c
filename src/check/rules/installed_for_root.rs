//! Programs and downloads in root's home, which the app cannot enter.
//!
//! ## What it does
//! Looks for downloads into the user's home in a `RUN` as root: the browsers of Playwright, the data of NLTK, models of
//! `hf download` and `ollama pull`, and those that `python -c` or a script of the repository loads with `pipeline()`,
//! `from_pretrained()` and the like. The same for programs that the container starts: those of the installers of Deno, Bun, uv, nvm and
//! others, packages of `pip install --user`, and a virtual environment of uv whose Python uv had to download. Nothing is reported if a
//! variable or an option names another place, or if a command opens or moves `/root`.
//!
//! ## Why it matters
//! Only root can enter `/root`. The program does not start: `deno: Permission denied`, `ModuleNotFoundError`. Downloads are not found:
//! `Executable doesn't exist at /home/user/.cache/ms-playwright/...`, `Resource punkt not found`, or the app downloads everything again
//! at each start, which is a warning.
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
//! <https://www.nltk.org/data.html>, <https://docs.astral.sh/uv/reference/environment/>

use super::{Check, Finding, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::check::diagnostic::Level;
use crate::check::root_home::{
    Elsewhere, Program, PythonCommands, is_opened, needed_installers, program_in_home, sets_home,
};
use crate::check::uv_python::UvPython;
use crate::facts::home_installs::{HOME_COMMANDS, HomeCommand};
use crate::formats::dockerfile::{Command, Dockerfile, Run, Who};

pub(super) const RULE: Rule =
    Rule::new("installed-for-root", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(end) = dockerfile.last_stage().map(|stage| &stage.end) else { return };
    let ends_as_root = end.who() == Who::Root && end.user_range().is_some();
    if ends_as_root || dockerfile.base_image().is_none_or(|image| !image.is_known()) || is_opened(dockerfile) {
        return;
    }
    let python = PythonCommands::new(dockerfile, space);
    let needed = needed_installers(dockerfile);
    let uv = UvPython::of(dockerfile, space);
    for (step, run) in dockerfile.image_runs() {
        if step.before.who() != Who::Root || step.before.sets_env("HOME") || sets_home(run) {
            continue;
        }
        let elsewhere = Elsewhere::new(step, run);
        downloads(&python, run, &elsewhere, found);
        found.extend(program_in_home(run, &elsewhere, &needed).map(of_program));
        if let Some((command, is_certain)) = uv.as_ref().and_then(|uv| uv.download(step, run)) {
            let finding = Finding::new(
                in_dockerfile(command.range()),
                "the app cannot run the Python that uv downloads into the home of root",
            )
            .label("this goes into /root/.local/share/uv")
            .help("set `ENV UV_PYTHON_INSTALL_DIR=/opt/uv-python` above it");
            found.push(if is_certain { finding } else { finding.at_most(Level::Warning) });
        }
    }
}

/// Data in the home of root: the app can load it again.
fn downloads(python: &PythonCommands<'_, '_, '_>, run: &Run<'_>, elsewhere: &Elsewhere<'_>, found: &mut Vec<Finding>) {
    for command in &run.commands {
        let of_command = HOME_COMMANDS.iter().find(|row| downloads_with(command, row));
        let of_python = || python.download(command).map(|row| (row.what, row.variables));
        let Some((what, variables)) = of_command.map(|row| (row.what, row.variables)).or_else(of_python) else {
            continue;
        };
        if !elsewhere.names(variables) {
            let variable = variables.first().copied().unwrap_or_default();
            found.push(of_download(in_dockerfile(command.range()), what, variable).at_most(Level::Warning));
        }
    }
}

fn of_download(place: Place, what: &str, variable: &str) -> Finding {
    Finding::new(place, format!("the app cannot read {what} in the home of root"))
        .label("this goes into /root")
        .help(format!("move it below `USER`, or set `ENV {variable}` above it to a folder that every user can read"))
}

fn of_program(program: Program) -> Finding {
    let Program { range, name, help, is_certain } = program;
    let finding = Finding::new(in_dockerfile(range), format!("the app cannot reach {name} in the home of root"))
        .label("this goes into /root")
        .help(help);
    if is_certain { finding } else { finding.at_most(Level::Warning) }
}

fn downloads_with(command: &Command<'_>, row: &HomeCommand) -> bool {
    let argv = command.argv();
    let at = match command.program() {
        Some("npx" | "bunx" | "uvx" | "uv" | "poetry" | "pnpm" | "yarn") => {
            argv.iter().position(|word| word.text.split('@').next() == Some(row.program))
        }
        Some(program) if program.starts_with("python") => {
            argv.iter().position(|word| word.text == "-m").map(|at| at + 1)
        }
        _ => Some(0),
    };
    let Some(at) = at else { return false };
    let name = argv.get(at).map(|word| word.text.rsplit('/').next().unwrap_or_default());
    let name = name.map(|name| name.split('@').next().unwrap_or_default());
    let is_option =
        |text: &str| row.options.iter().any(|option| text == *option || text.split('=').next() == Some(option));
    name == Some(row.program)
        && (row.verb.is_empty() || argv.get(at + 1).is_some_and(|word| word.text == row.verb))
        && !argv.iter().skip(at + 1).any(|word| is_option(&word.text))
}
