//! The folder that a file's imports start from.

use super::paths::{folder_of, within};
use super::project::{Project, PythonFile};

/// The folder from which the absolute imports of a file can be resolved, if its imports or its packages show it.
fn stated(project: &Project<'_>, file: &PythonFile<'_>) -> Option<String> {
    let folder = folder_of(file.path);
    let imports = &file.source.imports;
    let level = imports.iter().map(|import| import.level).max().unwrap_or(0);
    let mut outer = (0..level).fold(folder, |folder, _| folder_of(folder));
    let is_package = |folder: &str| !folder.is_empty() && project.repo.get(&within(folder, "__init__.py")).is_some();
    let absolute = imports.iter().filter(|import| import.level == 0 && import.scope.is_top_level());
    let mut bases = absolute.filter_map(|import| project.base_of(file.path, import.module));
    if let Some(base) = bases.next() {
        let is_shorter = base.len() < outer.len() || level == 0;
        return Some(if is_shorter { base } else { outer.to_owned() });
    }
    if level == 0 && !is_package(folder) {
        return None;
    }
    if level == 0 {
        outer = folder;
    }
    while is_package(outer) {
        outer = folder_of(outer);
    }
    Some(outer.to_owned())
}

/// The working folder for a server that imports the file.
pub(super) fn of_module(project: &Project<'_>, file: &PythonFile<'_>) -> String {
    let folder = folder_of(file.path);
    let importable = folder.split('/').all(|part| {
        part.is_empty()
            || (!part.starts_with(|char: char| char.is_ascii_digit())
                && part.chars().all(|char| char == '_' || char.is_alphanumeric()))
    });
    match stated(project, file) {
        Some(root) => root,
        None if folder == "src" || folder.starts_with("src/") => "src".to_owned(),
        None if importable => String::new(),
        None => folder.to_owned(),
    }
}

/// The same for a file that is run, whose own folder is searched first.
pub(super) fn of_script(project: &Project<'_>, file: &PythonFile<'_>) -> String {
    let has_relative = file.source.imports.iter().any(|import| import.level > 0);
    let imports_own = file
        .source
        .imports
        .iter()
        .any(|import| import.level == 0 && project.base_of(file.path, import.module).is_some());
    if has_relative || imports_own {
        stated(project, file).unwrap_or_default()
    } else {
        folder_of(file.path).to_owned()
    }
}

/// The name under which a file is imported from a folder: `app.main` for `app/main.py`.
pub(super) fn module_name(root: &str, path: &str) -> String {
    let inside = if root.is_empty() { path } else { path.strip_prefix(root).unwrap_or(path).trim_start_matches('/') };
    let stem = inside.strip_suffix("/__init__.py").or_else(|| inside.strip_suffix(".py")).unwrap_or(inside);
    stem.replace('/', ".")
}
