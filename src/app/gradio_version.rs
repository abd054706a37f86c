//! The version of Gradio that the Hub's image must install beside the dependencies of an app.

use super::dependencies::{self, Dependencies};
use super::model::{Evidence, Seen};
use super::project::Project;
use super::space::{self, ExistingSpace};
use crate::facts::python_packages::LAST_GRADIO;
use crate::formats::requirements::Package;
use crate::repo::Repo;
use crate::values::Pins;
use crate::values::pep440::{Version, version, with_three_numbers};

const PACKAGE: &str = "gradio";

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

/// What the dependencies of an app say.
pub(crate) fn of_app(repo: &Repo, app_file: &str) -> Gradio {
    let project = Project::without_code(repo);
    let folder = dependencies::folder_for(&project, app_file, PACKAGE);
    of(&space::read(repo), &dependencies::python(&project, folder))
}

/// The version to show, unless the README has one that stays.
pub(super) fn shown(space: &ExistingSpace, needed: &Dependencies) -> Option<Seen<String>> {
    match of(space, needed) {
        Gradio::Needed(seen) if !has_own(space) => Some(seen),
        _ => None,
    }
}

/// Whether the README sets a version that the Hub installs at present.
fn has_own(space: &ExistingSpace) -> bool {
    space.sdk() == Some(PACKAGE) && space.sdk_version.is_some()
}

/// Whether a requirement of Gradio excludes the version that the README sets.
pub(super) fn contradicts(space: &ExistingSpace, package: &Package) -> bool {
    let there = space.sdk_version.as_ref().filter(|_| has_own(space));
    let there = there.and_then(|there| version(&there.value));
    is_plain(package) && there.is_some_and(|there| package.versions.excludes(&there))
}

fn is_plain(package: &Package) -> bool {
    package.name == PACKAGE && !package.is_conditional()
}

fn of(space: &ExistingSpace, needed: &Dependencies) -> Gradio {
    let lines: Vec<_> = needed.installable.iter().filter(|(package, _)| is_plain(package)).collect();
    let allow = |version: &Version| lines.iter().all(|(package, _)| package.versions.allows(version));
    let pinned = Pins::builtin().version(PACKAGE).and_then(version);
    if pinned.as_ref().is_none_or(&allow) {
        return Gradio::AsPinned;
    }
    let hinders =
        |(package, _): &&&(Package, Evidence)| !pinned.as_ref().is_some_and(|ours| package.versions.allows(ours));
    let Some((package, evidence)) = lines.iter().find(hinders) else { return Gradio::AsPinned };
    let why = |why: String| Evidence { why, ..evidence.clone() };
    let exact = lines.iter().find_map(|(package, _)| package.versions.exact());
    let there = space.sdk_version.as_ref().and_then(|there| version(&there.value));
    let named = lines.iter().flat_map(|(package, _)| package.versions.bounds()).cloned();
    // What pip chooses, if the next major version is not allowed
    let last = LAST_GRADIO
        .iter()
        .filter_map(|text| version(text))
        .filter(|last| next_major(last).is_some_and(|next| !allow(&next)));
    let found = exact.cloned().or_else(|| there.filter(&allow)).or_else(|| named.chain(last).filter(&allow).max());
    match found.filter(&allow).and_then(|version| with_three_numbers(&version)) {
        Some(version) => Gradio::Needed(Seen::certain(version, why(format!("asks for `{}`", package.text)))),
        None if has_own(space) => Gradio::AsPinned,
        None => Gradio::Unknown(Seen::certain(package.text.clone(), why("names it".to_owned()))),
    }
}

fn next_major(version: &Version) -> Option<Version> {
    Some(Version::new([version.release().first()? + 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_files(files: &[(&str, &str)]) -> String {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        match of_app(&Repo::from_files(files), "app.py") {
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
            ("gradio @ https://a.example/gradio-4.44.1-py3-none-any.whl", "pinned"),
            ("gradio>=4\ngradio<5", "4.44.1"),
            ("gradio==4.44.1\ngradio>=5", "unknown: gradio==4.44.1"),
            ("-r more.txt", "5.9.1"),
        ] {
            let found = of_files(&[("requirements.txt", requirement), ("more.txt", "gradio==5.9.1")]);
            assert_eq!(found, version, "{requirement}");
        }
    }

    #[test]
    fn the_version_of_the_readme_is_kept_where_the_requirement_allows_it() {
        let readme = |sdk: &str, version: &str| format!("---\nsdk: {sdk}\nsdk_version: {version}\n---\n");
        for (sdk, there, requirement, version) in [
            ("gradio", "4.36.1", "gradio>=4,<5", "4.36.1"),
            ("docker", "4.36.1", "gradio>=4,<5", "4.36.1"),
            ("gradio", "5.9.1", "gradio>=4,<5", "4.44.1"),
            ("gradio", "5.9.1", "gradio<3", "pinned"),
            ("docker", "5.9.1", "gradio<3", "unknown: gradio<3"),
            ("gradio", "5.9.1", "gradio>=5", "pinned"),
        ] {
            let found = of_files(&[("requirements.txt", requirement), ("README.md", &readme(sdk, there))]);
            assert_eq!(found, version, "{sdk} {there} {requirement}");
        }
    }

    #[test]
    fn every_file_with_dependencies_counts() {
        for (path, text) in [
            ("pyproject.toml", "[project]\ndependencies = ['gradio==5.9.1']\n"),
            ("pyproject.toml", "[tool.poetry.dependencies]\ngradio = '5.9.1'\n"),
            ("Pipfile", "[packages]\ngradio = '==5.9.1'\n"),
            ("environment.yml", "dependencies:\n  - pip:\n      - gradio==5.9.1\n"),
        ] {
            assert_eq!(of_files(&[(path, text)]), "5.9.1", "{path}: {text}");
        }
    }
}
