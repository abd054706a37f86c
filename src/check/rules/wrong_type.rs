//! A value of the wrong type.
//!
//! ## What it does
//! Compares each value, as YAML 1.2 reads it, with the type that the Hub's reference gives for its key. Text that reads
//! as a number or a boolean is accepted as one; what another rule reports is skipped.
//!
//! ## Why it matters
//! The push is refused, as in `"pinned" must be a boolean`, or the page of the Space says "Configuration error".
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! tags: demo, text
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! tags: [demo, text]
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule, in_readme};
use crate::facts::fields::{FIELDS, FieldType};
use crate::formats::front_matter::{Node, Readme, YamlType};

pub(super) const RULE: Rule = Rule::new("wrong-type", Group::Refused, Check::FrontMatter(check));

/// Keys that may be one text or a list.
const ONE_OR_MANY: [&str; 2] = ["license", "hf_oauth_authorized_org"];

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    for entry in readme.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let Some(field) = FIELDS.iter().find(|field| field.key == key) else { continue };
        if fits(&entry.value, field.kind, ONE_OR_MANY.contains(&key)) {
            continue;
        }
        let is = entry.value.yaml_type().describe();
        let finding =
            Finding::new(in_readme(entry.value.range.clone()), format!("`{key}` must be {}", named(field.kind)))
                .label(format!("this is {is}"))
                .help(format!("write {}", named(field.kind)));
        found.push(finding);
    }
}

fn fits(node: &Node, kind: FieldType, one_or_many: bool) -> bool {
    let found = node.yaml_type();
    if matches!(found, YamlType::Null | YamlType::Alias) {
        return true;
    }
    let scalar = !matches!(found, YamlType::Sequence | YamlType::Mapping);
    let text = node.as_str().unwrap_or_default();
    match kind {
        FieldType::Text => scalar || (one_or_many && found == YamlType::Sequence),
        FieldType::Integer => found == YamlType::Integer || text.trim().parse::<i64>().is_ok(),
        FieldType::Boolean => found == YamlType::Boolean || matches!(text, "true" | "false"),
        FieldType::TextList => found == YamlType::Sequence || (one_or_many && scalar),
        FieldType::TextMap => found == YamlType::Mapping,
    }
}

fn named(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "a string",
        FieldType::Integer => "an integer",
        FieldType::Boolean => "`true` or `false`",
        FieldType::TextList => "a list",
        FieldType::TextMap => "a mapping",
    }
}
