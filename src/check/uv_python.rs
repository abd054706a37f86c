//! Whether uv has to download a Python.

use super::context::Context;
use super::space::Space;
use crate::facts::base_images::{Distribution, Runtime};
use crate::facts::home_installs::{UV_PYTHON_ELSEWHERE, UV_SYSTEM_PYTHON};
use crate::formats::dockerfile::{Command, Dockerfile, Run, Step, Who};
use crate::formats::python_version;
use crate::values::{BaseImage, server_named};

/// What is known of uv and of Python in an image, once for all of its steps.
pub(super) struct UvPython {
    /// The version in the image; none if it certainly has no Python.
    version: Option<(u32, u32)>,
    /// The version of `.python-version`, if that is copied.
    file: Option<(u32, u32)>,
    /// Whether the container starts Python itself: `uv run` may make another environment.
    starts_python: bool,
}

impl UvPython {
    /// None if uv is not used, is set to take the Python of the system, or nothing is known about the image.
    pub(super) fn of(dockerfile: &Dockerfile<'_>, space: &Space<'_>) -> Option<Self> {
        let image = dockerfile.base_image().filter(|_| dockerfile.text.contains("uv"))?;
        let version = image.python_version();
        let is_known = version.is_some() || (has_no_python(image) && !brings_python(dockerfile));
        if !is_known || has_settings(space) || is_used_by_others(dockerfile) {
            return None;
        }
        let (_, line) = dockerfile.entrypoint().or_else(|| dockerfile.cmd())?;
        let starts_python = line.commands().iter().any(|command| {
            command.program().is_some_and(|program| program.starts_with("python") || server_named(program).is_some())
        });
        let file = space.repo().text(".python-version").and_then(python_version::line);
        let file = file.filter(|_| Context::of(dockerfile).may_have(".python-version", space));
        Some(Self { version, file: file.and_then(|line| version_in(&line.text)), starts_python })
    }

    /// The command of a `RUN` for which uv certainly downloads a Python into the home, and whether the app certainly needs it.
    pub(super) fn download<'c, 't>(&self, step: &Step<'_>, run: &'c Run<'t>) -> Option<(&'c Command<'t>, bool)> {
        let text = run.line.text();
        let mut names = UV_PYTHON_ELSEWHERE.iter().chain(UV_SYSTEM_PYTHON);
        if !text.contains("uv") || names.any(|name| step.before.sets_env(name) || text.contains(name)) {
            return None;
        }
        let mut commands =
            run.commands.iter().filter(|command| command.program() == Some("uv") && !command.is_conditional());
        commands.find_map(|command| {
            let verb = &*command.argv().get(1)?.text;
            let installs = verb == "python" && command.argv().get(2).is_some_and(|word| word.text == "install");
            let makes_environment = matches!(verb, "venv" | "sync");
            let is_elsewhere = ["--install-dir", "-i"].iter().any(|option| command.has(option));
            let downloads = installs || (makes_environment && self.lacks(command));
            (downloads && !is_elsewhere).then_some((command, makes_environment && self.starts_python))
        })
    }

    /// Whether the image has no Python that fits: none at all, or another one than is asked for.
    fn lacks(&self, command: &Command<'_>) -> bool {
        let Some(version) = self.version else { return true };
        let wanted = match command.value('p', &["--python"]) {
            Some(given) => version_in(&given),
            None => self.file,
        };
        wanted.is_some_and(|wanted| wanted != version)
    }
}

/// Whether a file of settings makes uv take the Python of the system.
fn has_settings(space: &Space<'_>) -> bool {
    let mut files = ["uv.toml", "pyproject.toml"].into_iter().filter_map(|path| space.repo().text(path));
    files.any(|file| UV_SYSTEM_PYTHON.iter().any(|name| file.contains(name)))
}

/// The version that a text asks for, if it is one alone.
fn version_in(text: &str) -> Option<(u32, u32)> {
    let version = python_version::named(text).filter(|_| !text.contains(['<', '>', '~', '!', '/', '$']))?;
    let [major, minor, ..] = *version.release() else { return None };
    Some((major.try_into().ok()?, minor.try_into().ok()?))
}

/// Whether a later step as another user makes an environment of its own.
fn is_used_by_others(dockerfile: &Dockerfile<'_>) -> bool {
    dockerfile.image_runs().any(|(step, run)| {
        matches!(step.before.who(), Who::Uid(1..) | Who::Named(_))
            && run.commands.iter().any(|command| command.program() == Some("uv"))
    })
}

/// Images of a distribution alone, and others without a Python.
fn has_no_python(image: &BaseImage) -> bool {
    let is_bare = image.is_official() && matches!(image.reference().name(), "debian" | "ubuntu" | "alpine");
    let is_slim_node = image.is_official() && image.runtime() == Runtime::Node && image.has_few_tools();
    let is_cuda = image.reference().path().ends_with("nvidia/cuda") && image.distribution() == Distribution::Debian;
    // The images of uv on a distribution alone: <https://docs.astral.sh/uv/guides/integration/docker/#available-images>
    let tag = image.reference().tag().unwrap_or_default();
    let is_uv = image.reference().path().ends_with("astral-sh/uv")
        && !tag.contains("python")
        && (tag.contains("slim") || tag.contains("alpine"));
    is_bare || is_slim_node || is_cuda || is_uv
}

/// Whether a package or another image may bring a Python.
fn brings_python(dockerfile: &Dockerfile<'_>) -> bool {
    const INSTALLERS: [&str; 7] = ["apt-get", "apt", "apk", "dnf", "yum", "conda", "mamba"];
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    let installed = commands.any(|command| {
        let is_package = |text: &str| text.contains("python") || text.contains("pypy") || text.contains('$');
        command.program().is_none_or(|program| INSTALLERS.contains(&program) || program.starts_with("python"))
            && command.argv().iter().any(|word| is_package(&word.text))
    });
    installed
        || dockerfile.image_runs().any(|(_, run)| run.commands.iter().any(installs_unknown_packages))
        || dockerfile
            .image_copies()
            .any(|(_, copy)| copy.flag("from").is_some_and(|from| !from.text.contains("astral-sh/uv:")))
}

/// Packages of Debian and Alpine that need no Python.
const WITHOUT_PYTHON: [&str; 30] = [
    "bash",
    "build-base",
    "build-essential",
    "ca-certificates",
    "cmake",
    "curl",
    "ffmpeg",
    "g++",
    "gcc",
    "git",
    "git-lfs",
    "gnupg",
    "jq",
    "libgl1",
    "libglib2.0-0",
    "libgomp1",
    "libsm6",
    "libsndfile1",
    "libxext6",
    "libxrender1",
    "locales",
    "make",
    "openssl",
    "pkg-config",
    "procps",
    "sudo",
    "tini",
    "tzdata",
    "unzip",
    "wget",
];

/// Whether a command installs packages of the system that may need Python.
fn installs_unknown_packages(command: &Command<'_>) -> bool {
    let is_manager = matches!(command.program(), Some("apt-get" | "apt" | "apk" | "dnf" | "yum" | "dpkg" | "aptitude"));
    let is_install = command.argv().iter().any(|word| matches!(&*word.text, "install" | "add" | "-i"));
    let unknown = |text: &str| !text.starts_with('-') && !WITHOUT_PYTHON.contains(&text);
    is_manager
        && is_install
        && command.argv().iter().skip(1).any(|word| !matches!(&*word.text, "install" | "add") && unknown(&word.text))
}
