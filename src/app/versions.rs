//! Which version of Python or Node a project requests.

use super::manifests;
use super::model::Evidence;
use super::project::Project;
use crate::facts;
use crate::formats::{pipfile, python_version};
use crate::values::pep440::{PythonRange, Version, version};

/// An available version, and what requests it. None available: the requested text.
pub(super) struct Asked {
    pub(super) version: Result<String, String>,
    pub(super) evidence: Evidence,
    /// The range that it was chosen from; without one, it alone is requested.
    pub(super) range: Option<PythonRange>,
}

/// What the project requests of Python, by the most specific file.
pub(super) fn python(project: &Project<'_>, folder: &str) -> Option<Asked> {
    let path = |name: &str| super::paths::within(folder, name);
    for (name, prefix) in [(".python-version", ""), ("runtime.txt", "python-")] {
        let path = path(name);
        let Some(line) = project.repo.text(&path).and_then(python_version::line) else { continue };
        if let Some(version) = line.text.strip_prefix(prefix).and_then(python_version::named) {
            let why = format!("says `{}`", line.text);
            return Some(exact(&version, manifests::evidence(project.repo, &path, &line.range, why)));
        }
    }
    of_pyproject(project, folder, &path("pyproject.toml")).or_else(|| of_pipfile(project, &path("Pipfile")))
}

/// What a `Pipfile` requests.
fn of_pipfile(project: &Project<'_>, path: &str) -> Option<Asked> {
    let asked = project.repo.text(path).and_then(pipfile::python)?;
    let version = python_version::named(&asked.text)?;
    let why = format!("requires `{}`", asked.text);
    Some(exact(&version, manifests::evidence(project.repo, path, &asked.range, why)))
}

/// What a `pyproject.toml` requests.
fn of_pyproject(project: &Project<'_>, folder: &str, path: &str) -> Option<Asked> {
    let manifest = project.manifests.pyproject(project.repo, folder)?;
    let requires = manifest.requires_python.as_ref().map(|range| (range, "requires-python"));
    let (range, key) = requires.or_else(|| Some((manifest.poetry_python.as_ref()?, "python")))?;
    let why = format!("`{key}` is `{}`", range.text);
    let evidence = manifests::evidence(project.repo, path, &range.range, why);
    let version = newest(&range.text).ok_or_else(|| range.text.clone());
    Some(Asked { version, evidence, range: PythonRange::read(&range.text) })
}

/// A requested version, if it is available.
pub(super) fn exact(version: &Version, evidence: Evidence) -> Asked {
    let minor = version.release().iter().take(2).map(u64::to_string).collect::<Vec<_>>().join(".");
    let offered = facts::python::IMAGE_VERSIONS.contains(&minor.as_str());
    Asked { version: if offered { Ok(minor) } else { Err(version.to_string()) }, evidence, range: None }
}

/// The oldest available version that is newer than an exact one that is not available.
pub(super) fn next_offered(asked: &str) -> Option<&'static str> {
    let asked = version(asked)?;
    let is_newer = |offered: &&&str| version(offered).is_some_and(|offered| offered > asked);
    facts::python::IMAGE_VERSIONS.iter().find(is_newer).copied()
}

/// The second number of a version.
pub(super) fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0)
}

/// The version for a range: the default if it fits, since packages are tested with it, otherwise the newest that fits.
fn newest(range: &str) -> Option<String> {
    let range = PythonRange::read(range)?;
    let usual = [facts::python::DEFAULT];
    let mut offered = usual.iter().chain(facts::python::IMAGE_VERSIONS.iter().rev());
    offered.find(|version| range.has(version)).map(|version| (*version).to_owned())
}

/// The major version of Node that a project requests, among the available ones.
pub(super) fn node(project: &Project<'_>, package: &super::node_package::Package) -> Option<Asked> {
    let folder = super::paths::folder_of(&package.path);
    for name in [".nvmrc", ".node-version"] {
        let path = super::paths::within(folder, name);
        let Some(line) = project.repo.text(&path).and_then(|text| text.lines().next()) else { continue };
        let major: String = line.trim().trim_start_matches('v').chars().take_while(char::is_ascii_digit).collect();
        if !major.is_empty() {
            let evidence = Evidence::line(path, 1, format!("says `{}`", line.trim()));
            let offered = facts::node::IMAGE_VERSIONS.contains(&major.as_str());
            let version = if offered { Ok(major) } else { Err(line.trim().to_owned()) };
            return Some(Asked { version, evidence, range: None });
        }
    }
    let range = package.text(&["engines", "node"])?;
    let evidence = project.line_with(&package.path, "\"engines\"", format!("`engines.node` is `{range}`"));
    let usual = [facts::node::DEFAULT];
    let mut offered = usual.iter().chain(facts::node::IMAGE_VERSIONS.iter().rev());
    let fits = |version: &&&str| version.parse().is_ok_and(|major| node_meets(range, major));
    let version = offered.find(fits).map(|version| (*version).to_owned());
    Some(Asked { version: version.ok_or_else(|| range.to_owned()), evidence, range: None })
}

/// Whether a major version can meet a range such as `>=18`, `20.x`, `^20 || ^22`, `>=18 <23`.
/// Source: <https://github.com/npm/node-semver#ranges>.
fn node_meets(range: &str, major: u32) -> bool {
    let one = |clause: &str| {
        let split = clause.find(|char: char| char.is_ascii_digit()).unwrap_or(clause.len());
        let (operator, bound) = clause.split_at(split);
        let numbers: Vec<u32> = bound.split('.').map_while(|part| part.parse().ok()).collect();
        let Some(first) = numbers.first().copied() else { return true };
        let is_whole = numbers.iter().skip(1).all(|number| *number == 0);
        match operator.trim_end_matches('v') {
            ">=" | ">" => major >= first,
            "<" => major < first || (major == first && !is_whole),
            "<=" => major <= first,
            _ => major == first,
        }
    };
    range.split("||").any(|part| {
        let joined = part.replace(">= ", ">=").replace("< ", "<").replace("<= ", "<=").replace("> ", ">");
        match joined.split_once(" - ") {
            Some((from, to)) => one(&format!(">={}", from.trim())) && one(&format!("<={}", to.trim())),
            None => joined.split_whitespace().all(one),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_python_gives_an_offered_version() {
        for (range, version) in [
            (">=3.10", Some("3.13")),
            (">=3.8,<3.12", Some("3.11")),
            ("^3.9", Some("3.13")),
            ("~3.11", Some("3.11")),
            ("~=3.10", Some("3.13")),
            ("==3.12.*", Some("3.12")),
            (">=3.14", Some("3.14")),
            ("<=3.12", Some("3.11")),
            (">3.9,!=3.13.*", Some("3.14")),
            (">=3.8,<3.9 || >=3.12,<3.13", Some("3.12")),
            ("<3.10", None),
            ("3.11", Some("3.11")),
            ("nonsense", None),
            ("*", Some("3.13")),
        ] {
            assert_eq!(newest(range).as_deref(), version, "{range}");
        }
    }

    #[test]
    fn ranges_of_node() {
        for (range, major, fits) in [
            (">=18", 22, true),
            ("20.x", 22, false),
            ("^20.9.0 || >=22", 22, true),
            (">=18 <21", 22, false),
            ("18 - 22", 22, true),
            ("v20.1.0", 20, true),
            ("*", 22, true),
            (">= 20", 22, true),
            ("<22.0.0", 22, false),
        ] {
            assert_eq!(node_meets(range, major), fits, "{range}");
        }
    }
}
