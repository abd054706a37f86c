//! Finds access tokens in answers. A Space's files are public, and a published token is abused within
//! minutes.

use std::borrow::Cow;
use std::ops::Range;

use super::value::Invalid;
use crate::facts::tokens::{LONGER_THAN_WORDS, TOKEN_FORMS, TOKEN_LABELS, TOKEN_LEAST, TokenForm};
use crate::order::Order;

/// A token in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) issuer: &'static str,
    pub(crate) range: Range<usize>,
    /// Whether it mixes letters and digits like a real one, unlike a placeholder.
    is_random: bool,
}

/// The tokens anywhere in a text.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = TOKEN_FORMS.iter().flat_map(|form| of_form(text, form)).collect();
    found.order_by_key(|token| token.range.start);
    found
}

fn of_form<'t>(text: &'t str, form: &'static TokenForm) -> impl Iterator<Item = Token> + 't {
    text.match_indices(form.prefix).filter_map(move |(at, prefix)| {
        let body = &text[at + prefix.len()..];
        let length = body.find(|char| !is_of_token(char)).unwrap_or(body.len());
        let body = &body[..length];
        let run =
            body.split(|char: char| !char.is_ascii_alphanumeric()).max_by_key(|run| run.len()).unwrap_or_default();
        let is_word = run.len() < LONGER_THAN_WORDS && kinds(run) < 2 && form.prefix.ends_with(['_', '-']);
        let is_token = length >= TOKEN_LEAST && run.len() >= form.unbroken && !is_word && begins(&text[..at]);
        let range = at..at + prefix.len() + length;
        is_token.then(|| Token { issuer: form.issuer, range, is_random: kinds(run) >= 2 })
    })
}

fn is_of_token(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.')
}

/// The numbers of lower-case letters, upper-case letters and digits.
fn kinds(text: &str) -> usize {
    let kinds: [fn(&u8) -> bool; 3] = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit];
    kinds.iter().filter(|is_kind| text.bytes().any(|byte| is_kind(&byte))).count()
}

/// Whether a word can begin after this text: `%3D` of an address and `\n` of JSON end one, a letter does not.
fn begins(before: &str) -> bool {
    let bytes = before.as_bytes();
    let is_escape = |bytes: &[u8]| match bytes {
        [.., b'%', high, low] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        [.., b'\\', b'n' | b't' | b'r'] => true,
        [.., b'\\', b'u' | b'U', a, b, c, d] => [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()),
        _ => false,
    };
    !bytes.last().is_some_and(u8::is_ascii_alphanumeric) || is_escape(bytes)
}

/// The token that a text consists of, apart from quotes and words that introduce it: `Authorization: Bearer …`.
pub(crate) fn token_alone(text: &str) -> Option<Token> {
    let tokens = tokens(text);
    let first = tokens.first()?.clone();
    let mut rest = String::new();
    let mut from = 0;
    for token in &tokens {
        rest.push_str(text.get(from..token.range.start).unwrap_or_default());
        rest.push(' ');
        from = from.max(token.range.end);
    }
    rest.push_str(&text[from..]);
    let mut words = rest.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| TOKEN_LABELS.contains(&word.to_lowercase().as_str())).then_some(first)
}

/// The token that a text consists of, if it is certainly real and not a placeholder.
pub(crate) fn real_token(text: &str) -> Option<&str> {
    let token = token_alone(text).filter(|token| token.is_random && !text.to_lowercase().contains("example"))?;
    text.get(token.range)
}

/// Parts of what stands for a token: in examples, and in tests.
const PLACEHOLDERS: [&str; 22] = [
    "xxxx", "abcdef", "bcdefg", "123456", "234567", "qwerty", "aaaa", "0000", "1111", "example", "your", "token",
    "dummy", "fake", "sample", "secret", "replace", "insert", "change", "mytok", "redacted", "deadbeef",
];

