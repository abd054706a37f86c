//! The command line that repeats the run without prompts.

use std::path::Path;

use spaces_new::Template;
use spaces_new::report::{Printable, shown};
use spaces_new::{Answers, Kind, Question, Raw, Source};

/// One line that makes the same Space without prompts.
pub(super) fn command_line(dir: &Path, template: &Template, answers: &Answers, git: bool) -> String {
    let dir = dir.to_string_lossy();
    let mut words =
        vec!["spaces-new".to_owned(), dir.into_owned(), "--template".to_owned(), template.name().to_owned()];
    for question in template.questions() {
        let is_default = answers.source(question.key()) == Some(Source::Default);
        if let Some(value) = answers.get(question.key()).filter(|_| !is_default) {
            flags(question, value, &mut words);
        }
    }
    if !git {
        words.extend(["--vcs".to_owned(), "none".to_owned()]);
    }
    words.push("--yes".to_owned());
    quoted(&words)
}

/// One line that puts the same Space around the same app without prompts.
pub(super) fn init_line(dir: &Path, template: &Template, answers: &Answers, extra: &[&str]) -> String {
    let mut words =
        ["spaces-new", "init", &dir.to_string_lossy(), "--template", template.name()].map(str::to_owned).to_vec();
    for question in template.questions() {
        // Which app it is may have been chosen of several
        let is_app = question.key() == "app_file";
        let said = is_app || matches!(answers.source(question.key()), Some(Source::Flag | Source::Prompt));
        if let Some(value) = answers.get(question.key()).filter(|_| said) {
            flags(question, value, &mut words);
        }
    }
    words.extend(extra.iter().flat_map(|flags| flags.split(' ')).map(str::to_owned));
    words.push("--yes".to_owned());
    quoted(&words)
}

fn flags(question: &Question, value: &Raw, words: &mut Vec<String>) {
    let flag = format!("--{}", question.flag());
    // A value that starts with a dash would be read as a flag.
    let mut push = |value: String| {
        if value.starts_with('-') { words.push(format!("{flag}={value}")) } else { words.extend([flag.clone(), value]) }
    };
    match (question.kind(), value) {
        (Kind::Boolean, Raw::Boolean(value)) => words.push(if *value { flag } else { format!("{flag}=false") }),
        (Kind::Words, Raw::List(items)) => push(serde_json::to_string(items).unwrap_or_default()),
        (_, Raw::List(items)) => items.iter().cloned().for_each(push),
        (_, Raw::Text(text)) => push(text.clone()),
        (_, Raw::Integer(number)) => push(number.to_string()),
        (_, other) => push(other.shown()),
    }
}

/// What is said where no command does the same.
pub(super) const NOT_REPEATABLE: &str =
    "No command repeats this without prompts: `--yes` would make what you declined, too";

/// The form of a suggested line.
pub(super) fn said(line: &str) -> Printable {
    let mut text = Printable::new();
    text.blank();
    text.line("To repeat without prompts:");
    text.line(format!("    {line}"));
    text
}

/// Words, quoted for a shell.
pub(super) fn quoted<T: AsRef<str>>(words: &[T]) -> String {
    words.iter().map(|word| quoted_word(word.as_ref())).collect::<Vec<_>>().join(" ")
}

/// A word, quoted so that what is printed works as it is: characters that would not be printed as they are go through
/// `printf`, which every shell has.
fn quoted_word(word: &str) -> String {
    if shown(word) == word {
        return shlex::try_quote(word).map_or_else(|_| word.to_owned(), |word| word.into_owned());
    }
    let octal = |char: char| match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => char.to_string(),
        _ => char.to_string().bytes().map(|byte| format!("\\{byte:03o}")).collect(),
    };
    format!("\"$(printf '{}')\"", word.chars().map(octal).collect::<String>())
}
