//! The embedded files: the one place that knows how `templates/` gets into the library.

use include_dir::{Dir, DirEntry, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The text of a file, by its path under `templates/`.
pub(super) fn text(path: &str) -> Option<&'static str> {
    TEMPLATES.get_file(path)?.contents_utf8()
}

/// The names of the folders under `templates/` that are templates.
pub(super) fn template_names() -> Vec<&'static str> {
    let folders = TEMPLATES.dirs().filter_map(|folder| folder.path().to_str());
    let mut names: Vec<_> = folders.filter(|name| !name.starts_with('_')).collect();
    names.sort_unstable();
    names
}

/// Every file under a folder: its whole path, and its path within the folder.
pub(super) fn files_under(folder: &str) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    if let Some(dir) = TEMPLATES.get_dir(folder) {
        collect(dir, &mut files);
    }
    let within = |path: &'static str| path.get(folder.len() + 1..).unwrap_or(path);
    files.into_iter().map(|path| (path, within(path))).collect()
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<&'static str>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, files),
            DirEntry::File(file) => files.extend(file.path().to_str()),
        }
    }
}
