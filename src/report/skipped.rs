//! What was skipped, in one line.

use crate::repo::{Repo, Skipped};

/// The maximum number of names.
const NAMED: usize = 3;

/// The line; none if nothing was skipped.
pub(super) fn line(repo: &Repo) -> Option<String> {
    let skipped = repo.skipped();
    let named: Vec<String> =
        skipped.iter().take(NAMED).map(|Skipped { path, why, .. }| format!("`{path}` ({why})")).collect();
    let more = match skipped.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!named.is_empty()).then(|| format!("skipped: {}{more}", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_are_named_and_the_others_counted() {
        let repo = Repo::default();
        assert_eq!(line(&repo), None);
        repo.skip("a", "too large");
        assert_eq!(line(&repo).as_deref(), Some("skipped: `a` (too large)"));
        for path in ["b", "c", "d", "e"] {
            repo.skip(path, "unreadable");
        }
        let many = "skipped: `a` (too large), `b` (unreadable), `c` (unreadable) and 2 more";
        assert_eq!(line(&repo).as_deref(), Some(many));
    }
}
