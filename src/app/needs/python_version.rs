//! The Python version of an app.

use crate::app::dependencies::Dependencies;
use crate::app::hub::sdk_version;
use crate::app::hub::space::{self, ExistingSpace};
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::paths::has_ending;
use crate::app::project::Project;
use crate::app::versions::{self, Asked, minor};
use crate::facts::python_wheels::MEASURED;
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
            let is_allowed = |older: &str| {
                let is_in_range = range.as_ref().is_some_and(|range| range.has(older));
                minor(older) < minor(&version) && (is_in_range || may_change)
            };
            let older = too_new(space, needed, app, is_allowed);
            app.version = older.or_else(|| Some(Seen::usual(version, evidence)));
        }
        Some(Asked { version: Err(asked), evidence, .. }) => python_not_offered(&asked, evidence, app),
        None => app.version = too_new(space, needed, app, |_| true),
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

/// The newest Python that every package supports in the versions that are locked or allowed, if the default is too new for one of them.
fn too_new(
    space: &ExistingSpace,
    needed: &Dependencies,
    app: &App,
    is_allowed: impl Fn(&str) -> bool,
) -> Option<Seen<String>> {
    let usual = minor(crate::facts::python::DEFAULT);
    let named = needed.installable.iter().chain(&needed.constraints).chain(&needed.locked_gradio);
    let counting = named.filter(|(package, _)| package.counts_with(crate::facts::python::DEFAULT));
    let limits = counting.filter_map(|(package, evidence)| {
        let newest = match package.wheel_version() {
            Some(version) => sdk_version::newest_python(&package.name, &version)?,
            None => sdk_version::newest_python_of_all(package)?,
        };
        let why = format!("`{}` runs on Python {newest} at most{}", package.text, doubt(newest));
        Some((newest, Evidence { why, ..evidence.clone() }))
    });
    let locked = needed.locked_versions.iter().filter_map(|locked| {
        let of_table = || sdk_version::newest_python(&locked.name, &version(&locked.version)?);
        let newest = locked.newest_python.or_else(of_table)?;
        let why = format!("{}, which runs on Python {newest} at most{}", locked.evidence.why, doubt(newest));
        Some((newest, Evidence { why, ..locked.evidence.clone() }))
    });
    let chosen = app.gradio.as_ref().and_then(|gradio| {
        let newest = sdk_version::newest_python("gradio", &version(&gradio.value)?)?;
        let why = format!("Gradio {} runs on Python {newest} at most", gradio.value);
        Some((newest, Evidence { why, ..gradio.evidence.clone() }))
    });
    let all = limits.chain(locked).chain(sdk_version::python(space)).chain(chosen);
    let fitting = all.filter(|(version, _)| minor(version) < usual && is_allowed(version));
    let (version, evidence) = fitting.min_by_key(|(version, _)| minor(version))?;
    Some(Seen::usual(version.to_owned(), evidence))
}

/// What is not known of releases before the oldest Python that was measured.
fn doubt(newest: &str) -> &'static str {
    let is_oldest = u64::from(minor(newest)) <= MEASURED.0;
    if is_oldest { ", which is the oldest one offered: a release may be too old for that too" } else { "" }
}
