//! Debian packages that a Python app needs.

use std::collections::BTreeSet;

use crate::app::dependencies::Dependencies;
use crate::app::model::{App, Evidence, Seen};
use crate::app::paths::within;
use crate::app::project::{Project, PythonFile};
use crate::facts::distributions::DEBIAN_RELEASES;
use crate::facts::python_packages::BRINGS;
use crate::facts::system_needs::{NEEDS, Need};
use crate::facts::vanished_packages::{Instead, VANISHED_PACKAGES};
use crate::formats::package_list;
use crate::formats::requirements::Requirements;
use crate::values::DebianPackage;
use crate::values::pep440::{Version, is_below};

/// Packages of a list: `packages.txt` of Spaces and of Streamlit's cloud, `Aptfile` of Heroku. A package that Debian has
/// removed is replaced.
pub(in crate::app) fn listed(project: &Project<'_>, folder: &str, app: &mut App) {
    for name in ["packages.txt", "Aptfile"] {
        let path = within(folder, name);
        for (word, place) in package_list::names(project.repo.text(&path).unwrap_or_default()) {
            let row = VANISHED_PACKAGES.iter().find(|row| row.package == word);
            let row = row.filter(|row| row.is_missing_in(DEBIAN_RELEASES[0].1));
            let package = match row.map(|row| row.instead) {
                Some(Instead::Renamed(other) | Instead::Similar(other)) => Some(other),
                Some(Instead::Needless) => None,
                // The image may be on an older release
                Some(Instead::Unknown) | None => Some(word).filter(|word| word.parse::<DebianPackage>().is_ok()),
            };
            if let Some(package) = package {
                let evidence = project.evidence_at(&path, place.start, format!("names `{word}`"));
                app.install.system.push(Seen::certain(package.to_owned(), evidence));
            }
        }
    }
}

/// What a version of a package needs; an unknown version is taken for the newest.
pub(crate) fn needs_of(package: &str, version: Option<&Version>) -> impl Iterator<Item = &'static Need> {
    let version = version.cloned();
    let fits = move |need: &&Need| {
        need.below.is_none_or(|below| version.as_ref().is_some_and(|version| is_below(version, below)))
    };
    let package = package.to_owned();
    NEEDS.iter().filter(move |need| need.package == package).filter(fits)
}

/// What a single requirement needs: its library, its compiler, or git for an address in a repository.
pub(crate) fn needs_of_line(line: &str) -> Vec<&'static str> {
    let requirements = Requirements::read(line);
    let Some((package, _)) = requirements.packages().next() else {
        return if line.trim_start().starts_with("git+") { vec!["git"] } else { Vec::new() };
    };
    if let Some((address, _)) = &package.address {
        return if address.starts_with("git+") { vec!["git"] } else { Vec::new() };
    }
    needs_of(&package.name, package.versions.exact()).flat_map(|need| need.debian).copied().collect()
}

/// Packages that come with another, which only uses them where it can.
/// Sources: `streamlit/git_util.py`, `gradio/processing_utils.py` of the two.
const OPTIONAL: [(&str, &str); 2] = [("gitpython", "streamlit"), ("pydub", "gradio")];

/// Whether a package may be there only because another one brings it.
fn is_optional(package: &str, needed: &Dependencies) -> bool {
    OPTIONAL.iter().any(|(brought, by)| *brought == package && needed.names.contains_key(*by))
}

fn is_imported(files: &[&PythonFile<'_>], module: &str) -> bool {
    let mut imports = files.iter().flat_map(|file| &file.source.imports);
    imports.any(|import| import.module.split('.').next() == Some(module))
}

/// Packages that Python packages need.
pub(in crate::app) fn needed(files: &[&PythonFile<'_>], needed: &Dependencies, app: &mut App) {
    let mut seen = BTreeSet::new();
    for (package, evidence) in &needed.debian {
        app.install.system.push(Seen::certain(package.clone(), evidence.clone()));
        seen.insert(package.as_str());
    }
    for need in NEEDS {
        let brought_by =
            BRINGS.iter().find(|(name, brings)| needed.names.contains_key(*name) && brings.contains(&need.package));
        if !is_imported(files, need.module) && is_optional(need.package, needed) {
            continue;
        }
        let named = needed.names.get(need.package).or_else(|| needed.names.get(brought_by?.0));
        let Some(evidence) = named else { continue };
        let is_it = |(package, _): &&(crate::formats::requirements::Package, Evidence)| package.name == need.package;
        let version = needed.installable.iter().find(is_it).and_then(|(package, _)| package.versions.exact());
        if !needs_of(need.package, version).any(|fits| fits == need) {
            continue;
        }
        for name in need.debian.iter().filter(|name| seen.insert(**name)) {
            let evidence = Evidence { why: format!("`{}` needs it", need.package), ..evidence.clone() };
            app.install.system.push(Seen::usual((*name).to_owned(), evidence));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_needs_the_packages_of_its_row() {
        assert_eq!(needs_of_line("opencv-python==5.0.0"), ["libgl1", "libglib2.0-0"]);
        assert_eq!(needs_of_line("opencv-python-headless"), [""; 0]);
        assert_eq!(needs_of_line("soundfile==0.10.3"), ["libsndfile1"]);
        assert_eq!(needs_of_line("soundfile"), [""; 0]);
        assert_eq!(needs_of_line("demo @ git+https://example.org/demo.git@v1"), ["git"]);
        assert_eq!(needs_of_line("git+https://example.org/demo.git"), ["git"]);
        assert_eq!(needs_of_line("demo @ https://example.org/demo.whl"), [""; 0]);
    }
}
