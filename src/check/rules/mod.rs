//! The rules, one file each. A rule is added by its file, its two lines here, and its cases in `tests/cases/check/`.

mod app_port_too_low;
mod apt_after_user;
mod assignment_as_command;
mod binary_without_lfs;
mod blocked_outbound_port;
mod byte_order_mark;
mod compiler_of_cuda_missing;
mod copy_owned_by_root;
mod data_filled_at_build;
mod dockerfile_syntax;
mod dockerignored_source;
mod duplicate_key;
mod entrypoint_without_cmd;
mod env_file_pushed;
mod env_with_blanks;
mod example_secret;
mod expose_mismatch;
mod floating_base;
mod gpu_at_build;
mod gradio_beside_sdk_version;
mod gradio_on_loopback;
mod gradio_share;
mod ignored_storage;
mod inexact_gradio_version;
mod inherited_entrypoint;
mod installed_for_root;
mod invalid_check_config;
mod invalid_emoji;
mod invalid_exec_form;
mod invalid_image;
mod invalid_yaml;
mod key_in_image;
mod key_without_effect;
mod large_text_file;
mod long_oauth_expiration;
mod long_short_description;
mod loopback_bind;
mod malformed_preload;
mod malformed_startup_timeout;
mod missing_app_file;
mod missing_cmd;
mod missing_copy_source;
mod missing_dockerfile;
mod missing_front_matter;
mod missing_sdk;
mod missing_user;
mod missing_websocket_origin;
mod moved_cache_with_preload;
mod not_analysed;
mod old_numpy_on_new_python;
mod packages_that_break_together;
mod port_mismatch;
mod private_key_pushed;
mod pydub_on_new_python;
mod readme_not_utf8;
mod recursive_chown;
mod refused_frame;
mod refused_metadata;
mod relative_base_path;
mod root_user;
mod script_not_on_path;
mod second_front_matter;
mod secret_as_argument;
mod secret_in_image;
mod secret_in_single_quotes;
mod secret_without_mount;
mod shell_form_cmd;
mod shell_in_copy;
mod stock_nginx;
mod streamlit_port_set;
mod streamlit_sdk;
mod streamlit_xsrf;
mod text_before_front_matter;
mod too_many_preloads;
mod uid_already_taken;
mod unclosed_front_matter;
mod unfinished_run;
mod unfit_for_dev_mode;
mod unknown_color;
mod unknown_custom_header;
mod unknown_hardware;
mod unknown_header;
mod unknown_key;
mod unknown_license;
mod unknown_oauth_scope;
mod unknown_sdk;
mod unknown_user;
mod unpinned_python;
mod unquoted_version;
mod untrusted_proxy;
mod unused_ignore;
mod user_not_1000;
mod user_without_home;
mod useradd_on_alpine;
mod vanished_image;
mod vanished_package;
mod variable_in_exec_form;
mod wrong_type;

use super::diagnostic::{Finding, Fix, Place};
use super::rule::{Group, Rule};
use super::space::{Space, in_dockerfile, in_readme};

/// Every rule, in the order of their ids.
pub(super) static RULES: &[Rule] = &[
    app_port_too_low::RULE,
    apt_after_user::RULE,
    assignment_as_command::RULE,
    binary_without_lfs::RULE,
    blocked_outbound_port::RULE,
    byte_order_mark::RULE,
    compiler_of_cuda_missing::RULE,
    copy_owned_by_root::RULE,
    data_filled_at_build::RULE,
    dockerfile_syntax::RULE,
    dockerignored_source::RULE,
    duplicate_key::RULE,
    entrypoint_without_cmd::RULE,
    env_file_pushed::RULE,
    env_with_blanks::RULE,
    example_secret::RULE,
    expose_mismatch::RULE,
    floating_base::RULE,
    gpu_at_build::RULE,
    gradio_beside_sdk_version::RULE,
    gradio_on_loopback::RULE,
    gradio_share::RULE,
    ignored_storage::RULE,
    inexact_gradio_version::RULE,
    inherited_entrypoint::RULE,
    installed_for_root::RULE,
    invalid_check_config::RULE,
    invalid_emoji::RULE,
    invalid_exec_form::RULE,
    invalid_image::RULE,
    invalid_yaml::RULE,
    key_in_image::RULE,
    key_without_effect::RULE,
    large_text_file::RULE,
    long_oauth_expiration::RULE,
    long_short_description::RULE,
    loopback_bind::RULE,
    malformed_preload::RULE,
    malformed_startup_timeout::RULE,
    missing_app_file::RULE,
    missing_cmd::RULE,
    missing_copy_source::RULE,
    missing_dockerfile::RULE,
    missing_front_matter::RULE,
    missing_sdk::RULE,
    missing_user::RULE,
    missing_websocket_origin::RULE,
    moved_cache_with_preload::RULE,
    not_analysed::RULE,
    old_numpy_on_new_python::RULE,
    packages_that_break_together::RULE,
    port_mismatch::RULE,
    private_key_pushed::RULE,
    pydub_on_new_python::RULE,
    readme_not_utf8::RULE,
    recursive_chown::RULE,
    refused_frame::RULE,
    refused_metadata::RULE,
    relative_base_path::RULE,
    root_user::RULE,
    script_not_on_path::RULE,
    second_front_matter::RULE,
    secret_as_argument::RULE,
    secret_in_image::RULE,
    secret_in_single_quotes::RULE,
    secret_without_mount::RULE,
    shell_form_cmd::RULE,
    shell_in_copy::RULE,
    stock_nginx::RULE,
    streamlit_port_set::RULE,
    streamlit_sdk::RULE,
    streamlit_xsrf::RULE,
    text_before_front_matter::RULE,
    too_many_preloads::RULE,
    uid_already_taken::RULE,
    unclosed_front_matter::RULE,
    unfinished_run::RULE,
    unfit_for_dev_mode::RULE,
    unknown_color::RULE,
    unknown_custom_header::RULE,
    unknown_hardware::RULE,
    unknown_header::RULE,
    unknown_key::RULE,
    unknown_license::RULE,
    unknown_oauth_scope::RULE,
    unknown_sdk::RULE,
    unknown_user::RULE,
    unpinned_python::RULE,
    unquoted_version::RULE,
    untrusted_proxy::RULE,
    unused_ignore::RULE,
    user_not_1000::RULE,
    user_without_home::RULE,
    useradd_on_alpine::RULE,
    vanished_image::RULE,
    vanished_package::RULE,
    variable_in_exec_form::RULE,
    wrong_type::RULE,
];
