//! Which versions of a Python package a Space installs.

use super::diagnostic::Place;
use super::space::{Space, SpaceSdk, in_dockerfile, in_readme};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::requirements::{Package, Versions};

const FILE: &str = "requirements.txt";

/// The versions that are allowed, and where that is written.
pub(super) struct Installed {
    pub(super) versions: Versions,
    pub(super) place: Place,
}

impl Installed {
    /// What a person calls them: `6.0.1` for an exact version, otherwise nothing.
    pub(super) fn exact(&self) -> Option<String> {
        self.versions.exact().map(ToString::to_string)
    }
}

/// The versions of a package, by its normalised name; none if they are not certain.
pub(super) fn installed(space: &Space<'_>, name: &str) -> Option<Installed> {
    match space.sdk() {
        SpaceSdk::Gradio if name == "gradio" => {
            let (version, node) = space.text_of("sdk_version")?;
            let versions = Package::read(&format!("gradio=={version}"))?.versions;
            Some(Installed { versions, place: in_readme(node.range.clone()) })
        }
        SpaceSdk::Gradio => listed(space, name),
        SpaceSdk::Docker => {
            let dockerfile = space.docker()?;
            let mut commands = in_commands(dockerfile, name)?;
            match (listed(space, name).filter(|_| installs_file(space, dockerfile)), commands.pop()) {
                (Some(listed), None) => Some(listed),
                (None, Some(only)) if commands.is_empty() => Some(only),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The only line of `requirements.txt` about a package.
fn listed(space: &Space<'_>, name: &str) -> Option<Installed> {
    let requirements = space.requirements();
    let mut lines = requirements.packages().filter(|(package, _)| package.name == name);
    let (package, line) = lines.next().filter(|(package, _)| !package.is_conditional())?;
    if lines.next().is_some() || requirements.has_includes() {
        return None;
    }
    Some(Installed { versions: package.versions.clone(), place: Place::bytes(FILE, line.range.clone()) })
}

/// The words of `pip install` that name a package. None if a command may change what they mean.
fn in_commands(dockerfile: &Dockerfile<'_>, name: &str) -> Option<Vec<Installed>> {
    let mut found = Vec::new();
    for (_, run) in dockerfile.runs() {
        for command in &run.commands {
            let argv = command.argv();
            let is_install = argv.iter().any(|word| word.text == "install");
            if !is_install || !argv.iter().any(|word| word.text.contains("pip")) {
                continue;
            }
            if argv.iter().any(|word| matches!(&*word.text, "-c" | "--constraint" | "-U" | "--upgrade")) {
                return None;
            }
            let packages = argv.iter().filter(|word| !word.text.starts_with('-') && !word.text.contains('$'));
            let named = packages.filter_map(|word| Some((Package::read(&word.text)?, word)));
            found.extend(named.filter(|(package, _)| package.name == name).map(|(package, word)| Installed {
                versions: package.versions,
                place: in_dockerfile(word.range.clone()),
            }));
        }
    }
    Some(found)
}

/// Whether a Dockerfile installs from the file at the root. One of the same name in a folder that the Dockerfile never names can not be
/// where the command looks.
fn installs_file(space: &Space<'_>, dockerfile: &Dockerfile<'_>) -> bool {
    let mut others = space.repo().files().filter(|file| file.name() == FILE && file.path() != FILE);
    let is_only =
        !others.any(|file| file.path().rsplit('/').nth(1).is_some_and(|folder| dockerfile.text.contains(folder)));
    let sets_constraints = dockerfile.text.contains("PIP_CONSTRAINT") || dockerfile.text.contains("uv sync");
    let mut commands = dockerfile.runs().flat_map(|(_, run)| &run.commands);
    let mut is_named = || commands.any(|command| command.argv().iter().any(|word| is_requirements(&word.text)));
    is_only && !sets_constraints && is_named()
}

/// Whether a word of a command names the file, alone or after its flag.
fn is_requirements(word: &str) -> bool {
    let file = word.strip_prefix("--requirement=").or(word.strip_prefix("-r")).unwrap_or(word);
    file == FILE || file.ends_with("/requirements.txt")
}
