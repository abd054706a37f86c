//! Conditions after `;` that hold in every image of a Space, or in those with one Python.
//!
//! Source: <https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers>.

use super::marker::{Token, tokens};
use super::versions::Versions;
use crate::facts::python::IMAGE_VERSIONS;
use crate::values::pep440::version;

/// More parentheses inside each other are not followed.
const DEPTH_MAX: usize = 20;

/// Whether a condition holds with each Python that images have, on Linux. False too if that is not certain.
pub(super) fn always_holds(condition: &str) -> bool {
    IMAGE_VERSIONS.iter().all(|python| holds_with(condition, python))
}

/// Whether a condition holds with one Python, such as `3.13`, on Linux. False too if that is not certain.
pub(super) fn holds_with(condition: &str, python: &str) -> bool {
    let Some(tokens) = tokens(condition) else { return false };
    let mut reader = Reader { rest: &tokens, python };
    reader.any(0) == Some(true) && reader.rest.is_empty()
}

/// A condition with one Python. What it cannot tell is none.
struct Reader<'t> {
    rest: &'t [(Token, &'t str)],
    python: &'t str,
}

impl<'t> Reader<'t> {
    fn any(&mut self, depth: usize) -> Option<bool> {
        let mut holds = self.all(depth);
        while self.skip(Token::Or) {
            holds = match (holds, self.all(depth)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (one, other) => one.and(other),
            };
        }
        holds
    }

    fn all(&mut self, depth: usize) -> Option<bool> {
        let mut holds = self.one(depth);
        while self.skip(Token::And) {
            holds = match (holds, self.one(depth)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (one, other) => one.and(other),
            };
        }
        holds
    }

    fn one(&mut self, depth: usize) -> Option<bool> {
        if self.skip(Token::Open) {
            // What follows is read wrongly then, and so is none as a whole
            let holds = if depth < DEPTH_MAX { self.any(depth + 1) } else { None };
            return holds.filter(|_| self.skip(Token::Close));
        }
        let (_, variable) = self.next()?;
        let (operator, written) = self.next()?;
        let is_negated = operator == Token::Not;
        if is_negated {
            self.next()?;
        }
        let (_, value) = self.next()?;
        let value = value.strip_prefix(['"', '\'']).and_then(|value| value.strip_suffix(['"', '\'']))?;
        match (variable, operator) {
            ("python_version", Token::Operator) => {
                Some(Versions::read(&format!("{written}{value}"))?.allows(&version(self.python)?))
            }
            ("python_full_version", Token::Operator) => {
                let allowed = Versions::read(&format!("{written}{value}"))?;
                // Which release of it an image has is not known
                let [first, last] = ["0", "99"].map(|patch| version(&format!("{}.{patch}", self.python)));
                let holds = allowed.allows(&first?);
                (holds == allowed.allows(&last?)).then_some(holds)
            }
            ("python_version" | "python_full_version", _) => None,
            (_, Token::In | Token::Not) => Some(value.contains(on_the_hub(variable)?) != is_negated),
            _ => match written {
                "==" | "===" => Some(value == on_the_hub(variable)?),
                "!=" => Some(value != on_the_hub(variable)?),
                _ => None,
            },
        }
    }

    fn next(&mut self) -> Option<(Token, &'t str)> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, token: Token) -> bool {
        let is_next = self.rest.first().is_some_and(|(next, _)| *next == token);
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }
}

/// The value of a variable where Spaces run.
fn on_the_hub(variable: &str) -> Option<&'static str> {
    Some(match variable {
        "sys_platform" | "sys.platform" => "linux",
        "platform_system" => "Linux",
        "os_name" | "os.name" => "posix",
        "platform_machine" | "platform.machine" => "x86_64",
        "platform_python_implementation" | "platform.python_implementation" | "python_implementation" => "CPython",
        "implementation_name" => "cpython",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{always_holds, holds_with};

    #[test]
    fn a_condition_may_hold_with_one_python() {
        for (condition, python, holds) in [
            ("python_version >= '3.11'", "3.13", true),
            ("python_version >= '3.11'", "3.10", false),
            ("python_version < '3.11'", "3.13", false),
            ("python_full_version >= '3.11' and sys_platform == 'linux'", "3.12", true),
            ("python_full_version < '3.12.4'", "3.12", false),
            ("extra == 'x'", "3.13", false),
        ] {
            assert_eq!(holds_with(condition, python), holds, "{condition} {python}");
        }
    }

    #[test]
    fn what_holds_everywhere_is_no_condition() {
        for (condition, holds) in [
            ("python_version >= '3.8'", true),
            ("python_version >= \"3.10\" and python_version < \"4.0\"", true),
            ("python_version >= '3.11'", false),
            ("python_version < '3.10'", false),
            ("python_version ~= '3.8'", true),
            ("python_version == '3.*'", true),
            ("python_version < '3.12' or python_version >= '3.12'", true),
            ("sys_platform == 'linux'", true),
            ("sys_platform != 'win32' and platform_machine == 'x86_64'", true),
            ("sys_platform == 'win32' or os_name == 'posix'", true),
            ("sys_platform == 'win32'", false),
            ("sys_platform in 'linux darwin'", true),
            ("sys_platform not in 'win32 cygwin'", true),
            ("platform_machine not in 'x86_64 arm64'", false),
            ("(sys_platform == 'win32' or (platform_system == 'Linux')) and python_version >= '3'", true),
            ("platform_python_implementation == 'CPython' and implementation_name == 'cpython'", true),
            ("extra == 'x'", false),
            ("extra == 'x' or sys_platform == 'linux'", true),
            ("extra == 'x' and sys_platform == 'linux'", false),
            ("platform_release >= '5'", false),
            ("python_full_version >= '3.8'", true),
            ("python_full_version >= '3.8.1' and python_full_version < '4'", true),
            ("python_full_version >= '3.10.4'", false),
            ("python_full_version in '3.10.4'", false),
            ("'3.8' <= python_version", false),
            ("python_version in '3.10 3.11 3.12 3.13 3.14'", false),
            ("nonsense", false),
            ("os_name == 'posix') and extra == 'x'", false),
            ("", false),
        ] {
            assert_eq!(always_holds(condition), holds, "{condition}");
        }
        let deep = |depth| format!("{}os_name == 'posix'{}", "(".repeat(depth), ")".repeat(depth));
        assert!(always_holds(&deep(20)) && !always_holds(&deep(21)));
    }
}
