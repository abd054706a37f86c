//! `Pipfile.lock`: the locked packages. Source: <https://pipenv.pypa.io/en/latest/locking.html>.

use super::Placed;
use super::json::Json;
use crate::values::normalised;

/// The maximum number of packages.
const PACKAGES_MAX: usize = 5000;

/// A lock file of Pipenv.
#[derive(Debug, Default)]
pub(crate) struct PipfileLock {
    /// The packages of the app, without those for development: name and pinned version as a requirement.
    pub(crate) packages: Vec<Placed>,
    /// Whether one of them is fetched with git.
    pub(crate) needs_git: bool,
}

impl PipfileLock {
    /// Reads a file. None if it is not a lock file.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let root = Json::read(text)?;
        let packages = &root.member("default")?.value;
        let mut found = Self::default();
        for member in packages.members().iter().take(PACKAGES_MAX) {
            let version =
                member.value.member("version").and_then(|version| version.value.as_text()).unwrap_or_default();
            found.needs_git |= member.value.member("git").is_some();
            found
                .packages
                .push(Placed { text: format!("{}{version}", normalised(&member.name)), range: member.at.clone() });
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_pinned() {
        let text = r#"{"_meta": {}, "default": {"Flask_Login": {"version": "==0.6.3", "hashes": []}, "mine": {"git": "https://x"}}, "develop": {"pytest": {}}}"#;
        let found = PipfileLock::read(text).unwrap();
        let shown: Vec<_> = found.packages.iter().map(|package| package.text.as_str()).collect();
        assert_eq!(shown, ["flask-login==0.6.3", "mine"]);
        assert_eq!(&text[found.packages[0].range.clone()], "\"Flask_Login\"");
        assert!(found.needs_git);
        for other in ["", "[]", "{}", "{\"default\""] {
            assert!(PipfileLock::read(other).is_none(), "{other}");
        }
    }
}
