//! Facts about Hugging Face Spaces: tables, one row per fact, each with the page it comes from.
//!
//! This module holds no logic. Validation, prompts, templates, messages and generated documents read these rows, so a
//! fact that changes on the Hub only changes here.

pub mod accounts;
pub mod archived_releases;
pub mod base_images;
pub mod boilerplate_titles;
pub mod contract;
pub mod debian_alone;
pub mod debian_packages;
pub mod distributions;
pub mod environment;
pub mod fields;
pub mod folders;
pub(crate) mod gradio_components;
pub mod hardware;
pub mod harmless_programs;
pub mod home_installs;
pub mod host_lists;
pub mod image_programs;
pub mod junk;
pub mod languages;
pub mod launchers;
pub mod lfs;
pub mod licenses;
pub mod limits;
pub mod messages;
pub mod node;
pub mod oauth_scopes;
pub mod official_images;
pub mod page_code;
pub mod pip_options;
pub mod plans;
pub mod platforms;
pub mod public_names;
pub mod pydantic;
pub mod python;
pub mod python_modules;
pub mod python_names;
pub mod python_packages;
pub mod python_platforms;
pub(crate) mod python_types;
pub mod python_wheels;
pub mod removed_apis;
pub mod seen_faults;
pub mod server_calls;
pub mod servers;
pub mod services;
pub mod system_needs;
pub mod tokens;
pub mod vanished_packages;
pub mod version_tools;
