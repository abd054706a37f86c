//! The app of an existing Dockerfile.

use super::row::{Hooks, Row};
use crate::app::framework::{About, Framework, Runtime};

pub(super) static ROW: Row = Row {
    about: About { id: "dockerfile", name: "a Dockerfile", runtime: Runtime::Image, ..About::PYTHON },
    hooks: Hooks::Image,
};

/// An app in a Dockerfile.
pub(in crate::app) const DOCKERFILE: Framework = ROW.framework();
