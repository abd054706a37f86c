//! The matcher that all dialects compile to.
//!
//! The fixed-length parts at both ends of a pattern are compared first. What is left of most patterns is
//! a single star, or pieces between stars, each of which can be matched where it is found first. All others are matched as the
//! set of places in the pattern that the text so far can have reached: never more of them than the pattern has tokens,
//! so nothing is tried twice.

use super::class::Class;
use super::work::Steps;

const SLASH: u32 = '/' as u32;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// This unit.
    One(u32),
    /// Any unit except a slash.
    Any,
    /// One of a set.
    Class(Box<Class>),
    /// Any number of units except slashes.
    Star,
    /// Any number of any units.
    Deep,
    /// Nothing, or anything that ends with a slash.
    Folders,
}

impl Token {
    fn is_fixed(&self) -> bool {
        matches!(self, Self::One(_) | Self::Any | Self::Class(_))
    }

    /// Whether it matches this unit, as one of those that match exactly one.
    fn takes(&self, unit: u32) -> bool {
        match self {
            Self::One(own) => *own == unit,
            Self::Any => unit != SLASH,
            Self::Class(class) => class.takes(unit),
            Self::Star | Self::Deep | Self::Folders => false,
        }
    }

    fn cost(&self) -> usize {
        if let Self::Class(class) = self { 1 + class.cost() } else { 1 }
    }
}

/// The meaning of `?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Byte,
    Char,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Glob {
    tokens: Box<[Token]>,
    /// The number of tokens at each end that match exactly one unit.
    head: usize,
    tail: usize,
    /// Whether all others are stars that do not match a slash.
    has_stars_alone: bool,
    unit: Unit,
}

impl Glob {
    pub(super) fn new(mut tokens: Vec<Token>, unit: Unit) -> Self {
        // A star after the same star matches nothing more
        tokens.dedup_by(|later, earlier| later == earlier && !later.is_fixed());
        let head = tokens.iter().take_while(|token| token.is_fixed()).count();
        let tail = tokens[head..].iter().rev().take_while(|token| token.is_fixed()).count();
        let has_stars_alone = tokens.iter().all(|token| token.is_fixed() || *token == Token::Star);
        Self { tokens: tokens.into(), head, tail, has_stars_alone, unit }
    }

    /// Whether it matches a whole text. If the steps are used up on the way, the answer is no.
    pub(crate) fn matches(&self, text: &str, steps: &mut Steps) -> bool {
        match self.unit {
            Unit::Byte => self.matches_units(text.bytes().map(u32::from), steps),
            Unit::Char => self.matches_units(text.chars().map(u32::from), steps),
        }
    }

    fn matches_units(&self, mut text: impl DoubleEndedIterator<Item = u32> + Clone, steps: &mut Steps) -> bool {
        let (head, rest) = self.tokens.split_at(self.head);
        let (middle, tail) = rest.split_at(rest.len() - self.tail);
        let mut cost = 2;
        let mut is_next = |token: &Token, unit: Option<u32>| {
            cost += token.cost();
            unit.is_some_and(|unit| token.takes(unit))
        };
        let is_at_ends = head.iter().all(|token| is_next(token, text.next()))
            && tail.iter().rev().all(|token| is_next(token, text.next_back()));
        if !steps.take(cost) || !is_at_ends {
            return false;
        }
        match middle {
            [] => text.next().is_none(),
            [Token::Star] => {
                let mut passed = 0;
                let has_slash = text.inspect(|_| passed += 1).any(|unit| unit == SLASH);
                steps.take(passed) && !has_slash
            }
            [Token::Deep] => true,
            [Token::Folders] => text.next_back().is_none_or(|last| last == SLASH),
            middle if self.has_stars_alone && !text.clone().any(|unit| unit == SLASH) => {
                has_pieces(middle, text, steps)
            }
            middle => Places::new(middle).lead_through(text, steps),
        }
    }
}

/// Whether a text without slashes contains the pieces between the stars, one after the other.
fn has_pieces(middle: &[Token], mut text: impl Iterator<Item = u32> + Clone, steps: &mut Steps) -> bool {
    middle.split(|token| *token == Token::Star).filter(|piece| !piece.is_empty()).all(|piece| {
        loop {
            let mut behind = text.clone();
            let mut cost = 1;
            let is_here = piece.iter().all(|token| {
                cost += token.cost();
                behind.next().is_some_and(|unit| token.takes(unit))
            });
            if !steps.take(cost) {
                return false;
            }
            if is_here {
                text = behind;
                return true;
            }
            if text.next().is_none() {
                return false;
            }
        }
    })
}

