//! Names of secrets and variables.

use std::str::FromStr;

use super::token::{token_alone, tokens};
use super::value::{Invalid, excerpt, one_line, text_value};
use crate::facts::environment::{SET_BY_THE_HUB, SET_BY_THE_IMAGE};

text_value!(
    /// The name of a secret or variable: ASCII letters, digits and `_`, not starting with a digit.
    EnvName,
    env_name
);

fn env_name(text: &str) -> Result<String, Invalid> {
    if !tokens(text.split('=').next().unwrap_or_default()).is_empty() {
        return Err(
            Invalid::new("it contains a token, not the name of one").hint("give only the name, such as `HF_TOKEN`")
        );
    }
    if let Some((name, _)) = text.split_once('=') {
        return Err(Invalid::new(format!("`{}=…` includes a value", excerpt(name)))
            .hint("give only the name; values of secrets are set on the Hub and never written to a file"));
    }
    let mut chars = text.chars();
    let starts_well = chars.next().is_some_and(|char| char.is_ascii_alphabetic() || char == '_');
    if !starts_well || !chars.all(|char| char.is_ascii_alphanumeric() || char == '_') {
        return Err(Invalid::new(format!("`{}` is not the name of an environment variable", excerpt(text)))
            .hint("use ASCII letters, digits and `_`, such as `HF_TOKEN`"));
    }
    if SET_BY_THE_HUB.contains(&text) {
        return Err(Invalid::new(format!("the Hub itself sets `{text}`")).hint("choose another name"));
    }
    if SET_BY_THE_IMAGE.contains(&text) {
        return Err(Invalid::new(format!("the image needs `{text}` for itself")).hint("choose another name"));
    }
    Ok(text.to_owned())
}

/// A public setting with its default: `NAME=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    name: EnvName,
    value: String,
}

impl Variable {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &EnvName {
        &self.name
    }

    /// The default value, on one line, may be empty.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl FromStr for Variable {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let Some((name, value)) = text.split_once('=') else {
            // Even in an error, a token is not repeated
            if !tokens(text).is_empty() {
                return Err(
                    Invalid::new("it contains a token and not a name").hint("make it a secret: `--secret NAME`")
                );
            }
            return Err(Invalid::new(format!("`{}` has no value", excerpt(text))).hint("write it as NAME=VALUE"));
        };
        if token_alone(value).is_some() {
            return Err(Invalid::new(format!(
                "the value of `{}` contains a token, and variables are public",
                excerpt(name)
            ))
            .hint(format!("make it a secret: `--secret {}`", excerpt(name))));
        }
        let value = if value.trim().is_empty() { String::new() } else { one_line(value)? };
        Ok(Self { name: name.parse()?, value })
    }
}

impl std::fmt::Display for Variable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}={}", self.name, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_a_name_and_its_value_is_never_repeated() {
        assert!("HF_TOKEN".parse::<EnvName>().is_ok());
        let error = "HF_TOKEN=hunter2".parse::<EnvName>().unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"));
        let token = format!("hf_{}", "a".repeat(34));
        let error = token.parse::<EnvName>().unwrap_err();
        assert!(!format!("{error:?}").contains(&token));
        let error = format!("KEY={token}").parse::<Variable>().unwrap_err();
        assert!(!format!("{error:?}").contains(&token));
    }

    #[test]
    fn names_that_the_hub_or_the_image_sets_are_refused() {
        for name in ["SPACE_ID", "PATH", "HOME", "1A", "A-B", "", "É"] {
            assert!(name.parse::<EnvName>().is_err(), "{name}");
        }
    }

    #[test]
    fn a_variable_keeps_every_equals_sign_after_the_first() {
        let variable: Variable = "QUERY=a=b".parse().unwrap();
        assert_eq!((variable.name().as_str(), variable.value()), ("QUERY", "a=b"));
        assert_eq!("EMPTY=".parse::<Variable>().unwrap().value(), "");
        assert!("A=b\nc".parse::<Variable>().is_err());
    }
}
