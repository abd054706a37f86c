//! The imports of Python that fail in the Space.

use std::collections::HashSet;

use super::own_files::{Lost, Tree, Why, has_word, sources};
use super::paths::{folder_of, has_ending, within};
use crate::facts::python_modules::STANDARD;
use crate::facts::python_packages::IMPORTS;
use crate::formats::python::{Import, Source};
use crate::repo::{File, Repo};

/// Files that start an app although no other file imports them.
const STARTS: [&str; 8] = ["app", "main", "server", "wsgi", "asgi", "__init__", "manage", "streamlit_app"];

/// The imports of the app's Python that fail.
pub(super) fn find(tree: &Tree<'_>) -> Vec<Lost> {
    let files: Vec<_> =
        sources(tree.repo, &["py"]).into_iter().filter(|file| tree.unpushed.pushes(file.path())).collect();
    let installed = installed(tree.repo);
    let mut found = Vec::new();
    let mut imported = HashSet::new();
    for file in &files {
        let Some(text) = file.text() else { continue };
        imported.extend(words_of_imports(text));
        // Most files import nothing of the kind, and need not be parsed
        let is_own = |module: &str| !is_other(tree, &installed, module) && may_be_lost(tree, file.path(), module);
        if !text.contains("clone") && first_words(text).any(is_own) {
            found.extend(of_file(tree, &installed, file, text));
        }
    }
    for lost in &mut found {
        let name = lost.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".py");
        lost.is_reached &= STARTS.contains(&name) || imported.contains(name);
    }
    found
}

/// The module behind `import` or `from` at the beginning of a line.
fn first_words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = line.strip_prefix("from ").or_else(|| line.strip_prefix("import "))?;
        rest.split([' ', ',', ';', '\t']).find(|word| !word.is_empty())
    })
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

/// Whether a module comes with Python or with a package.
fn is_other(tree: &Tree<'_>, installed: &str, module: &str) -> bool {
    let first = module.split('.').next().unwrap_or(module);
    !module.starts_with('.')
        && (STANDARD.contains(&first)
            || IMPORTS.iter().any(|(name, _)| name.split('.').next() == Some(first))
            || has_word(installed, &first.to_ascii_lowercase())
            || tree.is_made(first))
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

/// A quick look whether an import needs a closer one.
fn may_be_lost(tree: &Tree<'_>, path: &str, module: &str) -> bool {
    if module.starts_with('.') || module.contains('.') {
        return true;
    }
    let bases = roots(path);
    let has_any = bases.iter().any(|root| has_module(tree, &within(root, module)));
    // A name from a package may be a module that is lost
    !has_any && bases.iter().any(|root| why_lost(tree, &within(root, module), None).is_some())
        || bases.iter().any(|root| tree.unpushed.pushes_folder(&within(root, module)))
}

fn of_file(tree: &Tree<'_>, installed: &str, file: &File, text: &str) -> Vec<Lost> {
    let source = Source::read(text);
    let mut found: Vec<Lost> = Vec::new();
    for import in source.imports.iter().filter(|import| !import.scope.conditional) {
        if import.level == 0 && is_other(tree, installed, import.module) {
            continue;
        }
        let Some(why) = lost(tree, file.path(), import) else { continue };
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
fn lost(tree: &Tree<'_>, path: &str, import: &Import<'_>) -> Option<Why> {
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
