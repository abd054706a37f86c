//! Pattern files that somebody wrote to stop the check.
