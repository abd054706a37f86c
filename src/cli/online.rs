//! `--online`: the address of the Hub, and what to do if it cannot be reached.

use spaces_new::Repo;
use spaces_new::Verdict;

use super::failure::Failure;

/// The answer of the Hub's validator about the README; empty if there is no README to send.
#[cfg(feature = "online")]
pub(super) fn verdict(repo: &Repo) -> Result<Verdict, Failure> {
    use spaces_new::Hub;

    let Some(readme) = repo.text("README.md") else { return Ok(Verdict::default()) };
    let endpoint = std::env::var("HF_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty());
    let hub = Hub::at(endpoint.as_deref().unwrap_or(Hub::ENDPOINT));
    let hint = "the findings are those of the check without `--online`; try again later, or check HF_ENDPOINT";
    hub.validate(readme).map_err(|error| Failure::other(error, hint))
}

#[cfg(not(feature = "online"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature it may fail")]
pub(super) fn verdict(_: &Repo) -> Result<Verdict, Failure> {
    Ok(Verdict::default())
}

/// Refuses `--online` if the program was built without it.
pub(super) fn available() -> Result<(), Failure> {
    if cfg!(feature = "online") {
        return Ok(());
    }
    Err(unavailable())
}

/// The program was built without a connection to the Hub.
pub(super) fn unavailable() -> Failure {
    let message = "this `spaces-new` cannot connect to the Hub: it was built without the feature `online`";
    Failure::other(message, "build it with `cargo install --path . --features online`, in its repository")
}
