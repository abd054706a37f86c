//! Files that installing an app's dependencies needs, beside the dependency file.

use std::ops::Range;

use crate::app::dependencies::Dependencies;
use crate::app::manifests::{self, EVERYTHING, inside};
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::node_package::Package;
use crate::app::paths::{folder_of, has_ending};
use crate::app::project::Project;
use crate::formats::dockerfile::CommandLine;
use crate::formats::requirements::{Content, Flag, Line};
use crate::values::InstallFile;

/// If more are needed, the whole repository is copied.
const FILES_MAX: usize = 30;

/// The files so far.
struct Needed<'p, 'r> {
    project: &'p Project<'r>,
    files: Vec<(String, Evidence)>,
}

impl<'p, 'r> Needed<'p, 'r> {
    fn in_project(project: &'p Project<'r>) -> Self {
        Self { project, files: Vec::new() }
    }

    /// Whether a path is a file or a folder of the repository.
    fn is_there(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        path == EVERYTHING
            || self.project.repo.get(path).is_some()
            || self.project.repo.files().any(|file| file.path().starts_with(&inside))
    }

    /// Adds a path as written in a file of the folder `base`, if it exists.
    fn add(&mut self, base: &str, written: &str, evidence: Evidence) {
        if let Some(path) = inside(base, written).filter(|path| self.is_there(path)) {
            self.files.push((path, evidence));
        }
    }

    /// Adds the files to an app: each once, or the whole repository if one of them is that or has a name
    /// that cannot be copied separately.
    fn fill(self, app: &mut App) {
        let mut files = self.files;
        let is_everything = |path: &str| path.parse::<InstallFile>().map_or(true, |file| file.is_everything());
        let many = (files.len() > FILES_MAX).then_some(0);
        if let Some(at) = files.iter().position(|(path, _)| is_everything(path)).or(many) {
            let (_, evidence) = files.swap_remove(at);
            files = vec![(EVERYTHING.to_owned(), evidence)];
        }
        app.install.files.extend(files.into_iter().map(|(path, why)| Seen::certain(path, why)));
    }
}

/// Adds the files that the dependency file of a Python app refers to.
pub(super) fn of_python(project: &Project<'_>, dependencies: &Dependencies, app: &mut App) {
    let mut needed = Needed::in_project(project);
    match dependencies.file.as_deref() {
        Some("requirements.txt") => requirements(&mut needed),
        Some(_) => manifest(&mut needed),
        None => {}
    }
    needed.fill(app);
    let unlocked = dependencies.file.as_deref() == Some("poetry.lock") && project.repo.get("poetry.lock").is_none();
    if unlocked {
        let note = Note::new("without `poetry.lock` each build takes the newest versions that fit");
        let evidence = project.line_with("pyproject.toml", "[tool.poetry.dependencies]", "has no lock beside it");
        app.image_notes.push(note.help("run `poetry lock`, and commit what it writes").seen(evidence));
    }
}

/// The files in requirements: other requirements files, constraints, folders of wheels, packages of this repository.
/// Source: <https://pip.pypa.io/en/stable/reference/requirements-file-format/>.
fn requirements(needed: &mut Needed<'_, '_>) {
    let project = needed.project;
    for file in project.manifests.requirements(project.repo, "requirements.txt", true) {
        let folder = folder_of(&file.path);
        for line in &file.read.lines {
            let evidence = |why: &str| file.evidence(line.range.start, why);
            for included in line.values(Flag::Requirement).chain(line.values(Flag::Constraint)) {
                let Some(included) = inside(folder, included) else { continue };
                // Files with similar names beside requirements.txt are copied with it
                let comes =
                    !included.contains('/') && included.starts_with("requirements") && has_ending(&included, "txt");
                if !comes {
                    needed.add("", &included, evidence("includes it"));
                }
            }
            for place in line.values(Flag::FindLinks) {
                let base = if inside(folder, place).is_some_and(|path| needed.is_there(&path)) { folder } else { "" };
                needed.add(base, place, evidence("looks for packages there"));
            }
            if let Some(written) = local(line) {
                needed.add("", written, evidence("installs it"));
            }
        }
    }
}

/// The path of a requirement that installs something of this repository. It is relative to pip's working folder.
fn local(line: &Line) -> Option<&str> {
    let of_line = match &line.content {
        Content::Place(place) => Some(place.text.as_str()),
        Content::Package(package) => package.address.as_ref().and_then(|(address, _)| address.strip_prefix("file:")),
        Content::Options | Content::Invalid(_) => None,
    };
    let editable = line.values(Flag::Editable).next().and_then(|value| value.split('[').next());
    editable.or(of_line).filter(|path| !path.is_empty() && !path.contains("://") && !path.starts_with("//"))
}

/// The files of this repository in a `pyproject.toml`. Dynamic metadata needs the code.
fn manifest(needed: &mut Needed<'_, '_>) {
    const FILE: &str = "pyproject.toml";
    let project = needed.project;
    let Some(manifest) = project.manifests.pyproject(project.repo, "") else { return };
    let evidence = |range: &Range<usize>, why: String| manifests::evidence(project.repo, FILE, range, why);
    if let Some(workspace) = &manifest.uv_workspace {
        needed.add("", EVERYTHING, evidence(workspace, "has a workspace".to_owned()));
    }
    if let Some(dynamic) = &manifest.dynamic_dependencies {
        needed.add("", EVERYTHING, evidence(dynamic, "defines the dependencies in code".to_owned()));
    }
    for dependency in manifest.uv_sources.iter().chain(manifest.poetry.iter().flatten()) {
        if let Some(path) = &dependency.path {
            let why = format!("refers to `{}`", dependency.name.text);
            needed.add("", &path.text, evidence(&path.range, why));
        }
    }
    for line in manifest.dependencies.iter().flatten() {
        if let Some((name, path)) = line.text.split_once("@ file:///${PROJECT_ROOT}/") {
            needed.add("", path.trim(), evidence(&line.range, format!("refers to `{}`", name.trim())));
        }
    }
}

