//! The table of messages: each row is whole, has its log, and belongs to rules that exist; each rule that quotes a message has a row.

use std::collections::BTreeSet;

use spaces_new::diagnosis::Confidence;
use spaces_new::unstable::messages::{Message, messages};
use spaces_new::{Rule, rules};

use super::{diagnosed, logs};

#[test]
fn each_row_has_a_log_that_it_decides_and_each_log_a_row() {
    let mut unseen: BTreeSet<&str> = messages().map(|row| row.id).collect();
    for (name, log) in logs().into_iter().filter(|(name, _)| !name.starts_with("none-")) {
        let diagnosed = diagnosed(&log);
        let ids: Vec<&str> = diagnosed.diagnoses.iter().map(|one| one.id()).collect();
        assert_eq!(ids, [name.as_str()], "tests/cases/diagnose/{name}.log");
        let first = &diagnosed.diagnoses[0];
        let row = messages().find(|row| row.id == name).unwrap();
        assert_eq!((first.rule, first.stage()), (row.rule(), row.stage));
        assert_eq!(first.confidence == Confidence::Likely, row.is_ambiguous || is_warning(row), "{name}");
        let at = usize::try_from(first.line).unwrap() - 1;
        let line = String::from_utf8(log).unwrap().lines().nth(at).unwrap().to_owned();
        assert!(line.contains(first.message.trim_end_matches("..")), "{name}: {line}");
        let open = [&first.cause, &first.fix].into_iter().find(|text| text.contains('{'));
        assert_eq!(open, None, "{name}");
        unseen.remove(name.as_str());
    }
    assert!(unseen.is_empty(), "rows without a log in tests/cases/diagnose/: {unseen:?}");
}

fn is_warning(row: &Message) -> bool {
    row.weight == spaces_new::unstable::messages::Weight::Warns
}

#[test]
fn nothing_certain_is_said_of_a_log_that_no_known_message_decides() {
    let mut silent = 0;
    for (name, log) in logs().into_iter().filter(|(name, _)| name.starts_with("none-")) {
        let diagnoses = diagnosed(&log).diagnoses;
        let certain = diagnoses.iter().find(|one| one.confidence == Confidence::Certain);
        assert!(certain.is_none(), "{name}: {certain:?}");
        silent += usize::from(diagnoses.is_empty());
    }
    assert!(silent > 35, "{silent}");
}

#[test]
fn each_row_is_whole() {
    assert!(messages().count() >= 120);
    let ids: BTreeSet<&str> = messages().map(|row| row.id).collect();
    assert_eq!(ids.len(), messages().count(), "an id stands twice");
    for row in messages() {
        let id = row.id;
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{id}");
        assert!(!row.patterns.is_empty() && !row.example.is_empty(), "{id}");
        for sentence in [row.cause, row.fix] {
            assert!(sentence.ends_with('.'), "{id}: {sentence}");
        }
        assert!(row.source.starts_with("https://") || row.source.starts_with("own "), "{id}: {}", row.source);
        for rule in row.all_rules() {
            assert!(rules().iter().any(|known| known.id() == rule), "{id}: there is no rule `{rule}`");
        }
    }
}

/// A gap whose text a sentence names is in each pattern of the row, so that no sentence has a hole.
#[test]
fn the_gaps_that_sentences_name_are_in_each_pattern() {
    for row in messages() {
        for name in [row.cause, row.fix].iter().flat_map(|sentence| gaps(sentence)) {
            for pattern in row.patterns {
                assert!(pattern.contains(&format!("{{{name}}}")), "{}: `{name}` is not in `{pattern}`", row.id);
            }
        }
    }
}

fn gaps(sentence: &str) -> Vec<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

#[test]
fn the_example_of_a_row_fits_it() {
    for row in messages() {
        let fits = row.patterns.iter().any(|pattern| fits(pattern, row.example));
        assert!(fits, "{}: {}", row.id, row.example);
    }
}

/// Whether the literal parts of a pattern are in a text, in their order.
fn fits(pattern: &str, text: &str) -> bool {
    let mut rest = text;
    pattern.trim_end_matches('$').split('{').enumerate().all(|(index, part)| {
        let literal = if index == 0 { part } else { part.split_once('}').map_or(part, |(_, literal)| literal) };
        match rest.find(literal) {
            Some(at) => {
                rest = &rest[at + literal.len()..];
                true
            }
            None => false,
        }
    })
}

/// Texts in backticks or quotes of the documentation that people see as messages: they have a blank and a word of an error.
fn quoted(rule: &Rule) -> Vec<String> {
    const WORDS: [&str; 24] = [
        "error",
        "denied",
        "not found",
        "no such",
        "cannot",
        "refused",
        "must be",
        "invalid",
        "unable",
        "failed",
        "missing",
        "rejected",
        "does not exist",
        "no matching",
        "not unique",
        "no installation",
        "duplicated",
        "limited to",
        "timed out",
        "unauthorized",
        "not on path",
        "unreachable",
        "misdirected",
        "length must",
    ];
    let why = rule.docs().split("## Why it matters\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let why = why.unwrap_or_default().replace('\n', " ");
    let spans = why.split('`').skip(1).step_by(2).map(str::to_owned);
    let is_message = |span: &String| {
        let lower = span.to_lowercase();
        span.contains(' ') && span.len() > 14 && WORDS.iter().any(|word| lower.contains(word))
    };
    spans.filter(is_message).collect()
}

/// What a rule quotes, with gaps where it has dots.
fn is_quoted_by(row: &Message, quote: &str) -> bool {
    let example = row.example.replace(['\u{2018}', '\u{2019}'], "'");
    let mut parts = quote.split("..").map(|part| part.trim_matches(['.', ' '])).filter(|part| !part.is_empty());
    parts.all(|part| example.contains(part))
        || row.patterns.iter().any(|pattern| fits(pattern, quote) || pattern.contains(quote))
}

#[test]
fn each_message_that_a_rule_quotes_has_a_row_of_that_rule() {
    let mut seen = 0;
    let mut missing = Vec::new();
    for rule in rules() {
        for quote in quoted(rule) {
            seen += 1;
            let has_row = messages().any(|row| row.all_rules().any(|id| id == rule.id()) && is_quoted_by(row, &quote));
            if !has_row {
                missing.push(format!("{}: `{quote}`", rule.id()));
            }
        }
    }
    assert!(seen > 60, "too few messages are found in the documentation of rules: {seen}");
    assert!(missing.is_empty(), "no row of src/facts/messages/ has these rules and messages: {missing:#?}");
}
