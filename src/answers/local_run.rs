//! How a starter app is run without a container, from the rows of a manifest.

use minijinja::Value;
use serde::Deserialize;

use super::manifest::Manifest;
use super::{Spec, object, template_values};
use crate::values::runtime_name;

/// How a starter app is run on the computer of its author.
#[derive(Debug, Clone)]
pub(crate) struct LocalRun {
    pub(crate) commands: Vec<String>,
    /// The port on which it answers then.
    pub(crate) port: u16,
}

/// The same in a manifest.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunRow {
    /// A condition over the answers; without one, always.
    #[serde(default)]
    when: Option<String>,
    /// `{port}` in them is the port of the Space.
    commands: Vec<String>,
    /// The port on which it answers then; without one, that of the Space.
    #[serde(default)]
    port: Option<u16>,
}

impl Manifest {
    /// How the starter app is run without a container: the first row whose condition holds. None for an existing app, and where
    /// no row says it.
    pub(crate) fn local_run(&self, spec: &Spec) -> Option<LocalRun> {
        let own = spec.port().filter(|_| spec.app_file().is_none())?.get();
        let mut values = template_values(spec);
        values.push(("derived", object(vec![("runtime", Value::from(runtime_name(spec.runtime())))])));
        let values = object(values);
        let holds = |when: &str| self.holds(when, values.clone()).unwrap_or(false);
        let row = self.run_rows().iter().find(|row| row.when.as_deref().is_none_or(holds))?;
        let commands = row.commands.iter().map(|command| command.replace("{port}", &own.to_string())).collect();
        Some(LocalRun { commands, port: row.port.unwrap_or(own) })
    }
}
