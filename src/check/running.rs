//! The Python files that run in a Space.

use std::collections::{BTreeMap, BTreeSet};

use super::space::{PythonFile, Space, SpaceSdk};
use crate::app::removed_apis::knows_versions;
use crate::formats::python::Import;
use crate::order::{self, Order};

/// The files, and whether it is certain that they run.
pub(super) struct Running<'s, 'r> {
    pub(super) files: Vec<&'s PythonFile<'r>>,
    /// The path of the one that is started, if that is clear.
    pub(super) start: Option<&'r str>,
    pub(super) is_certain: bool,
    /// Those that are only imported where it is asked for a version, or in a `try`: they have a replacement.
    pub(super) guarded: BTreeSet<&'r str>,
}

/// The file that is started and those that it imports. All files of the app, if it is not clear which one is started.
pub(super) fn running<'s, 'r>(space: &'s Space<'r>) -> Running<'s, 'r> {
    let files = space.python_files();
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let Some(start) = started(space).and_then(|path| find(&path)) else {
        return Running { files: files.iter().collect(), start: None, is_certain: false, guarded: BTreeSet::new() };
    };
    let mut first = vec![start];
    // The pages of Streamlit run without being imported
    first.extend(files.iter().filter(|file| file.path.starts_with("pages/")));
    let mut seen: BTreeMap<&str, &PythonFile<'r>> = BTreeMap::new();
    let mut guarded_imports = Vec::new();
    reach(first, files, &mut seen, &mut guarded_imports);
    let unguarded: BTreeSet<&str> = order::set(seen.keys().copied());
    while let Some(file) = guarded_imports.pop() {
        reach(vec![file], files, &mut seen, &mut guarded_imports);
    }
    let guarded = seen.keys().copied().filter(|path| !unguarded.contains(path)).collect();
    let mut reached: Vec<_> = seen.into_values().collect();
    reached.order_by_key(|file| file.path);
    Running { files: reached, start: Some(start.path), is_certain: true, guarded }
}

/// Adds what files import, and separately what they import under a guard.
fn reach<'s, 'r>(
    mut next: Vec<&'s PythonFile<'r>>,
    files: &'s [PythonFile<'r>],
    seen: &mut BTreeMap<&'r str, &'s PythonFile<'r>>,
    guarded: &mut Vec<&'s PythonFile<'r>>,
) {
    while let Some(file) = next.pop() {
        if seen.insert(file.path, file).is_some() {
            continue;
        }
        let source = file.source();
        let mut tried: Vec<(usize, &PythonFile<'r>)> = Vec::new();
        for import in &source.imports {
            let found = imported(file, import, files);
            if import.scope.tried {
                // `from .one import a`, or else `from one import a`
                let is_again =
                    |found: &PythonFile<'_>| tried.iter().any(|(at, one)| one.path == found.path && *at != import.at);
                let (again, new): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| is_again(found));
                next.extend(again);
                tried.extend(new.into_iter().map(|found| (import.at, found)));
            } else if import.scope.conditional && knows_versions(source) {
                guarded.extend(found);
            } else {
                next.extend(found);
            }
        }
        guarded.extend(tried.into_iter().map(|(_, file)| file));
    }
}

/// The files that an import may mean.
fn imported<'s, 'r>(
    file: &PythonFile<'r>,
    import: &Import<'_>,
    files: &'s [PythonFile<'r>],
) -> Vec<&'s PythonFile<'r>> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let module = import.module.replace('.', "/");
    let mut found = Vec::new();
    for base in [folder, "", "src"] {
        let stem =
            [base, module.as_str()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
        let of_name = import.name.map(|name| format!("{stem}/{name}.py"));
        let paths = [format!("{stem}.py"), format!("{stem}/__init__.py")].into_iter().chain(of_name);
        let find = |path: String| files.iter().find(|file| file.path == path.trim_start_matches('/'));
        found.extend(paths.filter_map(find));
    }
    found
}

/// The path of the file that is started.
fn started(space: &Space<'_>) -> Option<String> {
    if space.sdk() == SpaceSdk::Gradio {
        let named = space.text_of("app_file").map_or("app.py", |(text, _)| text);
        return Some(named.trim_start_matches("./").to_owned());
    }
    let dockerfile = space.docker()?;
    let (_, line) = dockerfile.cmd().filter(|_| dockerfile.entrypoint().is_none())?;
    let commands = line.commands();
    let [command] = &*commands else { return None };
    command.argv().iter().find_map(|word| {
        let text = word.text.trim_start_matches("./");
        let module = text.split_once(':').map(|(module, _)| format!("{}.py", module.replace('.', "/")));
        let path =
            if text.rsplit_once('.').is_some_and(|(_, ending)| ending == "py") { text.to_owned() } else { module? };
        space.repo().get(&path).map(|_| path)
    })
}
