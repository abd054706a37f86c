//! `SvelteKit`. Sources: <https://svelte.dev/docs/kit/adapter-node>, <https://svelte.dev/docs/kit/adapter-static>.

use super::built_site::Site;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::model::{Evidence, Note};
use crate::app::node_package::{self, Config, Package, Plan};
use crate::app::project::Project;
use crate::formats::javascript_config::{imported, setting};

pub(super) static ROW: Row = Row {
    about: About { id: "sveltekit", name: "SvelteKit", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const KIT: &str = "@sveltejs/kit";
/// The adapters that build a server for Node, and pages without a server.
const FOR_NODE: &str = "@sveltejs/adapter-node";
const FOR_PAGES: &str = "@sveltejs/adapter-static";

/// The adapter of a package, and the settings that name it.
struct Adapter {
    name: String,
    config: Option<Config>,
}

impl Adapter {
    /// The one that the settings load, otherwise one that is installed.
    fn of(project: &Project<'_>, package: &Package) -> Self {
        let configs = ["svelte.config", "vite.config"];
        let named = configs.iter().filter_map(|name| node_package::config(project, package, name)).find_map(|config| {
            let name = imported(&config.code).find(|module| module.contains("adapter"))?.to_owned();
            Some(Self { name, config: Some(config) })
        });
        named.unwrap_or_else(|| {
            let installed = [FOR_NODE, FOR_PAGES].into_iter().find(|name| package.depends_on(name));
            Self { name: installed.unwrap_or("@sveltejs/adapter-auto").to_owned(), config: None }
        })
    }

    /// A folder that the settings name, or the default one.
    fn folder(&self, key: &str) -> String {
        let set = self.config.as_ref().and_then(|config| setting(&config.code, key));
        let set = set.map(|folder| folder.trim_start_matches("./").trim_end_matches('/'));
        set.filter(|folder| !folder.is_empty() && !folder.contains("..")).unwrap_or("build").to_owned()
    }
}

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let is_server = package.depends_on(KIT) && Adapter::of(project, package).name != FOR_PAGES;
    is_server.then(|| package.with_dependency(project, ROW.framework(), KIT))
}

/// The pages, if they need no server.
pub(super) fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    let adapter = package.depends_on(KIT).then(|| Adapter::of(project, package))?;
    (adapter.name == FOR_PAGES).then(|| Site::of(FOR_PAGES, adapter.folder("pages")))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    let adapter = Adapter::of(project, package);
    let command = words(&["node", &adapter.folder("out")]);
    Plan::built(project, package, "vite build", command).note(other_adapter(project, package, &adapter))
}

/// A note about an adapter that builds nothing that a container can start.
fn other_adapter(project: &Project<'_>, package: &Package, adapter: &Adapter) -> Option<Note> {
    let is_for_node = adapter.name == FOR_NODE;
    let is_installed = package.depends_on(FOR_NODE);
    if is_for_node && is_installed || !adapter.name.contains("adapter") || adapter.name.starts_with('.') {
        return None;
    }
    let path = adapter.config.as_ref().map_or("svelte.config.js", |config| &config.path);
    let install = format!("run `{}`", node_package::adds(project, package, FOR_NODE));
    let (message, help) = if is_for_node {
        (format!("`{path}` loads `{FOR_NODE}`, which `package.json` does not have"), install)
    } else {
        let message = format!("`{}` builds no server that a container can start", adapter.name);
        (message, format!("{install}, and write `import adapter from '{FOR_NODE}'` in {path}"))
    };
    let evidence = match &adapter.config {
        Some(config) => project.line_with(&config.path, &adapter.name, format!("loads `{}`", adapter.name)),
        None => Evidence::file(&package.path, format!("has no `{FOR_NODE}`")),
    };
    Some(Note::new(message).help(help).seen(evidence))
}
