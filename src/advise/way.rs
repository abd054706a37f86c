//! A way to publish an app.

use super::next::Next;
use crate::facts::platforms::Kind;

/// A way to publish an app on a platform.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// The kind of app that is published.
    pub(super) kind: Kind,
    /// The SDK of the Space.
    pub(super) sdk: Option<String>,
    pub(super) next: Next,
    /// What it does with the app, a sentence each.
    pub(super) because: Vec<String>,
}

/// The ways to publish on a platform, or why there is none.
pub(super) type Ways = Result<Vec<Way>, String>;
