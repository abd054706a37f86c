//! A Python package whose library or program the image lacks.
//!
//! ## What it does
//! Looks for installed packages of a table that the app imports, such as `opencv-python`, `pytesseract` or `weasyprint`, where the
//! image certainly lacks what they load or call. It is a warning where the app may run without it.
//!
//! ## Why it matters
//! The app does not start: `ImportError: libGL.so.1: cannot open shared object file`; or a call fails: `TesseractNotFoundError:
//! tesseract is not installed`.
//!
//! ## Example
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! opencv-python==4.12.0.88
//! ```
//!
//! ```app.py
//! import cv2
//! from fastapi import FastAPI
//!
//! app = FastAPI(version=cv2.__version__)
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! opencv-python-headless==4.12.0.88
//! ```
//!
//! ```app.py
//! import cv2
//! from fastapi import FastAPI
//!
//! app = FastAPI(version=cv2.__version__)
//! ```
//!
//! ## Source
//! <https://github.com/opencv/opencv-python>, and the installation page of each package

use super::{Cause, Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::app::image::packages::lacks;
use crate::app::needs::debian::needs_of;
use crate::check::diagnostic::Level;
use crate::check::python::imported;
use crate::check::space::{PythonFile, of_item};
use crate::facts::system_needs::{Need, OPENCV, When};

pub(super) const RULE: Rule = Rule::new(
    "system-library-missing",
    Group::Broken,
    Check::Views(&[Subject::Requirements, Subject::Dockerfile, Subject::Source], check),
)
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

/// `OpenCV` without a window system.
const HEADLESS: [&str; 2] = ["opencv-python-headless", "opencv-contrib-python-headless"];

/// Whether the code has a part that needs it.
fn is_used(space: &Space<'_>, need: &Need) -> bool {
    let has = |file: &PythonFile<'_>| need.only_with.iter().any(|part| file.has(part));
    need.only_with.is_empty() || space.python_files().iter().any(has)
}

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    let Some(last) = dockerfile.last_stage().and(dockerfile.stages.len().checked_sub(1)) else { return };
    // It may be exchanged for another one
    if dockerfile.text.contains("uninstall") {
        return;
    }
    let installed = space.installed();
    let has_headless = HEADLESS.iter().any(|name| installed.names(name));
    let mut reported: Vec<&Need> = Vec::new();
    for (_, item) in installed.items() {
        let Some(package) = item.package() else { continue };
        let needs = needs_of(&package.name, package.versions.exact()).filter(|need| need.when != When::Install);
        for need in needs {
            // The files of one package replace those of the other
            let is_replaced = has_headless && need.debian == OPENCV;
            if is_replaced || reported.contains(&need) {
                continue;
            }
            let missing: Vec<_> = need.debian.iter().filter(|name| lacks(dockerfile, last, None, name)).collect();
            if missing.is_empty() {
                continue;
            }
            let Some(import) = imported(space, need.module) else { continue };
            if !is_used(space, need) {
                continue;
            }
            reported.push(need);
            let does = if need.when == When::Import { "loads" } else { "calls" };
            let message = format!("`{}` {does} `{}`, which the image lacks", package.name, need.what);
            let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
            let install = format!("install {} with apt-get", names.join(" and "));
            let help = match need.instead {
                Some(other) => format!("use `{other}`, which needs none, or {install}"),
                None => install,
            };
            let finding = Finding::new(of_item(item), message)
                .label(if need.when == When::Import { "cannot be imported" } else { "its calls fail" })
                .related(Place::bytes(import.path, import.range), format!("imports `{}`", need.module))
                .help(help);
            let is_certain = need.when == When::Import && import.is_certain;
            found.push(if is_certain { finding } else { finding.at_most(Level::Warning) });
        }
    }
}
