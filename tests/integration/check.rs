//! The rules: their examples, their cases, and their documentation.

mod advice;
mod cases;
mod command;
mod conflicts;
mod fixes;
#[cfg(unix)]
mod hostile;
mod index;
#[cfg(target_os = "linux")]
mod once;
#[cfg(feature = "online")]
mod online;
mod registry;
pub(crate) mod repository;
mod unpushed;
