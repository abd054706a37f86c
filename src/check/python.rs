//! The Python of a Space.

use std::ops::Range;

use super::diagnostic::Place;
use super::space::{Space, SpaceSdk, in_dockerfile, in_readme};
use crate::formats::python::Import;
use crate::values::pep440;

/// Major and minor version, and its place; none if it is not certain.
pub(super) fn python_version(space: &Space<'_>) -> Option<((u64, u64), Place)> {
    match space.sdk() {
        SpaceSdk::Gradio => {
            let node = space.readme()?.value("python_version")?;
            Some((minor(node.as_str()?)?, in_readme(node.range.clone())))
        }
        SpaceSdk::Docker => {
            let dockerfile = space.docker()?;
            let (major, minor) = dockerfile.base_image()?.python_version()?;
            let version = (major.into(), minor.into());
            let from = &dockerfile.lineage().first()?.from;
            Some((version, in_dockerfile(from.image.range.clone())))
        }
        _ => None,
    }
}

/// `3.13`, `3.13.1`, `3.13-slim`.
fn minor(text: &str) -> Option<(u64, u64)> {
    let version = pep440::version(text.split('-').next()?)?;
    match version.release() {
        [major, minor, ..] => Some((*major, *minor)),
        _ => None,
    }
}

/// An import of a module in the app.
pub(super) struct Imported<'s> {
    pub(super) path: &'s str,
    pub(super) range: Range<usize>,
    /// Whether the start of the app certainly runs it.
    pub(super) is_certain: bool,
}

/// Where the app imports a module: certain where the file that is started, or one that it imports, does so unconditionally.
pub(super) fn imported<'s>(space: &'s Space<'_>, module: &str) -> Option<Imported<'s>> {
    let started = started(space);
    let mut likely = None;
    for file in space.python_files().iter().filter(|file| file.has(module)) {
        let is_it = |import: &&Import<'_>| {
            import.level == 0 && (import.module == module || import.module.starts_with(&format!("{module}.")))
        };
        let imports = &file.source().imports;
        let Some(import) = imports.iter().filter(is_it).min_by_key(|import| !is_unconditional(import)) else {
            continue;
        };
        let is_certain = is_unconditional(import) && started.contains(&file.path);
        let range = import.at..import.at + module.len();
        let found = Imported { path: file.path, range, is_certain };
        if is_certain {
            return Some(found);
        }
        likely = likely.or(Some(found));
    }
    likely
}

fn is_unconditional(import: &Import<'_>) -> bool {
    import.scope.is_top_level() && !import.scope.conditional
}

/// The Python files that the start of the app certainly runs: the one that is started, and those that it imports.
fn started<'s>(space: &'s Space<'_>) -> Vec<&'s str> {
    let files = space.python_files();
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let mut next: Vec<_> = entry(space).iter().filter_map(|path| find(path)).collect();
    let mut seen: Vec<&str> = Vec::new();
    while let Some(file) = next.pop() {
        if seen.contains(&file.path) || seen.len() > FOLLOWED_MAX {
            continue;
        }
        seen.push(file.path);
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for import in file.source().imports.iter().filter(|import| is_unconditional(import) && import.level < 2) {
            let stem = import.module.replace('.', "/");
            let named =
                import.name.map(|name| if stem.is_empty() { name.to_owned() } else { format!("{stem}/{name}") });
            let bases: &[&str] = if import.level == 1 { &[folder] } else { &["", folder] };
            for (base, stem) in bases.iter().flat_map(|base| named.iter().chain([&stem]).map(move |stem| (base, stem)))
            {
                let at = if base.is_empty() { stem.clone() } else { format!("{base}/{stem}") };
                next.extend(find(&format!("{at}.py")).into_iter().chain(find(&format!("{at}/__init__.py"))));
            }
        }
    }
    seen
}

/// More files than these are not followed.
const FOLLOWED_MAX: usize = 50;

/// The file that the Space starts, under the paths at which it may be.
fn entry(space: &Space<'_>) -> Vec<String> {
    if space.sdk() == SpaceSdk::Gradio {
        let named = space.text_of("app_file").map(|(file, _)| file.to_owned());
        return vec![named.unwrap_or_else(|| "app.py".to_owned())];
    }
    let Some(dockerfile) = space.docker() else { return Vec::new() };
    let Some((_, line)) = dockerfile.cmd().or_else(|| dockerfile.entrypoint()) else { return Vec::new() };
    let commands = line.commands();
    let Some(words) = commands.last().map(|command| command.argv()) else { return Vec::new() };
    let module = |name: &str| name.replace('.', "/");
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().skip(1) {
        let text = word.text.trim_start_matches("./");
        if text.rsplit_once('.').is_some_and(|(_, ending)| ending == "py") {
            found.push(text.to_owned());
            // `/home/user/app/app.py`
            found.extend(text.rsplit_once('/').filter(|_| text.starts_with('/')).map(|(_, name)| name.to_owned()));
        } else if let Some((name, _)) = text.split_once(':').filter(|(name, _)| !name.contains(['/', '$'])) {
            found.push(format!("{}.py", module(name)));
            found.push(format!("{}/__init__.py", module(name)));
        } else if words.get(at - 1).is_some_and(|before| before.text == "-m") {
            found.push(format!("{}.py", module(text)));
            found.push(format!("{}/__main__.py", module(text)));
        }
    }
    found
}
