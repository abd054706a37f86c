//! Any function: whatever its name, its parameters, defaults, labels and docstring are, the generated Python takes the same arguments
//! and passes them on.

use std::process::Command;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::process::run;
use crate::settings::{script, work};

const FUNCTIONS: usize = 100;

/// Names that generated Python could need itself, that Python gives a meaning to, or that are odd in another way.
const NAMES: &[&str] = &[
    "app",
    "run",
    "setup",
    "Runner",
    "Input",
    "Path",
    "Image",
    "Any",
    "Literal",
    "Optional",
    "Field",
    "bentoml",
    "cog",
    "str",
    "list",
    "dict",
    "print",
    "input",
    "type",
    "match",
    "case",
    "function",
    "module",
    "value",
    "values",
    "picture",
    "importlib",
    "pathlib",
    "sys",
    "tempfile",
    "self_",
    "cls",
    "class_",
    "Output",
    "BaseModel",
    "array_of",
    "file_of",
    "picture_of",
    "served",
    "name",
    "json",
    "schema",
    "copy",
    "model_path",
    "ctx",
    "context",
    "args",
    "kwargs",
    "metrics",
    "readyz",
    "größe",
    "名",
    "x",
    "a_very_long_name_that_goes_on_and_on_and_on_until_it_is_longer_than_a_line_should_be",
];

/// A parameter, the component at its place, and what is passed to it.
#[derive(Debug, Clone)]
struct Parameter {
    annotation: &'static str,
    component: String,
    /// The value of the component, and the default of the function, as Python.
    value: Option<String>,
    default: Option<String>,
    passed: Value,
}

/// A text as Python.
fn python(text: &str) -> String {
    json!(text).to_string()
}

fn text() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "it's", "\"so\"", "'''", "\"\"\"", "\\", "a\\", "\\n", "{{ x }}", "{% x", "a\nb", "#", "é", "🦉", "\t", "%s",
    ]);
    let word = prop_oneof![odd.prop_map(str::to_owned), "[ -~]{1,8}"];
    proptest::collection::vec(word, 1..4)
        .prop_map(|words| words.concat())
        .prop_filter("blank", |text| !text.trim().is_empty())
}

fn parameter() -> impl Strategy<Value = Parameter> {
    prop_oneof![textbox(), slider(), number(), checkbox(), choice(), choices()]
}

/// A component with a label, and its value where it has one.
fn made(class: &str, first: &str, value: Option<&String>, label: &str) -> String {
    let value = value.map(|value| format!("value={value}, ")).unwrap_or_default();
    format!("gr.{class}({first}{value}label={})", python(label))
}

fn textbox() -> impl Strategy<Value = Parameter> {
    let annotation = select(vec!["", ": str", ": 'str'"]);
    (proptest::option::of(text()), proptest::option::of(text()), text(), text(), annotation).prop_map(
        |(value, default, passed, label, annotation)| {
            let value = value.as_deref().map(python);
            let default = default.as_deref().map(python);
            Parameter {
                annotation,
                component: made("Textbox", "", value.as_ref(), &label),
                value,
                default,
                passed: json!(passed),
            }
        },
    )
}

fn slider() -> impl Strategy<Value = Parameter> {
    (-50_i32..50, 1_i32..50, 0_i32..50, any::<bool>(), text()).prop_map(|(least, width, at, is_stated, label)| {
        let (most, value) = (least + width, least + at % (width + 1));
        let stated = is_stated.then(|| value.to_string());
        let first = format!("{least}, {most}, step=1, ");
        let component = made("Slider", &first, stated.as_ref(), &label);
        Parameter { annotation: ": int", component, value: stated, default: None, passed: json!(most) }
    })
}

fn number() -> impl Strategy<Value = Parameter> {
    let literal = select(vec!["0", "-1", "1_000", "1e-3", ".5", "-2.5e10", "0x10"]);
    (proptest::option::of(literal), text(), select(vec!["", ": float"])).prop_map(|(value, label, annotation)| {
        let value = value.map(str::to_owned);
        Parameter {
            annotation,
            component: made("Number", "", value.as_ref(), &label),
            value,
            default: None,
            passed: json!(2.25),
        }
    })
}

fn checkbox() -> impl Strategy<Value = Parameter> {
    (any::<bool>(), any::<bool>(), text()).prop_map(|(value, passed, label)| {
        let value = Some(if value { "True" } else { "False" }.to_owned());
        Parameter {
            annotation: "",
            component: made("Checkbox", "", value.as_ref(), &label),
            value,
            default: None,
            passed: json!(passed),
        }
    })
}

