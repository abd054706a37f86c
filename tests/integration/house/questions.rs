//! A question is defined once and shows up everywhere.

use spaces_new::{Catalog, Kind, Question};

use crate::support::{Workspace, cases};

/// The question for the template, then all others.
fn every_question() -> Vec<Question> {
    let catalog = Catalog::builtin();
    std::iter::once(catalog.question()).chain(catalog.questions().into_iter().cloned()).collect()
}

/// The keys of the questions that fail a rule.
fn without(keeps: impl Fn(&Question) -> bool) -> Vec<String> {
    every_question().iter().filter(|question| !keeps(question)).map(|question| question.key().to_owned()).collect()
}

#[test]
fn each_question_has_a_flag_with_its_help() {
    // Questions about an existing app are for `init`, which has all of them
    let help = Workspace::new().run("init --help").ok().stdout();
    let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let flag = |question: &Question| {
        let flag = format!("--{}", question.flag());
        help.lines().any(|line| {
            let mut words = line.split([' ', ',', '[']).filter(|word| !word.is_empty());
            words.by_ref().take(2).any(|word| word == flag)
        })
    };
    assert_eq!(without(flag), Vec::<String>::new(), "these have no flag in `spaces-new init --help`");
    assert_eq!(without(|question| words.contains(question.help())), Vec::<String>::new(), "these have no help there");
}

#[test]
fn each_question_has_a_prompt_and_one_line_of_help() {
    let line = |text: &str| !text.is_empty() && text.trim() == text && !text.contains('\n') && !text.ends_with('.');
    assert_eq!(without(|question| line(question.prompt()) && line(question.help())), Vec::<String>::new());
}

#[test]
fn the_schema_has_exactly_the_questions() {
    let schema = Workspace::new().run("schema").ok().json();
    let properties = schema["properties"].as_object().unwrap();
    let kind = |question: &Question| match question.kind() {
        Kind::Integer { .. } => "integer",
        Kind::Boolean => "boolean",
        Kind::List => "array",
        _ => "string",
    };
    let described = |question: &Question| {
        let Some(property) = properties.get(question.key()) else { return false };
        let either = property["anyOf"][0]["type"].as_str();
        property["description"] == question.help() && property["type"].as_str().or(either) == Some(kind(question))
    };
    assert_eq!(without(described), Vec::<String>::new(), "these have no entry in `spaces-new schema`");
    let known: Vec<String> = every_question().iter().map(|question| question.key().to_owned()).collect();
    let unknown = properties.keys().filter(|key| !known.contains(key) && *key != "template_version");
    assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn each_question_is_answered_in_a_case() {
    let cases = cases();
    let answered = |question: &Question| {
        question.key() == "template" || cases.iter().any(|(_, _, answers)| answers.get(question.key()).is_some())
    };
    assert_eq!(without(answered), Vec::<String>::new(), "add a case that answers these under tests/cases/new");
}

#[test]
fn each_template_has_at_least_one_case_and_says_so_in_it() {
    let cases = cases();
    for template in Catalog::builtin().templates() {
        assert!(cases.iter().any(|(name, _, _)| name == template.name()), "no case for {}", template.name());
    }
    for (folder, name, answers) in &cases {
        assert_eq!(answers.template(), Some(folder.as_str()), "{folder}/{name}");
    }
}

#[test]
fn flags_and_keys_are_each_used_once() {
    let questions = every_question();
    for (index, question) in questions.iter().enumerate() {
        let earlier = &questions[..index];
        assert!(earlier.iter().all(|other| other.key() != question.key()), "{}", question.key());
        assert!(earlier.iter().all(|other| other.flag() != question.flag()), "--{}", question.flag());
    }
}
