//! Finds the literal parts of all patterns in one pass over a line. Nothing is compiled from the log.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::mark::{MARKS, Mark};
use super::pattern::Pattern;
use crate::facts::messages::{Message, messages};

/// What a text in a line may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A mark of the course of a build or a run.
    Mark(Mark),
    /// A text that rows look for in other lines, by its index.
    Context(usize),
    /// A pattern, by its index.
    Pattern(usize),
}

/// A row with what the scanner knows about it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) message: &'static Message,
    /// The indices of [`Message::with`], [`Message::near`] and [`Message::unless`].
    pub(super) with: Vec<usize>,
    pub(super) near: Vec<usize>,
    pub(super) unless: Vec<usize>,
}

/// The number of slots of the table: a power of two.
const SLOTS: usize = 4096;

/// The number of bytes by which a literal text is looked up.
const KEY: usize = 4;

/// All literal texts.
pub(super) struct Scanner {
    pub(super) rows: Vec<Row>,
    /// Each pattern with the index of its row.
    pub(super) patterns: Vec<(Pattern, usize)>,
    pub(super) contexts: Vec<&'static str>,
    /// A bit for each pair of bytes with which a text begins.
    pairs: Vec<u64>,
    /// The texts by a hash of their first bytes.
    slots: Vec<Vec<(&'static str, Target)>>,
}

/// The scanner of all rows.
pub(super) static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(messages()));

impl Scanner {
    pub(super) fn new(messages: impl Iterator<Item = &'static Message>) -> Self {
        let mut scanner = Self {
            rows: Vec::new(),
            patterns: Vec::new(),
            contexts: Vec::new(),
            pairs: vec![0; 1024],
            slots: vec![Vec::new(); SLOTS],
        };
        for message in messages {
            let index = scanner.rows.len();
            let [with, near, unless] =
                [message.with, message.near, message.unless].map(|texts| scanner.context_indices(texts));
            for text in message.patterns {
                scanner.patterns.push((Pattern::new(text), index));
            }
            scanner.rows.push(Row { message, with, near, unless });
        }
        let patterns = scanner.patterns.iter().enumerate();
        let patterns: Vec<_> = patterns.map(|(at, (pattern, _))| (pattern.longest(), Target::Pattern(at))).collect();
        let contexts = scanner.contexts.clone().into_iter().enumerate().map(|(at, text)| (text, Target::Context(at)));
        let marks = MARKS.iter().map(|(text, mark)| (*text, Target::Mark(*mark)));
        for (text, target) in patterns.into_iter().chain(contexts).chain(marks) {
            scanner.add(text, target);
        }
        scanner
    }

    fn context_indices(&mut self, texts: &[&'static str]) -> Vec<usize> {
        let index = |text: &&'static str| {
            self.contexts.iter().position(|known| known == text).unwrap_or_else(|| {
                self.contexts.push(text);
                self.contexts.len() - 1
            })
        };
        texts.iter().map(index).collect()
    }

    fn add(&mut self, text: &'static str, target: Target) {
        let Some(key) = text.as_bytes().first_chunk::<KEY>() else { return };
        let pair = usize::from(u16::from_le_bytes([key[0], key[1]]));
        self.pairs[pair / 64] |= 1 << (pair % 64);
        self.slots[slot(*key)].push((text, target));
    }

    /// The targets of which a text is in the line.
    pub(super) fn scan(&self, line: &[u8], found: &mut BTreeSet<Target>) {
        for at in 0..line.len().saturating_sub(KEY - 1) {
            let pair = usize::from(u16::from_le_bytes([line[at], line[at + 1]]));
            if self.pairs[pair / 64] & (1 << (pair % 64)) == 0 {
                continue;
            }
            let rest = &line[at..];
            let Some(key) = rest.first_chunk::<KEY>() else { return };
            for (text, target) in &self.slots[slot(*key)] {
                if rest.starts_with(text.as_bytes()) {
                    found.insert(*target);
                }
            }
        }
    }
}

fn slot(key: [u8; KEY]) -> usize {
    (u32::from_le_bytes(key).wrapping_mul(0x9e37_79b1) >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_long_enough_to_be_looked_up() {
        let scanner = &*SCANNER;
        let texts =
            scanner.patterns.iter().map(|(pattern, _)| pattern.longest()).chain(scanner.contexts.iter().copied());
        for text in texts.chain(MARKS.iter().map(|(text, _)| *text)) {
            assert!(text.len() >= KEY, "{text:?}");
        }
        assert_eq!(1_u64 << (32 - 20), SLOTS as u64);
    }

    #[test]
    fn all_texts_of_a_line_are_found() {
        let mut found = BTreeSet::new();
        SCANNER.scan(b"xx Traceback (most recent call last):", &mut found);
        assert!(found.contains(&Target::Mark(Mark::Traceback)));
        SCANNER.scan(b"", &mut found);
        SCANNER.scan(b"DON", &mut found);
        assert_eq!(found.len(), 1);
    }
}
