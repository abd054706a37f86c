//! Formats of other tools, read by hand: what they mean is worked out here, and who asks is not known.

pub(crate) mod wildmatch;
