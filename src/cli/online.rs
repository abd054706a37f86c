//! `--online`: the address of the Hub, and what to do when it cannot be asked.

use spaces_new::Repo;
use spaces_new::Verdict;

use super::failure::Failure;

/// What the Hub's validator says of the README; nothing if there is none to send.
#[cfg(feature = "online")]
pub(super) fn verdict(repo: &Repo) -> Result<Verdict, Failure> {
    use spaces_new::Hub;

    let Some(readme) = repo.text("README.md") else { return Ok(Verdict::default()) };
    let endpoint = std::env::var("HF_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty());
    let hub = Hub::at(endpoint.as_deref().unwrap_or(Hub::ENDPOINT));
    let hint = "the findings are those of the check without `--online`; ask again later, or look at HF_ENDPOINT";
    hub.validate(readme).map_err(|error| Failure::other(error, hint))
}

#[cfg(not(feature = "online"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature it may fail")]
pub(super) fn verdict(_: &Repo) -> Result<Verdict, Failure> {
    Ok(Verdict::default())
}

/// Refuses `--online` where nothing can be asked.
pub(super) fn available() -> Result<(), Failure> {
    if cfg!(feature = "online") {
        return Ok(());
    }
    let message = "this `spaces-new` cannot ask the Hub: it was built without the feature `online`";
    Err(Failure::other(message, "install it with `cargo install spaces-new --features online`"))
}
