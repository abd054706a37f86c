//! One reader for each kind of file, which returns values with their places.

pub(crate) mod angular_json;
pub(crate) mod base;
pub(crate) mod cargo_manifest;
pub(crate) mod compose;
pub(crate) mod conda;
pub(crate) mod dockerfile;
pub(crate) mod env_file;
pub(crate) mod environment_calls;
pub(crate) mod front_matter;
pub(crate) mod gitlab_ci;
pub(crate) mod gitmodules;
pub(crate) mod go_mod;
pub(crate) mod html;
pub(crate) mod javascript;
pub(crate) mod javascript_config;
pub(crate) mod javascript_imports;
pub(crate) mod javascript_listen;
pub(crate) mod javascript_serve;
mod json;
pub(crate) mod nginx;
pub(crate) mod own_file;
pub(crate) mod package_json;
pub(crate) mod package_list;
pub(crate) mod pipfile;
pub(crate) mod pipfile_lock;
pub(crate) mod procfile;
pub(crate) mod pyproject;
pub(crate) mod python;
pub(crate) mod python_lock;
pub(crate) mod python_version;
pub(crate) mod requirements;
pub(crate) mod streamlit_settings;
pub(crate) mod supervisord;
mod tables;
pub(crate) mod wildmatch;
pub(crate) mod workflow;

pub(crate) use tables::toml_in_json;

use std::ops::Range;

/// A text of a file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}
