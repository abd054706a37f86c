//! The version of Gradio that the Hub's image must install beside the dependencies of an app.
//!
//! Of the files that name dependencies, the Hub reads `requirements.txt` at the root alone, so that this one decides if it names Gradio.
//! Otherwise the other files show which version the app expects. Source: <https://huggingface.co/docs/hub/spaces-dependencies>.

use super::named_gradio::{Named, PACKAGE, REQUIREMENTS, elsewhere, is_plain, named, of_requirements, python};
use super::sdk_version;
use super::space::{self, ExistingSpace};
use crate::app::model::{Evidence, Seen};
use crate::app::project::Project;
use crate::facts::python_packages::LAST_GRADIO;
use crate::formats::requirements::Package;
use crate::repo::Repo;
use crate::values::Pins;
use crate::values::pep440::{Version, version, with_three_numbers};

/// What the dependencies say about Gradio.
#[derive(Debug, Clone)]
pub(crate) enum Gradio {
    /// They allow the version that the templates pin, or the README has one that stays.
    AsPinned,
    /// They need this one.
    Needed(Seen<String>),
    /// They allow no version that is known, with the requirement that does not.
    Unknown(Seen<String>),
}

/// What the dependencies of an app say. `made` is the version that an earlier run wrote into the README: another one there is of the
/// person, stays there, and is not what is generated.
pub(crate) fn of_app(repo: &Repo, app_file: &str, made: Option<&str>) -> Gradio {
    let mut space = space::read(repo);
    let named = named(&Project::without_code(repo), &space, app_file);
    let there = space.sdk_version.take_if(|_| space.sdk.as_ref().is_some_and(|sdk| sdk.value == PACKAGE));
    let is_own = there.as_ref().map(|there| there.value.as_str()) != made;
    if let Some(made) = made {
        space.sdk_version =
            Some(Seen::certain(made.to_owned(), Evidence::file("README.md", "an earlier run wrote it")));
    }
    match of(&space, &named) {
        // Nothing has to follow: the person has decided
        Gradio::Unknown(_) if is_own => space.sdk_version.map_or(Gradio::AsPinned, Gradio::Needed),
        gradio => gradio,
    }
}

/// The newest Python that a version of Gradio runs on, if it does not run on all.
pub(crate) fn newest_python(gradio: &str) -> Option<&'static str> {
    sdk_version::newest_python(PACKAGE, &version(gradio)?)
}

/// The version to show, unless the README has one that stays.
pub(in crate::app) fn shown(project: &Project<'_>, space: &ExistingSpace, app_file: &str) -> Option<Seen<String>> {
    if has_own(space) && !space::is_as_made(project.repo) {
        return None;
    }
    match of(space, &named(project, space, app_file)) {
        Gradio::Needed(seen) => Some(seen),
        _ => None,
    }
}

/// What does not allow the version in the README, in files that the Hub does not read: one line for each file.
pub(crate) fn others(repo: &Repo, app_file: &str) -> Vec<Seen<String>> {
    let space = space::read(repo);
    let Some(installed) = space.sdk_version.as_ref().filter(|_| has_own(&space)) else { return Vec::new() };
    let Some(installed) = version(&installed.value) else { return Vec::new() };
    let (project, python) = (Project::without_code(repo), python(&space));
    let of_hub = of_requirements(&project);
    let is_read = |path: &str| {
        let lines = of_hub.installable.iter().chain(&of_hub.constraints);
        path == REQUIREMENTS || lines.into_iter().any(|(_, evidence)| evidence.path == path)
    };
    let mut found: Vec<Seen<String>> = Vec::new();
    let elsewhere = elsewhere(&project, app_file);
    let lines = elsewhere.iter().flat_map(|one| one.installable.iter().chain(&one.locked_gradio));
    for (package, evidence) in lines.filter(|(package, _)| is_plain(package, &python) && package.excludes(&installed)) {
        if !is_read(&evidence.path) && !found.iter().any(|other| other.evidence.path == evidence.path) {
            found.push(Seen::certain(package.text.clone(), evidence.clone()));
        }
    }
    found
}

/// The version in the README of a Gradio Space, and its place.
pub(crate) fn in_readme(repo: &Repo) -> Option<(String, String)> {
    let space = space::read(repo);
    let there = space.sdk_version.as_ref().filter(|_| has_own(&space))?;
    Some((there.value.clone(), there.evidence.place()))
}

/// Whether the README sets a version that the Hub installs at present.
fn has_own(space: &ExistingSpace) -> bool {
    space.sdk() == Some(PACKAGE) && space.sdk_version.is_some()
}

