//! Rules that were renamed. An old id is understood for one version, wherever somebody may have written it down.

/// Old ids and the ids that they have become.
const RENAMED: [(&str, &str); 1] = [("unused-ignore", "unused-suppression")];

/// What the rule with an old id is called now; none if no rule was called so.
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
