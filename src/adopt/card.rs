//! The answers that a repository already contains: in its README, and in its `.spaces-new.toml`.

use std::path::Path;

use crate::answers::{Answers, Question, Raw, Source, SpecErrors, common_question};
use crate::formats::front_matter::{Node, Readme};
use crate::formats::own_file::OWN_FILE;
use crate::repo::Repo;
use crate::values::Title;

/// Keys of the front matter, with the question that each answers.
pub(super) const ANSWERED: &[(&str, &str)] = &[
    ("title", "title"),
    ("emoji", "emoji"),
    ("colorFrom", "color_from"),
    ("colorTo", "color_to"),
    ("license", "license"),
    ("short_description", "short_description"),
    ("app_port", "port"),
    ("suggested_hardware", "hardware"),
    ("tags", "tags"),
    ("models", "models"),
    ("datasets", "datasets"),
    ("preload_from_hub", "preload"),
];

/// The answers in the front matter of a README. Values that no question takes are skipped.
pub(super) fn answers_in_readme(repo: &Repo) -> Answers {
    let mut answers = Answers::new();
    let Some(text) = repo.text("README.md") else { return answers };
    let readme = Readme::read(text);
    for (key, question) in ANSWERED {
        let Some(question) = common_question(question) else { continue };
        let value = readme.value(key).and_then(raw).and_then(|value| meant(value, question));
        if let Some(value) = value {
            answers.insert(question.key(), value, Source::Detected);
        }
    }
    answers
}

/// The first heading of a README as the title: for a Space without a more specific title.
pub(super) fn title_in_readme(repo: &Repo) -> Answers {
    let mut answers = Answers::new();
    if let Some(heading) = repo.text("README.md").and_then(heading) {
        answers.insert("title", Raw::from(heading), Source::Detected);
    }
    answers
}

/// A title is near the top of a README.
const HEAD_LINES: usize = 200;

/// The first heading of a README, if it is plain text and a valid title.
fn heading(text: &str) -> Option<&str> {
    let readme = Readme::read(text);
    // A rule with a heading under it is not a block
    let block = readme.block().filter(|_| !readme.entries().is_empty());
    let body = block.map_or(text, |block| &text[block.closing.end..]);
    let body = body.trim_start_matches('\u{feff}');
    let mut in_code = false;
    let mut at = 0;
    let heading = body.split_inclusive('\n').take(HEAD_LINES).find_map(|line| {
        let start = at;
        at += line.len();
        in_code ^= line.trim_start().starts_with("```");
        if in_code {
            return None;
        }
        line.strip_prefix("# ").or_else(|| element(&body[start..]))
    })?;
    let heading = heading.trim();
    let is_plain = !heading.contains(['[', '<', '!', '`', '*', '_', '{', '&', '\\']);
    (is_plain && heading.parse::<Title>().is_ok()).then_some(heading)
}

/// The value, if the question takes it, if necessary in lower case: `MIT` is not an identifier on the Hub.
fn meant(value: Raw, question: &Question) -> Option<Raw> {
    if question.check(&value).is_ok() {
        return Some(value);
    }
    let Raw::Text(text) = value else { return None };
    Some(Raw::Text(text.trim().to_lowercase())).filter(|value| question.check(value).is_ok())
}

/// The text of an `<h1>` at the beginning of a text.
fn element(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\t']).strip_prefix("<h1")?;
    let (_, rest) =
        rest.split_once('>').filter(|(attributes, _)| attributes.is_empty() || attributes.starts_with(' '))?;
    rest.split_once("</h1>").map(|(heading, _)| heading)
}

/// A value of the block as an answer.
fn raw(node: &Node) -> Option<Raw> {
    if let Some(items) = node.items() {
        return items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Raw::List);
    }
    node.as_integer().map(Raw::Integer).or_else(|| node.as_str().map(Raw::from))
}

/// The answers in an existing `.spaces-new.toml`. None if the file does not exist, or has no answers.
///
/// # Errors
/// If it is not TOML, has a value with a type that no question takes, or names files outside of the folder.
pub(super) fn kept_answers(repo: &Repo) -> Result<Option<Answers>, SpecErrors> {
    let Some(text) = repo.text(OWN_FILE) else { return Ok(None) };
    let answers = Answers::from_toml(text, repo.root().unwrap_or(Path::new("")))?;
    if !answers.problems().is_empty() {
        return Err(SpecErrors(answers.problems().to_vec()));
    }
    super::inside::kept_here(&answers, repo)?;
    Ok((answers.template().is_some() || answers.keys().next().is_some()).then_some(answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_found_however_it_is_written() {
        for (text, title) in [
            ("# Plain\n", Some("Plain")),
            ("\u{feff}# Bom title\n", Some("Bom title")),
            ("<h1 align=\"center\">Middle</h1>\n\n# Later\n", Some("Middle")),
            ("<h1>\n  Lines\n</h1>\n", Some("Lines")),
            ("---\nsdk: docker\n# no heading\n---\n# Heading\n", Some("Heading")),
            ("```sh\n# a comment\n```\n# Heading\n", Some("Heading")),
            ("# A [link](there)\n", None),
            ("<h1><img src=\"a.png\"></h1>\n", None),
            ("text\n", None),
        ] {
            assert_eq!(heading(text), title, "{text:?}");
        }
    }
}
