//! The kind of Space according to the README.

use crate::formats::front_matter::Readme;
use crate::repo::Repo;

pub(super) const README: &str = "README.md";

/// The kind of Space that is no longer offered. Source: <https://huggingface.co/docs/hub/spaces-sdks-streamlit>.
const RETIRED_SDK: &str = "streamlit";

/// The SDK in a README.
pub(super) fn sdk_of(repo: &Repo) -> Option<String> {
    value(repo, "sdk")
}

/// The SDK in a README, if it is no longer offered.
pub(super) fn retired_sdk_of(repo: &Repo) -> Option<String> {
    sdk_of(repo).filter(|sdk| sdk == RETIRED_SDK)
}

/// The version of the SDK in a README.
pub(crate) fn sdk_version_of(repo: &Repo) -> Option<String> {
    value(repo, "sdk_version")
}

/// The entry file in a README.
pub(crate) fn app_file_of(repo: &Repo) -> Option<String> {
    value(repo, "app_file")
}

fn value(repo: &Repo, key: &str) -> Option<String> {
    let readme = Readme::read(repo.text(README)?);
    readme.value(key).and_then(|node| node.as_str()).map(str::to_owned)
}
