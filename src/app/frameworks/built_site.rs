//! A site that Vite or another bundler builds.

use super::next;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::node_package::{self, Package, Plan};
use crate::app::paths::{folder_of, within};
use crate::app::project::Project;
use crate::formats::javascript::{setting, without_comments};

pub(super) static ROW: Row = Row {
    about: About { id: "built-site", name: "a site that is built", template: "static", ..About::NODE },
    // The built page is in `dist` or `build`, and is made from one in the package's folder
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: Some(|page| folder_of(folder_of(page))) }),
};

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

/// The package with which `SvelteKit` and Nuxt build pages without a server.
const STATIC_ADAPTER: &str = "@sveltejs/adapter-static";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let found =
        |name: &str, why: String| Some(package.candidate(ROW.framework(), package.at_dependency(project, name, why)));
    if next::is_built(package) {
        return if next::exports(project, package) { found("next", "depends on `next`".to_owned()) } else { None };
    }
    if node_package::has_metaframework(package) {
        let is_static = package.depends_on(STATIC_ADAPTER);
        return if is_static { found(STATIC_ADAPTER, format!("depends on `{STATIC_ADAPTER}`")) } else { None };
    }
    let (name, _) = builder(project, package)?;
    found(name, format!("`{name}` builds it"))
}

/// The package that builds a site, with its output folder.
fn builder(project: &Project<'_>, package: &Package) -> Option<(&'static str, String)> {
    let build = package.script("build")?;
    let (name, folder) = BUILDERS.iter().find(|(name, _)| package.depends_on(name))?;
    let bundles = !matches!(*name, "webpack" | "rollup" | "esbuild")
        || project.repo.get(&within(package.folder(), "index.html")).is_some();
    let configs = ["vite.config.ts", "vite.config.js", "vite.config.mjs", "astro.config.mjs"];
    let set = configs.iter().find_map(|config| {
        let code = without_comments(project.repo.text(&within(package.folder(), config))?);
        setting(&code, "outDir").map(|folder| folder.trim_start_matches("./").trim_end_matches('/').to_owned())
    });
    let folder = set.filter(|set| !set.is_empty() && !set.contains("..")).unwrap_or_else(|| (*folder).to_owned());
    (bundles && !build.contains("--ssr")).then_some((*name, folder))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    let folder = if package.depends_on("next") {
        "out".to_owned()
    } else if package.depends_on(STATIC_ADAPTER) {
        "build".to_owned()
    } else {
        builder(project, package).map_or_else(|| "dist".to_owned(), |(_, folder)| folder)
    };
    Plan {
        app_file: within(package.folder(), &format!("{folder}/index.html")),
        build: node_package::build(project, package),
        command: Vec::new(),
        evidence: node_package::at_script(project, package, "build"),
    }
}
