//! Files that pages name and that Python opens, and that git does not push.

use std::ops::Range;

use super::own_files::{Tree, sources};
use crate::app::paths::{folder_of, within};
use crate::formats::html;
use crate::formats::python::{Call, Source};
use crate::repo::{Excluded, Repo};

/// The maximum number of findings.
const FOUND_MAX: usize = 20;

/// Functions that read the file that their first argument names.
const READERS: [&str; 11] = [
    "open",
    "pandas.read_csv",
    "pandas.read_json",
    "pandas.read_excel",
    "pandas.read_parquet",
    "pandas.read_pickle",
    "numpy.load",
    "joblib.load",
    "torch.load",
    "PIL.Image.open",
    "cv2.imread",
];
/// Signs that the app makes or fetches the file, or does without it.
const MAKES: [&str; 14] = [
    "exists",
    "is_file",
    "download",
    "snapshot",
    "urlretrieve",
    "requests.",
    "httpx",
    "wget",
    "gdown",
    "boto3",
    "makedirs",
    "mkdir",
    "clone",
    "FileNotFoundError",
];

/// A file that is named and not pushed.
#[derive(Debug)]
pub(crate) struct LostFile {
    pub(crate) path: String,
    pub(crate) range: Range<usize>,
    pub(crate) written: String,
    pub(crate) excluded: Excluded,
    /// Whether a page names it.
    pub(crate) is_page: bool,
}

/// The files that are named and not pushed.
pub(crate) fn lost_files(repo: &Repo) -> Vec<LostFile> {
    let tree = Tree::of(repo);
    if tree.excluded().is_some_and(|excluded| excluded.is_empty()) {
        return Vec::new();
    }
    let mut found = of_pages(&tree);
    found.extend(of_python(&tree));
    found.truncate(FOUND_MAX);
    found
}

fn of_pages(tree: &Tree<'_>) -> Vec<LostFile> {
    let mut found = Vec::new();
    for file in sources(tree.repo, &["html"]) {
        for (written, range) in html::links(file.text().unwrap_or_default()) {
            let name = written.split(['?', '#']).next().unwrap_or_default();
            let is_local = !name.contains(':') && !name.starts_with("//") && !name.contains(['{', '<', '$', '*']);
            let path = within(folder_of(file.path()), name.trim_start_matches('/').trim_start_matches("./"));
            if !is_local || name.is_empty() || path.split('/').any(|part| part == ".." || part.is_empty()) {
                continue;
            }
            let Some(excluded) = tree.unpushed.reason(&path, false).filter(|why| !tree.is_made(&why.part)) else {
                continue;
            };
            let (path, written) = (file.path().to_owned(), written.to_owned());
            found.push(LostFile { path, range, written, excluded, is_page: true });
        }
    }
    found
}

fn of_python(tree: &Tree<'_>) -> Vec<LostFile> {
    let files = sources(tree.repo, &["py"]);
    // What one file of the app makes, another one may read
    let has_any = |text: &str| MAKES.iter().any(|sign| text.contains(sign));
    if files.iter().any(|file| file.text().is_some_and(has_any)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for file in files {
        let Some(text) =
            file.text().filter(|text| text.contains("open(") || text.contains("load(") || text.contains("read_"))
        else {
            continue;
        };
        let source = Source::read(text);
        for call in source.calls.iter().filter(|call| reads(call) && !call.scope.conditional) {
            let Some(argument) = call.arguments.first() else { continue };
            let Some(written) = argument.value.as_text().filter(|text| is_relative(text)) else { continue };
            let Some(excluded) = tree.unpushed.reason(written.trim_start_matches("./"), false) else { continue };
            if tree.is_made(&excluded.part) {
                continue;
            }
            let (path, range, written) = (file.path().to_owned(), argument.range.clone(), written.to_owned());
            found.push(LostFile { path, range, written, excluded, is_page: false });
        }
    }
    found
}

/// Whether a call reads a file.
fn reads(call: &Call<'_>) -> bool {
    let mode = call.positional(1).or(call.keyword("mode")).and_then(|mode| mode.as_text());
    READERS.contains(&call.path.as_str())
        && (call.path != "open" || mode.is_none_or(|mode| mode.starts_with('r') && !mode.contains('+')))
}

fn is_relative(path: &str) -> bool {
    !path.is_empty()
        && path.len() < 200
        && !path.starts_with(['/', '~'])
        && !path.contains("://")
        && !path.contains("..")
        && !path.contains('\\')
}
