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

/// A run of at least this many letters and digits of all kinds is a key, whatever is before it.
const KEY: usize = 40;

/// Prefixes of tokens that answers may have, and logs must not show: JSON web tokens.
const MORE_FORMS: [&str; 1] = ["eyJ"];

/// Words that introduce a password, whatever it consists of.
const PASSWORD_LABELS: [&str; 8] =
    ["password", "passwd", "passphrase", "pass", "pwd", "pgpassword", "accountkey", "sharedaccesskey"];

/// Words besides those of settings that introduce a token in logs.
const MORE_LABELS: [&str; 4] = ["accesskey", "signature", "session", "sessionid"];

/// A line without tokens, passwords in addresses, and values that a word such as `token=` introduces.
pub(super) fn masked(line: &str) -> String {
    let line = without_tokens(line);
    let forms = TOKEN_FORMS.iter().map(|form| form.prefix).chain(MORE_FORMS);
    let line = forms.fold(line.into_owned(), |line, prefix| without_form(&line, prefix));
    let line = without_webhooks(&without_bots(&line));
    without_keys(&without_labelled(&without_users(&without_passwords(&line))))
}

/// `bot7654321098:AAE..`, a token of Telegram. Source: <https://core.telegram.org/bots/api#authorizing-your-bot>.
fn without_bots(line: &str) -> String {
    let mut masked = String::with_capacity(line.len());
    let mut from = 0;
    for (at, _) in line.match_indices(':') {
        let digits = line[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let token = line[at + 1..].find(|char| !is_of_token(char)).unwrap_or(line.len() - at - 1);
        if at >= from && (6..=12).contains(&digits) && token >= 30 && is_random(&line[at + 1..at + 1 + token]) {
            masked.push_str(&line[from..at - digits]);
            masked.push_str(MASK);
            from = at + 1 + token;
        }
    }
    masked + &line[from..]
}

/// `discord.com/api/webhooks/1234/token`, which gives the right to write. Source: <https://discord.com/developers/docs/resources/webhook>.
fn without_webhooks(line: &str) -> String {
    replaced(line, "/api/webhooks/", |_, rest| {
        let length = rest.find(|char| !is_of_token(char) && char != '/').unwrap_or(rest.len());
        (length > 0).then_some(length)
    })
}

/// `--user me:password`, `-u me:password`: a number is one of a container's user.
fn without_users(line: &str) -> String {
    ["-u ", "--user ", "--user="].iter().fold(line.to_owned(), |line, option| {
        replaced(&line, option, |before, rest| {
            let word = rest.split_whitespace().next().filter(|_| before.is_empty() || before.ends_with(' '))?;
            let (_, password) = word.split_once(':').filter(|_| rest.starts_with(word))?;
            let is_group = !password.is_empty() && password.bytes().all(|byte| byte.is_ascii_digit());
            (!is_group && !password.is_empty()).then_some(word.len())
        })
    })
}

/// Lines of a private key, and keys that nothing introduces.
fn without_keys(line: &str) -> String {
    let is_of_key = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '=');
    line.split_inclusive(|char| !is_of_key(char))
        .map(|word| {
            let key = word.trim_end_matches(|char| !is_of_key(char));
            let kinds: [fn(&u8) -> bool; 3] = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit];
            let is_mixed = kinds.iter().all(|is_kind| key.bytes().filter(is_kind).count() > 2);
            // Paths have the same characters, and shorter parts
            let longest = key.split('/').map(str::len).max().unwrap_or_default();
            if key.len() >= KEY && is_mixed && longest * 2 > key.len() {
                format!("{MASK}{}", &word[key.len()..])
            } else {
                word.to_owned()
            }
        })
        .collect()
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
    // The capital of a word is none
    let kinds = kinds.iter().filter(|is_kind| run.bytes().skip(1).any(|byte| is_kind(&byte))).count();
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
    let labels = TOKEN_LABELS.iter().copied().chain(PASSWORD_LABELS).chain(MORE_LABELS);
    labels.fold(line.to_owned(), |line, label| {
        let lower = line.to_ascii_lowercase();
        let mut text = String::with_capacity(line.len());
        let mut from = 0;
        for (at, _) in lower.match_indices(label) {
            if at < from || lower[..at].ends_with(|char: char| char.is_ascii_alphanumeric()) {
                continue;
            }
            let Some((sign, value)) = value_after(&line, at + label.len()) else { continue };
            let is_option = line[..at].rsplit(' ').next().is_some_and(|word| word.starts_with("--"));
            let is_assigned = sign.contains(['=', ':']) || is_option;
            let is_path = line[value.clone()].starts_with(['/', '.', '-', '<', '$']);
            let is_password = is_assigned && PASSWORD_LABELS.contains(&label);
            let is_secret = is_password || !is_path && (is_option || is_random(&line[value.clone()]));
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
    let quote = sign.chars().last().filter(|last| matches!(last, '"' | '\''));
    let length = quote.and_then(|quote| value.find(quote)).or_else(|| value.find(ends)).unwrap_or(value.len());
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
            ("POST /bot7654321098:AAEhBOweik9ai2o01234567890abcdefghi/getMe", "AAEhBOweik9"),
            ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", "dozjgNryP4J3"),
            ("curl -u admin:hunter2 https://a", "hunter2"),
            ("curl --user me:pa55word! https://a", "pa55word"),
            ("PGPASSWORD=s3cret psql", "s3cret"),
            ("https://a/?X-Amz-Signature=0123456789abcdef0123", "0123456789abcdef"),
            ("AccountKey=abc==;EndpointSuffix=a", "abc=="),
            ("https://discord.com/api/webhooks/123456/abc-DEF_g", "abc-DEF_g"),
            ("run --token=abcdefgh now", "abcdefgh"),
            ("run --api-key abcDEFgh", "abcDEFgh"),
            ("Cookie: session=abcDEF123456; x", "abcDEF123456"),
            ("DB_PASSWORD=\"hunter two\" x", "two"),
            ("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj", "MIIEvQIBADANBg"),
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
            "failed to compute cache key: \"/requirements1.txt\" not found: not found",
            "openai.AuthenticationError: bad key: Incorrect API key provided",
            "docker run --user 1000:1000 image",
            "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "File \"/usr/local/lib/python3.13/site-packages/gradio/Components/Image2/Processing/utils.py\", line 2",
            "2026-11-02 10:05:33:123456 started",
            "fatal: Authentication failed for 'https://huggingface.co/spaces/acme/summary-bot/'",
        ] {
            assert_eq!(masked(line).replace("***", ""), line, "{}", masked(line));
        }
    }
}
