//! Renamed rules. An old id is accepted for one version, anywhere.

/// Old ids with their new ids.
const RENAMED: [(&str, &str); 2] =
    [("unused-ignore", "unused-suppression"), ("old-numpy-on-new-python", "old-package-on-new-python")];

/// The new id of a rule with an old id; none if the id is not an old one.
#[must_use]
pub(super) fn renamed(id: &str) -> Option<&'static str> {
    RENAMED.iter().find(|(old, _)| *old == id).map(|(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_id_stands_for_a_rule_and_is_not_one() {
        let is_id = |id: &str| crate::check::rules().iter().any(|rule| rule.id == id);
        assert!(RENAMED.iter().all(|(old, new)| is_id(new) && !is_id(old)));
    }
}
