//! Conditions after `;`: whether they are well formed.
//!
//! Source: <https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers>.

/// The variables of a condition. The last six are older names that pip still accepts.
const VARIABLES: [&str; 20] = [
    "python_version",
    "python_full_version",
    "os_name",
    "sys_platform",
    "platform_release",
    "platform_system",
    "platform_version",
    "platform_machine",
    "platform_python_implementation",
    "implementation_name",
    "implementation_version",
    "extra",
    "extras",
    "dependency_groups",
    "os.name",
    "sys.platform",
    "platform.version",
    "platform.machine",
    "platform.python_implementation",
    "python_implementation",
];

const OPERATORS: [&str; 8] = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// Also `in`.
    Operator,
    In,
    Value,
}

/// Whether a text is a condition.
pub(super) fn is_marker(text: &str) -> bool {
    let kinds = |tokens: Vec<(Token, &str)>| tokens.into_iter().map(|(token, _)| token).collect::<Vec<_>>();
    tokens(text).is_some_and(|tokens| is_expression(&kinds(tokens)))
}

/// Comparisons with `and` or `or` between them, in parentheses or not.
fn is_expression(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    let mut rest = tokens;
    loop {
        while let [Token::Open, more @ ..] = rest {
            depth += 1;
            rest = more;
        }
        rest = match rest {
            [Token::Value, Token::Operator | Token::In, Token::Value, more @ ..]
            | [Token::Value, Token::Not, Token::In, Token::Value, more @ ..] => more,
            _ => return false,
        };
        while let [Token::Close, more @ ..] = rest {
            let Some(outer) = depth.checked_sub(1) else { return false };
            (depth, rest) = (outer, more);
        }
        rest = match rest {
            [] => return depth == 0,
            [Token::And | Token::Or, more @ ..] => more,
            _ => return false,
        };
    }
}

/// The tokens, each as it is written.
pub(super) fn tokens(text: &str) -> Option<Vec<(Token, &str)>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '"' | '\'' => (Token::Value, rest[1..].find(first)? + 2),
            '<' | '>' | '=' | '!' | '~' => {
                (Token::Operator, OPERATORS.iter().find(|operator| rest.starts_with(**operator))?.len())
            }
            _ => word(rest)?,
        };
        let (written, after) = rest.split_at(length);
        tokens.push((token, written));
        rest = after.trim_start();
    }
    Some(tokens)
}

fn word(text: &str) -> Option<(Token, usize)> {
    let length = text.find(|char: char| !(char.is_ascii_alphanumeric() || "_.".contains(char))).unwrap_or(text.len());
    let token = match &text[..length] {
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        "in" => Token::In,
        name if VARIABLES.contains(&name) => Token::Value,
        _ => return None,
    };
    Some((token, length))
}

#[cfg(test)]
mod tests {
    use super::is_marker;

    #[test]
    fn conditions_of_the_specification() {
        for text in [
            "python_version < '3.13'",
            "python_version>=\"3.8\" and(os_name=='nt' or sys_platform != 'darwin')",
            "'linux' in sys_platform",
            "platform_machine not in 'arm64 aarch64'",
            "(((extra == 'x')))",
            "python_full_version ~= '3.9.1'",
            "os.name == 'posix'",
        ] {
            assert!(is_marker(text), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_conditions() {
        let deep = "(".repeat(100_000);
        for text in [
            "",
            "nonsense",
            "python_version",
            "python_version < 3.13",
            "python_version < '3.13",
            "python_version < '3.13' and",
            "(os_name == 'nt'",
            "os_name == 'nt')",
            "os_name = 'nt'",
            "os_name not == 'nt'",
            "os_name == 'nt' os_name == 'nt'",
            "\u{e9} == 'x'",
            &deep,
        ] {
            assert!(!is_marker(text), "{text:.40}");
        }
    }
}
