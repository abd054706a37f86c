//! Searches words in code.

use std::ops::Range;

use super::token::{Kind, Token, tokens};

/// Whether a word is part of a name or of a string in the code. Comments and docstrings
/// do not count.
pub(crate) fn code_has_word(text: &str, words: &[&str]) -> bool {
    let is_significant = |token: &Token| !matches!(token.kind, Kind::Blank | Kind::Comment | Kind::Join);
    let significant: Vec<Token> = tokens(text).filter(is_significant).collect();
    let ends_line = |token: Option<&Token>| token.is_none_or(|token| token.kind == Kind::LineEnd);
    significant.iter().enumerate().any(|(at, token)| {
        let is_code = match token.kind {
            Kind::Name => true,
            Kind::Text => {
                let before = at.checked_sub(1).and_then(|at| significant.get(at));
                !(ends_line(before) && ends_line(significant.get(at + 1)))
            }
            _ => false,
        };
        is_code && words.iter().any(|word| text[token.range()].contains(word))
    })
}

/// The places of the strings in the code, with their quotes.
pub(crate) fn strings(text: &str) -> Vec<Range<usize>> {
    tokens(text).filter(|token| token.kind == Kind::Text).map(Token::range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docstrings_and_comments_are_not_code() {
        let has = |text| code_has_word(text, &["uvicorn"]);
        for text in ["import uvicorn", "run(\"uvicorn app\")", "x = '''\nuvicorn'''", "uvicorn_host = 1"] {
            assert!(has(text), "{text}");
        }
        for text in ["\"\"\"Not uvicorn.\"\"\"\nx = 1", "x = 1  # uvicorn", "def f():\n    'uvicorn'  # x\n", ""] {
            assert!(!has(text), "{text}");
        }
    }
}
