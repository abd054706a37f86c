//! Answers, and the errors for invalid ones.

use std::path::Path;

use spaces_new::{Answers, Raw, Source, Spec, SpecError};

use super::{error, errors};
use crate::support::{plan, template};

fn from_file(text: &str) -> Answers {
    Answers::from_toml(text, Path::new(".")).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The errors in an answers file, when it is read or resolved.
fn file_errors(name: &str, text: &str) -> Vec<SpecError> {
    match Answers::from_toml(text, Path::new(".")) {
        Ok(answers) => errors(name, &answers),
        Err(errors) => errors.iter().cloned().collect(),
    }
}

#[test]
fn all_errors_are_reported_at_once_each_with_its_flag() {
    let answers = Answers::new()
        .set("variables", vec!["NO_VALUE"])
        .set("port", 80_u16)
        .set("title", "")
        .set("color_from", "grey")
        .set("tags", vec!["a,b"])
        .set("nonsense", "x")
        .set("python", "2.7");
    let errors = errors("gradio", &answers);
    let reported: Vec<_> = errors.iter().map(|error| (error.key(), error.flag())).collect();
    let expected = [
        ("title", Some("title")),
        ("color_from", Some("color-from")),
        ("python", Some("python")),
        ("port", Some("port")),
        ("tags", Some("tag")),
        ("variables", Some("variable")),
        ("nonsense", None),
    ];
    assert_eq!(reported, expected, "in the order of the questions");
    assert!(errors.iter().all(|error| !error.is_missing() && error.line().is_none()));
}

#[test]
fn an_invalid_answer_is_the_only_one_reported() {
    let answers = Answers::new().set("sdk", "nope").set("port", 8000_u16).set("dev_mode", true);
    assert_eq!(error("gradio", &answers).key(), "sdk", "the port is fine with every SDK that it could have meant");
    let answers = Answers::new().set("hardware", "zero-a10g").set("sdk", "docker");
    assert_eq!(error("gradio", &answers).hint(), Some("set `sdk` to `gradio`"));
    assert_eq!(error("docker", &Answers::new().set("base", "no image")).key(), "base");
}

#[test]
fn a_flag_counts_before_the_file() {
    let file = from_file("title = 'From the file'\nport = 8001\n");
    let answers = Answers::new().set("port", 8002_u16).over(file).in_folder("demo");
    assert_eq!(answers.source("port"), Some(Source::Flag));
    assert_eq!(answers.source("title"), Some(Source::File { line: 1 }));
    let (spec, _) = plan("gradio", &answers);
    assert_eq!((spec.title().as_str(), spec.port().unwrap().get()), ("From the file", 8002));
}

#[test]
fn a_list_given_by_flags_replaces_the_list_of_the_file() {
    let file = from_file("tags = ['one', 'two']\nmodels = ['gpt2']\n");
    let (spec, _) = plan("gradio", &Answers::new().set("tags", vec!["three"]).over(file));
    assert_eq!(spec.tags().iter().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["three"]);
    assert_eq!(spec.models().len(), 1);
}

#[test]
fn the_template_of_a_flag_counts_before_that_of_the_file() {
    let file = from_file("template = 'gradio'\n");
    assert_eq!(file.template(), Some("gradio"));
    assert_eq!(Answers::new().set("template", "docker").over(file).template(), Some("docker"));
}

#[test]
fn an_unknown_key_is_reported_with_a_suggestion() {
    let error = error("gradio", &from_file("titel = 'x'\n"));
    assert_eq!((error.key(), error.line(), error.hint()), ("titel", Some(1), Some("did you mean `title`?")));
}

#[test]
fn a_question_of_another_template_is_reported_as_such() {
    let error = error("gradio", &from_file("\nbase = 'node:22-slim'\n"));
    assert_eq!((error.key(), error.line()), ("base", Some(2)));
    assert!(error.message().contains("`gradio` template does not use"), "{error}");
}

#[test]
fn errors_of_a_file_carry_their_line() {
    let text = "# a comment\ntitle = 'fine'\n\nport = 80\ntags = [\n  'fine',\n  'a,b',\n]\ntitel = 'x'\n";
    let errors = errors("gradio", &from_file(text));
    let reported: Vec<_> = errors.iter().map(|error| (error.key(), error.line())).collect();
    assert_eq!(reported, [("port", Some(4)), ("tags", Some(5)), ("titel", Some(9))]);
    assert!(errors[0].to_string().starts_with("`port` in line 4 of the answers file: "), "{}", errors[0]);
}

#[test]
fn invalid_toml_is_reported_with_its_line() {
    for (text, line) in [("title = 'a'\nport = \n", 2), ("a b\n", 1), ("\n\ntitle = 'open\n", 3), ("a = 1\na = 2\n", 2)]
    {
        let [error] = &file_errors("gradio", text)[..] else { panic!("not one error: {text}") };
        assert_eq!(error.line(), Some(line), "{text}: {error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

#[test]
fn values_of_unsupported_types_are_reported_together() {
    let text = "title = 2024-01-02\nport = 99999999999999999999\ntags = [1]\n[secrets]\nA = 'x'\n";
    let errors = file_errors("gradio", text);
    let reported: Vec<_> = errors.iter().map(|error| (error.key(), error.line())).collect();
    assert_eq!(reported, [("title", Some(1)), ("port", Some(2)), ("tags", Some(3)), ("secrets", Some(4))]);
}

#[test]
fn a_python_version_without_quotes_is_explained() {
    let [error] = &file_errors("gradio", "title = 'x'\npython = 3.10\n")[..] else { panic!("not one error") };
    assert_eq!((error.key(), error.line()), ("python", Some(2)));
    assert!(format!("{error} {:?}", error.hint()).contains("quotes"), "{error} {:?}", error.hint());
}

#[test]
fn a_template_or_version_of_the_wrong_type_is_reported() {
    for text in ["template = 3\n", "template = ['gradio']\n", "template_version = 1\n"] {
        let [error] = &file_errors("gradio", text)[..] else { panic!("not one error: {text}") };
        assert_eq!(error.line(), Some(1), "{text}");
        assert!(error.message().contains("it is a"), "{text}: {error}");
    }
}

#[test]
fn an_error_about_the_wrong_type_names_the_right_one() {
    for (key, value, hint) in [
        ("title", Raw::from(3_u16), "a string in quotes is required"),
        ("port", Raw::from(true), "an integer is required"),
        ("dev_mode", Raw::from("yes"), "`true` or `false` is required"),
        ("tags", Raw::from("a"), "a list of strings is required"),
    ] {
        let error = error("gradio", &Answers::new().set(key, value));
        assert_eq!((error.key(), error.hint()), (key, Some(hint)));
    }
}

#[test]
fn an_answers_file_of_another_version_is_accepted_with_a_warning() {
    let (spec, _) = plan("gradio", &from_file("template_version = '0.0.1'\n"));
    assert_eq!(spec.warnings().len(), 1, "{:?}", spec.warnings());
    assert!(spec.warnings()[0].contains("0.0.1"), "{:?}", spec.warnings());
}

#[test]
fn a_secret_is_never_repeated_in_an_error() {
    let token = format!("hf_{}", "a".repeat(30));
    for (key, value) in [
        ("secrets", vec![token.clone()]),
        ("secrets", vec![format!("HF_TOKEN={token}")]),
        ("build_secrets", vec![token.clone()]),
        ("variables", vec![format!("A={token}")]),
    ] {
        let error = error("gradio", &Answers::new().set(key, value));
        assert!(!format!("{error} {error:?}").contains(&token), "{key}");
    }
}

#[test]
fn one_name_is_a_secret_or_a_variable() {
    let answers = Answers::new().set("secrets", vec!["A"]).set("variables", vec!["A=1"]);
    assert_eq!(error("gradio", &answers).key(), "variables");
    let answers = Answers::new().set("variables", vec!["A=1", "A=2"]);
    assert_eq!(error("gradio", &answers).key(), "variables");
}

#[test]
fn eleven_preloads_are_one_too_many() {
    let preload =
        |count: usize| Answers::new().set("preload", (0..count).map(|at| format!("a/m{at}")).collect::<Vec<_>>());
    assert!(Spec::resolve(template("gradio"), &preload(10)).is_ok());
    assert_eq!(error("gradio", &preload(11)).key(), "preload");
}

#[test]
fn dependencies_of_another_language_are_refused() {
    let answers = |file: &str| {
        let answers = Answers::for_folder("demo").set("app_file", "app.py").set("command", "python app.py");
        Spec::resolve(template("fastapi"), &answers.set("dependencies", file))
    };
    let errors = answers("package-lock.json").unwrap_err();
    assert_eq!(errors.iter().map(SpecError::key).collect::<Vec<_>>(), ["dependencies"]);
    answers("uv.lock").unwrap();
}
