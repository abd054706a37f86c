//! The kind of Space according to the README.

use crate::repo::Repo;
use crate::target::value_in_readme;

pub(super) const README: &str = "README.md";

/// The kind of Space that is no longer offered. Source: <https://huggingface.co/docs/hub/spaces-sdks-streamlit>.
const RETIRED_SDK: &str = "streamlit";

/// The SDK in a README.
pub(super) fn sdk_of(repo: &Repo) -> Option<String> {
    value_in_readme(repo, "sdk")
}

/// The SDK in a README, if it is no longer offered.
pub(super) fn retired_sdk_of(repo: &Repo) -> Option<String> {
    sdk_of(repo).filter(|sdk| sdk == RETIRED_SDK)
}
