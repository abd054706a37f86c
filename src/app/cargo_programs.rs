//! The programs that `cargo build` builds at the root of a repository.
//!
//! Sources: <https://doc.rust-lang.org/cargo/reference/cargo-targets.html> for the programs of a package and their names,
//! <https://doc.rust-lang.org/cargo/reference/workspaces.html> for the packages that are built.

use super::paths::{folder_of, within};
use super::project::is_aside;
use crate::formats::cargo_manifest::{CargoManifest, CargoPackage, CargoProgram};
use crate::formats::wildmatch::{Glob, LONGEST_PATTERN, cargo_glob};
use crate::order::Order;
use crate::repo::Repo;

/// The maximum number of packages of a workspace.
const PACKAGES_MAX: usize = 64;

/// The maximum number of programs of a package.
const PROGRAMS_MAX: usize = 64;

/// A program that is built.
#[derive(Debug)]
pub(super) struct Program {
    /// The name of the built file.
    pub(super) name: String,
    /// Its main source file.
    pub(super) file: String,
    /// The manifest and the place in it, if its `default-run` names this program.
    pub(super) default_in: Option<(String, usize)>,
}

/// The programs that are built at the root, with distinct main files.
pub(super) fn programs(repo: &Repo) -> Vec<Program> {
    let Some(root) = manifest(repo, "") else { return Vec::new() };
    let packages = built(repo, root);
    let mut programs: Vec<Program> =
        packages.iter().flat_map(|(folder, manifest)| of_package(repo, folder, manifest)).collect();
    programs.retain(|program| repo.get(&program.file).is_some());
    // Of two programs with the same file, the default one, otherwise the first
    programs.order_by(|a, b| a.file.cmp(&b.file).then_with(|| b.default_in.is_some().cmp(&a.default_in.is_some())));
    programs.dedup_by(|later, earlier| later.file == earlier.file);
    programs
}

fn manifest(repo: &Repo, folder: &str) -> Option<CargoManifest> {
    CargoManifest::read(repo.text(&within(folder, "Cargo.toml"))?)
}

/// The packages that `cargo build` builds at the root: the `default-members`, otherwise the root package, otherwise all.
fn built(repo: &Repo, root: CargoManifest) -> Vec<(String, CargoManifest)> {
    let named = root.workspace.as_ref().and_then(|workspace| workspace.default_members.as_ref());
    if named.is_none() && root.package.is_some() {
        return vec![(String::new(), root)];
    }
    let Some(workspace) = &root.workspace else { return Vec::new() };
    let Some(wanted) = named.or(workspace.members.as_ref()).and_then(|list| patterns(list)) else { return Vec::new() };
    let excluded = patterns(&workspace.exclude).unwrap_or_default();
    let is_wanted = |folder: &str| {
        let folder = if folder.is_empty() { "." } else { folder };
        let (is_wanted, is_over) = repo.work().spend(|steps| {
            let mut is_in = |patterns: &[Glob]| patterns.iter().any(|pattern| pattern.matches(folder, steps));
            (is_in(&wanted) && !is_in(&excluded), steps.are_used_up())
        });
        if is_over {
            repo.skip("Cargo.toml", "it takes too long to match the patterns of its workspace, and they were left out");
        }
        is_wanted && !is_over
    };
    let manifests = repo.files().filter(|file| file.name() == "Cargo.toml" && !is_aside(file.path()));
    let folders = manifests.map(|file| folder_of(file.path())).filter(|folder| is_wanted(folder)).take(PACKAGES_MAX);
    folders.filter_map(|folder| Some((folder.to_owned(), manifest(repo, folder)?))).collect()
}

/// The folders that a list of a workspace names, such as `crates/*`. None if a pattern is invalid.
fn patterns(list: &[String]) -> Option<Vec<Glob>> {
    let patterns = list.iter().take(PACKAGES_MAX).map(|text| {
        let text = text.trim_end_matches('/');
        let text = Some(text.strip_prefix("./").unwrap_or(text)).filter(|text| text.len() <= LONGEST_PATTERN);
        text.and_then(cargo_glob)
    });
    patterns.collect()
}

/// The programs of a package: the listed ones, then those that Cargo discovers.
fn of_package(repo: &Repo, folder: &str, manifest: &CargoManifest) -> Vec<Program> {
    let Some(package) = &manifest.package else { return Vec::new() };
    let default_run = package.default_run.as_ref();
    let program = |name: &str, file: &str| Program {
        name: name.to_owned(),
        file: within(folder, file),
        default_in: default_run
            .filter(|(run, _)| run == name)
            .map(|(_, place)| (within(folder, "Cargo.toml"), place.start)),
    };
    let mut programs = Vec::new();
    // A program that is listed and not built is not discovered either
    let mut unbuilt = Vec::new();
    for bin in &manifest.programs {
        let path = bin.path.as_ref().map(|path| path.strip_prefix("./").unwrap_or(path).to_owned());
        let file = path.unwrap_or_else(|| usual_file(repo, folder, &package.name, &bin.name));
        let list = if is_enabled(manifest, bin) { &mut programs } else { &mut unbuilt };
        list.push(program(&bin.name, &file));
    }
    if finds_programs(package, !manifest.programs.is_empty()) {
        for (name, file) in places(repo, folder, &package.name).into_iter().take(PROGRAMS_MAX) {
            let is_listed = |known: &Program| known.name == name || known.file == within(folder, &file);
            if !programs.iter().chain(&unbuilt).any(is_listed) {
                programs.push(program(&name, &file));
            }
        }
    }
    programs
}

