//! The rules, one file each. A rule is added by its file, its two lines here, and its cases in `tests/cases/check/`.

mod app_port_too_low;
mod byte_order_mark;
mod duplicate_key;
mod invalid_check_config;
mod invalid_yaml;
mod missing_front_matter;
mod missing_user;
mod readme_not_utf8;
mod text_before_front_matter;
mod unclosed_front_matter;
mod unused_ignore;

use super::diagnostic::{Finding, Fix, Place};
use super::rule::{Group, Rule};
use super::space::{Space, in_dockerfile, in_readme};

/// Every rule, in the order of their ids.
pub(super) static RULES: &[Rule] = &[
    app_port_too_low::RULE,
    byte_order_mark::RULE,
    duplicate_key::RULE,
    invalid_check_config::RULE,
    invalid_yaml::RULE,
    missing_front_matter::RULE,
    missing_user::RULE,
    readme_not_utf8::RULE,
    text_before_front_matter::RULE,
    unclosed_front_matter::RULE,
    unused_ignore::RULE,
];
