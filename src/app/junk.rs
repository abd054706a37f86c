//! Files that programs make, and that nobody wants in a repository.

use crate::facts::junk::{FILES, FOLDERS, MAY_BE_NEEDED};
use crate::repo::Repo;

/// The pattern of `.gitignore` for a file that is junk.
pub(crate) fn junk(repo: &Repo, path: &str) -> Option<String> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let named = |folder: &&str| FOLDERS.contains(folder) && (*folder != "venv" || is_environment(repo, path));
    if let Some(folder) = folders.split('/').find(named) {
        return Some(format!("{folder}/"));
    }
    if FILES.contains(&name) {
        return Some(name.to_owned());
    }
    // A module may be published without its source
    let source = path.strip_suffix(".pyc")?;
    repo.get(&format!("{source}.py")).map(|_| "*.pyc".to_owned())
}

/// Whether a folder `venv` is an environment, and not a package of the app.
fn is_environment(repo: &Repo, path: &str) -> bool {
    let above = path.split_once("venv/").map_or("", |(above, _)| above);
    ["pyvenv.cfg", "bin/activate", "Scripts/activate"]
        .iter()
        .any(|file| repo.get(&format!("{above}venv/{file}")).is_some())
}

/// Whether the junk of a pattern is of a kind that apps use: the caller looks whether this one does.
pub(crate) fn may_be_needed(pattern: &str) -> bool {
    MAY_BE_NEEDED.contains(&pattern.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn junk_has_a_pattern() {
        let files = ["a/venv/pyvenv.cfg", "a/x.py", "b/venv/main.py"];
        let repo = Repo::from_files(files.map(|path| (path.parse().unwrap(), Vec::new())));
        for (path, pattern) in [
            ("a/__pycache__/x.pyc", Some("__pycache__/")),
            (".DS_Store", Some(".DS_Store")),
            ("a/.DS_Store", Some(".DS_Store")),
            ("a/x.pyc", Some("*.pyc")),
            ("a/y.pyc", None),
            ("a/venv/lib/x.so", Some("venv/")),
            ("b/venv/main.py", None),
            ("web/node_modules/x/index.js", Some("node_modules/")),
            ("data/a.bin", None),
            ("node_modules", None),
        ] {
            assert_eq!(junk(&repo, path).as_deref(), pattern, "{path}");
        }
    }
}
