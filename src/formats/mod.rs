//! One reader for each kind of file, each with the places of what it reads.

pub(crate) mod cargo_manifest;
pub(crate) mod dockerfile;
pub(crate) mod env_file;
pub(crate) mod front_matter;
pub(crate) mod go_mod;
pub(crate) mod html;
pub(crate) mod javascript;
mod json;
pub(crate) mod package_json;
pub(crate) mod package_list;
pub(crate) mod procfile;
pub(crate) mod python;
pub(crate) mod wildmatch;
