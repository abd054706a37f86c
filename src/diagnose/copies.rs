//! The instructions of a Dockerfile that copy files: where a path that does not exist should have come from.

use std::collections::VecDeque;

use super::clean::Line;
use crate::facts::messages::CopySource;

/// More instructions are not kept.
const MOST: usize = 64;

/// More of an instruction is not kept.
const LONGEST: usize = 1024;

/// The beginnings of instructions that read a path of the build context or of a stage.
const BEGINNINGS: [&str; 3] = ["COPY ", "ADD ", "RUN --mount="];

/// The last instructions of a log that copy files.
#[derive(Debug, Default)]
pub(super) struct Copies {
    known: VecDeque<Copied>,
}

#[derive(Debug)]
struct Copied {
    /// The number that `BuildKit` gives the step.
    step: Option<u32>,
    text: String,
}

impl Copies {
    /// Notes the instruction that a line repeats.
    pub(super) fn note(&mut self, line: &Line<'_>) {
        let text = line.text;
        // `  45 | COPY a b`: of the part of a Dockerfile around the instruction that failed, only that one is marked, with `>>>`
        let is_beside = text.split_once(" | ").is_some_and(|(before, after)| {
            before.trim().bytes().all(|byte| byte.is_ascii_digit()) && !after.trim_start().starts_with(">>>")
        });
        let begins = |text: &str, at: usize| text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let starts = BEGINNINGS.iter().filter_map(|word| text.find(word).filter(|at| begins(text, *at)));
        let Some(at) = starts.min().filter(|_| !is_beside) else { return };
        let text = &text[at..];
        let text = text[..text.floor_char_boundary(LONGEST)].trim_end_matches(':').to_owned();
        if self.known.len() == MOST {
            self.known.pop_front();
        }
        self.known.push_back(Copied { step: line.step, text });
    }

    /// What the log goes on with has other instructions.
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// Where a path of a message comes from: the last instruction that names it says so, if possible one of the same step.
    pub(super) fn source(&self, path: &str, step: Option<u32>) -> Option<CopySource> {
        let named = || self.known.iter().rev().filter(|copied| copied.names(path));
        let of_step = step.and_then(|step| named().find(|copied| copied.step == Some(step)));
        let copied = of_step.or_else(|| named().next())?;
        Some(if copied.text.contains("from=") { CopySource::Stage } else { CopySource::Context })
    }
}

impl Copied {
    /// Whether a word of the instruction is the path, which a message gives from the root of what is read.
    fn names(&self, path: &str) -> bool {
        let is_between = |char: char| char.is_whitespace() || matches!(char, ',' | '=' | '"' | '[' | ']');
        self.text.split(is_between).any(|word| !word.is_empty() && bare(word) == bare(path))
    }
}

/// A path without what is the same with and without it at both ends.
fn bare(path: &str) -> &str {
    let path = path.trim();
    path.strip_prefix("./").unwrap_or(path).trim_matches('/')
}
