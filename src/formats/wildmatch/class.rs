//! A set of characters in brackets.

/// The units of a text that it matches: bytes or characters, depending on the dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    ranges: Box<[(u32, u32)]>,
    is_negated: bool,
    /// Whether it can match a slash.
    takes_slash: bool,
}

impl Class {
    /// A class that matches the ranges, or everything else. An empty range matches nothing.
    pub(super) fn new(ranges: Vec<(u32, u32)>, is_negated: bool, takes_slash: bool) -> Self {
        Self { ranges: ranges.into(), is_negated, takes_slash }
    }

    pub(super) fn takes(&self, unit: u32) -> bool {
        let is_in = self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit));
        is_in != self.is_negated && (self.takes_slash || unit != u32::from('/'))
    }

    /// The number of ranges.
    pub(super) fn cost(&self) -> usize {
        self.ranges.len()
    }
}