/// Some different texts, as Python.
fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(text(), 1..5).prop_map(|texts| texts.into_iter().collect())
}

fn choice() -> impl Strategy<Value = Parameter> {
    (texts(), any::<bool>(), text()).prop_map(|(texts, is_stated, label)| {
        let value = is_stated.then(|| python(&texts[0]));
        let first = format!("{}, ", json!(texts));
        let component = made("Dropdown", &first, value.as_ref(), &label);
        Parameter { annotation: "", component, value, default: None, passed: json!(texts.last()) }
    })
}

fn choices() -> impl Strategy<Value = Parameter> {
    (texts(), any::<bool>(), text()).prop_map(|(texts, is_stated, label)| {
        let value = is_stated.then(|| json!(texts[..1]).to_string());
        let component = made("CheckboxGroup", &format!("{}, ", json!(texts)), value.as_ref(), &label);
        Parameter { annotation: "", component, value, default: None, passed: json!(texts) }
    })
}

/// An app around a function that gives back its arguments, and what the checks have to know of it.
fn app() -> impl Strategy<Value = (String, Value)> {
    let name = prop_oneof![select(NAMES).prop_map(str::to_owned), "[a-z][a-z_0-9]{0,6}q", "[A-Z][a-z]{1,4}q"];
    let names = proptest::collection::btree_set(name, 1..6).prop_map(|names| names.into_iter().collect::<Vec<_>>());
    let parameters = proptest::collection::vec(parameter(), 5);
    (names.prop_shuffle(), parameters, proptest::option::of(text()), any::<bool>()).prop_map(
        |(names, parameters, doc, is_keyword)| {
            let (function, names) = names.split_first().unwrap();
            let mut given: Vec<_> = names.iter().zip(parameters).collect();
            // Those with a default come last, in Python
            given.sort_by_key(|(_, parameter)| parameter.default.is_some());
            let mut signature: Vec<String> = given
                .iter()
                .map(|(name, one)| {
                    let default = one.default.as_ref().map(|text| format!(" = {text}")).unwrap_or_default();
                    format!("{name}{}{default}", one.annotation)
                })
                .collect();
            if is_keyword && !signature.is_empty() {
                signature.insert(signature.len() - 1, "*".to_owned());
            }
            let doc = doc.as_deref().map(|doc| format!("    {}\n", python(doc))).unwrap_or_default();
            let components: Vec<_> = given.iter().map(|(_, one)| one.component.as_str()).collect();
            let names: Vec<_> = given.iter().map(|(name, _)| name.as_str()).collect();
            let source = format!(
                "import gradio as gr\n\n\ndef {function}({}):\n{doc}    return [{}]\n\n\ndemo = gr.Interface({function}, [{}], gr.JSON())\n\n\
                if __name__ == \"__main__\":\n    demo.launch()\n",
                signature.join(", "),
                names.join(", "),
                components.join(", ")
            );
            let parameters: Vec<_> = given
                .iter()
                .map(|(name, one)| json!({"name": name, "default": one.value.as_ref().or(one.default.as_ref()), "passed": one.passed}))
                .collect();
            (source, json!({"function": function, "parameters": parameters}))
        },
    )
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn generated_python_takes_the_arguments_of_any_function_and_passes_them_on() {
    let folder = tempfile::Builder::new().prefix("functions-").tempdir_in(work()).unwrap();
    let mut runner = TestRunner::deterministic();
    let mut plan = Vec::new();
    let mut refused = Vec::new();
    for number in 0..FUNCTIONS {
        let (source, mut about) = app().new_tree(&mut runner).unwrap().current();
        for target in ["replicate", "bentoml"] {
            let place = folder.path().join(format!("{number}-{target}"));
            fs_err::create_dir(&place).unwrap();
            fs_err::write(place.join("main.py"), &source).unwrap();
            fs_err::write(place.join("requirements.txt"), "gradio\n").unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
            match run(command.args(["add", target, "--yes"]).current_dir(&place)) {
                Ok(_) => {
                    about["target"] = json!(target);
                    about["folder"] = json!(place);
                    plan.push(about.clone());
                }
                Err(error) => refused.push(format!("{target}: {error}\n{source}")),
            }
        }
    }
    // A name that a platform cannot have may be refused, nothing else
    assert!(refused.len() <= FUNCTIONS / 10, "{} are refused:\n{}", refused.len(), refused.join("\n"));
    let file = folder.path().join("plan.json");
    fs_err::write(&file, json!(plan).to_string()).unwrap();
    run(script("check_functions.py", folder.path()).arg(&file)).unwrap_or_else(|error| panic!("{error}"));
}
