//! Templates use only existing names, and generate the same bytes each time.

use std::collections::BTreeSet;

use minijinja::Environment;
use spaces_new::{Answers, Catalog, Template};

use crate::support::{cases, files_under, plan, root};

fn read(path: &str) -> String {
    fs_err::read_to_string(root().join(path)).unwrap()
}

fn manifest(template: &str) -> toml::Table {
    toml::from_str(&read(&format!("templates/{template}/template.toml"))).unwrap()
}

/// The manifest of the library's target.
fn target() -> toml::Table {
    toml::from_str(&read(&format!("templates/{TARGET}/target.toml"))).unwrap()
}

const TARGET: &str = "targets/huggingface-spaces";

fn pins() -> toml::Table {
    toml::from_str(&read("templates/pins.toml")).unwrap()
}

/// Every name that a template file may use, as `templates/README.md` and `pins.toml` list them.
fn known_names(template: &Template) -> BTreeSet<String> {
    let (spec, _) = plan(template.name(), &Answers::for_folder("demo"));
    let mut names = template.context_names(&spec);
    let guide = read("templates/README.md");
    let listed = guide.split_once("`derived` (").unwrap().1.split_once(')').unwrap().0;
    names.extend(listed.split(',').map(|name| format!("derived.{}", name.trim())));
    names.extend(pins().keys().map(|package| format!("pins.{package}")));
    names
}

/// The names among those used that do not exist. Attributes of a name other than `derived` and `pins` belong to a list or
/// a text.
fn unknown(used: impl IntoIterator<Item = String>, known: &BTreeSet<String>) -> Vec<String> {
    let exists = |name: &String| {
        let top = name.split('.').next().unwrap_or(name);
        known.contains(name) || !matches!(top, "derived" | "pins") && known.contains(top)
    };
    used.into_iter().filter(|name| !exists(name)).collect()
}

#[test]
fn every_file_uses_names_that_exist() {
    for template in Catalog::builtin().templates() {
        let known = known_names(template);
        for (file, used) in template.names_used().unwrap_or_else(|error| panic!("{error}")) {
            assert_eq!(unknown(used, &known), Vec::<String>::new(), "{file}");
        }
    }
}

#[test]
fn a_name_that_does_not_exist_is_found() {
    let known = known_names(&Catalog::builtin().templates()[0]);
    let used = ["title", "titel", "derived.image", "derived.imagine", "pins.gradio", "pins.grad"].map(str::to_owned);
    assert_eq!(unknown(used, &known), ["titel", "derived.imagine", "pins.grad"]);
}

/// Every condition of a manifest, with its table.
fn conditions(manifest: &toml::Table) -> Vec<(&'static str, String)> {
    let mut conditions = Vec::new();
    for table in ["file", "variant", "require", "question"] {
        let rows = manifest.get(table).and_then(toml::Value::as_array).into_iter().flatten();
        let whens = rows.filter_map(|row| row.get("when").and_then(toml::Value::as_str));
        conditions.extend(whens.map(|when| (table, when.to_owned())));
    }
    conditions
}

