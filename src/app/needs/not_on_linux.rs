//! Requirements that no Linux image can install.

use crate::app::image::pip::{Installed, Item, What};
use crate::app::manifests::inside;
use crate::app::model::{Evidence, Note};
use crate::app::project::Project;
use crate::facts::python_platforms::{
    BUILD_FOLDERS, NOT_PACKAGES, OF_OTHER_SYSTEMS, OF_OTHER_SYSTEMS_BEGIN, OF_TORCH, OTHER_COMPUTERS, PKG_RESOURCES,
    TORCH_INDEX,
};
use crate::formats::requirements::Package;
use crate::repo::{Lines, Repo};

/// Why a requirement cannot be installed.
pub(crate) struct Refused {
    pub(crate) message: String,
    pub(crate) label: &'static str,
    pub(crate) help: String,
}

impl Refused {
    fn new(message: String, label: &'static str, help: impl Into<String>) -> Self {
        Self { message, label, help: help.into() }
    }
}

/// Why an item cannot be installed; none if it can, or may.
pub(crate) fn refused(repo: &Repo, installed: &Installed, item: &Item) -> Option<Refused> {
    match &item.what {
        What::Package(_) => named(installed, item.package()?),
        What::Place(place) => elsewhere(place),
        What::Editable(place) => elsewhere(place).or_else(|| not_a_project(repo, place)),
    }
}

fn named(installed: &Installed, package: &Package) -> Option<Refused> {
    let name = &*package.name;
    if let Some((address, _)) = &package.address {
        return elsewhere(address);
    }
    let begins = OF_OTHER_SYSTEMS_BEGIN.iter().find(|(begin, _)| name.starts_with(begin));
    if let Some((_, system)) = OF_OTHER_SYSTEMS.iter().find(|(other, _)| *other == name).or(begins) {
        let marker = if system.starts_with("mac") { "darwin" } else { "win32" };
        let help = format!("remove it, or write `{}; sys_platform == \"{marker}\"`", package.text);
        return Some(Refused::new(format!("`{name}` cannot be installed on Linux"), "for another system", help));
    }
    if installed.has_other_index {
        return None;
    }
    if name == PKG_RESOURCES {
        let message = format!("`{name}` is not on the index");
        return Some(Refused::new(message, "added by `pip freeze`", "remove the line: it is a part of setuptools"));
    }
    if let Some((_, meant)) = NOT_PACKAGES.iter().find(|(other, _)| *other == name) {
        let message = format!("`{name}` is the name of a module, and not of a package that pip can install");
        let help = match meant {
            Some(package) => format!("write `{package}`"),
            None => "remove it: it comes with Python".to_owned(),
        };
        return Some(Refused::new(message, "not a package", help));
    }
    let exact = package.versions.exact()?.to_string();
    let (version, local) = exact.split_once('+')?;
    let message = format!("`{name}=={exact}` is not on the default index: no package there has a local version");
    let help = if OF_TORCH.contains(&name) {
        format!("add the line `--extra-index-url {TORCH_INDEX}{local}`, or write `{name}=={version}`")
    } else {
        format!("name the index that has it with `--extra-index-url`, or write `{name}=={version}`")
    };
    Some(Refused::new(message, "needs another index", help))
}

/// A path of another computer.
fn elsewhere(place: &str) -> Option<Refused> {
    let path = place.strip_prefix("file://").unwrap_or(place).replace("%3A", ":");
    let is_drive = |path: &str| {
        let mut chars = path.chars();
        chars.next().is_some_and(|char| char.is_ascii_alphabetic())
            && chars.next() == Some(':')
            && chars.next().is_some_and(|char| matches!(char, '/' | '\\'))
    };
    let is_other = is_drive(path.trim_start_matches('/'))
        || OTHER_COMPUTERS.iter().any(|begin| path.starts_with(begin))
        || path.split('/').any(|folder| BUILD_FOLDERS.contains(&folder));
    if !is_other {
        return None;
    }
    let message = "this is a path on the computer that wrote the file".to_owned();
    Some(Refused::new(
        message,
        "not in the image",
        "write the name and the version: `pip list --format=freeze` lists them",
    ))
}

/// A folder of the repository that pip cannot install.
fn not_a_project(repo: &Repo, place: &str) -> Option<Refused> {
    let folder = place.split('[').next().unwrap_or(place).trim_end_matches('/');
    (folder == "." || folder.starts_with("./")).then_some(())?;
    inside("", folder)?;
    let is_project = |name: &str| matches!(name, "setup.py" | "pyproject.toml" | "setup.cfg");
    if repo.files().any(|file| is_project(file.name())) || repo.may_have("setup.py") {
        return None;
    }
    let message = format!("`-e {place}` installs the app, which has no `pyproject.toml` and no `setup.py`");
    Some(Refused::new(message, "nothing to install", "remove the line: the app runs from its folder"))
}

/// The notes about the requirements of an app.
pub(in crate::app) fn notes(project: &Project<'_>, file: &str) -> Vec<Note> {
    const SHOWN: usize = 10;
    let installed = Installed::of_requirements(project.repo, file);
    let found = installed.items().filter_map(|(_, item)| {
        let refused = refused(project.repo, &installed, item)?;
        let path = item.path.as_deref().unwrap_or(file);
        let line = Lines::of(project.repo, path).filter(|_| !item.range.is_empty());
        let evidence = match line {
            Some(lines) => Evidence::line(path, lines.line(item.range.start), refused.label),
            None => Evidence::file(path, refused.label),
        };
        Some(Note::new(refused.message).help(refused.help).seen(evidence))
    });
    found.take(SHOWN).collect()
}
