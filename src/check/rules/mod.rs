//! The rules, one file each. A rule is added by its file, its two lines here, and its cases in `tests/cases/check/`.

mod app_port_too_low;
mod invalid_check_config;
mod missing_user;
mod unused_ignore;

use super::rule::Rule;

/// Every rule, in the order of their ids.
pub(super) static RULES: &[Rule] =
    &[app_port_too_low::RULE, invalid_check_config::RULE, missing_user::RULE, unused_ignore::RULE];