/// The places in some tokens that a text can have reached.
struct Places<'t> {
    tokens: &'t [Token],
    now: Vec<usize>,
    next: Vec<usize>,
    /// The round in which a place was last added, and the one in which it was last entered from the place before it.
    added: Vec<usize>,
    entered: Vec<usize>,
    round: usize,
}

impl<'t> Places<'t> {
    fn new(tokens: &'t [Token]) -> Self {
        let rounds = vec![0; tokens.len() + 1];
        Self { tokens, now: Vec::new(), next: Vec::new(), added: rounds.clone(), entered: rounds, round: 1 }
    }

    /// Whether a whole text matches all tokens.
    fn lead_through(mut self, text: impl Iterator<Item = u32>, steps: &mut Steps) -> bool {
        self.enter(0);
        for unit in text {
            std::mem::swap(&mut self.now, &mut self.next);
            self.next.clear();
            self.round += 1;
            let mut cost = 1;
            for index in 0..self.now.len() {
                let at = self.now[index];
                let Some(token) = self.tokens.get(at) else { continue };
                cost += 1 + token.cost();
                match token {
                    Token::Star if unit != SLASH => self.enter(at),
                    Token::Star => {}
                    Token::Deep => self.enter(at),
                    Token::Folders => {
                        // Within a folder it cannot be left before the slash
                        self.add(at);
                        if unit == SLASH {
                            self.enter(at + 1);
                        }
                    }
                    fixed if fixed.takes(unit) => self.enter(at + 1),
                    _ => {}
                }
            }
            if !steps.take(cost) || self.next.is_empty() {
                return false;
            }
        }
        self.added[self.tokens.len()] == self.round
    }

    fn add(&mut self, at: usize) {
        if self.added[at] != self.round {
            self.added[at] = self.round;
            self.next.push(at);
        }
    }

    /// Adds a place, and the following ones that are reached without a unit.
    fn enter(&mut self, mut at: usize) {
        while self.entered[at] != self.round {
            self.entered[at] = self.round;
            self.add(at);
            if self.tokens.get(at).is_none_or(Token::is_fixed) {
                break;
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(char: char) -> Token {
        Token::One(u32::from(char))
    }

    fn matches(tokens: &[Token], text: &str) -> bool {
        Glob::new(tokens.to_vec(), Unit::Char).matches(text, &mut Steps::of(u64::MAX))
    }

    #[test]
    fn wild_tokens_next_to_each_other_take_what_they_may() {
        use Token::{Deep, Folders, Star};
        assert!(matches(&[Folders, Star, one('b'), Deep], "x/ab/c") && matches(&[Folders, Star, one('b'), Deep], "b"));
        assert!(!matches(&[Folders, one('b'), Star, one('c')], "xb/c"));
        assert!(!matches(&[Star, Folders, one('b'), Star], "a/xb"), "after a folder comes a name");
        assert!(matches(&[Star, Folders, one('b'), Star], "a/x/b") && matches(&[Star, Folders, one('b'), Star], "ab"));
    }

    #[test]
    fn a_match_costs_no_more_than_pattern_times_text() {
        let hard: [&[Token]; 5] = [
            &[Token::Star, one('a')],
            &[Token::Star, one('a'), one('a'), one('c')],
            &[Token::Folders, one('a'), one('/')],
            &[Token::Folders, Token::Star, one('a'), Token::Star],
            &[Token::Deep, one('a'), Token::Star],
        ];
        for unit in hard {
            let mut tokens: Vec<Token> = std::iter::repeat_n(unit, 200).flatten().cloned().collect();
            tokens.push(one('b'));
            tokens.push(Token::Star);
            let glob = Glob::new(tokens.clone(), Unit::Byte);
            for text in ["a".repeat(1000), "a/".repeat(500), "aa/".repeat(333)] {
                let mut steps = Steps::of(u64::MAX);
                assert!(!glob.matches(&text, &mut steps));
                let cost = u64::MAX - steps.left();
                let bound = 4 * (tokens.len() * text.len()) as u64;
                assert!(cost <= bound, "{cost} steps for {} tokens and {} bytes", tokens.len(), text.len());
            }
        }
    }

    #[test]
    fn without_steps_there_is_no_match() {
        let glob = Glob::new(vec![Token::Star, one('a'), Token::Star], Unit::Byte);
        let mut steps = Steps::of(5);
        assert!(!glob.matches("xxxxxxxxa", &mut steps) && steps.are_used_up());
        assert!(glob.matches("xxxxxxxxa", &mut Steps::of(1000)));
    }
}
