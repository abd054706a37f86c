//! The imports of Python that fail in the Space.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::own_files::{Lost, Tree, Why, has_word, sources};
use crate::app::paths::{folder_of, has_ending, within};
use crate::facts::python_modules::STANDARD;
use crate::facts::python_packages::IMPORTS;
use crate::formats::python::{NearImport, Source, near_imports};
use crate::repo::{File, Repo};

/// Files that start an app although no other file imports them.
const STARTS: [&str; 8] = ["app", "main", "server", "wsgi", "asgi", "__init__", "manage", "streamlit_app"];

/// The imports of the app's Python that fail.
pub(super) fn find(tree: &Tree<'_>) -> Vec<Lost> {
    let files: Vec<_> =
        sources(tree.repo, &["py"]).into_iter().filter(|file| tree.unpushed.pushes(file.path())).collect();
    let own = Own::of(tree);
    let mut found = Vec::new();
    for file in &files {
        let Some(text) = file.text() else { continue };
        // Most files import nothing of the kind, and need not be parsed
        if !text.contains("clone") && near_imports(text).any(|import| own.may_be_lost(file.path(), import)) {
            found.extend(of_file(&own, file, text));
        }
    }
    if !found.is_empty() {
        let imported: HashSet<_> = files.iter().filter_map(|file| file.text()).flat_map(words_of_imports).collect();
        for lost in &mut found {
            let name = lost.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".py");
            lost.is_reached &= STARTS.contains(&name) || imported.contains(name);
        }
    }
    found
}

/// What decides whether a module is the app's, each found once.
struct Own<'t> {
    tree: &'t Tree<'t>,
    /// What is installed, as [`installed`] gives it.
    installed: OnceCell<String>,
    /// The names of modules and of their folders that exist, in lower case. None if they are not all known.
    names: OnceCell<Option<HashSet<String>>>,
    /// Whether a module that is not pushed may be imported.
    has_excluded: bool,
    /// Whether a path of a module has a letter in upper case.
    has_upper_case: bool,
}

impl<'t> Own<'t> {
    fn of(tree: &'t Tree<'t>) -> Self {
        // What has another ending is neither a module nor a folder of modules
        let may_be_module = |path: &&str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            !name.contains('.') || has_ending(name, "py")
        };
        Self {
            tree,
            installed: OnceCell::new(),
            names: OnceCell::new(),
            has_excluded: tree.excluded().is_none_or(|excluded| excluded.iter().any(may_be_module)),
            has_upper_case: modules(tree.repo).any(has_upper_case),
        }
    }

    /// A quick look whether an import needs a closer one.
    fn may_be_lost(&self, path: &str, import: NearImport<'_>) -> bool {
        let NearImport { level, module, name } = import;
        let is_in_lower_case = !has_upper_case(module) && !name.is_some_and(has_upper_case);
        if !self.has_excluded && !self.has_upper_case && is_in_lower_case {
            return false;
        }
        let first = module.split('.').next().unwrap_or(module);
        (level > 0 || self.may_have(path, first))
            && lost(self.tree, path, import).is_some()
            && (level > 0 || !self.is_other(module))
    }

    /// Whether the name of a module is one of the app's, or of one that may be excluded.
    fn may_have(&self, path: &str, first: &str) -> bool {
        let Some(names) = self.names.get_or_init(|| self.names()) else { return true };
        let unpushed = &self.tree.unpushed;
        names.contains(&first.to_ascii_lowercase()) || unpushed.may_have(path) || unpushed.may_have("src")
    }

    fn names(&self) -> Option<HashSet<String>> {
        let stem = |part: &str| part.split('.').next().unwrap_or(part).to_ascii_lowercase();
        let excluded = self.tree.unpushed.paths()?;
        Some(modules(self.tree.repo).chain(excluded).flat_map(|path| path.split('/').map(stem)).collect())
    }

    /// Whether a module comes with Python or with a package.
    fn is_other(&self, module: &str) -> bool {
        let first = module.split('.').next().unwrap_or(module);
        STANDARD.contains(&first)
            || IMPORTS.iter().any(|(name, _)| name.split('.').next() == Some(first))
            || has_word(self.installed.get_or_init(|| installed(self.tree.repo)), &first.to_ascii_lowercase())
            || self.tree.is_made(first)
    }
}

/// The paths of the files of Python.
fn modules(repo: &Repo) -> impl Iterator<Item = &str> {
    repo.files().filter(|file| has_ending(file.name(), "py")).map(File::path)
}

