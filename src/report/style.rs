//! Colours of reports. The printer removes what the terminal cannot show, as for the findings.

pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const GREEN: &str = "\u{1b}[1;32m";
pub(super) const CYAN: &str = "\u{1b}[36m";
pub(super) const DIM: &str = "\u{1b}[2m";
pub(super) const RESET: &str = "\u{1b}[0m";
