//! The rules, one file each. A rule is added by its file, its two lines here, and its cases in `tests/cases/check/`.

mod app_port_too_low;
mod byte_order_mark;
mod duplicate_key;
mod invalid_check_config;
mod invalid_emoji;
mod invalid_yaml;
mod long_short_description;
mod malformed_preload;
mod missing_front_matter;
mod missing_sdk;
mod missing_user;
mod readme_not_utf8;
mod text_before_front_matter;
mod too_many_preloads;
mod unclosed_front_matter;
mod unknown_color;
mod unknown_header;
mod unknown_license;
mod unknown_sdk;
mod unused_ignore;
mod wrong_type;

use super::diagnostic::{Finding, Fix, Place};
use super::rule::{Group, Rule};
use super::space::{Space, in_dockerfile, in_readme};

/// Every rule, in the order of their ids.
pub(super) static RULES: &[Rule] = &[
    app_port_too_low::RULE,
    byte_order_mark::RULE,
    duplicate_key::RULE,
    invalid_check_config::RULE,
    invalid_emoji::RULE,
    invalid_yaml::RULE,
    long_short_description::RULE,
    malformed_preload::RULE,
    missing_front_matter::RULE,
    missing_sdk::RULE,
    missing_user::RULE,
    readme_not_utf8::RULE,
    text_before_front_matter::RULE,
    too_many_preloads::RULE,
    unclosed_front_matter::RULE,
    unknown_color::RULE,
    unknown_header::RULE,
    unknown_license::RULE,
    unknown_sdk::RULE,
    unused_ignore::RULE,
    wrong_type::RULE,
];
