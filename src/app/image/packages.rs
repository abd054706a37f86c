//! Which Debian packages an image certainly lacks.

use std::collections::BTreeSet;

use crate::facts::base_images::Distribution;
use crate::facts::debian_alone::BRING_NOTHING;
use crate::facts::debian_packages::{BRINGING, NOT_IN_BUILDPACK};
use crate::facts::image_programs::{BRINGING_PROGRAMS, FOREIGN_MANAGERS};
use crate::formats::dockerfile::{Base, Command, Dockerfile, Instruction, Run, Stage, Step};
use crate::repo::Repo;
use crate::values::{BaseImage, DebianPackage};

/// Programs that install nothing of the system.
const HARMLESS: &[&str] = &[
    "[",
    "adduser",
    "addgroup",
    "cat",
    "cd",
    "chmod",
    "chown",
    "cp",
    "curl",
    "date",
    "deluser",
    "dpkg-reconfigure",
    "echo",
    "exit",
    "export",
    "false",
    "fi",
    "find",
    "git",
    "grep",
    "groupadd",
    "head",
    "hf",
    "huggingface-cli",
    "id",
    "install",
    "ldconfig",
    "ln",
    "locale-gen",
    "ls",
    "mkdir",
    "mv",
    "node",
    "npm",
    "npx",
    "pip",
    "pip3",
    "playwright",
    "pnpm",
    "printf",
    "pwd",
    "python",
    "python3",
    "rm",
    "rmdir",
    "sed",
    "set",
    "sleep",
    "tar",
    "tee",
    "test",
    "touch",
    "true",
    "umask",
    "unzip",
    "update-ca-certificates",
    "useradd",
    "userdel",
    "usermod",
    "uv",
    "wget",
    "whoami",
    "yarn",
    "[[",
    "done",
];

/// The stages from the base image of a stage up to it, each with its index, and the base image.
pub(crate) fn lineage<'d, 't>(
    dockerfile: &'d Dockerfile<'t>,
    stage: usize,
) -> (Vec<&'d Stage<'t>>, Option<&'d BaseImage>) {
    let mut stages = Vec::new();
    let mut next = Some(stage);
    let mut image = None;
    while let Some(stage) = next.take().and_then(|index| dockerfile.stages.get(index)) {
        stages.push(stage);
        match &stage.base {
            Base::Stage(index) => next = Some(*index),
            Base::Image(base) => image = Some(base),
            Base::Unknown => {}
        }
    }
    stages.reverse();
    (stages, image)
}

/// Whether an image certainly lacks a Debian package before a step of its last stage, or at its end.
pub(crate) fn lacks(dockerfile: &Dockerfile<'_>, stage: usize, before: Option<usize>, package: &str) -> bool {
    let (stages, image) = lineage(dockerfile, stage);
    let Some(image) = image.filter(|image| begins_without(image, package)) else { return false };
    // Only official images are known to add nothing
    if !image.is_official() || image.distribution() != Distribution::Debian {
        return false;
    }
    let last = stages.len().saturating_sub(1);
    stages.iter().enumerate().all(|(at, stage)| {
        let count = if at == last { before.unwrap_or(stage.steps.len()) } else { stage.steps.len() };
        stage.steps.iter().take(count).all(|step| adds_nothing(step, package))
    })
}

/// Whether the base image certainly lacks a package.
fn begins_without(image: &BaseImage, package: &str) -> bool {
    image.has_few_tools() || (image.python_version().is_some() && NOT_IN_BUILDPACK.contains(&package))
}

/// Whether a step certainly does not bring a package into the image.
fn adds_nothing(step: &Step<'_>, package: &str) -> bool {
    match &step.instruction {
        Instruction::Run(run) => runs_nothing(run, package),
        Instruction::Copy(copy) => {
            let target = copy.destination.text.trim_end_matches('/');
            let is_system = |path: &str| ["/usr/lib", "/usr/bin", "/usr/local/bin", "/lib", "/bin"].contains(&path);
            let is_uv = copy.sources.iter().all(|source| source.text.ends_with("/uv") || source.text.ends_with("/uvx"));
            copy.flag("from").is_none() || is_uv || !(is_system(target) || matches!(target, "" | "/usr" | "/usr/local"))
        }
        _ => true,
    }
}

fn runs_nothing(run: &Run<'_>, package: &str) -> bool {
    let text = run.line.text();
    let may_do_more = ["install-deps", "with-deps", "<<", "eval", "$(", "`"].iter().any(|word| text.contains(word));
    !may_do_more && run.line.commands().iter().all(|command| command_adds_nothing(command, package))
}

fn command_adds_nothing(command: &Command<'_>, package: &str) -> bool {
    match command.program() {
        None => true,
        Some("apt-get" | "apt" | "aptitude") => installed(command).all(|word| is_harmless(word, package)),
        Some(program) => {
            HARMLESS.contains(&program) || program.strip_prefix("python3.").or(program.strip_prefix("pip3.")).is_some()
        }
    }
}

/// Whether a command certainly does not bring a program, apart from what the words of its packages and files say.
pub(super) fn adds_no_program(command: &Command<'_>, program: &str) -> bool {
    let is_manager = FOREIGN_MANAGERS.iter().any(|(_, managers)| managers.contains(&program));
    let is_measured = |word: &str| {
        let name = word.split(['=', '/', ':']).next().unwrap_or(word);
        let name = name.strip_suffix("t64").unwrap_or(name);
        let brings =
            BRINGING_PROGRAMS.iter().any(|(package, programs)| *package == name && programs.contains(&program));
        !brings && (BRING_NOTHING.contains(&name) || BRINGING.iter().any(|(bringing, _)| *bringing == name))
    };
    match command.program() {
        Some("apt-get" | "apt" | "apk") if is_manager => true,
        Some("apt-get" | "apt") => installed(command).all(is_measured),
        Some(name) => HARMLESS.contains(&name),
        None => true,
    }
}

/// The Debian packages that the Dockerfile of a repository installs into its image.
pub(crate) fn installed_by_dockerfile(repo: &Repo) -> BTreeSet<String> {
    let Some(text) = repo.text("Dockerfile") else { return BTreeSet::new() };
    let dockerfile = Dockerfile::read(text);
    let runs = dockerfile.image_runs().flat_map(|(_, run)| run.line.commands());
    let named = runs.filter(|command| matches!(command.program(), Some("apt-get" | "apt"))).flat_map(|command| {
        let names = installed(&command).filter(|word| word.parse::<DebianPackage>().is_ok()).map(str::to_owned);
        names.collect::<Vec<_>>()
    });
    named.collect()
}

/// The packages that `apt-get install` names.
pub(crate) fn installed<'c>(command: &'c Command<'_>) -> impl Iterator<Item = &'c str> {
    let is_install = command.has("install");
    let words = command.argv().iter().skip(1).map(|word| &*word.text);
    words.filter(move |word| is_install && !word.starts_with('-') && *word != "install" && !is_option_value(word))
}

fn is_option_value(word: &str) -> bool {
    word.contains("::")
}

/// Whether a package of Debian certainly does not bring another one.
fn is_harmless(installed: &str, package: &str) -> bool {
    let name = installed.split(['=', '/', ':']).next().unwrap_or(installed);
    // Debian 13 has other names for the libraries with 64-bit times
    let name = name.strip_suffix("t64").unwrap_or(name);
    if name == package {
        return false;
    }
    let brings = BRINGING.iter().find(|(bringing, _)| *bringing == name).map(|(_, brought)| *brought);
    match brings {
        Some(brought) => !brought.contains(&package),
        None => BRING_NOTHING.contains(&name),
    }
}
