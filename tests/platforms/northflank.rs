//! Northflank: the template has the types of its client library, and its parts fit the schemas of its command line.

use std::process::Command;

use serde_json::{Value, json};

use crate::app::{App, each};
use crate::process::run;
use crate::settings::{beside, say, script, work};

/// A template with its arguments put in.
fn filled(value: &Value, arguments: &Value) -> Value {
    match value {
        Value::String(text) => {
            let mut text = text.clone();
            for (name, value) in arguments.as_object().into_iter().flatten() {
                text = text.replace(&format!("${{args.{name}}}"), value.as_str().unwrap_or_default());
            }
            Value::String(text)
        }
        Value::Array(items) => items.iter().map(|item| filled(item, arguments)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), filled(value, arguments))).collect(),
        other => other.clone(),
    }
}

/// The node of some kind in a workflow, with the project that the workflows around it name.
fn node(workflow: &Value, kind: &str, project: &Value) -> Option<(Value, Value)> {
    let spec = &workflow["spec"];
    let project = spec["context"].get("projectId").unwrap_or(project);
    let steps = spec["steps"].as_array()?;
    steps.iter().find_map(|step| match step["kind"].as_str() {
        Some(found) if found == kind => Some((step["spec"].clone(), project.clone())),
        Some("Workflow") => node(step, kind, project),
        _ => None,
    })
}

/// Judges the template of an app.
pub fn judge(app: &App) -> Result<(), String> {
    let template: Value = serde_json::from_str(&app.read("northflank.json")).map_err(|error| error.to_string())?;
    let template = filled(&template, &template["arguments"]);
    let find = |kind: &str| node(&template["spec"], kind, &Value::Null).ok_or(format!("no step is a {kind}"));
    let ((project, _), (mut service, of_workflow)) = (find("Project")?, find("CombinedService")?);
    // A call has the project in its address, so the types do not know it
    let of_service = service.as_object_mut().and_then(|service| service.remove("projectId"));
    if of_service.unwrap_or(of_workflow) != "${refs.project.id}" {
        return Err("the service is not in the project of the template".to_owned());
    }
    if service["ports"][0]["internalPort"] != json!(app.case.expected.port) {
        return Err(format!("the port is {}", service["ports"][0]["internalPort"]));
    }
    by_types(&template, &project, &service)?;
    by_schemas(app, &project, &service)
}

/// The types of `@northflank/js-client`. They leave open what is in the steps of a template.
fn by_types(template: &Value, project: &Value, service: &Value) -> Result<(), String> {
    let folder = work().join("npm");
    let source = tempfile::Builder::new().suffix(".ts").tempfile_in(&folder).unwrap();
    let text = format!(
        "import type {{ CreateProjectData, CreateServiceCombinedData, CreateTemplateData }} from \"@northflank/js-client\";\n\
        export const template: CreateTemplateData = {template};\n\
        export const project: CreateProjectData = {project};\n\
        export const service: CreateServiceCombinedData = {service};\n"
    );
    fs_err::write(source.path(), text).unwrap();
    let mut command = Command::new(folder.join("node_modules/.bin/tsc"));
    command.args(["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext"]);
    command.args(["--moduleResolution", "bundler"]).arg(source.path()).current_dir(&folder);
    run(&mut command).map(drop)
}

/// The schemas that `@northflank/cli` carries: they know lengths and patterns, which types cannot.
fn by_schemas(app: &App, project: &Value, service: &Value) -> Result<(), String> {
    let mut command = Command::new("node");
    let schemas = run(command.arg(beside("northflank_schemas.cjs")).arg(work().join("npm")))?;
    let folder = tempfile::tempdir().unwrap();
    let (schema_file, part_file) = (folder.path().join("schemas.json"), folder.path().join("parts.json"));
    fs_err::write(&schema_file, schemas).unwrap();
    fs_err::write(&part_file, json!({"project": project, "service": service}).to_string()).unwrap();
    run(script("check_northflank.py", app.path()).arg(schema_file).arg(part_file)).map(drop)
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn the_template_has_the_types_and_fits_the_schemas() {
    each("northflank", |app| {
        judge(app)?;
        say(&format!("northflank: the template of {} is accepted", app.case.name));
        Ok(())
    });
}
