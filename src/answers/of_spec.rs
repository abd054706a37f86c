//! A checked specification as answers.

use super::{Raw, Spec};

impl Spec {
    /// The checked answer to a question, by its key, in the form of an answers file. None if there is none.
    #[must_use]
    pub fn answer(&self, key: &str) -> Option<Raw> {
        super::answer(self, key)
    }
}
