//! Packages that only their own file can install: from a folder of the repository, a workspace, an index of its own.
//!
//! An image that installs a file's packages one by one leaves them out: under the same name, the public index may have a stranger's package.

use crate::app::manifests::inside;
use crate::app::model::Note;
use crate::app::named::{Apart, Dependencies};
use crate::app::paths::folder_of;
use crate::app::project::Project;
use crate::formats::pyproject::Origin;
use crate::values::normalised;

/// The maximum number of manifests in which a member of a workspace is searched.
const MEMBERS_MAX: usize = 100;

/// A note for each of them.
pub(super) fn notes(project: &Project<'_>, folder: &str, needed: &Dependencies) -> Vec<Note> {
    needed.apart.iter().map(|apart| note(project, folder, apart)).collect()
}

fn note(project: &Project<'_>, folder: &str, apart: &Apart) -> Note {
    let name = &apart.name;
    let Some((base, origin)) = &apart.origin else {
        let note = Note::new(format!("`{name}` has no name of a package, and is not installed"));
        let help = if name.contains("://") {
            "name its package before the address: `NAME @ ADDRESS`".to_owned()
        } else {
            at_root(inside(folder, name).as_deref())
        };
        return note.help(help).seen(apart.evidence.clone());
    };
    let (from, help) = match origin {
        Origin::Path(path) => (format!("from `{path}`"), at_root(inside(base, path).as_deref())),
        Origin::Workspace => ("from the workspace".to_owned(), at_root(member(project, name).as_deref())),
        Origin::Index(index) => (
            format!("from the index `{index}`"),
            "name all packages in a `requirements.txt` at the root, with the `--index-url` of that index".to_owned(),
        ),
        Origin::Several => (
            "from several places".to_owned(),
            "name all packages in a `requirements.txt` at the root, this one with the address for Linux".to_owned(),
        ),
    };
    let note = Note::new(format!("`{name}` comes {from}, and is not installed"));
    note.help(help).seen(apart.evidence.clone())
}

/// What to do about a path.
fn at_root(path: Option<&str>) -> String {
    match path {
        Some(path) => format!("name all packages in a `requirements.txt` at the root, this one as `./{path}`"),
        None => "it is outside of this repository: copy it into it, or name its address on a git server".to_owned(),
    }
}

/// The folder of a member of the workspace.
fn member(project: &Project<'_>, name: &str) -> Option<String> {
    let files = project.repo.files().filter(|file| file.name() == "pyproject.toml").take(MEMBERS_MAX);
    files.map(|file| folder_of(file.path())).filter(|folder| !folder.is_empty()).find_map(|folder| {
        let manifest = project.manifests.pyproject(project.repo, folder)?;
        (manifest.name.as_deref() == Some(&*normalised(name))).then(|| folder.to_owned())
    })
}
