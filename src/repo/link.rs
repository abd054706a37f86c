//! Symbolic links, which git pushes as links: their targets must be in the repository too.

use std::path::{Component, Path};

use super::{FileKind, Repo};

/// The maximum length of a chain of links: real repositories have few.
const LINKS_MAX: usize = 8;

impl Repo {
    /// Whether a path is a link whose target git would not push. False if that is not certain.
    #[must_use]
    pub fn is_lost_link(&self, path: &str) -> bool {
        let mut at = path.to_owned();
        for _ in 0..LINKS_MAX {
            let Some(file) = self.get(&at) else { return at != path && !self.goes_through_a_link(&at) };
            if file.kind() != FileKind::Symlink {
                return false;
            }
            let Some(target) = file.link() else { return false };
            match within(&at, &target) {
                Some(next) => at = next,
                None => return true,
            }
        }
        true
    }

    fn goes_through_a_link(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.filter_map(|folder| self.get(folder)).any(|file| file.kind() == FileKind::Symlink)
    }
}

/// The path that a link points to; none if that is outside of the repository.
fn within(link: &str, target: &Path) -> Option<String> {
    let mut parts: Vec<String> = link.split('/').map(str::to_owned).collect();
    parts.pop();
    for component in target.components() {
        match component {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_followed_by_its_text_alone() {
        let within = |link: &str, target: &str| within(link, Path::new(target));
        assert_eq!(within("Dockerfile", "docker/./Dockerfile").as_deref(), Some("docker/Dockerfile"));
        assert_eq!(within("a/b/link", "../c").as_deref(), Some("a/c"));
        assert_eq!(within("a/link", "../../c"), None);
        assert_eq!(within("link", "/etc/passwd"), None);
    }
}
