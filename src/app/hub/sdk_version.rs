//! The version of its SDK that a Space ran with, which is kept if it still runs.

use super::space::ExistingSpace;
use crate::app::dependencies::Dependencies;
use crate::app::framework::Framework;
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::versions::minor;
use crate::facts::python::{DEFAULT, FOR_OLD_GRADIO, GRADIO_WITH_AUDIOOP, LAST_WITH_AUDIOOP};
use crate::facts::python_packages::STREAMLIT_HELD_BACK;
use crate::facts::python_wheels::{MEASURED, WHEELS, Wheels};
use crate::formats::requirements::Package;
use crate::values::Pins;
use crate::values::pep440::{self, Version, is_below};

/// The version in the front matter, for the package of the app's framework.
fn version<'s>(space: &'s ExistingSpace, package: &str) -> Option<(&'s str, Version, &'s Evidence)> {
    let version = space.sdk_version.as_ref().filter(|_| space.sdk() == Some(package))?;
    Some((version.value.as_str(), pep440::version(&version.value)?, &version.evidence))
}

/// The newest Python that a version of a package supports, if it does not support all.
pub(in crate::app) fn newest_python(package: &str, version: &Version) -> Option<&'static str> {
    if package == "gradio" && is_below(version, GRADIO_WITH_AUDIOOP) {
        return Some(LAST_WITH_AUDIOOP);
    }
    wheels(package, version).map(|row| row.newest)
}

/// The newest Python that all versions support which a requirement allows, if that is not any.
pub(in crate::app) fn newest_python_of_all(package: &Package) -> Option<&'static str> {
    let is_old = package.name == "gradio" && package.versions.lie_in(&[], GRADIO_WITH_AUDIOOP);
    if is_old && !package.is_conditional() {
        return Some(LAST_WITH_AUDIOOP);
    }
    wheels_of(package).map(|row| row.newest)
}

/// The row of all versions that a requirement allows: the newest of them decides.
pub(crate) fn wheels_of(package: &Package) -> Option<&'static Wheels> {
    WHEELS.iter().find(|row| row.package == package.name && package.versions.lie_in(&[], row.below))
}

/// The row of a version of a package that newer Pythons have no wheel for.
pub(crate) fn wheels(package: &str, version: &Version) -> Option<&'static Wheels> {
    WHEELS.iter().find(|row| row.package == package && is_below(version, row.below))
}

/// The first release of a package from which on there are wheels for a Python 3; none if that is not known.
pub(crate) fn first_with_wheels(package: &str, python: u64) -> Option<String> {
    let too_old = |row: &&Wheels| row.package == package && u64::from(minor(row.newest)) < python;
    let row = WHEELS.iter().rfind(too_old).filter(|_| python <= MEASURED.1)?;
    Some(row.below.iter().map(u32::to_string).collect::<Vec<_>>().join("."))
}

/// The Python for a Space that names none, if the default is too new for its SDK.
pub(in crate::app) fn python(space: &ExistingSpace) -> Option<(&'static str, Evidence)> {
    let package = space.sdk().filter(|sdk| matches!(*sdk, "gradio" | "streamlit"))?;
    let (shown, version, evidence) = version(space, package)?;
    let newest = newest_python(package, &version)?;
    // What ran with the former default keeps using it
    let chosen = if package == "gradio" { FOR_OLD_GRADIO } else { newest };
    let why = format!("`{package}` {shown} runs on Python {newest} at most");
    (minor(newest) < minor(DEFAULT)).then(|| (chosen, Evidence { why, ..evidence.clone() }))
}

/// The requirement for the version, if nothing else installs the package. A version that cannot be kept is reported.
pub(in crate::app) fn line(space: &ExistingSpace, package: &str, app: &mut App) -> Option<Seen<String>> {
    let (shown, version, evidence) = version(space, package)?;
    let python = app.version.as_ref().map_or(DEFAULT, |version| version.value.as_str());
    let runs = newest_python(package, &version).is_none_or(|newest| minor(python) <= minor(newest));
    if runs && (package != "streamlit" || !is_below(&version, STREAMLIT_HELD_BACK)) {
        let evidence = Evidence { why: format!("the Space ran `{package}` {shown}"), ..evidence.clone() };
        return Some(Seen::certain(format!("{package}=={shown}"), evidence));
    }
    let now = Pins::builtin().version(package).unwrap_or("the newest");
    let note = Note::new(format!("the Space ran `{package}` {shown}, and now runs {now}"));
    let why = if runs { "its requirements allow packages that break it" } else { "it is too old for this Python" };
    app.notes.push(note.help(format!("{why}: try the app with {now}")).seen(evidence.clone()));
    None
}

/// The note if the app's own file installs the package in any version.
pub(in crate::app) fn note(space: &ExistingSpace, framework: Framework, needed: &Dependencies, app: &mut App) {
    // The Hub still installs the version if the Space stays a Gradio Space
    let Some(package) = framework.package().filter(|package| *package == "streamlit") else { return };
    let Some((shown, ..)) = version(space, package) else { return };
    let own = needed.installable.iter().find(|(own, _)| own.name == package);
    let is_free = |own: &Package| own.versions.pinned().is_none() && own.address.is_none();
    let Some((_, evidence)) = own.filter(|(own, _)| is_free(own)) else { return };
    let message =
        format!("the Space ran `{package}` {shown}, and this line now installs the newest version that it allows");
    let help = format!("to keep it, write `{package}=={shown}`");
    app.notes.push(Note::new(message).help(help).seen(evidence.clone()));
}
