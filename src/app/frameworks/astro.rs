//! Astro, if it renders pages on demand. Source: <https://docs.astro.build/en/guides/integrations-guide/node/>.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::model::{Evidence, Note};
use crate::app::node_package::{self, Config, Package, Plan};
use crate::app::node_start;
use crate::app::paths::within;
use crate::app::project::Project;
use crate::formats::javascript_config::{imported, setting};

pub(super) static ROW: Row = Row {
    about: About { id: "astro", name: "Astro", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const ASTRO: &str = "astro";
const FOR_NODE: &str = "@astrojs/node";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let config = package.depends_on(ASTRO).then(|| node_package::config(project, package, "astro.config"))??;
    has_server(project, package, &config).then(|| {
        let evidence = Evidence::file(&config.path, "renders pages on demand");
        package.candidate(ROW.framework(), evidence)
    })
}

/// Whether the build has a server: the settings request one, or an adapter is there and a page is rendered on demand.
fn has_server(project: &Project<'_>, package: &Package, config: &Config) -> bool {
    if matches!(setting(&config.code, "output"), Some("server" | "hybrid")) {
        return true;
    }
    adapter(config).is_some() && {
        let folder = within(package.folder(), "src/");
        let mut files = project.repo.files().filter(|file| file.path().starts_with(&folder));
        files.any(|file| {
            let is_page = [".astro", ".ts", ".js"].iter().any(|ending| file.path().ends_with(ending));
            let text = || file.text().unwrap_or_default();
            is_page && text().split_whitespace().collect::<String>().contains("exportconstprerender=false")
        })
    }
}

/// The adapter that the settings load.
fn adapter(config: &Config) -> Option<&str> {
    const ADAPTERS: [&str; 6] = [
        FOR_NODE,
        "@astrojs/vercel",
        "@astrojs/netlify",
        "@astrojs/cloudflare",
        "@deno/astro-adapter",
        "astro-adapter",
    ];
    imported(&config.code).find(|module| ADAPTERS.iter().any(|adapter| module.contains(adapter)))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    let config = node_package::config(project, package, "astro.config");
    let adapter = config.as_ref().and_then(adapter);
    let is_middleware = config.as_ref().is_some_and(|config| setting(&config.code, "mode") == Some("middleware"));
    // A server of its own loads what Astro built
    if is_middleware && node_start::start_script(package).is_some() {
        return node_start::started(project, package).needing(package, &[ASTRO, FOR_NODE]);
    }
    let folder = config.as_ref().and_then(|config| setting(&config.code, "outDir"));
    let folder = folder.map_or("dist", |folder| folder.trim_start_matches("./").trim_end_matches('/'));
    // Without the variable it only listens on localhost
    let command = words(&["env", "HOST=0.0.0.0", "node", &format!("./{folder}/server/entry.mjs")]);
    let plan = Plan::built(project, package, "astro build", command).needing(package, &[ASTRO, FOR_NODE]);
    let note = match (&config, adapter) {
        (Some(config), other) if other != Some(FOR_NODE) => Some(other_adapter(project, config, other)),
        (Some(config), _) if is_middleware => {
            let note = Note::new("the server that Astro builds is middleware, and no script starts one that loads it");
            let help = format!("write `mode: 'standalone'` in {}", config.path);
            Some(note.help(help).seen(project.line_with(&config.path, "middleware", "sets the mode")))
        }
        _ => None,
    };
    plan.note(note)
}

/// A note about an adapter that builds nothing that a container can start.
fn other_adapter(project: &Project<'_>, config: &Config, adapter: Option<&str>) -> Note {
    let (message, evidence) = match adapter {
        Some(name) => (
            format!("`{name}` builds no server that a container can start"),
            project.line_with(&config.path, name, format!("loads `{name}`")),
        ),
        None => (
            "pages that are rendered on demand need an adapter".to_owned(),
            project.line_with(&config.path, "output", "requests a server"),
        ),
    };
    let help = format!(
        "run `npx astro add node`, or install `{FOR_NODE}` and write `adapter: node({{ mode: 'standalone' }})` in {}",
        config.path
    );
    Note::new(message).help(help).seen(evidence)
}
