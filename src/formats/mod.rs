//! One reader for each kind of file, each with the places of what it reads.

pub(crate) mod dockerfile;
pub(crate) mod front_matter;
pub(crate) mod python;
pub(crate) mod wildmatch;
