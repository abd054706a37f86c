//! What would be written: paths, contents and modes.
//!
//! A [`Plan`] is pure: made from a specification and nothing else, no clock, no environment, no disk. The one look at
//! the disk is [`Assets::inspect`], which happens before.

mod answers_file;
mod assets;
mod derived;
mod lfs;
mod path;
mod planned;

pub use assets::Assets;
pub(crate) use assets::place as asset_place;
pub use derived::{Derived, Stop};
pub use path::RepoPath;
pub use planned::{Content, Mode, Plan, PlannedFile};

pub(crate) use answers_file::{answer, answers_toml};
