//! The embedded files: the one place that knows how `templates/` gets into the library.

use include_dir::{Dir, DirEntry, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The text of a file, by its path under `templates/`.
pub(super) fn text(path: &str) -> Option<&'static str> {
    entry(path)?.as_file()?.contents_utf8()
}

/// What has a path. The library's own search compares paths part by part with every folder's, which took a third of a run.
fn entry(path: &str) -> Option<&'static DirEntry<'static>> {
    let mut entries = TEMPLATES.entries();
    loop {
        let leads = |entry: &&DirEntry<'_>| {
            let own = entry.path().as_os_str().as_encoded_bytes();
            let rest = path.as_bytes().strip_prefix(own);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        let entry = entries.iter().find(leads)?;
        if entry.path().as_os_str().len() == path.len() {
            return Some(entry);
        }
        entries = entry.as_dir()?.entries();
    }
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
    if let Some(dir) = entry(folder).and_then(DirEntry::as_dir) {
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
