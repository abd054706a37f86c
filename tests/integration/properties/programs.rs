//! Generated programs, as the languages themselves read them.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::json;
use spaces_new::values::Sdk;

use super::strategies;
use crate::support::plan;

/// Reads a list of `{source, texts}`; each source must parse and contain each text as a literal.
const CHECK: &str = r#"
import ast, json, sys
programs = json.load(sys.stdin)
for program in programs:
    tree = ast.parse(program["source"])
    literals = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    for text in program["texts"]:
        if text not in literals:
            sys.exit(f"{text!r} is not a literal of\n{program['source']}")
print(len(programs))
"#;

/// The same programs in each run, each with the texts that it must contain.
fn programs(ending: &str) -> BTreeMap<String, Vec<String>> {
    let mut programs = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..600 {
        let given = strategies::given().new_tree(&mut runner).unwrap().current();
        let (spec, plan) = plan(given.shape.template, &given.answers());
        for (_, file) in plan.files().filter(|(path, _)| path.as_str().ends_with(ending)) {
            let source = file.as_text().unwrap().to_owned();
            let mut texts = Vec::new();
            if source.contains("TITLE = ") || source.contains("title=") {
                texts.push(spec.title().to_string());
            }
            if spec.sdk() == Sdk::Gradio {
                texts.extend(spec.variables().iter().map(|variable| variable.value().to_owned()));
            }
            programs.insert(source, texts);
        }
    }
    programs
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

#[test]
fn python_reads_every_app_and_every_text_in_it() {
    let programs: Vec<_> =
        programs(".py").into_iter().map(|(source, texts)| json!({"source": source, "texts": texts})).collect();
    assert!(programs.len() > 100, "the samples differ too little: {}", programs.len());
    let python = Command::new("python3")
        .args(["-c", CHECK])
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        skipped("there is no python3 here");
        return;
    };
    let input = serde_json::to_vec(&programs).unwrap();
    python.stdin.take().unwrap().write_all(&input).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), programs.len().to_string());
}

#[test]
fn node_reads_every_server() {
    let programs = programs(".js");
    assert!(!programs.is_empty());
    let folder = tempfile::tempdir().unwrap();
    fs_err::write(folder.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
    for source in programs.keys().take(8) {
        let file = folder.path().join("server.js");
        fs_err::write(&file, source).unwrap();
        let Ok(output) = Command::new("node").arg("--check").arg(&file).output() else {
            skipped("there is no node here");
            return;
        };
        assert!(output.status.success(), "{}\n{source}", String::from_utf8_lossy(&output.stderr));
    }
}
