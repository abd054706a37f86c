//! Rust.

use super::row::{CompiledHooks, Hooks, Row};
use crate::app::candidate::{Candidate, SURE};
use crate::app::cargo_programs;
use crate::app::compiled_source::{FILES_MAX, listens};
use crate::app::framework::{About, Runtime};
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "rust", name: "Rust", template: "rust", runtime: Runtime::Compiled, ..About::PYTHON },
    hooks: Hooks::Compiled(CompiledHooks { find, program }),
};

/// The score that a manifest adds by naming the program in `default-run`.
const DEFAULT: i32 = 60;

/// The programs that a `Cargo.toml` at the root builds.
fn find(project: &Project<'_>) -> Vec<Candidate> {
    let candidate = |program: cargo_programs::Program| {
        let mut evidence = vec![project.line_with(&program.file, "fn main", "has `fn main`")];
        let mut strength = if listens(project, &program.file) { SURE } else { 0 };
        if let Some(manifest) = &program.default_in {
            evidence.push(project.evidence_at(&manifest.0, manifest.1, "runs it by default"));
            strength += DEFAULT;
        }
        Candidate::new(ROW.framework(), &program.file, strength, evidence)
    };
    cargo_programs::programs(project.repo).into_iter().take(FILES_MAX).map(candidate).collect()
}

fn program(project: &Project<'_>, file: &str) -> String {
    let built = cargo_programs::programs(project.repo).into_iter().find(|program| program.file == file);
    built.map_or_else(|| "app".to_owned(), |program| program.name)
}
