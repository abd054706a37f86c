//! The rules: their examples, their cases, and what is said of them.

mod cases;
mod command;
#[cfg(unix)]
mod hostile;
mod index;
#[cfg(feature = "online")]
mod online;
mod registry;
pub(crate) mod repository;
