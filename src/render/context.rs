//! The context of a template: the answers, derived values, and the pins.
//!
//! `templates/README.md` documents the names. A value is only marked as safe if its type excludes every character that has a
//! special meaning in the languages of the generated files.

use minijinja::Value;

use super::engine::RenderError;
use super::front_matter;
use super::install::{Install, Step};
use super::node;
use super::template::Template;
use super::torch;
use crate::answers::{Assets, Spec, answers_toml, object, template_values};
use crate::facts::contract::Contract;
use crate::facts::lfs::{GROUPS, SPECIAL_PATTERNS, any_case};
use crate::facts::limits::OWN_LAYER_BYTES;
use crate::render::Derived;
use crate::values::{Pins, runtime_name};

/// The names and values of a context under construction.
pub(super) type Entries<'a> = Vec<(&'a str, Value)>;

/// The part that is the same for every specification, computed once.
pub(super) struct Constants {
    pins: Value,
    lfs_groups: Value,
}

impl Constants {
    pub(super) fn new(pins: &Pins) -> Self {
        let pins = pins.versions().map(|(package, version)| (package, safe(version)));
        Self { pins: object(pins.collect()), lfs_groups: lfs_groups() }
    }
}

/// Everything but the names of active variants.
///
/// # Errors
/// If a serialiser refuses a value, which does not happen with checked values.
pub(super) fn entries<'a>(template: &Template, spec: &'a Spec, assets: &Assets) -> Result<Entries<'a>, RenderError> {
    let mut entries = template_values(spec);
    let toml = answers_toml(spec).map_err(|error| RenderError::new(".spaces-new.toml", error))?;
    let block = front_matter::emit(spec, template.versions()).map_err(|error| RenderError::new("README.md", error))?;
    entries.extend([
        ("template", safe(spec.template())),
        ("template_version", safe(spec.template_version())),
        ("starter", Value::from(spec.app_file().is_none())),
        ("contract", contract(spec.contract())),
        ("derived", derived(template, spec, assets)?),
        ("pins", template.shared.constants.pins.clone()),
        ("front_matter", safe(&block)),
        ("answers_toml", safe(&toml)),
        ("lfs_groups", template.shared.constants.lfs_groups.clone()),
        ("lfs_assets", Value::from_iter(assets.lfs_patterns().map(Value::from_safe_string))),
    ]);
    Ok(entries)
}

/// The complete context, with the names of the variants that are active as far as is known.
pub(super) fn close(entries: &Entries<'_>, variants: &[&str]) -> Value {
    let variants = ("variants", Value::from_iter(variants.iter().copied()));
    object(entries.iter().cloned().chain([variants]).collect())
}

fn contract(contract: Contract) -> Value {
    object(vec![("user_id", Value::from(contract.user_id)), ("port", Value::from(contract.port))])
}

/// Values derived from the answers.
///
/// # Errors
/// As [`Install::of`].
fn derived(template: &Template, spec: &Spec, assets: &Assets) -> Result<Value, RenderError> {
    let derived = &Derived::of(spec);
    let has_large_assets = assets.bytes() >= OWN_LAYER_BYTES && !derived.copies_all_first;
    let local_run = template.local_run(spec);
    let install = Install::of(spec, derived, template.versions())?;
    Ok(object(vec![
        ("install", steps(install.dependencies())),
        ("install_project", steps(install.project())),
        ("image", safe(&derived.image)),
        ("user", safe(&derived.user)),
        ("group", safe(&derived.group)),
        ("home", safe(&derived.home)),
        ("app_dir", safe(&derived.app_dir)),
        ("shell", Value::from(derived.shell)),
        ("reset_user", Value::from(derived.reset_user)),
        ("user_commands", safe_list(derived.user_commands.iter().map(String::as_str))),
        ("apt", safe_list(derived.apt.iter().map(String::as_str))),
        ("runtime", safe(runtime_name(derived.runtime))),
        ("zerogpu", Value::from(derived.zero_gpu)),
        ("hub_plan", safe(derived.hub_plan)),
        ("builder", derived.builder.map_or(none(), safe)),
        ("app_folder", derived.app_folder.as_deref().map_or(none(), Value::from)),
        ("stop", safe(derived.stop.as_str())),
        ("application", derived.application.map_or(none(), safe)),
        ("settings", safe_list(derived.settings.iter().map(String::as_str))),
        ("reset_entrypoint", Value::from(derived.reset_entrypoint)),
        ("bun", Value::from(node::needs_bun(spec))),
        ("standalone", Value::from(node::is_standalone(spec))),
        ("torch_index", torch::cpu_index(spec).map_or(none(), |index| safe(&index))),
        ("assets_apart", Value::from(has_large_assets)),
        ("staged", Value::from(has_large_assets || node::has_build_stage(spec))),
        ("package_name", safe(&node::package_name(spec))),
        ("image_name", safe(&derived.image_name)),
        ("run", safe_list(local_run.iter().flat_map(|run| &run.commands).map(String::as_str))),
        ("run_port", local_run.as_ref().map_or(none(), |run| Value::from(run.port))),
    ]))
}

fn steps(steps: Vec<Step>) -> Value {
    let steps = steps.into_iter().map(|step| {
        object(vec![
            ("apart", Value::from(step.apart)),
            ("comments", safe_list(step.comments.into_iter())),
            ("instruction", safe(&step.instruction)),
        ])
    });
    Value::from_iter(steps)
}

/// The patterns for `.gitattributes`, each ending once, in any case.
fn lfs_groups() -> Value {
    let group = |title: &str, patterns: Vec<Value>| {
        object(vec![("title", safe(title)), ("patterns", Value::from_iter(patterns))])
    };
    let endings = GROUPS.iter().map(|row| {
        let patterns = row.extensions.iter().map(|ending| any_case(ending));
        group(row.title, patterns.map(Value::from_safe_string).collect())
    });
    let special = group("other names of the Hub's own list", SPECIAL_PATTERNS.iter().copied().map(safe).collect());
    Value::from_iter(endings.chain([special]))
}

fn none() -> Value {
    Value::from(())
}

fn safe(text: &str) -> Value {
    Value::from_safe_string(text.to_owned())
}

fn safe_list<'a>(items: impl Iterator<Item = &'a str>) -> Value {
    Value::from_iter(items.map(safe).collect::<Vec<_>>())
}
