//! A file that may start an app.

use super::framework::Framework;
use super::model::Evidence;
use super::project::PythonFile;
use crate::formats::python::Value;

/// What a file is, if it starts an app.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) framework: Framework,
    pub(super) file: String,
    /// The name of the application object in it, or `name()` for a function that creates one.
    pub(super) object: Option<String>,
    pub(super) evidence: Vec<Evidence>,
    /// How likely it is that this file starts the app.
    pub(super) strength: i32,
}

/// A file that certainly starts an app, one that may, and one that only uses the framework.
pub(super) const SURE: i32 = 20;
pub(super) const LIKELY: i32 = 10;
pub(super) const WEAK: i32 = -40;

impl Candidate {
    pub(super) fn new(framework: Framework, file: &str, strength: i32, evidence: Vec<Evidence>) -> Self {
        Self { framework, file: file.to_owned(), object: None, evidence, strength }
    }

    /// A file that makes one of these calls, which run a server.
    pub(super) fn calling(framework: Framework, file: &PythonFile<'_>, paths: &[&str]) -> Option<Self> {
        let call = file.source.calls.iter().find(|call| paths.contains(&call.path.as_str()))?;
        let evidence = vec![file.evidence(call.at, format!("calls `{}()`", call.written))];
        let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
        Some(Self::new(framework, file.path, strength, evidence))
    }

    /// A file that assigns the result of a call to a top-level name.
    pub(super) fn made(framework: Framework, file: &PythonFile<'_>, path: &str) -> Option<Self> {
        let assignment = file.source.assignments.iter().find(|assignment| {
            assignment.scope.is_top_level() && matches!(&assignment.value, Value::Call(called, _) if called == path)
        })?;
        let name = assignment.name;
        let what = path.rsplit('.').next().unwrap_or(path);
        let evidence = vec![file.evidence(assignment.at, format!("makes `{name}` with `{what}(..)`"))];
        Some(Self { object: Some(name.to_owned()), ..Self::new(framework, file.path, SURE, evidence) })
    }
}
