//! Hides secrets in lines of a log before they are shown.

use std::ops::Range;

use crate::facts::tokens::{TOKEN_FORMS, TOKEN_LABELS};
use crate::values::without_tokens;

/// What is shown in place of a secret.
const MASK: &str = "***";

/// A run of at least this many letters and digits behind the prefix of a token is one, if it mixes their kinds.
const MIXED: usize = 8;

/// A run of at least this many is one whatever it consists of.
const LONG: usize = 16;

/// A line without tokens, passwords in addresses, and values that a word such as `token=` introduces.
pub(super) fn masked(line: &str) -> String {
    let line = without_tokens(line);
    let line = TOKEN_FORMS.iter().fold(line.into_owned(), |line, form| without_form(&line, form.prefix));
    without_labelled(&without_passwords(&line))
}

/// A log has tokens of tests, and tokens that were cut: shorter ones than those that answers refuse.
fn without_form(line: &str, prefix: &str) -> String {
    replaced(line, prefix, |before, body| {
        let is_inside = before.ends_with(|char: char| char.is_ascii_alphanumeric());
        let length = body.find(|char| !is_of_token(char)).unwrap_or(body.len());
        let mut runs = body[..length].split(|char: char| !char.is_ascii_alphanumeric());
        (!is_inside && runs.any(is_random)).then_some(length)
    })
}

fn is_of_token(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.')
}

fn is_random(run: &str) -> bool {
    let kinds: [fn(&u8) -> bool; 3] = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit];
    let kinds = kinds.iter().filter(|is_kind| run.bytes().any(|byte| is_kind(&byte))).count();
    run.len() >= LONG || run.len() >= MIXED && kinds > 1
}

/// `https://user:password@host`
fn without_passwords(line: &str) -> String {
    replaced(line, "://", |_, rest| {
        let end =
            rest.find(|char: char| char.is_whitespace() || matches!(char, '/' | '"' | '\'')).unwrap_or(rest.len());
        let at = rest[..end].rfind('@')?;
        (rest[..at].contains(':') || is_random(&rest[..at])).then_some(at)
    })
}

/// `token=..`, `Authorization: Bearer ..`
fn without_labelled(line: &str) -> String {
    let labels = TOKEN_LABELS.iter().copied().chain(["password", "passwd", "pwd"]);
    labels.fold(line.to_owned(), |line, label| {
        let lower = line.to_ascii_lowercase();
        let mut text = String::with_capacity(line.len());
        let mut from = 0;
        for (at, _) in lower.match_indices(label) {
            if at < from || lower[..at].ends_with(|char: char| char.is_ascii_alphanumeric()) {
                continue;
            }
            let Some((sign, value)) = value_after(&line, at + label.len()) else { continue };
            let is_assigned = sign.contains(['=', ':']);
            let is_secret = is_assigned && label.starts_with('p') || is_random(&line[value.clone()]);
            if !is_secret || !is_assigned && !matches!(label, "bearer" | "basic" | "token") {
                continue;
            }
            text.push_str(&line[from..value.start]);
            text.push_str(MASK);
            from = value.end;
        }
        text + &line[from..]
    })
}

/// What is between a label and its value, such as `=`, and where the value is.
fn value_after(line: &str, at: usize) -> Option<(&str, Range<usize>)> {
    let rest = &line[at..];
    let value = rest.trim_start_matches([' ', '=', ':', '"', '\'']);
    let sign = &rest[..rest.len() - value.len()];
    let start = at + rest.len() - value.len();
    let ends = |char: char| char.is_whitespace() || matches!(char, '"' | '\'' | '&' | ',' | ';' | ')' | '}' | '<');
    let length = value.find(ends).unwrap_or(value.len());
    (length > 0 && !sign.is_empty()).then_some((sign, start..start + length))
}

/// A line with a mask after each place of a text for which `length` has a length.
fn replaced(line: &str, text: &str, length: impl Fn(&str, &str) -> Option<usize>) -> String {
    let mut masked = String::with_capacity(line.len());
    let mut from = 0;
    for (at, _) in line.match_indices(text) {
        let end = at + text.len();
        if at < from {
            continue;
        }
        if let Some(length) = length(&line[..at], &line[end..]) {
            masked.push_str(&line[from..end]);
            masked.push_str(MASK);
            from = end + length;
        }
    }
    masked + &line[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_left_in_a_line() {
        for (line, secret) in [
            ("using hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH now", "aBcDeFgH"),
            ("hf_abc123xyz9", "abc123xyz9"),
            ("HF_TOKEN=hf_abcdefghijklmnop", "abcdefghijklmnop"),
            ("Authorization: Bearer abcDEF123456", "abcDEF123456"),
            ("{\"token\": \"abcDEF123456\"}", "abcDEF123456"),
            ("https://me:hunter2@huggingface.co/spaces", "hunter2"),
            ("https://0123456789abcdef01@github.com/x", "0123456789abcdef01"),
            ("password=letmein&x", "letmein"),
            ("x sk-proj-Ab12Cd34Ef56-xyz y", "Ab12Cd34"),
            ("ghp_0123456789abcdefABCDEF0123456789abcd", "0123456789"),
            ("é token=ÄbcDEF123456é", "DEF123456"),
        ] {
            assert!(!masked(line).contains(secret), "{line}: {}", masked(line));
        }
    }

    #[test]
    fn other_text_stays() {
        for line in [
            "cannot import name 'hf_hub_download' from 'huggingface_hub'",
            "npm_config_cache is deprecated",
            "Password for 'https://acme@huggingface.co':",
            "You must use a user access token or an SSH key instead.",
            "To https://huggingface.co/spaces/acme/ohm",
            "allowToken=REDACTED&fail=true",
            "fatal: Authentication failed for 'https://huggingface.co/spaces/acme/summary-bot/'",
        ] {
            assert_eq!(masked(line).replace("***", ""), line, "{}", masked(line));
        }
    }
}
