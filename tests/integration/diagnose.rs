//! `spaces-new diagnose`: each message decides its own log, and nothing certain is said of a log in which no known one does.

mod command;
mod course;
mod hostile;
mod pages;
mod rows;

use spaces_new::diagnosis::Diagnosed;

use crate::support::{files_under, root};

/// The logs of `tests/cases/diagnose/`, each with its name.
pub(crate) fn logs() -> Vec<(String, Vec<u8>)> {
    let folder = root().join("tests/cases/diagnose");
    let log = |file: String| {
        let text = fs_err::read(folder.join(&file)).unwrap();
        (file.trim_end_matches(".log").to_owned(), text)
    };
    files_under(&folder).into_iter().map(log).collect()
}

/// A log of the folder.
pub(crate) fn log(name: &str) -> Vec<u8> {
    fs_err::read(root().join(format!("tests/cases/diagnose/{name}.log"))).unwrap()
}

/// What a log says.
pub(crate) fn diagnosed(log: impl AsRef<[u8]>) -> Diagnosed {
    Diagnosed::read(log.as_ref()).unwrap()
}

/// The id and the line of each diagnosis, with a question mark if it is not certain.
pub(crate) fn found(log: impl AsRef<[u8]>) -> Vec<String> {
    let doubt = |is_certain: bool| if is_certain { "" } else { "?" };
    let diagnoses = diagnosed(log).diagnoses;
    let found = diagnoses.iter().map(|one| {
        format!("{}:{}{}", one.line, one.id(), doubt(one.confidence == spaces_new::diagnosis::Confidence::Certain))
    });
    found.collect()
}