/// Whether a requirement of Gradio excludes the version that the README sets.
pub(in crate::app) fn contradicts(space: &ExistingSpace, package: &Package) -> bool {
    let there = space.sdk_version.as_ref().filter(|_| has_own(space));
    let there = there.and_then(|there| version(&there.value));
    is_plain(package, &python(space)) && there.is_some_and(|there| package.excludes(&there))
}

fn of(space: &ExistingSpace, named: &Named) -> Gradio {
    let lines = &named.lines;
    let allow = |version: &Version| !lines.iter().any(|(package, _)| !allows(package, version));
    let locked = named.locked.as_ref().and_then(|(package, seen)| Some((package.versions.exact()?, seen)));
    let locked = locked.filter(|(version, _)| allow(version));
    let pinned = Pins::builtin().version(PACKAGE).and_then(version);
    let is_usual = |ours: &Version| allow(ours) && locked.is_none_or(|(locked, _)| locked == ours);
    if pinned.as_ref().is_none_or(is_usual) {
        return Gradio::AsPinned;
    }
    let exact = lines.iter().find_map(|(package, _)| exact(package));
    if let Some((version, seen)) = locked.filter(|_| exact.is_none())
        && let Some(version) = with_three_numbers(version)
    {
        return Gradio::Needed(Seen::certain(version, seen.clone()));
    }
    let hinders = |(package, _): &&(Package, Evidence)| !pinned.as_ref().is_some_and(|ours| allows(package, ours));
    let Some((package, evidence)) = lines.iter().find(hinders) else { return Gradio::AsPinned };
    let why = |why: String| Evidence { why, ..evidence.clone() };
    let there = space.sdk_version.as_ref().and_then(|there| version(&there.value));
    let bounds = lines.iter().flat_map(|(package, _)| package.versions.bounds()).cloned();
    // What pip chooses, if the next major version is not allowed
    let last = LAST_GRADIO
        .iter()
        .filter_map(|text| version(text))
        .filter(|last| next_major(last).is_some_and(|next| !allow(&next)));
    let found = exact.or_else(|| there.filter(&allow)).or_else(|| bounds.chain(last).filter(&allow).max());
    match found.filter(&allow).and_then(|version| with_three_numbers(&version)) {
        Some(version) => Gradio::Needed(Seen::certain(version, why(format!("asks for `{}`", package.text)))),
        None => Gradio::Unknown(Seen::certain(package.text.clone(), why("names it".to_owned()))),
    }
}

/// The only version that a requirement allows.
fn exact(package: &Package) -> Option<Version> {
    package.wheel_version().or_else(|| package.versions.exact().cloned())
}

fn allows(package: &Package, version: &Version) -> bool {
    package.wheel_version().map_or_else(|| package.versions.allows(version), |wheel| wheel == *version)
}

