//! How YAML readers interpret a scalar without quotes.
//!
//! PyYAML, with which `huggingface_hub` reads front matter, follows YAML 1.1; the Hub's JavaScript follows the core
//! schema of YAML 1.2. The rules are those of PyYAML's `resolver.py` and of
//! <https://yaml.org/spec/1.2.2/#103-core-schema>.

/// A type of scalars, and the test for it.
type Rule = (&'static str, fn(&str) -> bool);

/// The type that some reader gives to a plain scalar instead of text.
pub(super) fn misread(text: &str) -> Option<&'static str> {
    let rules: [Rule; 7] = [
        ("a boolean", is_boolean),
        ("nothing", |text| matches!(text, "" | "~" | "null" | "Null" | "NULL")),
        ("a merge", |text| text == "<<"),
        ("a default value", |text| text == "="),
        ("a whole number", is_integer),
        ("a number", is_float),
        ("a time", is_timestamp),
    ];
    rules.into_iter().find(|(_, holds)| holds(text)).map(|(name, _)| name)
}

fn is_boolean(text: &str) -> bool {
    let words = ["yes", "no", "true", "false", "on", "off"];
    words.iter().any(|word| {
        let mut capitalised = (*word).to_owned();
        capitalised[..1].make_ascii_uppercase();
        text == *word || text == capitalised || text == word.to_uppercase()
    })
}

fn is_integer(text: &str) -> bool {
    let text = strip_sign(text);
    let after = |prefix: &str, digit: fn(char) -> bool| text.strip_prefix(prefix).is_some_and(|rest| some(rest, digit));
    let decimal = text.starts_with(|char: char| char.is_ascii_digit()) && some(text, digit_or_line);
    let yaml_1_1 = after("0b", |char| matches!(char, '0' | '1' | '_'))
        || after("0", |char| matches!(char, '0'..='7' | '_'))
        || text == "0"
        || decimal && !text.starts_with('0')
        || after("0x", |char| char.is_ascii_hexdigit() || char == '_')
        || !text.starts_with('0') && is_sexagesimal(text);
    yaml_1_1 || some(text, |char| char.is_ascii_digit()) || after("0o", |char| matches!(char, '0'..='7'))
}

fn is_float(text: &str) -> bool {
    let unsigned = strip_sign(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    if exponent.is_some_and(|exponent| !some(strip_sign(exponent), |char| char.is_ascii_digit())) {
        return false;
    }
    let starts_with_digit = mantissa.starts_with(|char: char| char.is_ascii_digit());
    match mantissa.split_once('.') {
        Some(("", fraction)) => some(fraction, digit_or_line) && !fraction.starts_with('_'),
        Some((whole, fraction)) => {
            let whole_fits = some(whole, digit_or_line) || exponent.is_none() && is_sexagesimal(whole);
            starts_with_digit && whole_fits && fraction.chars().all(digit_or_line)
        }
        None => exponent.is_some() && some(mantissa, |char| char.is_ascii_digit()),
    }
}

/// `12:30:45` is a number to the base of 60.
fn is_sexagesimal(text: &str) -> bool {
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let below_60 = |part: &&str| match part.as_bytes() {
        [ones] => ones.is_ascii_digit(),
        [tens, ones] => matches!(tens, b'0'..=b'5') && ones.is_ascii_digit(),
        _ => false,
    };
    let number = some(first, digit_or_line) && !first.starts_with('_');
    number && !rest.is_empty() && rest.iter().all(below_60)
}

fn is_timestamp(text: &str) -> bool {
    let mut left = Left(text);
    let date = left.digits(4, 4) && left.mark('-') && left.digits(1, 2) && left.mark('-') && left.digits(1, 2);
    if !date {
        return false;
    }
    if left.0.is_empty() {
        return text.len() == 10;
    }
    if !(left.mark('T') || left.mark('t') || left.blanks()) {
        return false;
    }
    let time = left.digits(1, 2) && left.mark(':') && left.digits(2, 2) && left.mark(':') && left.digits(2, 2);
    if left.mark('.') {
        left.digits(0, usize::MAX);
    }
    left.blanks();
    let zone = left.0.is_empty()
        || left.mark('Z')
        || (left.mark('-') || left.mark('+')) && left.digits(1, 2) && (!left.mark(':') || left.digits(2, 2));
    time && zone && left.0.is_empty()
}

/// The unread rest of a text.
struct Left<'a>(&'a str);

impl Left<'_> {
    fn mark(&mut self, mark: char) -> bool {
        self.0.strip_prefix(mark).is_some_and(|rest| {
            self.0 = rest;
            true
        })
    }

    fn digits(&mut self, least: usize, most: usize) -> bool {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count().min(most);
        self.0 = &self.0[count..];
        count >= least
    }

    fn blanks(&mut self) -> bool {
        let rest = self.0.trim_start_matches([' ', '\t']);
        let some = rest.len() < self.0.len();
        self.0 = rest;
        some
    }
}

fn strip_sign(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn digit_or_line(char: char) -> bool {
    char.is_ascii_digit() || char == '_'
}

fn some(text: &str, fits: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(fits)
}

#[test]
fn words_that_yaml_readers_misread_are_known() {
    for text in [
        "yes",
        "No",
        "ON",
        "null",
        "~",
        "",
        "<<",
        "=",
        "0",
        "012",
        "1_000",
        "-7",
        "0x1f",
        "0b11",
        "0o17",
        "12:30:45",
        "1:00",
        "1.5",
        "1e3",
        "1.5e+3",
        ".5",
        "-.inf",
        ".NaN",
        "1:30.5",
        "6.",
        "2024-01-02",
        "2024-1-2 3:04:05",
        "2024-01-02T03:04:05.6Z",
        "2024-01-02 03:04:05 +1:00",
        "08",
    ] {
        assert!(misread(text).is_some(), "{text}");
    }
    for text in [
        "yEs",
        "nullo",
        "a",
        "1.2.3",
        "6.31.0",
        "3.12.12",
        "0x",
        "0b",
        "1:60",
        "1:",
        "12:30:45:",
        "2024-01",
        "2024-1-2",
        "2024-01-02T",
        "e3",
        ".",
        "-",
        "1e",
        "_1",
        "._5",
        "==",
        "t4-small",
        "🚀",
    ] {
        assert_eq!(misread(text), None, "{text}");
    }
}
