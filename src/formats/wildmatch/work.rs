//! The limit of the work for matching patterns in a repository. Counted in steps and not in time, so that results are
//! reproducible.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A hundred thousand files against the patterns of an ordinary repository take less than a tenth of it. All of it takes about half
/// a second.
const MOST_STEPS: u64 = 160_000_000;

/// The remaining steps for a repository and all its copies.
#[derive(Debug, Clone)]
pub(crate) struct Work(Arc<AtomicU64>);

impl Default for Work {
    fn default() -> Self {
        Self::of(MOST_STEPS)
    }
}

impl Work {
    /// With this many steps.
    pub(crate) fn of(steps: u64) -> Self {
        Self(Arc::new(AtomicU64::new(steps)))
    }

    /// Runs a function, and subtracts its steps.
    pub(crate) fn spend<T>(&self, act: impl FnOnce(&mut Steps) -> T) -> T {
        let before = self.0.load(Ordering::Relaxed);
        let mut steps = Steps(before);
        let done = act(&mut steps);
        let spent = before - steps.0;
        // Two threads may spend at once
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(spent)));
        done
    }
}

/// The steps that are left for one matcher.
#[derive(Debug)]
pub(crate) struct Steps(u64);

impl Steps {
    /// Takes some steps. False if they are used up: then the question has no answer.
    pub(crate) fn take(&mut self, steps: usize) -> bool {
        self.0 = self.0.saturating_sub(steps as u64);
        self.0 > 0
    }

    /// Whether they are used up.
    pub(crate) fn are_used_up(&self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
impl Steps {
    /// With this many steps.
    pub(crate) fn of(steps: u64) -> Self {
        Self(steps)
    }

    /// The remaining steps.
    pub(crate) fn left(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_spend_from_one_store_and_it_does_not_wrap() {
        let work = Work::of(10);
        assert!(work.spend(|steps| steps.take(4)));
        assert!(work.clone().spend(|steps| steps.take(5)));
        assert!(!work.spend(|steps| steps.take(usize::MAX)));
        assert!(work.spend(|steps| steps.are_used_up()));
    }
}
