//! The Node packages that start an app, or build one.

use super::candidate::Candidate;
use super::frameworks;
use super::node_package::Package;
use super::project::{Project, is_aside};

/// The maximum number of packages.
const PACKAGES_MAX: usize = 64;

/// Packages for programs on a desktop or a phone, which are not pages.
const OF_DEVICES: [&str; 4] = ["electron", "react-native", "expo", "@tauri-apps/cli"];

/// Every app that a `package.json` describes.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let files = project.repo.files().filter(|file| file.name() == "package.json" && !is_aside(file.path()));
    let packages = files.take(PACKAGES_MAX).filter_map(|file| Package::read(project, file.path()));
    packages.filter_map(|package| candidate(project, &package)).collect()
}

/// The first framework that recognises the package.
fn candidate(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    if OF_DEVICES.iter().any(|name| package.depends_on(name)) {
        return None;
    }
    frameworks::on_node().find_map(|hooks| (hooks.find)(project, package))
}