/// The file of a listed program without a path.
fn usual_file(repo: &Repo, folder: &str, package: &str, name: &str) -> String {
    let alone = format!("src/bin/{name}.rs");
    let in_folder = format!("src/bin/{name}/main.rs");
    let first = [&alone, &in_folder].into_iter().find(|file| repo.get(&within(folder, file)).is_some());
    match first {
        Some(file) => file.clone(),
        None if name == package => "src/main.rs".to_owned(),
        None => alone,
    }
}

/// Whether a listed program is built with the default features.
fn is_enabled(manifest: &CargoManifest, program: &CargoProgram) -> bool {
    let is_on = |feature: &String| feature == "default" || manifest.default_features.contains(feature);
    program.required_features.iter().all(is_on)
}

/// Whether Cargo discovers programs. In edition 2015 it does not if some are listed.
fn finds_programs(package: &CargoPackage, some_are_listed: bool) -> bool {
    package.autobins.unwrap_or(!(package.is_first_edition && some_are_listed))
}

/// Names and files of programs at the default places: `src/main.rs`, `src/bin/NAME.rs`, `src/bin/NAME/main.rs`.
fn places(repo: &Repo, folder: &str, package: &str) -> Vec<(String, String)> {
    let mut found = vec![(package.to_owned(), "src/main.rs".to_owned())];
    let prefix = within(folder, "src/bin/");
    for path in repo.files().map(crate::repo::File::path) {
        let Some(rest) = path.strip_prefix(prefix.as_str()) else { continue };
        let name = rest.strip_suffix("/main.rs").or_else(|| rest.strip_suffix(".rs"));
        if let Some(name) = name.filter(|name| !name.contains('/')) {
            found.push((name.to_owned(), format!("src/bin/{rest}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and files of the programs of a manifest with these files beside it.
    fn built_of(manifest: &str, files: &[&str]) -> Vec<(String, String)> {
        let sources = files.iter().map(|path| (path.parse().unwrap(), b"fn main() {}\n".to_vec()));
        let all = sources.chain([("Cargo.toml".parse().unwrap(), manifest.as_bytes().to_vec())]);
        let programs = programs(&Repo::from_files(all));
        programs.into_iter().map(|program| (program.name, program.file)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(name, file)| ((*name).to_owned(), (*file).to_owned())).collect()
    }

    #[test]
    fn programs_are_those_that_cargo_builds() {
        let package = "[package]\nname = \"hello-web\"\n";
        let files = ["src/main.rs", "src/bin/fill/main.rs", "src/bin/fill/helper.rs", "src/bin/opt.rs"];
        let opt = "[[bin]]\nname = \"opt\"\nrequired-features = [\"x\"]\n[features]\nx = []\n";
        assert_eq!(
            built_of(&format!("{package}edition = \"2024\"\n{opt}"), &files),
            pairs(&[("fill", "src/bin/fill/main.rs"), ("hello-web", "src/main.rs")]),
            "a program with a feature that is off is not built"
        );
        assert_eq!(
            built_of(&format!("{package}{opt}default = [\"x\"]\n"), &files),
            pairs(&[("opt", "src/bin/opt.rs")])
        );
        let no_search = format!("{package}edition = \"2021\"\nautobins = false\n[[bin]]\nname = \"hello-web\"\n");
        assert_eq!(built_of(&no_search, &files), pairs(&[("hello-web", "src/main.rs")]));
    }

    #[test]
    fn a_workspace_round_a_package_builds_that_package_unless_it_says_otherwise() {
        let member = "[package]\nname = \"server\"\nedition = \"2024\"\n";
        let of = |root: &str| {
            let files = [
                ("Cargo.toml", root),
                ("src/main.rs", ""),
                ("crates/server/Cargo.toml", member),
                ("crates/server/src/main.rs", ""),
            ];
            let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
            programs(&Repo::from_files(files)).into_iter().map(|program| program.name).collect::<Vec<_>>()
        };
        let root = "[package]\nname = \"root\"\nedition = \"2024\"\n[workspace]\nmembers = [\"crates/*\"]\n";
        assert_eq!(of(root), ["root"]);
        assert_eq!(of(&format!("{root}default-members = [\".\", \"crates/server\"]\n")), ["server", "root"]);
        assert_eq!(of("[workspace]\nmembers = [\"crates/*\"]\n"), ["server"]);
        assert_eq!(of("[workspace]\nmembers = [\"*\"]\n"), Vec::<String>::new(), "`*` is one folder");
    }
}
