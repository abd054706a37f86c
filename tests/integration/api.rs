//! The behaviour that users of the library can rely on.

mod adoption;
mod answers;
mod assets;
mod images;
mod types;
mod writing;

use spaces_new::{Answers, Spec, SpecError};

use crate::support::template;

/// All errors in answers.
#[track_caller]
fn errors(name: &str, answers: &Answers) -> Vec<SpecError> {
    Spec::resolve(template(name), answers).expect_err("they were taken").iter().cloned().collect()
}

/// The only error in answers.
#[track_caller]
fn error(name: &str, answers: &Answers) -> SpecError {
    let mut errors = errors(name, answers);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}
