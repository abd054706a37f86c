//! The names that settings classes of Pydantic read from the environment.
//!
//! Measured with pydantic-settings 2.16.3: the name is the prefix and the name of the field, in any case; an alias stands alone, without
//! the prefix; a field without a default is required, even one that may be `None`. Pydantic 1 gives such a field `None`.
//! Source: <https://docs.pydantic.dev/latest/concepts/pydantic_settings/>, <https://docs.pydantic.dev/1.10/usage/settings/>.

use std::collections::BTreeMap;

use crate::app::environment::{Environment, Read, add, is_secret};
use crate::app::project::PythonFile;
use crate::facts::pydantic::{BASES, CONFIGS, NUMBERS, OLD_BASE, PLAIN};
use crate::formats::python::{Call, Class, Field, Value};

/// The maximum depth of classes of classes, the maximum number of classes, of those with settings, and of their fields: real code has
/// fewer.
const DEPTH_MAX: usize = 8;
const CLASSES_MAX: usize = 1000;
const SETTINGS_MAX: usize = 20;
const FIELDS_MAX: usize = 500;

/// A class with its file.
#[derive(Clone, Copy)]
struct Known<'p, 'r> {
    class: &'p Class<'r>,
    file: &'p PythonFile<'r>,
}

/// Adds the names that the fields of settings classes read, if they must have a value or hold a secret.
pub(super) fn add_names(files: &[&PythonFile<'_>], found: &mut Environment) {
    let with_them: Vec<_> = files.iter().filter(|file| file.text.contains("BaseSettings")).collect();
    if with_them.is_empty() {
        return;
    }
    let mut classes: BTreeMap<&str, Known<'_, '_>> = BTreeMap::new();
    let all = files.iter().flat_map(|file| file.source.classes.iter().map(move |class| Known { class, file }));
    for known in all.take(CLASSES_MAX) {
        classes.entry(known.class.name).or_insert(known);
    }
    let is_base =
        |name: &str| classes.values().any(|known| known.class.bases.iter().any(|base| last_name(base) == name));
    let mut fields_left = FIELDS_MAX;
    let with_lineage = classes.keys().filter_map(|name| Some((*name, lineage(&classes, name)?)));
    for (name, lineage) in with_lineage.take(SETTINGS_MAX) {
        let made = made(files, name);
        if !made.is_made && is_base(name) {
            continue;
        }
        let Some(naming) = naming(&lineage) else { continue };
        for known in &lineage {
            let of_class = known.file.source.fields.iter().filter(|field| field.scope.class == Some(known.class.name));
            for field in of_class {
                let Some(left) = fields_left.checked_sub(1) else { return };
                fields_left = left;
                add_field(known, field, &naming, made.is_plain, found);
            }
        }
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// A class and those of the project that it is based on, if the last one is based on Pydantic's.
fn lineage<'p, 'r>(classes: &BTreeMap<&str, Known<'p, 'r>>, name: &str) -> Option<Vec<Known<'p, 'r>>> {
    let mut lineage = Vec::new();
    let mut name = name.to_owned();
    for _ in 0..DEPTH_MAX {
        let known = classes.get(name.as_str())?;
        lineage.push(*known);
        let bases = &known.class.bases;
        if bases.iter().any(|base| BASES.contains(&base.as_str())) {
            return Some(lineage);
        }
        name = bases.iter().map(|base| last_name(base)).find(|base| classes.contains_key(base))?.to_owned();
    }
    None
}

/// How a class is used.
struct Made {
    is_made: bool,
    /// Whether some call gives it no values.
    is_plain: bool,
}

fn made(files: &[&PythonFile<'_>], name: &str) -> Made {
    let calls = || files.iter().flat_map(|file| &file.source.calls).filter(|call| last_name(&call.written) == name);
    let is_plain = calls().any(|call| call.arguments.is_empty() && !call.scope.tried);
    Made { is_made: calls().next().is_some(), is_plain }
}

/// How the names of a class follow from its fields.
struct Naming {
    prefix: String,
    /// Whether Pydantic distinguishes `a` and `A`.
    is_exact: bool,
    /// Whether a field that may be `None` has that as its default.
    is_old: bool,
}

/// The naming, unless code decides it.
fn naming(lineage: &[Known<'_, '_>]) -> Option<Naming> {
    let is_old = lineage.iter().any(|known| known.class.bases.iter().any(|base| base == OLD_BASE));
    let mut naming = Naming { prefix: String::new(), is_exact: false, is_old };
    let mut has_prefix = false;
    for Known { class, file } in lineage {
        let source = &file.source;
        if source
            .functions
            .iter()
            .any(|one| one.scope.class == Some(class.name) && one.name.starts_with("settings_custom"))
        {
            return None;
        }
        let config = |name: &str| {
            let is_call =
                |call: &&Call<'_>| call.scope.class == Some(class.name) && CONFIGS.contains(&call.path.as_str());
            let of_call = source.calls.iter().filter(is_call).find_map(|call| call.keyword(name));
            let is_inner = |scope: crate::formats::python::Scope<'_>| {
                scope.class == Some("Config") && scope.outermost == Some(class.name)
            };
            of_call.or_else(|| {
                let assigned = source.assignments.iter().find(|one| one.name == name && is_inner(one.scope));
                assigned.map(|one| &one.value)
            })
        };
        // As a dictionary, or from another name
        let is_unclear = source.assignments.iter().any(|one| {
            let is_made = matches!(&one.value, Value::Call(path, _) if CONFIGS.contains(&path.as_str()));
            one.name == "model_config" && one.scope.class == Some(class.name) && !is_made
        });
        if is_unclear {
            return None;
        }
        match config("env_prefix") {
            Some(value) if !has_prefix => {
                value.as_text()?.clone_into(&mut naming.prefix);
                has_prefix = true;
            }
            _ => {}
        }
        naming.is_exact |= config("case_sensitive").is_some_and(|value| *value != Value::Boolean(false));
    }
    Some(naming)
}

fn add_field(known: &Known<'_, '_>, field: &Field<'_>, naming: &Naming, is_made: bool, found: &mut Environment) {
    let Some(words) = plain_words(field.kind) else { return };
    if field.name.starts_with('_') {
        return;
    }
    let within = |call: &&Call<'_>| field.range.contains(&call.at);
    let calls = || known.file.source.calls.iter().filter(within);
    let options = calls().find(|call| last_name(&call.path) == "Field");
    let Some(alias) = alias(options, calls().find(|call| last_name(&call.path) == "AliasChoices")) else { return };
    let is_ellipsis = |value: &Value<'_>| matches!(value, Value::Expression("..."));
    let default = match (options, &field.default) {
        (Some(call), _) => call.positional(0).or(call.keyword("default")).or(call.keyword("default_factory")),
        (None, default) => default.as_ref(),
    }
    .filter(|value| !is_ellipsis(value));
    let may_be_none = words.iter().any(|word| matches!(*word, "None" | "Optional"));
    let is_required = default.is_none() && is_made && !field.scope.conditional && !(naming.is_old && may_be_none);
    let name = alias.unwrap_or_else(|| format!("{}{}", naming.prefix, field.name));
    let name = if naming.is_exact { name } else { name.to_uppercase() };
    let is_empty = default.is_none_or(|value| matches!(value, Value::Name("None")) || value.as_text() == Some(""));
    let holds_secret = is_secret(&name) && is_empty && !words.iter().any(|word| NUMBERS.contains(word));
    if is_required || holds_secret {
        let why = format!("reads `{name}` as a field of `{}`", known.class.name);
        add(found, &name, Read { default: None, is_required, evidence: known.file.evidence(field.range.start, why) });
    }
}

/// The names in a type whose value is one text; none for others.
fn plain_words(kind: &str) -> Option<Vec<&str>> {
    let kind = kind.trim_matches(['"', '\'']);
    let kind = kind.strip_prefix("typing.").unwrap_or(kind);
    if kind.starts_with("Literal[") {
        return Some(Vec::new());
    }
    let kind = match kind.strip_prefix("Annotated[") {
        Some(rest) => rest.split(',').next()?,
        None => kind,
    };
    let words = kind.split(|char: char| !(char == '_' || char.is_alphanumeric())).filter(|word| !word.is_empty());
    let words: Vec<_> = words.collect();
    words.iter().all(|word| PLAIN.contains(word)).then_some(words)
}

/// The name that replaces the one of the field, if there is one.
#[expect(clippy::option_option, reason = "none if code decides it; then none if the field has its own")]
fn alias(options: Option<&Call<'_>>, choices: Option<&Call<'_>>) -> Option<Option<String>> {
    let Some(value) =
        options.and_then(|call| ["validation_alias", "alias", "env"].into_iter().find_map(|key| call.keyword(key)))
    else {
        return Some(None);
    };
    let text = value.as_text().or_else(|| choices?.positional(0)?.as_text())?;
    Some(Some(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::app::model::EnvironmentRead;
    use crate::repo::Repo;

    /// The secrets and, with a `?`, the names that a person must give.
    fn names(code: &str) -> Vec<String> {
        let code = format!(
            "from pydantic import AliasChoices, Field, SecretStr\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n\
             from fastapi import FastAPI\napp = FastAPI()\n{code}"
        );
        let requirements = b"fastapi\npydantic-settings\n".to_vec();
        let files = [("main.py", code.into_bytes()), ("requirements.txt", requirements)];
        let repo = Repo::from_files(files.map(|(path, bytes)| (path.parse().unwrap(), bytes)));
        let detected = crate::app::detect(&repo);
        let app = &detected.apps()[0];
        let secrets = app.environment.iter().map(|read| match &read.value {
            EnvironmentRead::Secret(name) => name.clone(),
            EnvironmentRead::Variable(name, value) => format!("{name}={value}"),
        });
        let asked = app.notes.iter().filter_map(|note| {
            let name = note.message.strip_prefix("the app needs `")?.strip_suffix("` in its environment")?;
            Some(format!("{name}?"))
        });
        secrets.chain(asked).collect()
    }

    #[test]
    fn a_field_without_a_default_is_required() {
        for (fields, expected) in [
            ("    region: str\n", &["REGION?"][..]),
            ("    region: str | None\n", &["REGION?"]),
            ("    model_config = SettingsConfigDict(env_prefix='app_')\n    region: str\n", &["APP_REGION?"]),
            ("    region: str\n    class Config:\n        env_prefix = 'X_'\n", &["X_REGION?"]),
            ("    model_config = SettingsConfigDict(case_sensitive=True)\n    Region: str\n", &["Region?"]),
            (
                "    model_config = SettingsConfigDict(env_prefix='a_')\n    x: str = Field(alias='AWS_REGION')\n",
                &["AWS_REGION?"],
            ),
            ("    x: str = Field(..., validation_alias=AliasChoices('ONE', 'TWO'))\n", &["ONE?"]),
            ("    openai_api_key: SecretStr\n", &["OPENAI_API_KEY"]),
            ("    hf_token: str | None = None\n", &["HF_TOKEN"]),
            ("    hf_token: str = ''\n", &["HF_TOKEN"]),
        ] {
            assert_eq!(names(&format!("class S(BaseSettings):\n{fields}s = S()\n")), expected, "{fields}");
        }
    }

    #[test]
    fn other_fields_are_not() {
        for fields in [
            "    region: str = 'eu'\n",
            "    region: str = Field('eu')\n",
            "    region: str = Field(default_factory=str)\n",
            "    token_minutes: int = 30\n",
            "    token_url: str = '/token'\n",
            "    limits: Limits\n",
            "    _region: str\n",
            "    region: ClassVar[str]\n",
            "    region: str = Field(alias=NAME)\n",
            "    model_config = SettingsConfigDict(env_prefix=NAME)\n    region: str\n",
            "    model_config = {'env_prefix': 'x_'}\n    region: str\n",
            "    region: str\n    @classmethod\n    def settings_customise_sources(cls, settings_cls):\n        pass\n",
        ] {
            assert_eq!(names(&format!("class S(BaseSettings):\n{fields}s = S()\n")), [""; 0], "{fields}");
        }
        assert_eq!(names("class S(BaseModel):\n    region: str\ns = S()\n"), [""; 0], "another class");
        assert_eq!(names("class S(BaseSettings):\n    region: str\ns = S(region='eu')\n"), [""; 0], "given");
        assert_eq!(names("class S(BaseSettings):\n    region: str\n"), [""; 0], "never made");
    }

    #[test]
    fn fields_of_a_base_have_the_prefix_of_the_class_that_is_made() {
        let code = "class B(BaseSettings):\n    region: str\nclass S(B):\n    model_config = SettingsConfigDict(env_prefix='S_')\n    zone: str\ns = S()\n";
        assert_eq!(names(code), ["S_REGION?", "S_ZONE?"]);
    }
}
