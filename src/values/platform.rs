//! The platform of a Space: SDK, Python, port, hardware; and its licence.

use std::str::FromStr;

use super::value::{Invalid, excerpt, not_listed, text_value};
use crate::facts;

/// How the Hub builds and starts the Space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sdk {
    /// From the repository's Dockerfile.
    Docker,
    /// With the Hub's own Gradio image.
    Gradio,
    /// Not at all: the Hub serves the files.
    Static,
}

impl Sdk {
    /// The value of `sdk:`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Gradio => "gradio",
            Self::Static => "static",
        }
    }
}

impl std::fmt::Display for Sdk {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Sdk {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "docker" => Ok(Self::Docker),
            "gradio" => Ok(Self::Gradio),
            "static" => Ok(Self::Static),
            "streamlit" => Err(Invalid::new("the Hub no longer offers `sdk: streamlit`")
                .hint("a Streamlit app is a Docker Space now: `--template streamlit`")),
            _ => Err(not_listed(text, &["docker", "gradio", "static"], "a supported SDK")),
        }
    }
}

/// The plan of an account on the Hub, which decides what kinds of Space it can create.
/// Source: <https://huggingface.co/docs/hub/spaces-overview>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HubPlan {
    /// Static Spaces, and two Gradio Spaces on ZeroGPU.
    Free,
    /// PRO, Team or Enterprise: every kind of Space.
    Paid,
}

impl HubPlan {
    /// The value of `plan`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
        }
    }
}

impl FromStr for HubPlan {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "free" => Ok(Self::Free),
            "paid" => Ok(Self::Paid),
            _ => Err(not_listed(text, &["free", "paid"], "a plan of the Hub")),
        }
    }
}

/// A Python version, `3.13` or `3.12.12`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PythonVersion {
    text: String,
    minor: u32,
}

impl PythonVersion {
    /// The version as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number after `3.`.
    #[must_use]
    pub fn minor(&self) -> u32 {
        self.minor
    }
}

impl std::fmt::Display for PythonVersion {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.text)
    }
}

impl FromStr for PythonVersion {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let number = |part: &str| {
            let plain = !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
            (plain && (part == "0" || !part.starts_with('0'))).then(|| part.parse::<u32>().ok()).flatten()
        };
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            ["3", minor] | ["3", minor, _] if parts[1..].iter().all(|part| number(part).is_some()) => {
                Ok(Self { text: text.to_owned(), minor: number(minor).unwrap_or_default() })
            }
            _ => Err(Invalid::new(format!("`{}` is not a Python version", excerpt(text)))
                .hint(format!("such as `{}`", facts::python::DEFAULT))),
        }
    }
}

/// The port on which the app answers, 1025 to 65535.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Port(u16);

impl Port {
    /// The number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Default for Port {
    fn default() -> Self {
        Self(facts::limits::APP_PORT_DEFAULT)
    }
}

impl std::fmt::Display for Port {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Port {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let min = facts::limits::APP_PORT_MIN;
        let error = || Invalid::new(format!("`{}` is not a port that the Hub accepts", excerpt(text)));
        let plain = text.chars().all(|char| char.is_ascii_digit());
        let port: u16 = plain
            .then(|| text.parse().ok())
            .flatten()
            .ok_or_else(|| error().hint(format!("a number from {min} to {}", u16::MAX)))?;
        if port < min {
            return Err(
                error().hint(format!("UID 1000 cannot bind a port under 1024, and the Hub asks for {min} or more"))
            );
        }
        Ok(Self(port))
    }
}

text_value!(
    /// A licence of the Hub's list.
    License,
    license
);

fn license(text: &str) -> Result<String, Invalid> {
    let ids: Vec<&str> = facts::licenses::LICENSES.iter().map(|license| license.id).collect();
    // SPDX writes `MIT`, the Hub `mit`
    let known = ids.iter().find(|id| id.eq_ignore_ascii_case(text));
    known.map(|id| (*id).to_owned()).ok_or_else(|| not_listed(text, &ids, "a licence of the Hub"))
}

text_value!(
    /// A hardware flavour.
    Hardware,
    hardware
);

fn hardware(text: &str) -> Result<String, Invalid> {
    let ids: Vec<&str> = facts::hardware::FLAVORS.iter().map(|flavor| flavor.id).collect();
    if ids.contains(&text) { Ok(text.to_owned()) } else { Err(not_listed(text, &ids, "a hardware flavour of the Hub")) }
}

text_value!(
    /// What an app may do in the name of a visitor who signs in.
    OauthScope,
    oauth_scope
);

fn oauth_scope(text: &str) -> Result<String, Invalid> {
    let scopes = &facts::limits::OAUTH_SCOPES;
    if scopes.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(not_listed(text, scopes, "an OAuth scope of the Hub"))
    }
}

impl Hardware {
    /// Whether this is ZeroGPU.
    #[must_use]
    pub fn is_zero_gpu(&self) -> bool {
        self.as_str() == facts::hardware::ZERO_GPU
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_the_hub_takes() {
        for text in ["1025", "7860", "65535"] {
            assert_eq!(text.parse::<Port>().unwrap().to_string(), text);
        }
        for text in ["", "80", "1024", "65536", "-1", "+7860", "0x1eb4", "7860 "] {
            assert!(text.parse::<Port>().is_err(), "{text}");
        }
    }

    #[test]
    fn hardware_that_begins_so_is_proposed() {
        let error = "a100".parse::<Hardware>().unwrap_err();
        assert!(error.hint_text().unwrap().contains("`a100-large`"), "{error:?}");
    }

    #[test]
    fn python_versions_are_exact() {
        for text in ["3.13", "3.12.12", "3.10"] {
            assert_eq!(text.parse::<PythonVersion>().unwrap().as_str(), text);
        }
        for text in ["", "3", "2.7", "3.x", "3.13.", ">=3.10", "3.013", "3.13.1.1", "3.+1"] {
            assert!(text.parse::<PythonVersion>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_licence_may_be_written_as_spdx_writes_it_and_a_near_one_is_proposed() {
        assert_eq!("MIT".parse::<License>().unwrap().as_str(), "mit");
        assert_eq!("apache2.0".parse::<License>().unwrap_err().hint_text(), Some("did you mean `apache-2.0`?"));
    }
}
