//! The Python version of an app.

use super::dependencies::Dependencies;
use super::model::{App, Evidence, Note, Seen};
use super::paths::has_ending;
use super::project::Project;
use super::sdk_version;
use super::space::ExistingSpace;
use super::versions::{self, Asked, minor};
use crate::formats::python_version;

/// The Python version, by the file that requests it.
pub(super) fn find(project: &Project<'_>, space: &ExistingSpace, folder: &str, needed: &Dependencies, app: &mut App) {
    let of_space = space.python.as_ref().and_then(|python| {
        // ZeroGPU has exact versions, other images have minor ones
        if space.is_zero_gpu && crate::facts::python::ZERO_GPU_VERSIONS.contains(&python.value.as_str()) {
            return Some(Asked { version: Ok(python.value.clone()), evidence: python.evidence.clone() });
        }
        let version = python_version::named(&python.value)?;
        Some(versions::exact(&version, python.evidence.clone()))
    });
    let of_conda = || {
        let conda = needed.conda.as_ref()?;
        Some(versions::exact(conda.python.as_ref()?, conda.evidence.clone()))
    };
    let own = versions::python(project, folder);
    let at_root = || if folder.is_empty() { None } else { versions::python(project, "") };
    match of_space.or(own).or_else(at_root).or_else(of_conda) {
        Some(Asked { version: Ok(version), evidence }) => {
            app.version = Some(Seen::usual(version, evidence));
        }
        Some(Asked { version: Err(asked), evidence }) => python_not_offered(&asked, evidence, app),
        None => app.version = too_new(space, needed),
    }
}

/// The closest newer Python, if the requested one is too old. A range is left to a person.
fn python_not_offered(asked: &str, evidence: Evidence, app: &mut App) {
    let note = Note::new(format!("no base image is available for Python `{asked}`"));
    let is_range = has_ending(&evidence.path, "toml");
    let (note, next) = match versions::next_offered(asked).filter(|_| !is_range) {
        Some(next) => (note.help(format!("{next} is the closest newer version, and is used")), Some(next)),
        None => {
            let offered = crate::facts::python::IMAGE_VERSIONS.join(", ");
            (note.help(format!("choose one of {offered}")).or_answer_to("python"), None)
        }
    };
    if let Some(next) = next {
        let evidence = Evidence { why: format!("asks for {asked}, which is not available"), ..evidence.clone() };
        app.version = Some(Seen::guessed(next.to_owned(), evidence));
    }
    app.notes.push(note.seen(evidence));
}

/// The newest Python that every pinned package supports, if the default is too new for one of them.
fn too_new(space: &ExistingSpace, needed: &Dependencies) -> Option<Seen<String>> {
    let usual = minor(crate::facts::python::DEFAULT);
    let named = needed.installable.iter().chain(&needed.constraints).chain(&needed.locked_gradio);
    let limits = named.filter_map(|(package, evidence)| {
        let wheel = package.wheel_version();
        let newest = match wheel.as_ref().or_else(|| package.versions.pinned()) {
            Some(version) => sdk_version::newest_python(&package.name, version)?,
            None => sdk_version::newest_python_of_all(package)?,
        };
        let why = format!("`{}` runs on Python {newest} at most", package.text);
        Some((newest, Evidence { why, ..evidence.clone() }))
    });
    let (version, evidence) = limits.chain(sdk_version::python(space)).min_by_key(|(version, _)| minor(version))?;
    (minor(version) < usual).then(|| Seen::usual(version.to_owned(), evidence))
}