fn next_major(version: &Version) -> Option<Version> {
    Some(Version::new([version.release().first()? + 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_files(files: &[(&str, &str)]) -> String {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        said(of_app(&Repo::from_files(files), "app.py", None))
    }

    fn said(gradio: Gradio) -> String {
        match gradio {
            Gradio::AsPinned => "pinned".to_owned(),
            Gradio::Needed(seen) => seen.value,
            Gradio::Unknown(seen) => format!("unknown: {}", seen.value),
        }
    }

    #[test]
    fn a_version_is_chosen_that_the_requirement_allows() {
        for (requirement, version) in [
            ("gradio==4.44.1", "4.44.1"),
            ("gradio===4.44.1", "4.44.1"),
            ("gradio[oauth]==4.44", "4.44.0"),
            ("gradio==6.0.0b1", "6.0.0b1"),
            ("gradio==6.31.0", "pinned"),
            ("gradio", "pinned"),
            ("gradio>=4.44.1", "pinned"),
            ("gradio~=6.0", "pinned"),
            ("gradio>=4.44,<5", "4.44.1"),
            ("gradio~=5.9", "5.50.0"),
            ("gradio~=5.9.1", "5.9.1"),
            ("gradio==5.9.*", "5.9.0"),
            ("gradio==5.*", "5.50.0"),
            ("gradio<=4.36.1", "4.36.1"),
            ("gradio<5", "4.44.1"),
            ("gradio>=6.40", "6.40.0"),
            ("gradio>=5.1,!=6.31.0", "5.1.0"),
            ("gradio>=4,<6,!=5.*", "4.44.1"),
            ("gradio<5,!=4.44.1", "unknown: gradio<5,!=4.44.1"),
            ("gradio<3", "unknown: gradio<3"),
            ("gradio!=6.31.0", "unknown: gradio!=6.31.0"),
            ("gradio>5.9,<5.10", "unknown: gradio>5.9,<5.10"),
            ("gradio==1!4.0", "unknown: gradio==1!4.0"),
            ("gradio==4.44.1; python_version < '3.9'", "pinned"),
            ("gradio==4.44.1 ; python_version >= \"3.10\" and python_version < \"4.0\"", "4.44.1"),
            ("gradio==4.44.1; python_version < '3.10'\ngradio==5.9.1; python_version >= '3.10'", "5.9.1"),
            ("gradio==4.44.1; sys_platform == 'linux'", "4.44.1"),
            ("gradio @ https://a.example/gradio-4.44.1-py3-none-any.whl", "4.44.1"),
            ("gradio[oauth] @ https://a.example/gradio-4.44.1-py3-none-any.whl#sha256=0", "4.44.1"),
            ("https://a.example/gradio-4.44.1-py3-none-any.whl", "4.44.1"),
            ("gradio @ https://a.example/gradio-6.0.0.dev1-py3-none-any.whl", "pinned"),
            ("gradio @ https://a.example/gradio-4.44.1+b-py3-none-any.whl", "pinned"),
            ("gradio @ https://a.example/gradio-4.44.1.tar.gz", "pinned"),
            ("gradio @ https://a.example/gradio-4.44.1-py3-none-any.whl ; sys_platform == 'darwin'", "pinned"),
            ("gradio @ git+https://a.example/gradio@4.44.1", "pinned"),
            ("gradio\n-c limits.txt", "5.9.1"),
            ("requests\n-c limits.txt", "5.9.1"),
            ("gradio==5.9.2\n-c limits.txt", "unknown: gradio==5.9.2"),
            ("gradio>=4\ngradio<5", "4.44.1"),
            ("gradio==4.44.1\ngradio>=5", "unknown: gradio==4.44.1"),
            ("-r more.txt", "5.9.1"),
        ] {
            let found = of_files(&[
                ("requirements.txt", requirement),
                ("more.txt", "gradio==5.9.1"),
                ("limits.txt", "numpy<2\ngradio<6,==5.9.1"),
            ]);
            assert_eq!(found, version, "{requirement}");
        }
    }

    #[test]
    fn a_version_that_was_made_is_kept_where_the_requirement_allows_it() {
        for (sdk, there, made, requirement, version) in [
            ("gradio", "4.36.1", Some("4.36.1"), "gradio>=4,<5", "4.36.1"),
            ("docker", "4.36.1", None, "gradio>=4,<5", "4.36.1"),
            ("gradio", "5.9.1", Some("5.9.1"), "gradio>=4,<5", "4.44.1"),
            ("gradio", "4.44.1", Some("4.44.1"), "gradio<4.44", "unknown: gradio<4.44"),
            ("docker", "5.9.1", None, "gradio<3", "unknown: gradio<3"),
            ("gradio", "5.9.1", Some("5.9.1"), "gradio>=5", "pinned"),
            // One of the person stays in the README, whatever is generated
            ("gradio", "4.36.1", None, "gradio>=4,<5", "4.44.1"),
            ("gradio", "4.36.1", Some("4.40.0"), "gradio>=4,<5", "4.40.0"),
            ("gradio", "5.9.1", None, "gradio<3", "pinned"),
            ("gradio", "4.40.0", Some("4.44.1"), "gradio<4.44", "4.44.1"),
            ("gradio", "5.9.1", None, "gradio>=5", "pinned"),
        ] {
            let readme = format!("---\nsdk: {sdk}\nsdk_version: {there}\n---\n");
            let files = [("requirements.txt", requirement), ("README.md", &readme)];
            let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
            let found = said(of_app(&Repo::from_files(files), "app.py", made));
            assert_eq!(found, version, "{sdk} {there} {made:?} {requirement}");
        }
    }

    #[test]
    fn every_file_with_dependencies_counts() {
        for (path, text) in [
            ("pyproject.toml", "[project]\ndependencies = ['gradio==5.9.1']\n"),
            ("pyproject.toml", "[tool.poetry.dependencies]\ngradio = '5.9.1'\n"),
            ("pyproject.toml", "[project]\ndependencies = ['torch']\noptional-dependencies.ui = ['gradio==5.9.1']\n"),
            ("pyproject.toml", "[dependency-groups]\napp = ['gradio==5.9.1']\n[tool.uv]\ndefault-groups = ['app']\n"),
            (
                "pyproject.toml",
                "[project]\ndependencies = ['gradio==5.9.1']\noptional-dependencies.ui = ['gradio>=5']\n",
            ),
            ("Pipfile", "[packages]\ngradio = '==5.9.1'\n"),
            ("environment.yml", "dependencies:\n  - pip:\n      - gradio==5.9.1\n"),
        ] {
            assert_eq!(of_files(&[(path, text)]), "5.9.1", "{path}: {text}");
        }
    }

    const UV: &str = "version = 1\n\n[[package]]\nname = \"gradio\"\nversion = \"5.9.1\"\n";

    #[test]
    fn the_version_of_a_lock_counts_where_what_is_installed_allows_it() {
        let project = |dependency: &str| format!("[project]\ndependencies = ['{dependency}']\n");
        for lock in ["uv.lock", "poetry.lock", "pdm.lock"] {
            for (dependency, requirements, version) in [
                ("gradio", None, "5.9.1"),
                ("gradio>=5", None, "5.9.1"),
                ("gradio==5.9.1", None, "5.9.1"),
                ("gradio==5.9.2", None, "5.9.2"),
                ("gradio>=6", None, "pinned"),
                ("gradio", Some("requests"), "5.9.1"),
                ("gradio", Some("gradio>=5"), "5.9.1"),
                ("gradio", Some("gradio==5.50.0"), "5.50.0"),
                ("gradio==5.9.1", Some("gradio==5.50.0"), "5.50.0"),
                ("gradio==5.9.1", Some("gradio>=6"), "pinned"),
            ] {
                let project = project(dependency);
                let mut files = vec![("pyproject.toml", project.as_str()), (lock, UV)];
                files.extend(requirements.map(|text| ("requirements.txt", text)));
                assert_eq!(of_files(&files), version, "{lock}: {dependency} {requirements:?}");
            }
        }
        let several = format!("{UV}\n[[package]]\nname = \"gradio\"\nversion = \"4.44.1\"\n");
        let files = [("pyproject.toml", &project("gradio")[..]), ("uv.lock", &several)];
        assert_eq!(of_files(&files), "pinned", "which of both is installed depends on the Python");
        assert_eq!(of_files(&[("requirements.txt", "gradio"), ("uv.lock", UV)]), "pinned", "it is nobody's lock");
    }

    #[test]
    fn a_lock_of_pipenv_counts_beside_requirements() {
        let lock = r#"{"default": {"gradio": {"version": "==5.20.0"}}}"#;
        for (requirements, version) in [("gradio", "5.20.0"), ("gradio>=6", "pinned"), ("gradio==5.50.0", "5.50.0")] {
            let files = [("requirements.txt", requirements), ("Pipfile", "[packages]\n"), ("Pipfile.lock", lock)];
            assert_eq!(of_files(&files), version, "{requirements}");
        }
        assert_eq!(of_files(&[("Pipfile", "[packages]\ngradio = '*'\n"), ("Pipfile.lock", lock)]), "5.20.0");
    }

    #[test]
    fn a_requirements_file_decides_beside_a_project() {
        for (project, requirements, version) in [
            ("gradio==5.9.1", "gradio==5.50.0", "5.50.0"),
            ("gradio==5.9.1", "gradio", "pinned"),
            ("gradio==5.9.1", "requests", "5.9.1"),
            ("requests", "gradio==5.50.0", "5.50.0"),
        ] {
            let project = format!("[project]\ndependencies = ['{project}']\n");
            let found = of_files(&[("pyproject.toml", &project), ("requirements.txt", requirements)]);
            assert_eq!(found, version, "{project} {requirements}");
        }
    }

    #[test]
    fn what_the_hub_does_not_read_is_compared_with_what_it_installs() {
        let readme = "---\nsdk: gradio\nsdk_version: 5.50.0\n---\n";
        let project = "[project]\ndependencies = [\n  'gradio==5.9.1',\n  'gradio<6',\n  'gradio<5',\n]\n";
        for (files, places) in [
            (&[("pyproject.toml", project)][..], &["pyproject.toml:3"][..]),
            (&[("pyproject.toml", project), ("requirements.txt", "gradio==5.50.0")], &["pyproject.toml:3"]),
            (&[("pyproject.toml", project), ("uv.lock", UV)], &["pyproject.toml:3", "uv.lock:4"]),
            (&[("requirements.txt", "gradio==5.9.1")], &[]),
            (
                &[
                    ("requirements.txt", "-r more.txt\n-c limits.txt"),
                    ("more.txt", "gradio<5"),
                    ("limits.txt", "gradio<5"),
                ],
                &[],
            ),
            (&[("Pipfile", "[packages]\ngradio = '==5.9.1'\n")], &["Pipfile:2"]),
            (&[("Pipfile", "[packages]\ngradio = '<5'\n"), ("requirements.txt", "gradio")], &["Pipfile:2"]),
            (&[("pyproject.toml", "[project]\ndependencies = ['gradio>=5']\n")], &[]),
        ] {
            let files = files.iter().copied().chain([("README.md", readme)]);
            let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
            let found = others(&Repo::from_files(files), "app.py");
            let found: Vec<_> = found.iter().map(|seen| seen.evidence.place()).collect();
            assert_eq!(found, places);
        }
    }
}
