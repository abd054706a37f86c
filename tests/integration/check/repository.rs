//! Small repositories, written as Markdown: a fenced block is a file, named after the opening fence.
//!
//! Words after the name change the file's content: `bom` adds a byte order mark, `crlf` changes the line
//! endings, `hex` reads the content as hexadecimal bytes, `repeat=N` repeats it, `zeros=N` adds N zero bytes, `spaces=N` adds N spaces. In
//! the documentation of a rule, `hidden` keeps a block from people, who see none of these words. A block named `!path` removes a file of
//! the base. A block named `hub-answer` is not a file, but the answer of the Hub's validator.

use std::collections::BTreeMap;

use spaces_new::{Repo, Verdict};

use crate::support::root;

/// The files that fenced blocks describe.
pub(crate) type Files = BTreeMap<String, Option<Vec<u8>>>;

/// Reads the fenced blocks of a text.
pub(crate) fn files(text: &str) -> Files {
    let mut files = Files::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let mut words = info.split_whitespace();
        let name = words.next().unwrap();
        let content: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        match name.strip_prefix('!') {
            Some(removed) => files.insert(removed.to_owned(), None),
            None => files.insert(name.to_owned(), Some(changed(&content, words))),
        };
    }
    files
}

fn changed<'w>(content: &str, words: impl Iterator<Item = &'w str>) -> Vec<u8> {
    let mut bytes = content.as_bytes().to_vec();
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, "0"));
        match name {
            "bom" => bytes.splice(0..0, "\u{feff}".bytes()).for_each(drop),
            "crlf" => bytes = content.replace('\n', "\r\n").into_bytes(),
            "hex" => {
                let digits: String = content.split_whitespace().collect();
                bytes = (0..digits.len())
                    .step_by(2)
                    .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
                    .collect();
            }
            "repeat" => bytes = bytes.repeat(value.parse().unwrap()),
            "hidden" => {}
            "zeros" => bytes.extend(vec![0; value.parse().unwrap()]),
            "spaces" => bytes.extend(vec![b' '; value.parse().unwrap()]),
            _ => panic!("no such word: {word}"),
        }
    }
    bytes
}

const ANSWER: &str = "hub-answer";

/// The answer of the Hub's validator in a text; `None` if it was not asked.
pub(crate) fn verdict(text: &str) -> Verdict {
    let Some(Some(answer)) = files(text).remove(ANSWER) else { return Verdict::default() };
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let messages = |kind: &str| {
        let messages = answer[kind].as_array().unwrap().iter();
        messages.map(|said| said["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    Verdict::new(messages("errors"), messages("warnings"))
}

/// The repository that a text describes, over the base unless it begins with `base: none`.
pub(crate) fn repository(text: &str) -> Repo {
    let mut all = if text.starts_with("base: none") {
        Files::new()
    } else {
        files(&fs_err::read_to_string(root().join("tests/cases/check/base.md")).unwrap())
    };
    all.extend(files(text));
    all.remove(ANSWER);
    let files = all.into_iter().filter_map(|(path, bytes)| Some((path.parse().unwrap(), bytes?)));
    Repo::from_files(files)
}
