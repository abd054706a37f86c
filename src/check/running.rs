//! The Python files that run in a Space.

use crate::order::Order;
use std::collections::BTreeSet;

use super::space::{PythonFile, Space, SpaceSdk};

/// The files, and whether it is certain that they run.
pub(super) struct Running<'s, 'r> {
    pub(super) files: Vec<&'s PythonFile<'r>>,
    /// The path of the one that is started, if that is clear.
    pub(super) start: Option<&'r str>,
    pub(super) is_certain: bool,
}

/// The file that is started and those that it imports. All files of the app, if it is not clear which one is started.
pub(super) fn running<'s, 'r>(space: &'s Space<'r>) -> Running<'s, 'r> {
    let files = space.python_files();
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let Some(start) = started(space).and_then(|path| find(&path)) else {
        return Running { files: files.iter().collect(), start: None, is_certain: false };
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut next = vec![start];
    let mut reached = Vec::new();
    // The pages of Streamlit run without being imported
    next.extend(files.iter().filter(|file| file.path.starts_with("pages/")));
    while let Some(file) = next.pop() {
        if !seen.insert(file.path) {
            continue;
        }
        reached.push(file);
        for import in &file.source().imports {
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let module = import.module.replace('.', "/");
            for base in [folder, "", "src"] {
                let stem = [base, module.as_str()]
                    .iter()
                    .filter(|part| !part.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join("/");
                let of_name = import.name.map(|name| format!("{stem}/{name}.py"));
                let paths = [format!("{stem}.py"), format!("{stem}/__init__.py")].into_iter().chain(of_name);
                next.extend(paths.filter_map(|path| find(path.trim_start_matches('/'))));
            }
        }
    }
    reached.order_by_key(|file| file.path);
    Running { files: reached, start: Some(start.path), is_certain: true }
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
