//! A site that Vite, another bundler or a framework builds, and that needs no server.

use super::row::{Hooks, NodeHooks, Row};
use super::{angular, next, nuxt, react_router, remix, sveltekit};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::model::Note;
use crate::app::node_package::{self, Package, Plan};
use crate::app::paths::{folder_of, within};
use crate::app::project::Project;
use crate::formats::javascript_config::{path_of, setting};

pub(super) static ROW: Row = Row {
    about: About { id: "built-site", name: "a site that is built", template: "static", ..About::NODE },
    // The built page is in `dist` or `build`, and is made from one in the package's folder
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: Some(|page| folder_of(folder_of(page))) }),
};

/// What a package builds.
pub(super) struct Site {
    /// The package that builds it.
    builder: &'static str,
    /// Its output folder.
    folder: String,
    /// The script that builds it.
    script: &'static str,
    why: String,
}

impl Site {
    /// What a framework writes without a server.
    pub(super) fn of(builder: &'static str, folder: impl Into<String>) -> Self {
        Self { builder, folder: folder.into(), script: "build", why: format!("depends on `{builder}`") }
    }
}

/// The sites of frameworks that may have a server too.
const OF_FRAMEWORKS: [fn(&Project<'_>, &Package) -> Option<Site>; 6] =
    [next::site, sveltekit::site, nuxt::site, remix::site, react_router::site, angular::site];

/// Packages that build a site, and their output folder.
/// Sources: the documentation of each, "build output".
const BUILDERS: [(&str, &str); 12] = [
    ("react-scripts", "build"),
    ("@docusaurus/core", "build"),
    ("gatsby", "public"),
    ("@vue/cli-service", "dist"),
    ("astro", "dist"),
    ("@11ty/eleventy", "_site"),
    ("vitepress", ".vitepress/dist"),
    ("parcel", "dist"),
    ("vite", "dist"),
    ("webpack", "dist"),
    ("rollup", "dist"),
    ("esbuild", "dist"),
];

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let site = site(project, package)?;
    Some(package.candidate(ROW.framework(), package.at_dependency(project, site.builder, site.why)))
}

/// What a package builds that needs no server.
fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    let of_framework = OF_FRAMEWORKS.iter().find_map(|site| site(project, package));
    if of_framework.is_some() || node_package::has_metaframework(package) {
        return of_framework;
    }
    let (script, build) = ["build", "docs:build"].into_iter().find_map(|name| Some((name, package.script(name)?)))?;
    let (builder, usual) = BUILDERS.iter().find(|(name, _)| package.depends_on(name))?;
    let bundles = !matches!(*builder, "webpack" | "rollup" | "esbuild")
        || project.repo.get(&within(package.folder(), "index.html")).is_some();
    let configs = ["vite.config", "astro.config"].iter();
    let set = configs.filter_map(|name| node_package::config(project, package, name)).find_map(|config| {
        setting(&config.code, "outDir").map(|folder| folder.trim_start_matches("./").trim_end_matches('/').to_owned())
    });
    let set = set.filter(|set| !set.is_empty() && !set.contains("..")).or_else(|| of_pages(builder, build, usual));
    let folder = set.unwrap_or_else(|| (*usual).to_owned());
    let why = format!("`{builder}` builds it");
    (bundles && !build.contains("--ssr")).then_some(Site { builder, folder, script, why })
}

/// The output folder of `VitePress`, which is in the folder of its pages: `vitepress build docs`.
fn of_pages(builder: &str, build: &str, usual: &str) -> Option<String> {
    let words = crate::app::node_start::words(build);
    let at = words.iter().position(|word| word == "vitepress").filter(|_| builder == "vitepress")?;
    let folder = words.get(at + 2).filter(|word| words[at + 1] == "build" && !word.starts_with('-'))?;
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    (folder != "." && !folder.contains("..")).then(|| within(folder, usual))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    let site = site(project, package);
    let (folder, script) = site.map_or_else(|| ("dist".to_owned(), "build"), |site| (site.folder, site.script));
    Plan {
        app_file: within(package.folder(), &format!("{folder}/index.html")),
        // The Hub builds a static Space with npm
        build: Some(format!("npm run {script}")),
        command: Vec::new(),
        evidence: node_package::at_script(project, package, script),
        needs: Vec::new(),
        notes: below_a_path(project, package).into_iter().collect(),
    }
}

/// Settings for a site that is not at the root of its host, as for GitHub Pages.
/// Sources: the documentation of each, "base path".
const PATHS: [(&str, &str); 7] = [
    ("vite.config", "base"),
    ("astro.config", "base"),
    ("svelte.config", "base"),
    ("react-router.config", "basename"),
    ("next.config", "basePath"),
    ("vue.config", "publicPath"),
    ("docusaurus.config", "baseUrl"),
];

/// A note about pages that only work below a path: a Space serves them at the root.
fn below_a_path(project: &Project<'_>, package: &Package) -> Option<Note> {
    let set = PATHS.iter().find_map(|(name, key)| {
        let config = node_package::config(project, package, name)?;
        let path = path_of(&config.code, key)?.to_owned();
        Some((config.path, *key, path))
    });
    let (file, key, path) = set?;
    let note = Note::new(format!("the pages are built for the path `{path}`, and a Space serves them at `/`"));
    let evidence = project.line_with(&file, &path, format!("sets `{key}`"));
    Some(note.help(format!("set `{key}` in {file} to the root where the Space builds it")).seen(evidence))
}
