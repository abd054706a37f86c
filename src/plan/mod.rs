//! The files to write: paths, contents and modes.
//!
//! A [`Plan`] is pure data: no clock, no environment, no disk.

mod planned;

pub use planned::{Content, Mode, Plan, PlannedFile};
