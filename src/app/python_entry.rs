//! The Python files that start an app.

use std::collections::BTreeSet;

use super::application::Applications;
use super::candidate::{Candidate, LIKELY};
use super::frameworks;
use super::project::{Project, PythonFile, is_aside};
use crate::order;

/// Every file that starts an app.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let applications = Applications::of(project, frameworks::constructors());
    let files = || project.python.values().filter(|file| !is_aside(file.path));
    let mut found: Vec<Candidate> = files().filter_map(|file| candidate(&applications, file)).collect();
    let other = found.iter().find_map(|found| frameworks::python(found.framework)?.through_imports);
    if let Some(through_imports) = other {
        let known: BTreeSet<String> = order::set(found.iter().map(|found| found.file.clone()));
        found.extend(
            files().filter(|file| !known.contains(file.path)).filter_map(|file| through_imports(project, file)),
        );
    }
    found
}

/// Every file at a place where no app starts that would start one elsewhere.
pub(super) fn aside(project: &Project<'_>) -> Vec<Candidate> {
    let applications = Applications::of(project, frameworks::constructors());
    let files = project.python.values().filter(|file| is_example(file.path));
    let found = files.filter_map(|file| candidate(&applications, file));
    found.filter(|found| found.strength >= LIKELY).collect()
}

fn is_example(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| matches!(folder, "example" | "examples" | "sample" | "samples"))
}

/// The first framework that recognises the file. A file that mounts one framework in another contains an app of the outer one.
fn candidate(applications: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let mounts = file.source.calls.iter().any(|call| matches!(call.method(), "mount_gradio_app" | "mount_chainlit"));
    let outer = if mounts { applications.in_file(file) } else { None };
    outer
        .or_else(|| frameworks::in_python().find_map(|hooks| hooks.find?(applications, file)))
        .or_else(|| applications.in_file(file))
}
