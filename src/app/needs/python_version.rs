//! The Python version of an app.

use crate::app::dependencies::Dependencies;
use crate::app::hub::sdk_version;
use crate::app::hub::space::{self, ExistingSpace};
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::paths::has_ending;
use crate::app::project::Project;
use crate::app::versions::{self, Asked, minor};
use crate::formats::python_version;
use crate::values::pep440::version;

/// The Python version, by the file that requests it.
pub(super) fn find(project: &Project<'_>, space: &ExistingSpace, folder: &str, needed: &Dependencies, app: &mut App) {
    let of_space = space.python.as_ref().and_then(|python| {
        // ZeroGPU has exact versions, other images have minor ones
        if space.is_zero_gpu && crate::facts::python::ZERO_GPU_VERSIONS.contains(&python.value.as_str()) {
            let (version, evidence) = (Ok(python.value.clone()), python.evidence.clone());
            return Some(Asked { version, evidence, range: None });
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
        Some(Asked { version: Ok(version), evidence, range }) => {
            // What an earlier run wrote follows from the versions of then
            let may_change = evidence.path == space::README && space::is_as_made(project.repo);
            let is_allowed = |older: &Seen<String>| {
                let is_in_range = range.is_some_and(|range| range.has(&older.value));
                minor(&older.value) < minor(&version) && (is_in_range || may_change)
            };
            let older = too_new(space, needed, app).filter(is_allowed);
            app.version = older.or_else(|| Some(Seen::usual(version, evidence)));
        }
        Some(Asked { version: Err(asked), evidence, .. }) => python_not_offered(&asked, evidence, app),
        None => app.version = too_new(space, needed, app),
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
fn too_new(space: &ExistingSpace, needed: &Dependencies, app: &App) -> Option<Seen<String>> {
    let usual = minor(crate::facts::python::DEFAULT);
    let named = needed.installable.iter().chain(&needed.constraints).chain(&needed.locked_gradio);
    let counting = named.filter(|(package, _)| package.counts_with(crate::facts::python::DEFAULT));
    let limits = counting.filter_map(|(package, evidence)| {
        let wheel = package.wheel_version();
        let newest = match wheel.as_ref().or_else(|| package.versions.pinned()) {
            // `==5.*` also allows the newest 5
            Some(version) if version.release().len() > 1 => sdk_version::newest_python(&package.name, version)?,
            _ => sdk_version::newest_python_of_all(package)?,
        };
        let why = format!("`{}` runs on Python {newest} at most", package.text);
        Some((newest, Evidence { why, ..evidence.clone() }))
    });
    let chosen = app.gradio.as_ref().and_then(|gradio| {
        let newest = sdk_version::newest_python("gradio", &version(&gradio.value)?)?;
        let why = format!("Gradio {} runs on Python {newest} at most", gradio.value);
        Some((newest, Evidence { why, ..gradio.evidence.clone() }))
    });
    let (version, evidence) =
        limits.chain(sdk_version::python(space)).chain(chosen).min_by_key(|(version, _)| minor(version))?;
    (minor(version) < usual).then(|| Seen::usual(version.to_owned(), evidence))
}
