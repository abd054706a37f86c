//! The front matter against `@huggingface/hub`, the Hub's own JavaScript client: what its types know type-checks.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};
use spaces_new::unstable::{fields::FIELDS, hardware::FLAVORS, licenses::LICENSES, limits::COLORS};

use crate::front_matter::{answers_files, rendered};
use crate::process::run;
use crate::settings::{root, tool, work};
use crate::space::Space;

/// Where the types of `@huggingface/hub` 2.17.5 are behind the Hub: a key, its values that they do not know or none when they
/// do not know the key, and who says that the Hub takes it.
const BEHIND: [(&str, &[&str], &str); 5] = [
    ("short_description", &[], "huggingface.co/docs/hub/spaces-config-reference"),
    ("preload_from_hub", &[], "huggingface.co/docs/hub/spaces-config-reference"),
    ("app_build_command", &[], "huggingface.co/docs/hub/spaces-config-reference"),
    (
        "suggested_hardware",
        &[
            "l4x1",
            "l4x4",
            "l40sx1",
            "l40sx4",
            "l40sx8",
            "a100x4",
            "a100x8",
            "rtx-pro-6000",
            "rtx-pro-6000x2",
            "rtx-pro-6000x4",
            "rtx-pro-6000x8",
        ],
        "`SpaceHardware` in huggingface_hub 2.4.0; most of them also `SpaceHardwareFlavor` in the same package",
    ),
    (
        "license",
        &[
            "eupl-1.2",
            "h-research",
            "intel-research",
            "openmdw-1.0",
            "openmdw-1.1",
            "fair-noncommercial-research-license",
            "llama4",
            "grok2-community",
        ],
        "huggingface.co/docs/hub/repositories-licenses",
    ),
];

/// What a YAML 1.2 reader finds in the READMEs of Spaces. None without Node.
pub fn cards(spaces: &[Space]) -> Option<Vec<Value>> {
    let mut command = Command::new(tool("NODE")?);
    command.arg(root().join("tests/containers/read_card.mjs")).arg(work().join("node"));
    let text = run(command.args(spaces.iter().map(|space| space.path().join("README.md"))));
    let text = text.unwrap_or_else(|error| panic!("{error}"));
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// The numbers of the front matters that the types refuse. None without Node.
fn refused(cards: &[Value]) -> Option<BTreeSet<usize>> {
    let node = tool("NODE")?;
    let file = work().join("node/cards.ts");
    // The package does not export this type, but carries it
    let types = "./node_modules/@huggingface/hub/dist/src/types/api/api-space";
    let mut source = format!("import type {{ ApiSpaceMetadata }} from {types:?};\n");
    for (number, card) in cards.iter().enumerate() {
        source.push_str(&format!("export const card{number}: ApiSpaceMetadata = {card};\n"));
    }
    fs_err::write(&file, source).unwrap();
    let mut tsc = Command::new(node);
    tsc.current_dir(work().join("node")).arg("node_modules/typescript/bin/tsc");
    tsc.args(["--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler"]);
    let output = tsc.args(["--pretty", "false", "cards.ts"]).output().unwrap();
    let reported = String::from_utf8(output.stdout).unwrap();
    let line = |text: &str| text.strip_prefix("cards.ts(")?.split(',').next()?.parse::<usize>().ok();
    let refused: BTreeSet<_> = reported.lines().filter_map(line).map(|line| line - 2).collect();
    assert_eq!(output.status.success(), refused.is_empty(), "{reported}{}", String::from_utf8_lossy(&output.stderr));
    Some(refused)
}

fn is_behind(key: &str, value: &Value) -> bool {
    BEHIND
        .iter()
        .any(|(name, values, _)| *name == key && (values.is_empty() || values.iter().any(|known| value == known)))
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_front_matter_of_every_case_type_checks() {
    let spaces = rendered(&answers_files());
    let Some(mut cards) = cards(&spaces) else { return };
    for card in &mut cards {
        card.as_object_mut().unwrap().retain(|key, value| !is_behind(key, value));
        assert!(card.get("title").is_some() && card.get("sdk").is_some(), "{card}");
    }
    let Some(refused) = refused(&cards) else { return };
    let reported: Vec<_> = refused.iter().map(|number| &cards[*number]).collect();
    assert!(reported.is_empty(), "{reported:?}");
}

/// Every value of the fixed sets that the front matter uses, and one for each key that is written.
fn single_values() -> Vec<(&'static str, Value)> {
    let flavors = FLAVORS.iter().map(|row| ("suggested_hardware", json!(row.id)));
    let licenses = LICENSES.iter().map(|row| ("license", json!(row.id)));
    let colors = COLORS.iter().flat_map(|color| [("colorFrom", json!(color)), ("colorTo", json!(color))]);
    let sdks = ["docker", "gradio", "static"].map(|sdk| ("sdk", json!(sdk)));
    let texts =
        ["title", "emoji", "sdk_version", "python_version", "app_file", "app_build_command", "short_description"];
    let lists = ["tags", "models", "datasets", "preload_from_hub"];
    let others = texts.map(|key| (key, json!("text"))).into_iter().chain(lists.map(|key| (key, json!(["text"]))));
    let all = flavors.chain(licenses).chain(colors).chain(sdks).chain(others);
    all.chain([("app_port", json!(7860))]).collect()
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_types_have_every_key_and_value_except_those_in_the_table() {
    let values = single_values();
    assert!(values.iter().all(|(key, _)| FIELDS.iter().any(|field| field.key == *key)));
    let cards: Vec<_> = values.iter().map(|(key, value)| json!({ (*key): value })).collect();
    let Some(refused) = refused(&cards) else { return };
    let found: Vec<_> = refused.iter().map(|number| &cards[*number]).collect();
    let expected: Vec<_> =
        values.iter().zip(&cards).filter(|((key, value), _)| is_behind(key, value)).map(|(_, card)| card).collect();
    assert_eq!(found, expected, "BEHIND lists what `@huggingface/hub` does not know, and nothing that it knows");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_card_of_the_wrong_type() {
    let cards = [json!({ "app_port": 7860 }), json!({ "app_port": "7860" }), json!({ "python_version": 3.1 })];
    let Some(refused) = refused(&cards) else { return };
    assert_eq!(refused, BTreeSet::from([1, 2]));
}