/// Conditions on questions and requirements see the answers before they are complete, and of `derived` the runtime and the application.
#[test]
fn every_condition_compiles_and_uses_names_that_exist() {
    let environment = Environment::new();
    let mut seen = 0;
    for template in Catalog::builtin().templates() {
        let known = known_names(template);
        let mut early: BTreeSet<String> =
            template.questions().iter().map(|question| question.key().to_owned()).collect();
        early.extend(
            ["sdk", "base", "hardware", "command", "app_file", "derived", "derived.runtime", "derived.application"]
                .map(str::to_owned),
        );
        let manifests = [manifest(template.name()), manifest("_shared"), target()];
        for (table, when) in manifests.iter().flat_map(conditions) {
            let expression = environment.compile_expression(&when).unwrap_or_else(|error| panic!("`{when}`: {error}"));
            let used = expression.undeclared_variables(true);
            let known = if matches!(table, "file" | "variant") { &known } else { &early };
            assert_eq!(unknown(used, known), Vec::<String>::new(), "`{when}` of the {} template", template.name());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// No case would notice that a file is missing if its condition never held: each must hold in some case.
#[test]
fn every_file_of_every_template_is_made_in_some_case() {
    for template in Catalog::builtin().templates() {
        let name = template.name();
        let mut made = BTreeSet::new();
        for (_, _, answers) in cases().iter().filter(|(folder, _, _)| folder == name) {
            made.extend(plan(name, &answers.clone().in_folder("demo")).1.files().map(|(path, _)| path.to_string()));
        }
        let folder = root().join("templates").join(name);
        for file in files_under(&folder).iter().filter_map(|file| file.strip_suffix(".j2")) {
            let path = match file.split('/').collect::<Vec<_>>()[..] {
                ["repo", ref path @ ..] | ["variants", _, ref path @ ..] => path.join("/"),
                _ => continue,
            };
            assert!(made.contains(&path), "no case of {name} has `{path}`");
        }
    }
}

#[test]
fn every_condition_of_a_file_is_for_an_existing_file() {
    let names = Catalog::builtin().templates().iter().map(|template| template.name());
    for folder in names.chain(["_shared", TARGET]) {
        let manifest = if folder == TARGET { target() } else { manifest(folder) };
        // The shared manifest applies to the file with this path in any template.
        let within = if matches!(folder, "_shared" | TARGET) { "." } else { folder };
        let files = files_under(&root().join("templates").join(within));
        for rule in manifest.get("file").and_then(toml::Value::as_array).into_iter().flatten() {
            let path = format!("/{}.j2", rule["path"].as_str().unwrap());
            assert!(files.iter().any(|file| file.ends_with(&path)), "{folder}: {path}");
        }
        for variant in manifest.get("variant").and_then(toml::Value::as_array).into_iter().flatten() {
            let start = format!("variants/{}/", variant["name"].as_str().unwrap());
            assert!(files.iter().any(|file| file.starts_with(&start)), "{folder}: {start}");
        }
    }
}

#[test]
fn every_pin_of_a_manifest_is_in_the_one_file_of_pins() {
    let pins = pins();
    for template in Catalog::builtin().templates() {
        for pin in template.pins() {
            assert!(pins.contains_key(pin), "`{pin}` of the {} template is not in pins.toml", template.name());
        }
    }
}

#[test]
fn versions_are_only_in_the_file_of_pins() {
    let versions: Vec<String> = pins().values().map(|pin| pin["version"].as_str().unwrap().to_owned()).collect();
    assert!(!versions.is_empty());
    let templates = root().join("templates");
    for file in files_under(&templates).iter().filter(|file| *file != "pins.toml") {
        let text = fs_err::read_to_string(templates.join(file)).unwrap();
        let again = versions.iter().find(|version| text.contains(&format!("=={version}")));
        assert_eq!(again, None, "{file} names a version that pins.toml has");
    }
}

#[test]
fn planning_twice_gives_equal_bytes() {
    for (template, name, answers) in cases() {
        let answers = answers.in_folder(name.as_str());
        assert_eq!(plan(&template, &answers).1, plan(&template, &answers).1, "{template}/{name}");
    }
}

#[test]
fn every_generated_text_ends_with_one_line_break_and_has_no_trailing_white_space() {
    for (template, name, answers) in cases() {
        for (path, file) in plan(&template, &answers.in_folder(name.as_str())).1.files() {
            let Some(text) = file.as_text() else { continue };
            let at = format!("{template}/{name}: {path}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with('\n'), "{at}");
            assert!(!text.contains('\r'), "{at}");
            assert!(!text.contains("\n\n\n\n"), "{at}");
            let trailing = text.lines().find(|line| line.ends_with([' ', '\t']));
            assert_eq!(trailing, None, "{at}");
        }
    }
}
