//! The Python files that start an app.

use super::application::Applications;
use super::candidate::{Candidate, LIKELY};
use super::frameworks;
use super::project::{Project, PythonFile, is_aside};

/// Every file that starts an app.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let applications = Applications::of(project, frameworks::constructors());
    let files = project.python.values().filter(|file| !is_aside(file.path));
    files.filter_map(|file| candidate(&applications, file)).collect()
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
