//! A checked specification as answers.

use super::{Raw, Spec};

impl Spec {
    /// The checked answer to a question, by its key, as an answers file would give it. None where there is none.
    #[must_use]
    pub fn answer(&self, key: &str) -> Option<Raw> {
        super::answer(self, key)
    }
}
