//! What a template can name: the answers, what follows from them, and the pins.
//!
//! `templates/README.md` documents the names. A value is marked as safe here only if its type allows nothing that any
//! language of a generated file gives a meaning to.

use minijinja::Value;

use super::engine::RenderError;
use super::front_matter;
use super::template::Template;
use crate::answers::{Assets, Raw, Spec, answers_toml};
use crate::facts::lfs::{GROUPS, SPECIAL_PATTERNS};
use crate::render::Derived;
use crate::values::{Pins, runtime_name};

/// The names and values of a context, before it is closed.
pub(super) type Entries<'a> = Vec<(&'a str, Value)>;

/// What is the same for every specification, made once.
pub(super) struct Constants {
    pins: Value,
    lfs_groups: Value,
}

impl Constants {
    pub(super) fn new(pins: &Pins) -> Self {
        let pins = pins.versions().map(|(package, version)| (package.to_owned(), safe(version)));
        Self { pins: Value::from_pairs(pins), lfs_groups: lfs_groups() }
    }
}

/// Everything but the names of active variants.
///
/// # Errors
/// When a serialiser refuses a value, which no checked value gives it a reason to.
pub(super) fn entries<'a>(template: &Template, spec: &'a Spec, assets: &Assets) -> Result<Entries<'a>, RenderError> {
    let mut entries = answers(spec);
    entries.extend(spec.own().iter().map(|own| (own.key.as_str(), own.value.as_ref().map_or(none(), plain))));
    let toml = answers_toml(template, spec).map_err(|error| RenderError::new(".spaces-new.toml", error))?;
    let block = front_matter::emit(spec, template.versions()).map_err(|error| RenderError::new("README.md", error))?;
    entries.extend([
        ("derived", derived(&Derived::of(spec))),
        ("pins", template.shared.constants.pins.clone()),
        ("front_matter", safe(&block)),
        ("answers_toml", safe(&toml)),
        ("lfs_groups", template.shared.constants.lfs_groups.clone()),
        ("lfs_assets", Value::from_iter(assets.lfs_patterns().map(Value::from_safe_string))),
    ]);
    Ok(entries)
}

/// The context, closed with the names of the variants that are active as far as is known.
pub(super) fn close(entries: &Entries<'_>, variants: &[&str]) -> Value {
    let variants = ("variants", Value::from_iter(variants.iter().copied()));
    Value::from_pairs(entries.iter().cloned().chain([variants]))
}

fn answers(spec: &Spec) -> Vec<(&str, Value)> {
    let option = |text: Option<&str>| text.map_or(none(), safe);
    let variables = spec.variables().iter().map(|variable| {
        Value::from_pairs([("name", safe(variable.name().as_str())), ("value", Value::from(variable.value()))])
    });
    let assets =
        crate::answers::answer(spec, "assets").as_ref().map_or_else(|| Value::from_iter(Vec::<String>::new()), plain);
    vec![
        ("template", safe(spec.template())),
        ("template_version", safe(spec.template_version())),
        ("title", Value::from(spec.title().as_str())),
        ("emoji", safe(spec.emoji().as_str())),
        ("color_from", safe(spec.color_from().as_str())),
        ("color_to", safe(spec.color_to().as_str())),
        ("license", option(spec.license().map(|license| license.as_str()))),
        ("short_description", spec.short_description().map_or(none(), |text| Value::from(text.as_str()))),
        ("sdk", safe(spec.sdk().as_str())),
        ("starter", Value::from(spec.app_file().is_none())),
        ("app_file", spec.app_file().map_or(none(), |file| Value::from(file.as_str()))),
        ("dependencies", option(spec.dependencies().map(|file| file.as_str()))),
        ("install_files", safe_list(spec.install_files().iter().map(|file| file.as_str()))),
        ("build_command", spec.build_command().map_or(none(), |command| words(command.words()))),
        ("hardware", option(spec.hardware().map(|hardware| hardware.as_str()))),
        ("base", option(spec.base().map(|base| base.reference().as_str()))),
        ("command", spec.command().map_or(none(), |command| words(command.words()))),
        ("python", option(spec.python().map(|python| python.as_str()))),
        ("installer", option(spec.installer().map(|installer| installer.as_str()))),
        ("port", spec.port().map_or(none(), |port| Value::from(port.get()))),
        ("dev_mode", Value::from(spec.dev_mode())),
        ("tags", Value::from_iter(spec.tags().iter().map(|tag| tag.as_str()))),
        ("models", safe_list(spec.models().iter().map(|id| id.as_str()))),
        ("datasets", safe_list(spec.datasets().iter().map(|id| id.as_str()))),
        ("preload", Value::from_iter(spec.preload().iter().map(|item| item.as_str()))),
        ("pip", Value::from_iter(spec.pip().iter().map(|requirement| requirement.as_str()))),
        ("apt", safe_list(spec.apt().iter().map(|package| package.as_str()))),
        ("secrets", safe_list(spec.secrets().iter().map(|name| name.as_str()))),
        ("build_secrets", safe_list(spec.build_secrets().iter().map(|name| name.as_str()))),
        ("variables", Value::from_iter(variables)),
        ("assets", assets),
    ]
}

fn derived(derived: &Derived) -> Value {
    Value::from_pairs([
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
    ])
}

/// The patterns for `.gitattributes`, each ending in lower and in upper case.
fn lfs_groups() -> Value {
    let group = |title: &str, patterns: Vec<Value>| {
        Value::from_pairs([("title", safe(title)), ("patterns", Value::from_iter(patterns))])
    };
    let endings = GROUPS.iter().map(|row| {
        let both =
            row.extensions.iter().flat_map(|ending| [format!("*.{ending}"), format!("*.{}", ending.to_uppercase())]);
        group(row.title, both.map(Value::from_safe_string).collect())
    });
    let special = group("other names of the Hub's own list", SPECIAL_PATTERNS.iter().copied().map(safe).collect());
    Value::from_iter(endings.chain([special]))
}

/// A value of a template's own question: text has to be quoted.
fn plain(value: &Raw) -> Value {
    match value {
        Raw::Text(text) => Value::from(text.as_str()),
        Raw::Integer(number) => Value::from(*number),
        Raw::Boolean(value) => Value::from(*value),
        Raw::List(items) => Value::from_iter(items.iter().map(String::as_str)),
    }
}

fn words(words: &[String]) -> Value {
    Value::from_iter(words.iter().map(String::as_str))
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
