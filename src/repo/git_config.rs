//! The settings of a git repository, as far as the address of its `origin` and its branch go. Nothing in them is obeyed: no file that
//! they include is read, and no address in them is opened.
//!
//! Source: <https://git-scm.com/docs/git-config#_syntax>.

use std::path::Path;

use super::Repo;
use super::git_dir::GitDir;
use super::skipped::SkippedList;
use crate::disk;

/// Real settings are far shorter.
const LONGEST: u64 = 256 * 1024;

/// Where a repository is pushed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remote {
    /// The address, `https://host/owner/name`, without a name, a password or `.git` in it.
    pub(crate) address: String,
    pub(crate) host: String,
}

impl Repo {
    /// Where git pushes a folder to by default, if that is a server. None for the folder of another repository.
    pub(crate) fn origin(&self) -> Option<Remote> {
        let text = self.git_file("config")?;
        address(&text).and_then(|written| remote(&written))
    }

    /// The branch that is checked out.
    pub(crate) fn branch(&self) -> Option<String> {
        let text = self.git_file("HEAD")?;
        let name = text.trim().strip_prefix("ref: refs/heads/")?;
        let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./".contains(char);
        (!name.is_empty() && name.len() <= 200 && name.chars().all(is_plain)).then(|| name.to_owned())
    }

    /// Whether the git repository of a folder can be pushed anywhere. None if that is not known.
    pub(crate) fn has_remote(folder: &Path) -> Option<bool> {
        let text = file_of(folder, "config")?;
        let mut sections = text.lines().filter_map(|line| line.trim().strip_prefix('['));
        let is_remote = |section: &str| section.get(..6).is_some_and(|name| name.eq_ignore_ascii_case("remote"));
        // It may include another file
        let may_have = |section: &str| section.to_ascii_lowercase().starts_with("include");
        sections.clone().any(is_remote).then_some(true).or_else(|| (!sections.any(may_have)).then_some(false))
    }

    fn git_file(&self, name: &str) -> Option<String> {
        file_of(self.root.as_ref()?, name)
    }
}

/// A file of the git directory of a folder.
fn file_of(folder: &Path, name: &str) -> Option<String> {
    let git = GitDir::of(folder, &SkippedList::default())?;
    String::from_utf8(disk::read(&git.own(name)?, LONGEST).ok()?).ok()
}

/// The first `url` of `[remote "origin"]`, as written.
fn address(text: &str) -> Option<String> {
    let mut is_in_origin = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with(['#', ';']) {
            continue;
        }
        let mut rest = line;
        if let Some(header) = line.strip_prefix('[') {
            let (header, after) = header.split_once(']')?;
            let (section, name) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
            is_in_origin = section.eq_ignore_ascii_case("remote") && name.trim() == "\"origin\"";
            rest = after.trim();
        }
        let Some((key, value)) = rest.split_once('=').filter(|_| is_in_origin) else { continue };
        if key.trim().eq_ignore_ascii_case("url") {
            return Some(unquoted(value.trim()));
        }
    }
    None
}

/// A value without quotes and comments.
fn unquoted(value: &str) -> String {
    let (mut text, mut is_quoted) = (String::new(), false);
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => is_quoted = !is_quoted,
            '#' | ';' if !is_quoted => break,
            '\\' => text.extend(chars.next()),
            _ => text.push(char),
        }
    }
    text.trim().to_owned()
}

/// An address for reading: `https://host/path` for `https://me:token@host/path.git`, `git@host:path` and `ssh://git@host:22/path`.
fn remote(written: &str) -> Option<Remote> {
    let (host, path, is_ssh) = match written.split_once("://") {
        Some((scheme @ ("https" | "http" | "ssh" | "git"), rest)) => {
            let (host, path) = rest.split_once('/')?;
            (host, path, scheme == "ssh")
        }
        Some(_) => return None,
        // `git@host:path`; a drive of Windows has one letter
        None => written
            .split_once(':')
            .filter(|(host, _)| host.len() > 1 && !host.contains('/'))
            .map(|(host, path)| (host, path, true))?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    // The port of ssh is not that of the pages
    let host = if is_ssh { host.split(':').next().unwrap_or_default() } else { host };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_host = |char: char| char.is_ascii_alphanumeric() || ".-:".contains(char);
    let is_path = |char: char| char.is_ascii_alphanumeric() || "-_./~".contains(char);
    let is_plain = host.contains('.') && host.chars().all(is_host) && path.contains('/') && path.chars().all(is_path);
    is_plain.then(|| Remote { address: format!("https://{host}/{path}"), host: host.to_ascii_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_that_of_origin() {
        let text = "[core]\n\turl = a\n[remote \"other\"]\nurl = b\n[Remote \"origin\"] # x\n\t; url = c\n\tURL = \"d e\" # f\n\turl = g\n";
        assert_eq!(address(text).as_deref(), Some("d e"));
        assert_eq!(address("[remote \"origin\"] url = x\n").as_deref(), Some("x"));
        for text in [
            "",
            "[remote origin]\nurl = a\n",
            "[remote \"origin\"\nurl = a\n",
            "[remote \"origin\"]\nurl\n[a]\nurl = b\n",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_has_no_secrets_and_no_other_form() {
        for (written, address) in [
            ("https://github.com/o/r.git", "https://github.com/o/r"),
            ("https://me:ghp_secret@github.com/o/r.git", "https://github.com/o/r"),
            ("https://ghp_secret@github.com/o/r?token=x", "https://github.com/o/r"),
            ("git@github.com:o/r.git", "https://github.com/o/r"),
            ("ssh://git@git.example.com:2222/group/sub/r.git", "https://git.example.com/group/sub/r"),
            ("https://git.example.com:8443/o/r/", "https://git.example.com:8443/o/r"),
        ] {
            assert_eq!(remote(written).map(|remote| remote.address).as_deref(), Some(address), "{written}");
        }
        for written in [
            "",
            "../other",
            "/srv/git/r.git",
            "file:///srv/r.git",
            "C:/r/x",
            "ext::sh -c x",
            "https://github.com/o r/x",
            "https://h.example/${args.X}/y",
            "https://localhost/o/r",
        ] {
            assert_eq!(remote(written), None, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_it_says_an_address_is_a_plain_one(text in "(\\[remote \"origin\"\\]\n)?(url = )?(https://|git@)?\\PC{0,40}") {
            if let Some(found) = address(&text).and_then(|written| remote(&written)) {
                let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./~:".contains(char);
                proptest::prop_assert!(found.address.chars().all(is_plain) && !found.address.contains('@'), "{found:?}");
            }
        }
    }
}
