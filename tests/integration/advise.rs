//! `spaces-new advise`: what is chosen for each app and each answer, that its commands are taken, and how old its facts are.

mod combinations;
mod command;
mod facts;
mod pages;

use spaces_new::Repo;

use crate::check::repository::files;
use crate::support::{files_under, root};

/// The apps of `tests/cases/advise/`, each with the text of its case.
pub(crate) fn cases() -> Vec<(String, String)> {
    let folder = root().join("tests/cases/advise");
    let case = |file: String| {
        let text = fs_err::read_to_string(folder.join(&file)).unwrap();
        (file.trim_end_matches(".md").to_owned(), text)
    };
    files_under(&folder).into_iter().map(case).collect()
}

/// The text of a case.
pub(crate) fn case(name: &str) -> String {
    cases().into_iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no case `{name}`")).1
}

/// The repository that a case describes.
pub(crate) fn repository(text: &str) -> Repo {
    Repo::from_files(files(text).into_iter().filter_map(|(path, bytes)| Some((path.parse().unwrap(), bytes?))))
}
