//! A Node package: its `package.json`, the files beside it, and how an app in it is built.

use std::ops::Range;

use super::candidate::{Candidate, LIKELY};
use super::framework::Framework;
use super::model::{Evidence, Note};
use super::paths::{folder_of, within};
use super::project::Project;
use crate::facts::base_images::Runtime;
use crate::facts::node::METAFRAMEWORKS;
use crate::formats::javascript::without_comments;
use crate::formats::package_json::PackageJson;
use crate::values::Dependencies;

/// A folder with a `package.json`.
pub(super) struct Package {
    pub(super) path: String,
    pub(super) manifest: PackageJson,
}

impl Package {
    pub(super) fn read(project: &Project<'_>, path: &str) -> Option<Self> {
        Some(Self { path: path.to_owned(), manifest: PackageJson::read(project.repo.text(path)?)? })
    }

    /// The text at the end of a path of keys.
    pub(super) fn text(&self, keys: &[&str]) -> Option<&str> {
        self.manifest.text(keys)
    }

    pub(super) fn depends_on(&self, name: &str) -> bool {
        self.manifest.dependency(name).is_some()
    }

    /// Whether a package is installed for development only.
    pub(super) fn only_develops_with(&self, name: &str) -> bool {
        self.text(&["devDependencies", name]).is_some() && self.text(&["dependencies", name]).is_none()
    }

    pub(super) fn script(&self, name: &str) -> Option<&str> {
        self.manifest.script(name)
    }

    /// Evidence at the key at the end of a path of keys.
    pub(super) fn at(&self, project: &Project<'_>, keys: &[&str], why: impl Into<String>) -> Evidence {
        self.evidence(project, self.manifest.place(keys), why)
    }

    /// Evidence at an installed package.
    pub(super) fn at_dependency(&self, project: &Project<'_>, name: &str, why: impl Into<String>) -> Evidence {
        self.evidence(project, self.manifest.dependency(name), why)
    }

    fn evidence(&self, project: &Project<'_>, place: Option<Range<usize>>, why: impl Into<String>) -> Evidence {
        match place {
            Some(place) => project.evidence_at(&self.path, place.start, why),
            None => Evidence::file(&self.path, why),
        }
    }

    pub(super) fn folder(&self) -> &str {
        folder_of(&self.path)
    }

    /// An app in the package.
    pub(super) fn candidate(&self, framework: Framework, evidence: Evidence) -> Candidate {
        Candidate::new(framework, &self.path, LIKELY, vec![evidence])
    }

    /// An app in the package that depends on another package.
    pub(super) fn with_dependency(&self, project: &Project<'_>, framework: Framework, name: &str) -> Candidate {
        self.candidate(framework, self.at_dependency(project, name, format!("depends on `{name}`")))
    }
}

/// Whether a framework builds the package, which knows whether it needs its own server or builds the pages ahead.
pub(super) fn has_metaframework(package: &Package) -> bool {
    let is_next = package.depends_on("next") && package.script("build").is_some();
    is_next || METAFRAMEWORKS.iter().any(|name| package.depends_on(name))
}

/// A file with settings of a framework.
pub(super) struct Config {
    pub(super) path: String,
    /// Its code, without comments.
    pub(super) code: String,
}

/// The first file with a name, in the package's folder, whose ending is one of those of JavaScript and TypeScript.
pub(super) fn config(project: &Project<'_>, package: &Package, name: &str) -> Option<Config> {
    const ENDINGS: [&str; 6] = ["js", "ts", "mjs", "mts", "cjs", "cts"];
    ENDINGS.iter().find_map(|ending| {
        let path = within(package.folder(), &format!("{name}.{ending}"));
        let code = without_comments(project.repo.text(&path)?);
        Some(Config { path, code })
    })
}

/// How an app is built and started.
pub(super) struct Plan {
    /// The entry file, or the folder of the built site with its page.
    pub(super) app_file: String,
    pub(super) build: Option<String>,
    pub(super) command: Vec<String>,
    pub(super) evidence: Evidence,
    /// Packages for development that the running app needs.
    pub(super) needs: Vec<String>,
    /// What a person should know.
    pub(super) notes: Vec<Note>,
}

impl Plan {
    /// A server that a framework builds, with the build script or otherwise the command of the framework.
    pub(super) fn built(project: &Project<'_>, package: &Package, usual_build: &str, command: Vec<String>) -> Self {
        Self {
            app_file: package.path.clone(),
            build: build(project, package).or_else(|| Some(format!("npx {usual_build}"))),
            command,
            evidence: at_script(project, package, "build"),
            needs: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds packages that the server loads when it runs, if they are for development.
    pub(super) fn needing(mut self, package: &Package, names: &[&str]) -> Self {
        let needed = names.iter().filter(|name| package.only_develops_with(name));
        self.needs.extend(needed.map(|name| (*name).to_owned()));
        self
    }

    pub(super) fn note(mut self, note: Option<Note>) -> Self {
        self.notes.extend(note);
        self
    }
}

/// The lock file of a package in a folder, and the package manager that installs from it and runs its scripts.
pub(super) fn lock(project: &Project<'_>, folder: &str) -> Option<(&'static str, &'static str)> {
    Dependencies::locks(Runtime::Node).find(|(file, _)| project.repo.get(&within(folder, file)).is_some())
}

/// The package manager that runs the scripts of a package.
pub(super) fn runner(project: &Project<'_>, package: &Package) -> &'static str {
    lock(project, package.folder()).map_or("npm", |(_, program)| program)
}

/// The command by which a person adds a package for development.
pub(super) fn adds(project: &Project<'_>, package: &Package, name: &str) -> String {
    match runner(project, package) {
        "npm" => format!("npm install --save-dev {name}"),
        "pnpm" => format!("pnpm add --save-dev {name}"),
        runner => format!("{runner} add --dev {name}"),
    }
}

/// The command that builds a package, if it has such a script.
pub(super) fn build(project: &Project<'_>, package: &Package) -> Option<String> {
    package.script("build").map(|_| format!("{} run build", runner(project, package)))
}

/// Evidence at a script.
pub(super) fn at_script(project: &Project<'_>, package: &Package, name: &str) -> Evidence {
    package.at(project, &["scripts", name], format!("the script `{name}`"))
}
