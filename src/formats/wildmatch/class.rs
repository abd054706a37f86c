//! A set of characters in brackets.

/// Which units of a text it takes: bytes or characters, as the dialect counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    ranges: Box<[(u32, u32)]>,
    is_negated: bool,
    /// Whether it may take a slash.
    takes_slash: bool,
}

impl Class {
    /// One that takes what is in the ranges, or what is not. An empty range takes nothing.
    pub(super) fn new(ranges: Vec<(u32, u32)>, is_negated: bool, takes_slash: bool) -> Self {
        Self { ranges: ranges.into(), is_negated, takes_slash }
    }

    pub(super) fn takes(&self, unit: u32) -> bool {
        let is_in = self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit));
        is_in != self.is_negated && (self.takes_slash || unit != u32::from('/'))
    }

    /// How many ranges are looked at.
    pub(super) fn cost(&self) -> usize {
        self.ranges.len()
    }
}