/// Tables of installed packages.
const TABLES: [&str; 3] = ["dependencies", "devDependencies", "optionalDependencies"];

/// Adds the files that installing the packages of a Node app reads beside `package.json` and its lock file.
pub(super) fn of_node(project: &Project<'_>, package: &Package, lock: &str, app: &mut App) {
    let mut needed = Needed::in_project(project);
    if package.manifest.place(&["workspaces"]).is_some() {
        needed.add("", EVERYTHING, package.at(project, &["workspaces"], "has workspaces"));
    }
    let of_pnpm = project.repo.text("pnpm-workspace.yaml").unwrap_or_default();
    if of_pnpm.lines().any(|line| line.starts_with("packages:")) {
        needed.add("", EVERYTHING, project.line_with("pnpm-workspace.yaml", "packages:", "has a workspace"));
    }
    for (name, version, place) in TABLES.iter().flat_map(|table| package.manifest.entries(table)) {
        let path = ["file:", "link:", "portal:"].iter().find_map(|begin| version.strip_prefix(begin));
        if let Some(path) = path.or(Some(version).filter(|version| version.starts_with("./"))) {
            needed.add("", path, project.evidence_at(&package.path, place.start, format!("refers to `{name}`")));
        }
    }
    let folders: &[&str] = match lock {
        "yarn.lock" => &[".yarn/releases", ".yarn/plugins", ".yarn/patches", ".yarn/cache"],
        "pnpm-lock.yaml" => &[".pnpmfile.cjs", "pnpmfile.js", "patches"],
        _ => &[],
    };
    for folder in folders {
        needed.add("", folder, Evidence::file(*folder, "is read when packages are installed"));
    }
    if lock == "yarn.lock" {
        app.notes.extend(unnamed_yarn(project, package));
    }
    scripts(&mut needed, package, app);
    needed.fill(app);
}

/// The lock file of a newer yarn without a version: the usual older yarn cannot read it.
fn unnamed_yarn(project: &Project<'_>, package: &Package) -> Option<Note> {
    let is_newer = project.repo.text("yarn.lock")?.lines().any(|line| line.starts_with("__metadata:"));
    let settings = project.repo.text(".yarnrc.yml").unwrap_or_default();
    let is_named = package.text(&["packageManager"]).is_some() || settings.contains("yarnPath:");
    let note = Note::new("the lock file is from a newer yarn of an unknown version");
    let help = "run `yarn set version berry`, and commit what it writes";
    (is_newer && !is_named)
        .then(|| note.help(help).seen(project.line_with("yarn.lock", "__metadata:", "is its format")))
}

/// Scripts that npm and similar tools run after installing. Source: <https://docs.npmjs.com/cli/using-npm/scripts>.
fn scripts(needed: &mut Needed<'_, '_>, package: &Package, app: &mut App) {
    let project = needed.project;
    if package.depends_on("@prisma/client") {
        needed.add("", "prisma", package.at_dependency(project, "@prisma/client", "reads the schema there"));
    }
    for name in ["preinstall", "install", "postinstall"] {
        let Some(script) = package.script(name) else { continue };
        let evidence = package.at(project, &["scripts", name], format!("runs `{script}`"));
        for command in CommandLine::of_shell(script).commands() {
            let mut words = command.argv().iter().map(|word| &*word.text).skip_while(|word| *word == "npx");
            let program = words.next();
            match program {
                Some("patch-package") => needed.add("", "patches", evidence.clone()),
                Some("prisma") => needed.add("", "prisma", evidence.clone()),
                Some("husky" | "echo" | "true" | "exit" | "only-allow") | None => {}
                Some(_) => needed.add("", EVERYTHING, evidence.clone()),
            }
            let is_tool = |name: &&str| matches!(*name, "patch-package" | "prisma" | "husky");
            let of_development = |name: &&str| package.text(&["devDependencies", name]).is_some();
            if let Some(program) = program.filter(is_tool).filter(of_development) {
                let note =
                    Note::new(format!("`{name}` runs `{program}`, which is for development and not in the image"));
                let help = format!("move `{program}` from `devDependencies` to `dependencies`");
                app.notes.push(note.help(help).seen(evidence.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::requirements::Requirements;

    #[test]
    fn lines_that_install_something_of_the_repository() {
        for (line, path) in [
            ("-e .", Some(".")),
            ("-e .[dev]", Some(".")),
            ("--editable=./libs/a", Some("./libs/a")),
            (".", Some(".")),
            ("./vendor/x-1.0-py3-none-any.whl ; python_version > '3'", Some("./vendor/x-1.0-py3-none-any.whl")),
            ("mine @ file:./mine", Some("./mine")),
            ("numpy==2.3.1", None),
            ("uvicorn[standard]", None),
            ("--no-binary :all:", None),
            ("--extra-index-url x/y", None),
        ] {
            let read = Requirements::read(line);
            assert_eq!(local(&read.lines[0]), path, "{line}");
        }
    }
}
