//! The answer of the Hub's own validator about a README.

/// The answer of the Hub's validator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// Why a push would be refused.
    pub errors: Vec<String>,
    /// Other remarks.
    pub warnings: Vec<String>,
}

impl Verdict {
    /// An answer with these messages.
    pub fn new(errors: impl IntoIterator<Item = String>, warnings: impl IntoIterator<Item = String>) -> Self {
        Self { errors: errors.into_iter().collect(), warnings: warnings.into_iter().collect() }
    }
}
