//! What the code of an app names and git does not push.

pub(crate) mod files;
pub(crate) mod imports;
mod own_files;
mod python;
