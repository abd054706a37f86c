//! The judges themselves: files that are wrong in one way each, which must be detected.

use serde_json::json;

use crate::app::App;
use crate::case::Case;
use crate::{bentoml, cog, colab, northflank, streamlit};

fn added(case: &str, target: &str) -> App {
    App::added(Case::named(case), target)
}

/// That a judge finds something wrong, and says it.
#[track_caller]
fn fails<T: std::fmt::Debug>(judged: Result<T, String>, words: &str) {
    match judged {
        Ok(found) => panic!("nothing was found to be wrong: {found:?}"),
        Err(error) => assert!(error.contains(words), "`{words}` is not in: {error}"),
    }
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn cog_finds_a_missing_return_type() {
    let app = added("limits", "replicate");
    app.edit("run.py", ") -> dict[str, float]:", "):");
    fails(cog::judge_inputs(&app), "return type");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn cog_finds_what_is_deprecated() {
    let app = added("limits", "replicate");
    app.edit("run.py", "BaseRunner", "BasePredictor");
    fails(cog::judge_inputs(&app), "DeprecationWarning");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn cog_finds_missing_limits() {
    let app = added("limits", "replicate");
    app.edit("run.py", ", le=42", "");
    fails(cog::judge_inputs(&app), "kilometres");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn an_import_before_setup_is_found() {
    let app = added("limits", "replicate");
    app.edit("run.py", "class Runner", "import app\n\n\nclass Runner");
    fails(cog::judge_inputs(&app), "before setup()");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn a_runner_in_the_place_of_a_file_of_the_app_is_found() {
    let app = added("stream", "replicate");
    let runner = cog::runner(&app);
    app.edit("cog.yaml", &runner, "run.py:Runner");
    fails(cog::judge_inputs(&app), "Runner");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn an_unguarded_launch_keeps_cog_from_getting_ready() {
    let app = added("unguarded", "replicate");
    let (path, original) = &app.case.files[0];
    fs_err::write(app.file(path), original).unwrap();
    fails(cog::serve(&app, 25).map(|server| server.port), "the server");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn a_service_in_the_place_of_a_file_of_the_app_is_not_built() {
    let app = added("stream", "bentoml");
    let text = app.read("bentofile.yaml");
    let line = text.lines().find(|line| line.starts_with("service:")).unwrap();
    app.edit("bentofile.yaml", line, "service: \"service:Reply\"");
    fails(bentoml::Bento::build(&app).map(drop), "not meant to be imported");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn a_service_without_limits_answers_what_it_must_refuse() {
    let app = added("limits", "bentoml");
    app.edit("service.py", ", le=42", "");
    let judged = bentoml::Bento::build(&app).and_then(|bento| bentoml::judge(&bento.serve()?, &app));
    fails(judged, "is answered with 200");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn a_wrong_value_is_found() {
    let mut app = added("limits", "bentoml");
    app.case.expected.answers[0].output = json!({"hours": 2.5, "speed": 4});
    let judged = bentoml::Bento::build(&app).and_then(|bento| bentoml::judge(&bento.serve()?, &app));
    fails(judged, "speed");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn a_notebook_that_is_not_valid_or_fails_is_found() {
    let app = added("limits", "colab");
    let text = app.read("notebook.ipynb");
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "`{from}` is not in the notebook");
        fs_err::write(app.file("notebook.ipynb"), text.replace(from, to)).unwrap();
        colab::judge(&app)
    };
    fails(change("\"cell_type\": \"markdown\"", "\"cell_type\": \"prose\""), "prose");
    fails(change("skip-execution", "run-it"), "installs or launches");
    fails(change("import gradio as gr", "import no_such_package"), "no_such_package");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn wrong_parts_of_a_template_are_found() {
    let app = added("pages", "northflank");
    let text = app.read("northflank.json");
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "`{from}` is not in the template:\n{text}");
        fs_err::write(app.file("northflank.json"), text.replace(from, to)).unwrap();
        northflank::judge(&app)
    };
    fails(change("\"internalPort\": 8501", "\"internalPort\": \"8501\""), "port is");
    fails(change("\"internalPort\": 8501", "\"internalPort\": 7860"), "port is 7860");
    fails(change("\"buildkit\"", "\"docker\""), "not assignable");
    fails(change("\"instances\": 1", "\"instances\": \"1\""), "not assignable");
    fails(change("\"name\": \"http\"", "\"name\": \"much-too-long\""), "too long");
    fails(change("${refs.project.id}", "${refs.other.id}"), "not in the project");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn settings_of_the_cloud_are_found() {
    let app = added("pages", "streamlit-cloud");
    let text = app.read(".streamlit/config.toml");
    let change = |line: &str| {
        fs_err::write(app.file(".streamlit/config.toml"), text.replacen("[server]", &format!("[server]\n{line}"), 1))
            .unwrap();
        streamlit::judge(&app)
    };
    fails(change("port = 8501"), "server.port");
    fails(change("no_such_option = 1"), "not a valid config option");
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn an_app_that_cannot_be_imported_fails_at_once() {
    let app = added("limits", "replicate");
    app.edit("app.py", "import gradio", "import no_such_package\nimport gradio");
    fails(cog::serve(&app, 120).map(|server| server.port), "no_such_package");
}
