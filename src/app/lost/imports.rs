//! Imports of files of the repository that git does not push, or that are spelled in another case: they work on the computer where
//! they were written, and not in the Space.

use std::collections::HashSet;
use std::ops::Range;

pub(crate) use super::own_files::{Lost, Why};
use super::own_files::{Tree, sources};
use super::python;
use crate::app::paths::{folder_of, within};
use crate::formats::{javascript, javascript_imports};
use crate::repo::{File, Repo};

/// The maximum number of findings.
const FOUND_MAX: usize = 50;
/// The maximum number of imports that are followed.
const IMPORTS_MAX: usize = 20_000;
/// The maximum length of the name of a module.
const NAME_MAX: usize = 1000;
/// The maximum number of files with a similar name that are looked at.
const BESIDE_MAX: usize = 20;
/// The maximum number of aliases that are searched among all files.
const SEARCHES_MAX: usize = 200;

const CODE: [&str; 11] = ["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro"];
/// What an import may leave out. Sources: <https://nodejs.org/api/modules.html#file-modules>,
/// <https://vite.dev/config/shared-options#resolve-extensions>, <https://www.typescriptlang.org/docs/handbook/modules/reference.html>.
const ENDINGS: [&str; 15] = [
    ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts", ".cts", ".json", ".vue", ".svelte", ".astro", ".d.ts",
    ".node", ".wasm",
];
const INDEXES: [&str; 8] =
    ["index.js", "index.jsx", "index.ts", "index.tsx", "index.mjs", "index.cjs", "index.vue", "package.json"];
/// Files that start an app although no other file imports them.
const STARTS: [&str; 14] = [
    "index",
    "main",
    "App",
    "app",
    "page",
    "layout",
    "route",
    "server",
    "_app",
    "_document",
    "root",
    "+page",
    "+layout",
    "middleware",
];

/// The imports of JavaScript and Python that fail.
pub(crate) fn lost_imports(repo: &Repo) -> Vec<Lost> {
    let tree = Tree::of(repo);
    let mut found = of_javascript(&tree);
    found.extend(python::find(&tree));
    found.truncate(FOUND_MAX);
    found
}

fn of_javascript(tree: &Tree<'_>) -> Vec<Lost> {
    let files: Vec<_> =
        sources(tree.repo, &CODE).into_iter().filter(|file| tree.unpushed.pushes(file.path())).collect();
    // In most repositories all files are there, and none needs a closer look
    if !files.iter().any(|file| file.text().is_some_and(|text| may_lose(tree, file.path(), text))) {
        return Vec::new();
    }
    let mut imports = Vec::new();
    for file in files {
        let Some(text) = file.text() else { continue };
        let code = javascript::without_comments(text);
        let mut seen = HashSet::new();
        let own = |(name, range): (&str, Range<usize>)| {
            let name = name.split(['?', '#']).next().unwrap_or(name);
            let is_own = seen.insert(name.to_owned()) && !bases(tree.repo, file.path(), name).is_empty();
            is_own.then(|| (file.path(), name.to_owned(), range))
        };
        imports.extend(javascript_imports::imports(&code).into_iter().filter_map(own));
        if imports.len() > IMPORTS_MAX {
            tree.repo.skip(file.path(), format!("only {IMPORTS_MAX} imports of modules are followed"));
            imports.truncate(IMPORTS_MAX);
            break;
        }
    }
    let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or_default().to_owned();
    let imported: HashSet<String> = imports.iter().map(|(_, name, _)| stem(name)).collect();
    let (mut found, mut searches) = (Vec::new(), SEARCHES_MAX);
    for (path, name, range) in imports {
        let Some(why) = why_lost(tree, path, &name, &mut searches) else { continue };
        let is_reached = STARTS.contains(&&*stem(path)) || imported.contains(&stem(path)) || path.contains("/pages/");
        found.push(Lost { path: path.to_owned(), range, written: name, why, is_reached });
        if found.len() == FOUND_MAX {
            break;
        }
    }
    found
}