fn has_upper_case(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn words_of_imports(text: &str) -> impl Iterator<Item = &str> {
    let lines =
        text.lines().map(str::trim_start).filter(|line| line.starts_with("from ") || line.starts_with("import "));
    lines.flat_map(|line| line.split(|char: char| !(char.is_alphanumeric() || char == '_')))
}

/// The text of the files that say which packages are installed.
fn installed(repo: &Repo) -> String {
    let names = ["pyproject.toml", "Pipfile", "environment.yml", "environment.yaml", "setup.py", "setup.cfg"];
    let is_list = |file: &&File| {
        names.contains(&file.name()) || (file.name().contains("requirements") && has_ending(file.name(), "txt"))
    };
    let texts = repo.files().filter(is_list).take(20).filter_map(File::text);
    texts.map(|text| text.to_ascii_lowercase().replace('-', "_")).collect::<Vec<_>>().join("\n")
}

/// The folders that an import may start from: those above the file, then `src`.
fn roots(path: &str) -> Vec<&str> {
    let mut roots = vec![folder_of(path)];
    while let Some(folder) = roots.last().copied().filter(|folder| !folder.is_empty()) {
        roots.push(folder_of(folder));
    }
    roots.push("src");
    roots
}

/// Whether a module is a file: a package of the same name would win.
fn is_file(tree: &Tree<'_>, stem: &str) -> bool {
    tree.unpushed.pushes(&format!("{stem}.py")) && !tree.unpushed.pushes(&within(stem, "__init__.py"))
}

fn has_module(tree: &Tree<'_>, stem: &str) -> bool {
    tree.unpushed.pushes(&format!("{stem}.py")) || tree.unpushed.pushes_folder(stem)
}

fn of_file(own: &Own<'_>, file: &File, text: &str) -> Vec<Lost> {
    let source = Source::read(text);
    let mut found: Vec<Lost> = Vec::new();
    for import in source.imports.iter().filter(|import| !import.scope.conditional) {
        if import.level == 0 && own.is_other(import.module) {
            continue;
        }
        let near = NearImport { level: import.level, module: import.module, name: import.name };
        let Some(why) = lost(own.tree, file.path(), near) else { continue };
        let written = format!("{}{}", ".".repeat(import.level.min(8)), import.module);
        let length = text[import.at..].lines().next().map_or(0, |line| line.trim_end().len());
        let range = import.at..import.at + length;
        if found.iter().all(|known| known.range != range) {
            let is_reached = import.scope.is_top_level();
            found.push(Lost { path: file.path().to_owned(), range, written, why, is_reached });
        }
    }
    found
}

/// Why an import fails, if it is of a module of the app.
fn lost(tree: &Tree<'_>, path: &str, import: NearImport<'_>) -> Option<Why> {
    let parts: Vec<&str> = import.module.split('.').filter(|part| !part.is_empty()).collect();
    let roots = match import.level {
        0 => roots(path),
        level => vec![(1..level).fold(folder_of(path), |folder, _| folder_of(folder))],
    };
    let Some(first) = parts.first() else {
        return name_lost(tree, roots.first()?, import.name?);
    };
    let known = roots.iter().find(|root| has_module(tree, &within(root, first)));
    let Some(root) = known else {
        if import.level == 0 && is_elsewhere(tree, first) {
            return None;
        }
        let next = parts.get(1).copied().or(import.name);
        return roots.iter().find_map(|root| why_lost(tree, &within(root, first), next));
    };
    let mut stem = within(root, first);
    for part in &parts[1..] {
        if is_file(tree, &stem) {
            return None;
        }
        stem = within(&stem, part);
        if !has_module(tree, &stem) {
            return why_lost(tree, &stem, import.name);
        }
    }
    if is_file(tree, &stem) { None } else { name_lost(tree, &stem, import.name?) }
}

/// Why a module fails that is imported from its package by name: unless the package itself has the name.
fn name_lost(tree: &Tree<'_>, package: &str, name: &str) -> Option<Why> {
    let stem = within(package, name);
    let init = tree.repo.text(&within(package, "__init__.py")).unwrap_or_default();
    if has_module(tree, &stem) || name == "*" || has_word(init, name) || init.contains("import *") {
        return None;
    }
    why_lost(tree, &stem, None)
}

/// Whether another folder, which code may search too, has a module of this name.
fn is_elsewhere(tree: &Tree<'_>, first: &str) -> bool {
    let file = format!("{first}.py");
    tree.repo.files().filter(|file| tree.unpushed.pushes(file.path())).any(|other| {
        let path = other.path();
        path.rsplit('/').next() == Some(&file) || path.split('/').rev().skip(1).any(|folder| folder == first)
    })
}

/// Why a module at a path, without ending, fails. `next` is what is imported from it.
fn why_lost(tree: &Tree<'_>, stem: &str, next: Option<&str>) -> Option<Why> {
    let file = format!("{stem}.py");
    if tree.repo.may_have(&file) || tree.repo.may_have(stem) {
        return None;
    }
    let of_case = tree.other_case(&file).or_else(|| tree.other_case(stem).filter(|other| is_package(tree, other)));
    if let Some(other) = of_case {
        return Some(Why::OtherCase(other.to_owned()));
    }
    let below = [Some(within(stem, "__init__.py")), next.map(|next| within(stem, &format!("{next}.py")))];
    let reason =
        std::iter::once(file).chain(below.into_iter().flatten()).find_map(|path| tree.unpushed.reason(&path, false))?;
    (!tree.is_made(&reason.part)).then_some(Why::Excluded(reason))
}

/// Whether a folder has modules.
fn is_package(tree: &Tree<'_>, folder: &str) -> bool {
    let prefix = format!("{folder}/");
    tree.repo.files().any(|file| file.path().starts_with(&prefix) && has_ending(file.name(), "py"))
}
