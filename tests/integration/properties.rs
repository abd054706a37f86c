//! Whatever text is typed, the files of the repository are well formed and contain exactly that text.

mod files;
mod implicit;
mod merging;
mod programs;
mod strategies;
mod yaml;

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use spaces_new::Requirement;
use spaces_new::values::{
    Color, DebianPackage, Emoji, EnvName, Hardware, ImageRef, License, Port, Preload, PythonVersion, RepoId, RepoName,
    RepoPath, Sdk, ShortDescription, StartCommand, Tag, Title, Variable,
};
use spaces_new::{Answers, AssetPath, Assets, Catalog, Kind, Plan, Raw, RenderError, Spec};
use strategies::{Given, Shape};

use crate::support::{self, plan, template, text};

/// Checks a property of values, naming the value that breaks it.
fn check<S: Strategy>(cases: u32, values: &S, property: impl Fn(&S::Value)) {
    let outcome = TestRunner::new(support::property(cases)).run(values, |value| {
        property(&value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

fn planned(given: &Given) -> (Spec, Plan) {
    plan(given.shape.template, &given.answers())
}

#[test]
fn any_text_on_one_line_is_accepted_unchanged() {
    check(250, &strategies::given(), |given| {
        let (spec, _) = planned(given);
        assert_eq!(spec.title().as_str(), given.title.trim());
        assert_eq!(spec.short_description().unwrap().as_str(), given.short_description.trim());
        let tags: Vec<&str> = spec.tags().iter().map(Tag::as_str).collect();
        assert_eq!(tags, files::distinct(&given.tags));
        for (variable, (name, value)) in spec.variables().iter().zip(given.variables()) {
            assert_eq!((variable.name().as_str(), variable.value()), (name.as_str(), value.trim()));
        }
        assert_eq!(spec.variables().len(), given.values.len());
        assert_eq!(spec.command().map(StartCommand::words), given.shape.command.then_some(given.command.as_slice()));
    });
}

#[test]
fn text_that_cannot_be_in_a_file_is_refused_with_its_question() {
    let spoilt = (strategies::given(), strategies::refused_text(), 0..5_usize);
    check(250, &spoilt, |(given, bad, which)| {
        // A command is a list of words, and text that is impossible in YAML is fine in JSON.
        let in_command = !bad.chars().any(|char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}'));
        let (key, value) = match which {
            0 => ("title", bad.as_str().into()),
            1 => ("short_description", bad.as_str().into()),
            2 => ("tags", vec!["fine".to_owned(), bad.replace(',', ";")].into()),
            3 => ("variables", vec![format!("NAME={bad}")].into()),
            _ if given.shape.command && !in_command => ("command", vec!["run".to_owned(), bad.clone()].into()),
            _ => return,
        };
        let answers = given.answers().set(key, Raw::clone(&value));
        let errors = Spec::resolve(given.template(), &answers).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.key()).collect::<Vec<_>>(), [key], "{errors}");
        assert!(!errors.to_string().contains(|char: char| char.is_control()), "{errors:?}");
    });
}

#[test]
fn front_matter_reads_back_equal_in_yaml_1_1_and_1_2() {
    check(400, &strategies::given(), |given| {
        let (spec, plan) = planned(given);
        files::assert_front_matter(&spec, text(&plan, "README.md"));
    });
}

#[test]
fn a_dockerfile_has_the_same_instructions_as_for_plain_words() {
    check(250, &strategies::given(), |given| {
        let (spec, plan) = planned(given);
        if plan.get(&"Dockerfile".parse().unwrap()).is_none() {
            return;
        }
        let (_, ordinary) = planned(&given.plain());
        let (dockerfile, ordinary) = (text(&plan, "Dockerfile"), text(&ordinary, "Dockerfile"));
        assert_eq!(files::instructions(dockerfile), files::instructions(ordinary));
        files::assert_command(&spec, dockerfile);
        files::assert_variables(&spec, dockerfile);
    });
}

#[test]
fn toml_and_json_contain_the_answers() {
    check(250, &strategies::given(), |given| {
        let (spec, plan) = planned(given);
        let answers: toml::Table = toml::from_str(text(&plan, ".spaces-new.toml")).unwrap();
        assert_eq!(answers, files::expected_answers(given.template(), &spec, &given.answers()));
        for (path, file) in plan.files() {
            let parsed = match path.as_str().rsplit_once('.') {
                Some((_, "toml")) => {
                    toml::from_str::<toml::Table>(file.as_text().unwrap()).err().map(|e| e.to_string())
                }
                Some((_, "json")) => {
                    serde_json::from_str::<serde_json::Value>(file.as_text().unwrap()).err().map(|e| e.to_string())
                }
                _ => None,
            };
            assert_eq!(parsed, None, "{path}");
        }
    });
}

#[test]
fn text_shows_as_it_is_in_markdown_html_and_dotenv() {
    check(250, &strategies::given(), |given| {
        let (spec, plan) = planned(given);
        files::assert_markdown(&spec, text(&plan, "README.md"));
        files::assert_dotenv(&spec, text(&plan, ".env.example"));
        if let Some(page) = plan.get(&"static/index.html".parse().unwrap()) {
            files::assert_html(&spec, page.as_text().unwrap());
        }
    });
}

#[test]
fn the_kept_answers_give_the_same_bytes() {
    check(200, &strategies::given(), |given| {
        let (_, first) = planned(given);
        let answers = Answers::from_toml(text(&first, ".spaces-new.toml"), Path::new("."))
            .unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(answers.template(), Some(given.shape.template));
        let (_, second) = plan(given.shape.template, &answers.in_folder("another-folder"));
        assert_eq!(first, second);
    });
}

/// Requirements, and files to preload, have their own rules: what these accept must be one line that means one
/// package, and one item that reads back.
#[test]
fn requirements_and_preloads_are_refused_or_stay_one_line_each() {
    let lists = (strategies::text(), strategies::text(), strategies::text());
    check(400, &lists, |(marker, address, file)| {
        let pip = [format!("some-package ; {marker}"), format!("other-package @ https://a.example/{address}")];
        let pip = pip.into_iter().filter(|line| line.parse::<Requirement>().is_ok()).collect::<Vec<_>>();
        let preload = [format!("owner/name {file}"), "gpt2".to_owned()];
        let preload = preload.into_iter().filter(|item| item.parse::<Preload>().is_ok()).collect::<Vec<_>>();
        let answers = Answers::for_folder("demo").set("pip", [pip.clone(), vec!["last".into()]].concat());
        let (spec, plan) = plan("gradio", &answers.set("preload", preload));
        let read = files::requirements(text(&plan, "requirements.txt"));
        let given = pip.iter().map(|line| line.trim()).chain(["last"]).collect::<Vec<_>>();
        assert_eq!(read[read.len() - given.len()..], given, "after the pins of the template");
        files::assert_front_matter(&spec, text(&plan, "README.md"));
    });
}

/// Valid answers can be planned: no error in a template is left for users to find.
fn refused_or_planned(shape: Shape, answers: Answers) -> Result<(), RenderError> {
    let template = template(shape.template);
    let given = answers.over(shape.answers());
    if let Ok(spec) = Spec::resolve(template, &given) {
        let plan = template.plan(&spec, &Assets::default())?;
        files::assert_front_matter(&spec, text(&plan, "README.md"));
        let answers: toml::Table = toml::from_str(text(&plan, ".spaces-new.toml")).unwrap();
        assert_eq!(answers, files::expected_answers(template, &spec, &given));
    }
    Ok(())
}

#[test]
fn one_nearly_right_answer_is_refused_or_makes_a_repository() {
    let mut failed = Vec::new();
    let shapes = strategies::SHAPES.iter().filter(|shape| shape.choices.is_empty() && !shape.command);
    for shape in shapes {
        for question in template(shape.template).questions().iter().filter(|question| question.key() != "assets") {
            let words = strategies::NEARLY_RIGHT.iter().map(String::as_str);
            let is_list = *question.kind() == Kind::List;
            let words = words.map(|word| if is_list { Raw::from(vec![word]) } else { Raw::from(word) });
            for value in words.chain([true, false].map(Raw::from)) {
                let outcome = refused_or_planned(*shape, Answers::new().set(question.key(), value.clone()));
                failed
                    .extend(outcome.err().map(|error| format!("{shape:?}, `{}` = {value:?}: {error}", question.key())));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn several_random_answers_are_refused_or_make_a_repository() {
    let shapes = prop::sample::select(strategies::SHAPES);
    check(1500, &(shapes, strategies::wild_answers()), |(shape, answers)| {
        refused_or_planned(*shape, answers.clone()).unwrap_or_else(|error| panic!("{error}"));
    });
}

#[test]
fn an_emoji_is_refused_or_reads_back() {
    const PARTS: &[&str] = &[
        "🚀",
        "👩",
        "👍",
        "🏽",
        "❤",
        "☀",
        "🏳",
        "🏴",
        "🇫",
        "🇷",
        "\u{200d}",
        "\u{fe0f}",
        "\u{fe0e}",
        "\u{20e3}",
        "1",
        "#",
        "©",
        "\u{e0067}",
        "a",
        " ",
    ];
    check(500, &prop::collection::vec(prop::sample::select(PARTS), 0..5), |parts| {
        let answers = Answers::new().set("emoji", parts.concat());
        refused_or_planned(strategies::SHAPES[0], answers).unwrap_or_else(|error| panic!("{error}"));
    });
}

/// The printed form of an accepted value is accepted too, and means the same.
fn assert_stable<T: std::str::FromStr<Err: std::fmt::Display> + ToString>(text: &str) {
    match text.parse::<T>() {
        Ok(value) => {
            let printed = value.to_string();
            let again = printed.parse::<T>().unwrap_or_else(|error| panic!("{printed:?}: {error}"));
            assert_eq!(again.to_string(), printed);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

#[test]
fn no_text_makes_a_type_panic() {
    let garbage = prop_oneof![
        ".*".boxed(),
        strategies::refused_text().boxed(),
        prop::collection::vec(any::<char>(), 0..20).prop_map(|chars| chars.into_iter().collect::<String>()).boxed(),
        // Near misses of image references, versions, requirements and repository names.
        "[a-z0-9.:/@_~=<>\\[\\] -]{0,16}".boxed(),
        "(a\\.[a-z]/|)[a-zA-Z/]{1,5}(:[0-9a.-]{0,3})?(@sha256:[0-9a-f]{63,65})?".boxed(),
    ];
    check(300, &garbage, |text| {
        let text = text.as_str();
        assert_stable::<Color>(text);
        assert_stable::<DebianPackage>(text);
        assert_stable::<Emoji>(text);
        assert_stable::<EnvName>(text);
        assert_stable::<Hardware>(text);
        assert_stable::<ImageRef>(text);
        assert_stable::<License>(text);
        assert_stable::<Port>(text);
        assert_stable::<Preload>(text);
        assert_stable::<PythonVersion>(text);
        assert_stable::<RepoId>(text);
        assert_stable::<RepoName>(text);
        assert_stable::<RepoPath>(text);
        assert_stable::<Requirement>(text);
        assert_stable::<Sdk>(text);
        assert_stable::<ShortDescription>(text);
        assert_stable::<Tag>(text);
        assert_stable::<Title>(text);
        assert_stable::<Variable>(text);
        assert!(text.parse::<AssetPath>().is_ok());
        if let Ok(command) = text.parse::<StartCommand>() {
            assert_eq!(StartCommand::try_from(command.words().to_vec()).as_ref(), Ok(&command));
            assert!(command.expected_files().len() <= command.words().len() + 1);
        }
    });
}

#[test]
fn any_folder_gives_a_name_and_a_title_that_are_valid() {
    let folders = prop_oneof![strategies::text().boxed(), strategies::refused_text().boxed(), "[a-z.-]{0,99}".boxed()];
    check(500, &folders, |folder| {
        let (name, title) = (RepoName::from_folder(folder), Title::from_folder(folder));
        assert_eq!(name.as_str().parse::<RepoName>(), Ok(name.clone()));
        assert_eq!(title.as_str().parse::<Title>(), Ok(title.clone()));
        let (spec, _) = plan("docker", &Answers::for_folder(folder.as_str()));
        assert_eq!((spec.name(), spec.title()), (&name, &title));
    });
}

#[test]
fn no_answers_file_makes_the_reader_panic() {
    let keys = Catalog::builtin().questions().iter().map(|question| question.key().to_owned()).collect::<Vec<_>>();
    let values = prop::sample::select(
        &[
            "1",
            "-1",
            "1_0",
            "0x1f",
            "0o7",
            "1.5",
            "nan",
            "inf",
            "true",
            "''",
            "'a'",
            "\"\\u0000\"",
            "'''\na'''",
            "[]",
            "['a']",
            "[1]",
            "[['a']]",
            "{}",
            "{a = 1}",
            "2024-01-02",
            "12:30:45",
            "99999999999999999999",
            "[",
            "\"",
            "",
        ][..],
    );
    let line = prop_oneof![
        6 => (prop::sample::select(keys), values).prop_map(|(key, value)| format!("{key} = {value}")),
        1 => ".*",
        1 => strategies::text(),
        1 => Just("[table]".to_owned()),
        1 => Just("template_version = 1".to_owned()),
    ];
    let file = (prop::collection::vec(line, 0..6), prop::sample::select(&["\n", "\r\n", "\r", ""][..]));
    check(1000, &file.prop_map(|(lines, ends)| lines.join(ends)), |text| {
        match Answers::from_toml(text, Path::new("folder")) {
            Ok(answers) => {
                for template in Catalog::builtin().templates() {
                    let _ = Spec::resolve(template, &answers);
                }
            }
            Err(errors) => {
                let lines = text.split('\n').count();
                assert!(errors.iter().next().is_some());
                for error in errors.iter() {
                    assert!((1..=lines).contains(&error.line().unwrap()), "{error}");
                }
            }
        }
    });
}