/// A quick look whether a text that may be a module of the app, anywhere in a file, leads to none that is pushed.
fn may_lose(tree: &Tree<'_>, path: &str, text: &str) -> bool {
    let is_quote = |byte: u8| matches!(byte, b'\'' | b'"');
    let starts = text.as_bytes().windows(2).enumerate();
    let mut starts = starts.filter(|(_, two)| is_quote(two[0]) && matches!(two[1], b'.' | b'@' | b'~' | b'$'));
    let mut seen = HashSet::new();
    starts.any(|(at, two)| {
        let rest = &text[at + 1..];
        let Some(end) = rest.bytes().take(NAME_MAX).position(|byte| byte == two[0] || byte == b'\n') else {
            return rest.len() > NAME_MAX;
        };
        let name = rest[..end].split(['?', '#']).next().unwrap_or_default();
        seen.insert(name) && {
            let bases = bases(tree.repo, path, name);
            !bases.iter().any(|base| is_pushed(tree, base)) && why_lost(tree, path, name, &mut 1).is_some()
        }
    })
}

/// Whether a module at a path, with or without ending, is pushed. Not all forms are tried.
fn is_pushed(tree: &Tree<'_>, base: &str) -> bool {
    tree.repo.beginning_with(base).take(BESIDE_MAX).any(|file| {
        let rest = &file.path()[base.len()..];
        let is_module = rest.is_empty()
            || ENDINGS.contains(&rest)
            || rest.strip_prefix('/').is_some_and(|name| INDEXES.contains(&name));
        is_module && tree.unpushed.pushes(file.path())
    })
}

/// The paths, without ending, that a module of the app may be at. Empty for one of a package.
pub(in crate::app) fn bases(repo: &Repo, from: &str, name: &str) -> Vec<String> {
    if name.starts_with("./") || name.starts_with("../") || name == "." || name == ".." {
        return joined(folder_of(from), name).into_iter().collect();
    }
    let mut folder = folder_of(from);
    while !folder.is_empty() && repo.get(&within(folder, "package.json")).is_none() {
        folder = folder_of(folder);
    }
    if let Some(rest) = name.strip_prefix("$lib/") {
        return vec![within(folder, &format!("src/lib/{rest}"))];
    }
    let Some(rest) = name.strip_prefix("@/").or_else(|| name.strip_prefix("~/")) else { return Vec::new() };
    ["src/", "", "app/"].iter().map(|base| within(folder, &format!("{base}{rest}"))).collect()
}

/// A path in a folder, if it does not lead out of the repository.
fn joined(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The files that a module at a path may be.
pub(in crate::app) fn candidates(base: &str) -> impl Iterator<Item = String> + '_ {
    // TypeScript is imported by the name of what it becomes
    let other = base.rsplit_once('.').and_then(|(stem, ending)| match ending {
        "js" | "jsx" => Some(vec![format!("{stem}.ts"), format!("{stem}.tsx")]),
        "mjs" => Some(vec![format!("{stem}.mts")]),
        "cjs" => Some(vec![format!("{stem}.cts")]),
        _ => None,
    });
    let ended = ENDINGS.iter().map(move |ending| format!("{base}{ending}"));
    let indexes = INDEXES.iter().map(move |index| format!("{base}/{index}"));
    std::iter::once(base.to_owned()).chain(ended).chain(indexes).chain(other.into_iter().flatten())
}

fn why_lost(tree: &Tree<'_>, from: &str, name: &str, searches: &mut usize) -> Option<Why> {
    let bases = bases(tree.repo, from, name);
    let all = || bases.iter().flat_map(|base| candidates(base));
    if all().any(|path| tree.unpushed.pushes(&path) || tree.repo.may_have(&path)) {
        return None;
    }
    if let Some(other) = all().find_map(|path| tree.other_case(&path).filter(|other| tree.unpushed.pushes(other))) {
        return Some(Why::OtherCase(other.to_owned()));
    }
    // An alias may lead to another folder, and the file be there
    let is_alias = !name.starts_with('.');
    let end = format!("/{}", name.split_once('/').map_or(name, |(_, rest)| rest));
    let is_elsewhere = |file: &File| {
        let stem = file.path().rsplit_once('.').map_or(file.path(), |(stem, _)| stem);
        tree.unpushed.pushes(file.path()) && (stem.ends_with(&end) || stem.ends_with(&format!("{end}/index")))
    };
    let reason = all().find_map(|path| tree.unpushed.reason(&path, false))?;
    if is_alias {
        *searches = searches.checked_sub(1)?;
        if tree.repo.files().any(is_elsewhere) {
            return None;
        }
    }
    (!tree.is_made(&reason.part)).then_some(Why::Excluded(reason))
}