/// The tokens in a text of any length that are certainly real: as long as real ones, and without a pattern. Those that may be public
/// are left out.
pub(crate) fn real_tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    for run in long_runs(text.as_bytes()) {
        let mut forms = forms_in(&text.as_bytes()[run.clone()]);
        // Letters may belong to an escape, which begins a little earlier
        let start = text.floor_char_boundary(run.start.saturating_sub(6));
        while let Some(form) = TOKEN_FORMS.get(forms.trailing_zeros() as usize) {
            forms &= forms - 1;
            let real = of_form(&text[start..run.end], form).filter(|token| is_real(&text[start..run.end], token, form));
            found
                .extend(real.map(|token| Token { range: token.range.start + start..token.range.end + start, ..token }));
        }
    }
    found
}

/// Letters, digits and what else tokens consist of, at least as many as the shortest token has.
fn long_runs(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_part = |byte: &u8| IS_OF_TOKEN[usize::from(*byte)];
    let mut at = 0;
    std::iter::from_fn(move || {
        // From its end: what breaks a run there lets all before it be skipped
        while let Some(next) = bytes.get(at..=at + TOKEN_LEAST) {
            let Some(gap) = next.iter().rposition(|byte| !is_part(byte)) else {
                let start = at;
                let length = bytes[start..].iter().position(|byte| !is_part(byte));
                at = length.map_or(bytes.len(), |length| start + length);
                return Some(start..at);
            };
            at += gap + 1;
        }
        None
    })
}

const IS_OF_TOKEN: [bool; 256] = {
    let mut is_part = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        is_part[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        byte += 1;
    }
    is_part
};

/// The forms, as bits, that may have a certain byte first, second and third. Those that may be public are left out.
static FORMS_BY_BYTE: [[u64; 256]; 3] = {
    assert!(TOKEN_FORMS.len() < 64, "a bit for each form");
    let mut by_byte = [[0; 256]; 3];
    let mut form = 0;
    while form < TOKEN_FORMS.len() {
        let prefix = TOKEN_FORMS[form].prefix.as_bytes();
        let mut at = 0;
        while at < 3 && !TOKEN_FORMS[form].may_be_public {
            by_byte[at][prefix[at] as usize] |= 1 << form;
            at += 1;
        }
        form += 1;
    }
    by_byte
};

/// The forms, as bits, of which a token may be in a text.
fn forms_in(text: &[u8]) -> u64 {
    let [first, second, third] = &FORMS_BY_BYTE;
    let threes = text.iter().zip(text.iter().skip(1)).zip(text.iter().skip(2));
    threes.fold(0, |forms, ((one, two), three)| {
        forms | (first[usize::from(*one)] & second[usize::from(*two)] & third[usize::from(*three)])
    })
}

fn is_real(text: &str, token: &Token, form: &TokenForm) -> bool {
    let body = text
        .get(token.range.start + form.prefix.len()..token.range.end)
        .unwrap_or_default()
        .trim_end_matches(['.', '-', '_']);
    let lower = body.to_ascii_lowercase();
    let mut bytes: Vec<u8> = lower.bytes().collect();
    bytes.order();
    bytes.dedup();
    let is_of_aws = form.prefix.len() == 4 && form.least == TOKEN_LEAST;
    let fits = if is_of_aws {
        body.len() == form.least && body.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'))
    } else {
        body.len() >= form.least && token.is_random
    };
    fits && bytes.len() >= 8 && !PLACEHOLDERS.iter().any(|word| lower.contains(word))
}

/// A text with a mark in place of each token, for messages.
pub(crate) fn without_tokens(text: &str) -> Cow<'_, str> {
    let tokens = tokens(text);
    if tokens.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for token in tokens {
        if from <= token.range.start {
            masked.push_str(&text[from..token.range.start]);
            masked.push_str("<token>");
        }
        from = from.max(token.range.end);
    }
    masked.push_str(&text[from..]);
    Cow::Owned(masked)
}

