//! The page of a static Space, and what builds it.

use super::space::{Space, SpaceSdk};
use crate::app::detect;
use crate::formats::dockerfile::CommandLine;
use crate::formats::html::scripts;
use crate::formats::package_json::PackageJson;

/// The page that a static Space serves if its README names no other.
pub(super) const INDEX: &str = "index.html";

/// The path of the page that a static Space serves; none for another kind of Space.
pub(super) fn page<'s>(space: &'s Space<'_>) -> Option<&'s str> {
    if space.sdk() != SpaceSdk::Static {
        return None;
    }
    let named = space.text_of("app_file").map_or(INDEX, |(text, _)| text);
    Some(named.trim_start_matches("./").trim_start_matches('/'))
}

/// The `package.json` at the root.
pub(super) fn package(space: &Space<'_>) -> Option<PackageJson> {
    PackageJson::read(space.repo().text("package.json")?)
}

/// The script of `package.json` that a command runs, if it runs it at the root: `npm ci && npm run build`.
pub(super) fn script_of(command: &str) -> Option<String> {
    let line = CommandLine::of_shell(command);
    let commands = line.commands();
    let words = |at: usize| commands[at].argv().iter().map(|word| word.text.to_string()).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = (0..commands.len()).map(words).collect();
    let is_plain = |words: &&Vec<String>| {
        let texts: Vec<&str> = words.iter().map(String::as_str).collect();
        matches!(&*texts, ["npm", "ci" | "install" | "i", ..])
            || matches!(&*texts, ["yarn" | "pnpm"] | ["yarn" | "pnpm", "install" | "i", ..])
    };
    let mut runs = all.iter().filter(|words| !is_plain(words));
    let run = runs.next().filter(|_| runs.next().is_none())?;
    let texts: Vec<&str> = run.iter().map(String::as_str).collect();
    match &*texts {
        ["npm" | "pnpm" | "yarn" | "bun", "run", script] => Some((*script).to_owned()),
        _ => None,
    }
}

/// Programs of a build that write nothing but what the bundler's settings say.
const BUILDERS: [&str; 14] = [
    "vite",
    "tsc",
    "vue-tsc",
    "react-scripts",
    "next",
    "astro",
    "ng",
    "docusaurus",
    "gatsby",
    "vitepress",
    "svelte-check",
    "svelte-kit",
    "vue-cli-service",
    "eslint",
];

/// Words with which a build script or its settings choose another folder.
const ELSEWHERE: [&str; 7] = ["--out", "--dist", "-o ", "--root", "--dest", "BUILD_PATH", "--config"];

/// The page that the build of the package at the root certainly writes.
pub(super) fn built_page(space: &Space<'_>, command: &str) -> Option<String> {
    let manifest = package(space)?;
    let script = manifest.script(&script_of(command)?)?;
    let line = CommandLine::of_shell(script);
    let is_builder = line.commands().iter().all(|command| {
        command.assignments.is_empty() && command.program().is_some_and(|name| BUILDERS.contains(&name))
    });
    let scripts = manifest.script("postbuild").is_some() || manifest.script("prebuild").is_some();
    if !is_builder || scripts || ELSEWHERE.iter().any(|word| script.contains(word)) || has_unclear_settings(space) {
        return None;
    }
    let detected = detect(space.repo());
    let site =
        detected.apps().iter().find(|app| app.framework.template() == "static" && app.install.build.is_some())?;
    // Of a package at the root, whose output folder is not deeper than those of Angular
    let is_of_root = site.file.matches('/').count() <= 3 && manifest.script("build").is_some();
    let is_page = matches!(site.file.rsplit_once('.'), Some((_, "html"))) && space.repo().get(&site.file).is_none();
    (is_of_root && is_page).then(|| site.file.clone())
}

/// Whether the settings of a bundler choose the folder in a way that is not a plain text.
fn has_unclear_settings(space: &Space<'_>) -> bool {
    const UNCLEAR: [&str; 8] =
        ["root:", "process.env", "loadEnv", "distDir", "outputPath", "pages:", "mode ===", "env.mode"];
    let is_settings = |name: &str| {
        name.starts_with("vite.config.")
            || name.starts_with("next.config.")
            || name.starts_with("svelte.config.")
            || name.starts_with("astro.config.")
            || name == "vue.config.js"
    };
    let mut files = space.repo().files().filter(|file| is_settings(file.path()));
    files.any(|file| {
        file.text()
            .is_none_or(|text| UNCLEAR.iter().any(|word| text.contains(word)) || text.matches("outDir").count() > 1)
    })
}

/// The source of a script of a page that only a build makes runnable, and why.
pub(super) fn unbuilt_script(space: &Space<'_>, page: &str) -> Option<(std::ops::Range<usize>, String)> {
    let text = space.repo().text(page)?;
    // A page that brings its own compiler, or says where its packages are
    if text.contains("importmap") || text.contains("babel") || text.contains("in-browser") {
        return None;
    }
    let scripts = scripts(text).filter(|script| script.kind.is_none_or(|kind| kind == "module"));
    scripts.filter(|script| !script.source.text.contains("://")).find_map(|script| {
        let source = script.source.text.as_str();
        let ending = source.rsplit_once('.').map_or("", |(_, ending)| ending);
        let why = match ending {
            "ts" | "tsx" | "jsx" | "mts" => "a browser cannot run".to_owned(),
            "js" | "mjs" if script.kind == Some("module") => {
                format!("imports `{}` from a package, which a browser cannot find", bare_import(space, page, source)?)
            }
            _ => return None,
        };
        Some((script.source.range.clone(), why))
    })
}

/// The first package that a module of the repository imports by its name.
fn bare_import(space: &Space<'_>, page: &str, source: &str) -> Option<String> {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match source.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None if folder.is_empty() => source.trim_start_matches("./").to_owned(),
        None => format!("{folder}/{}", source.trim_start_matches("./")),
    };
    let text = space.repo().text(&path)?;
    text.lines().take(200).find_map(|line| {
        let line = line.trim();
        let rest = line.strip_prefix("import ")?;
        let from = rest.rsplit_once(" from ").map_or(rest, |(_, from)| from).trim();
        let quote = from.chars().next().filter(|char| matches!(char, '"' | '\''))?;
        let name = from[1..].split(quote).next()?;
        let is_bare = !name.is_empty() && !name.starts_with(['.', '/', '#']) && !name.contains(':');
        is_bare.then(|| name.to_owned())
    })
}
