//! What a command starts, in a container or without one, which files that needs, and where it listens.

mod by_default;
pub(crate) mod code_start;
mod go;
mod gunicorn;
pub(crate) mod in_image;
mod listening;
mod other_languages;
pub(super) mod python_setting;
pub(super) mod python_start;
pub(crate) mod read_files;
pub(crate) mod refused_hosts;
mod rust;
mod script;
pub(crate) mod servers;
mod spring;
pub(crate) mod started_files;
pub(crate) mod startup;
pub(crate) mod streamlit;
mod supervised;
mod vite;
pub(crate) mod words;