/// Refuses a text that is a token. The message does not repeat it.
pub(crate) fn refuse_token(text: &str) -> Result<(), Invalid> {
    match token_alone(text) {
        None => Ok(()),
        Some(token) => {
            Err(Invalid::new(format!("it contains a token of {}, and this text will be public", token.issuer))
                .hint("remove it; an app reads a token from its environment: `--secret NAME`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH";

    fn made(prefix: &str) -> String {
        match prefix {
            "AKIA" | "ASIA" => format!("{prefix}QWERTYUIOP234567"),
            "github_pat_" => format!("{prefix}11ABCDEFG0aBcDeFgHiJkL_{BODY}"),
            "xoxb-" | "xoxp-" => format!("{prefix}123456789012-1234567890123-aBcDeFgHiJkLmNoPqRsTuVwX"),
            _ => format!("{prefix}{BODY}12"),
        }
    }

    #[test]
    fn every_form_is_found_alone_and_in_a_text() {
        for form in TOKEN_FORMS {
            let token = made(form.prefix);
            let wrapped = [
                "{}",
                "\"{}\"",
                " '{}' ",
                "Bearer {}",
                "bearer:{}",
                "Authorization: Bearer {}",
                "token={}",
                "{\"token\": \"{}\"}",
                "`{}`",
            ];
            for text in wrapped.map(|around| around.replacen("{}", &token, 1)) {
                assert_eq!(token_alone(&text).map(|token| token.issuer), Some(form.issuer), "{text}");
                assert_eq!(real_token(&text), Some(&*token), "{text}");
            }
            let parts = [
                "https://user:{}@host/x",
                "https://host/?a=1&token={}&b",
                "?token%3D{}",
                "{\"a\": 1, \"b\": \"{}\"}",
                "my {} demo",
                "a\\n{}",
            ];
            for text in parts.map(|around| around.replacen("{}", &token, 1)) {
                assert_eq!(tokens(&text).first().map(|token| token.issuer), Some(form.issuer), "{text}");
                assert_eq!(token_alone(&text), None, "{text}");
            }
        }
    }

    #[test]
    fn ordinary_values_are_no_tokens() {
        for text in [
            "sk-learn",
            "scikit-learn==1.7.2 ; sk-learn",
            "sk-image-classification-demo2",
            "sk-internationalization",
            "hf_hub_download_from_a_repository",
            "hf_transfer",
            "HF_TOKEN",
            "npm_config_registry_mirror_address",
            "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
            "pkg==1.0 --hash=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "git+https://example.org/x@0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
            "550e8400-e29b-41d4-a716-446655440000",
            "ask-me-anything-about-transformers",
            "disk-aBcDeFgHiJkLmNoPqRsTuVwX",
            "pypi-attestations-of-everything",
            "AKIA",
            "xoxb-",
            "Bearer of bad news",
            "token",
        ] {
            assert_eq!(tokens(text), [], "{text}");
        }
    }

    #[test]
    fn real_tokens_are_as_long_as_real_ones_and_have_no_pattern() {
        let body = "wQzRkTbVnXsLdGcYhJfMpAeUoZiKqBtWxN";
        for text in [
            format!("a = \"hf_{body}\""),
            format!("x\\nhf_{body}\\n"),
            format!("https://u:hf_{body}@h/x"),
            "k: AKIAQWERTZUIOPLK7M5N".to_owned(),
        ] {
            assert_eq!(real_tokens(&text).len(), 1, "{text}");
        }
        let found = real_tokens(&format!("é hf_{body} hf_xyz ghp_{body}12"));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].range, 3..3 + 37);
        for text in [
            format!("hf_{}", &body[..20]),
            format!("hf_{}", "x".repeat(34)),
            format!("hf_{}", "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH"),
            format!("hf_your{body}"),
            format!("shf_{body}"),
            "AKIAIOSFODNN7EXAMPLE".to_owned(),
            format!("AIza{body}1"),
            format!("sk_test_{body}"),
            "sha512-wQzRkTbVnXsLdGcYhJfMpAeUoZiKqBtWxN/AKIA+hf==".to_owned(),
        ] {
            assert_eq!(real_tokens(&text), [], "{text}");
        }
    }

    #[test]
    fn what_stands_for_a_token_is_no_real_one() {
        assert_eq!(real_token("AKIAIOSFODNN7EXAMPLE"), None);
        assert_eq!(real_token(&format!("hf_{}", "x".repeat(34))), None);
        assert!(token_alone(&format!("hf_{}", "x".repeat(34))).is_some());
    }
}
