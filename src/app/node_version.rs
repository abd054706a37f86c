//! The version of a package of Node that is installed, as far as `package.json` and a lock show it.

use super::paths::within;
use crate::formats::package_json::PackageJson;
use crate::repo::Repo;

/// Versions, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Installed {
    /// This one.
    Exactly([u32; 3]),
    /// The newest of this major version, and of this minor version if there is one.
    NewestOf(u32, Option<u32>),
    /// It is not known.
    Unknown,
}

impl Installed {
    /// Whether the version is at least the one for its major version, or of a later major version. None if that is unknown.
    pub(super) fn is_since(&self, since: &[[u32; 3]]) -> Option<bool> {
        let last = since.last()?;
        let of_major = |major: u32| since.iter().find(|first| first[0] == major);
        match self {
            Self::Unknown => None,
            Self::Exactly(version) => {
                Some(version[0] > last[0] || of_major(version[0]).is_some_and(|first| version >= first))
            }
            Self::NewestOf(major, None) => Some(*major > last[0] || of_major(*major).is_some()),
            Self::NewestOf(major, Some(minor)) => {
                Some(*major > last[0] || of_major(*major).is_some_and(|first| *minor >= first[1]))
            }
        }
    }
}

/// The version of a package, given the folder of `package.json`.
pub(super) fn installed(repo: &Repo, folder: &str, name: &str) -> Installed {
    let text = |file: &str| repo.text(&within(folder, file));
    let Some(package) = text("package.json").and_then(PackageJson::read) else { return Installed::Unknown };
    let said = ["dependencies", "devDependencies"].into_iter().find_map(|table| package.text(&[table, name]));
    let Some(said) = said.map(str::trim) else { return Installed::Unknown };
    if let Some(exact) = numbers(said) {
        return Installed::Exactly(exact);
    }
    for (file, read) in [("package-lock.json", of_npm as Reader), ("pnpm-lock.yaml", of_pnpm), ("yarn.lock", of_yarn)] {
        if let Some(text) = text(file) {
            return read(text, name).map_or(Installed::Unknown, Installed::Exactly);
        }
    }
    if ["bun.lock", "bun.lockb"].iter().any(|file| repo.get(&within(folder, file)).is_some()) {
        return Installed::Unknown;
    }
    range(said)
}

type Reader = fn(&str, &str) -> Option<[u32; 3]>;

/// `^6.0.0`, `~5.4.1`, `6`, `6.x`.
fn range(said: &str) -> Installed {
    let (is_tilde, rest) = said.strip_prefix('~').map_or((false, said), |rest| (true, rest));
    let rest = rest.strip_prefix('^').unwrap_or(rest);
    let mut parts = rest.split('.').map(|part| part.split('-').next().unwrap_or_default().parse::<u32>());
    match (parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor))) if is_tilde => Installed::NewestOf(major, Some(minor)),
        (Some(Ok(major)), _)
            if major > 0 && rest.bytes().all(|byte| byte.is_ascii_digit() || b".xX*-abehlpt".contains(&byte)) =>
        {
            Installed::NewestOf(major, None)
        }
        _ => Installed::Unknown,
    }
}

/// `6.2.0`, with nothing behind it.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.trim_start_matches(['=', 'v']).split('.').map(|part| part.parse().ok());
    let version = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(version)
}

/// `"node_modules/NAME": { "version": "6.2.0"`.
fn of_npm(text: &str, name: &str) -> Option<[u32; 3]> {
    let (_, rest) = text.split_once(&format!("\"node_modules/{name}\": {{"))?;
    let (_, rest) = rest.get(..200.min(rest.len())).unwrap_or(rest).split_once("\"version\": \"")?;
    numbers(rest.split('"').next()?)
}

/// `  NAME@6.2.0:`, `  /NAME@6.2.0(..):`; none if there are several.
fn of_pnpm(text: &str, name: &str) -> Option<[u32; 3]> {
    let begin = format!("{name}@");
    let key = |line: &str| {
        let rest = line.trim().trim_start_matches(['/', '\'']).strip_prefix(&*begin)?;
        let end = rest.find(|char: char| !(char.is_ascii_digit() || char == '.')).unwrap_or(rest.len());
        numbers(&rest[..end])
    };
    only(text.lines().filter_map(key))
}

/// `NAME@^6.0.0:`, and below it `version "6.2.0"`.
fn of_yarn(text: &str, name: &str) -> Option<[u32; 3]> {
    let begin = format!("{name}@");
    let mut lines = text.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim_start_matches('"').starts_with(&begin) {
            let version = lines.next()?.trim().strip_prefix("version")?;
            found.push(numbers(version.trim_matches([' ', ':', '"']))?);
        }
    }
    only(found.into_iter())
}

fn only(mut versions: impl Iterator<Item = [u32; 3]>) -> Option<[u32; 3]> {
    let first = versions.next()?;
    versions.all(|version| version == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINCE: [[u32; 3]; 3] = [[4, 5, 6], [5, 4, 12], [6, 0, 9]];

    fn is_since(said: &str, lock: Option<(&str, &str)>) -> Option<bool> {
        let package = format!("{{\"devDependencies\": {{\"vite\": \"{said}\"}}}}");
        let files = [("package.json", &*package)].into_iter().chain(lock);
        let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        installed(&Repo::from_files(files), "", "vite").is_since(&SINCE)
    }

    #[test]
    fn the_installed_version_is_found() {
        for (said, expected) in [
            ("6.2.0", Some(true)),
            ("6.0.8", Some(false)),
            ("^5.0.0", Some(true)),
            ("~5.2.0", Some(false)),
            ("^3.1.0", Some(false)),
            ("^7.0.0", Some(true)),
            ("latest", None),
            ("workspace:*", None),
        ] {
            assert_eq!(is_since(said, None), expected, "{said}");
        }
        let npm = r#"{"packages": {"node_modules/vite": {
            "version": "6.0.3","#;
        assert_eq!(is_since("^6.0.0", Some(("package-lock.json", npm))), Some(false));
        assert_eq!(is_since("^6.0.0", Some(("pnpm-lock.yaml", "packages:\n  vite@6.1.0:\n"))), Some(true));
        assert_eq!(is_since("^5.0.0", Some(("yarn.lock", "vite@^5.0.0:\n  version \"5.1.0\"\n"))), Some(false));
        assert_eq!(is_since("^5.0.0", Some(("bun.lockb", ""))), None);
    }
}
