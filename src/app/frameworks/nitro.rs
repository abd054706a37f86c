//! The servers that Nitro builds for Nuxt, `SolidStart` and `TanStack` Start: `.output` has all that they need.
//! Source: <https://nitro.build/deploy/runtimes/node>.

use crate::app::command::words;
use crate::app::model::Note;
use crate::app::node_package::{self, Package, Plan};
use crate::app::project::Project;
use crate::formats::javascript_config::setting;

/// How a server that Nitro builds is built and started.
pub(super) fn plan(project: &Project<'_>, package: &Package, usual_build: &str, config: &str) -> Plan {
    let command = words(&["node", ".output/server/index.mjs"]);
    Plan::built(project, package, usual_build, command).note(other_preset(project, package, config))
}

/// A note about a preset for another platform.
fn other_preset(project: &Project<'_>, package: &Package, config: &str) -> Option<Note> {
    const FOR_CONTAINERS: [&str; 6] = ["node-server", "node_server", "node", "node-cluster", "node_cluster", "bun"];
    let config = node_package::config(project, package, config)?;
    let preset = setting(&config.code, "preset").filter(|preset| !FOR_CONTAINERS.contains(preset))?;
    let note = Note::new(format!("the preset `{preset}` builds no server that a container can start"));
    let help = format!("write `preset: 'node-server'` in {}", config.path);
    Some(note.help(help).seen(project.line_with(&config.path, "preset", format!("names `{preset}`"))))
}
