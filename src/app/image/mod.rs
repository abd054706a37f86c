//! What is in the image of a Dockerfile, and what its commands install.

pub(crate) mod contents;
pub(super) mod file_makers;
pub(crate) mod packages;
pub(crate) mod pip;
pub(crate) mod pip_command;
pub(crate) mod programs;
