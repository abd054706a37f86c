//! The files of Python packaging in a repository, each read once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::model::Evidence;
use super::paths::{folder_of, within};
use crate::formats::pyproject::Pyproject;
use crate::formats::requirements::{Flag, Package, Requirements, decode};
use crate::repo::{Repo, line_starts};

/// The maximum depth, and number, of files that include each other.
const INCLUDES_MAX: usize = 4;
const FILES_MAX: usize = 100;

/// The whole repository, as a path.
pub(super) const EVERYTHING: &str = ".";

/// The files that were read.
#[derive(Debug, Default)]
pub(crate) struct Manifests {
    pyprojects: RefCell<BTreeMap<String, Option<Rc<Pyproject>>>>,
    requirements: RefCell<BTreeMap<String, Option<Rc<RequirementsFile>>>>,
}

/// A requirements file.
#[derive(Debug)]
pub(crate) struct RequirementsFile {
    pub(crate) path: String,
    pub(crate) read: Requirements,
    line_starts: Vec<usize>,
}

impl RequirementsFile {
    /// Evidence at a place of the file.
    pub(crate) fn evidence(&self, at: usize, why: impl Into<String>) -> Evidence {
        Evidence::line(&self.path, self.line_starts.partition_point(|start| *start <= at), why)
    }
}

impl Manifests {
    /// The `pyproject.toml` of a folder.
    pub(super) fn pyproject(&self, repo: &Repo, folder: &str) -> Option<Rc<Pyproject>> {
        let path = within(folder, "pyproject.toml");
        once(&self.pyprojects, &path, || Pyproject::read(repo.text(&path)?))
    }

    /// The manifests that say where the packages of a folder come from, each with its folder: its own, and that of the workspace around it.
    /// Source: <https://docs.astral.sh/uv/concepts/projects/workspaces/#workspace-sources>.
    pub(super) fn with_workspace(&self, repo: &Repo, folder: &str) -> Vec<(String, Rc<Pyproject>)> {
        let mut found: Vec<_> = self.pyproject(repo, folder).map(|own| (folder.to_owned(), own)).into_iter().collect();
        let mut above = folder;
        while !above.is_empty() {
            above = folder_of(above);
            let around = self.pyproject(repo, above).filter(|manifest| manifest.uv_workspace.is_some());
            if let Some(around) = around {
                found.push((above.to_owned(), around));
                break;
            }
        }
        found
    }

    /// A requirements file, and those that its `-r` and its `-c` include, each once. `-c` installs nothing, and
    /// is only followed on request.
    pub(crate) fn requirements(&self, repo: &Repo, path: &str, constraints: bool) -> Vec<Rc<RequirementsFile>> {
        let mut found: Vec<Rc<RequirementsFile>> = Vec::new();
        let mut next = vec![(path.to_owned(), 0)];
        while let Some((path, depth)) = next.pop().filter(|_| found.len() < FILES_MAX) {
            if found.iter().any(|file| file.path == path) {
                continue;
            }
            let Some(file) = self.requirements_file(repo, &path) else { continue };
            if depth < INCLUDES_MAX {
                let included = file.read.lines.iter().flat_map(|line| {
                    let of_constraints = line.values(Flag::Constraint).filter(|_| constraints);
                    line.values(Flag::Requirement).chain(of_constraints)
                });
                let inside = included.filter_map(|name| inside(folder_of(&path), name));
                let inside: Vec<_> = inside.take(FILES_MAX).map(|path| (path, depth + 1)).collect();
                // Reversed, since the last one is taken first
                next.extend(inside.into_iter().rev());
            }
            found.push(file);
        }
        found
    }

    fn requirements_file(&self, repo: &Repo, path: &str) -> Option<Rc<RequirementsFile>> {
        once(&self.requirements, path, || {
            let text = decode(repo.get(path)?.bytes()?)?;
            let (read, line_starts) = (Requirements::read(&text), line_starts(&text));
            Some(RequirementsFile { path: path.to_owned(), read, line_starts })
        })
    }
}

fn once<T>(
    known: &RefCell<BTreeMap<String, Option<Rc<T>>>>,
    path: &str,
    read: impl FnOnce() -> Option<T>,
) -> Option<Rc<T>> {
    if let Some(found) = known.borrow().get(path) {
        return found.clone();
    }
    let found = read().map(Rc::new);
    known.borrow_mut().insert(path.to_owned(), found.clone());
    found
}

/// The path of a package whose address is a file, also as PDM (`${PROJECT_ROOT}`) and Hatch (`{root:uri}`) write it.
/// Sources: <https://pdm-project.org/en/latest/usage/dependency/#local-dependencies>,
/// <https://hatch.pypa.io/latest/config/context/>.
pub(super) fn path_of(package: &Package) -> Option<String> {
    let (address, _) = package.address.as_ref()?;
    let path = address.strip_prefix("file:").unwrap_or(address);
    let of_tool = ["///${PROJECT_ROOT}/", "{root:uri}/", "{root}/"].iter().find_map(|begin| path.strip_prefix(begin));
    if let Some(path) = of_tool {
        return Some(path.to_owned());
    }
    if let Some(rest) = path.strip_prefix("{root:parent") {
        return rest.split_once('/').map(|(_, rest)| format!("../{rest}"));
    }
    let is_path = address.starts_with("file:") || address.starts_with('.');
    is_path.then(|| path.strip_prefix("//").unwrap_or(path).to_owned())
}

/// Evidence at a place of a file.
pub(super) fn evidence(repo: &Repo, path: &str, range: &Range<usize>, why: impl Into<String>) -> Evidence {
    match repo.line_starts(path) {
        Some(starts) => Evidence::line(path, starts.partition_point(|start| *start <= range.start), why),
        None => Evidence::file(path, why),
    }
}

/// The path in the repository; none for one that leaves it.
pub(super) fn inside(base: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    if written.starts_with('/') {
        return None;
    }
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(if parts.is_empty() { EVERYTHING.to_owned() } else { parts.join("/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_the_repository() {
        for (base, written, path) in [
            ("", "./vendor/x.whl", Some("vendor/x.whl")),
            ("requirements", "base.txt", Some("requirements/base.txt")),
            ("requirements", "../constraints.txt", Some("constraints.txt")),
            ("", "..", None),
            ("", "/opt/x", None),
            ("", ".", Some(".")),
        ] {
            assert_eq!(inside(base, written).as_deref(), path, "{base} {written}");
        }
    }

    #[test]
    fn included_files_are_followed_once_and_inside_the_repository() {
        let files = [
            ("requirements.txt", "-r a/b.txt\n-c c.txt\n-r ../outside.txt\n-r /etc/passwd\n-r requirements.txt\n"),
            ("a/b.txt", "-r ../d.txt\n"),
            ("c.txt", "numpy<2\n"),
            ("d.txt", "-r requirements.txt\n-r e0.txt\n"),
            ("e0.txt", "-r e1.txt"),
            ("e1.txt", "-r e2.txt"),
            ("e2.txt", "gradio"),
        ];
        let repo = Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())));
        let manifests = Manifests::default();
        let paths = |constraints| {
            let found = manifests.requirements(&repo, "requirements.txt", constraints);
            found.iter().map(|file| file.path.clone()).collect::<Vec<_>>()
        };
        assert_eq!(paths(false), ["requirements.txt", "a/b.txt", "d.txt", "e0.txt", "e1.txt"]);
        assert_eq!(paths(true), ["requirements.txt", "a/b.txt", "d.txt", "e0.txt", "e1.txt", "c.txt"]);
    }
}
