//! The Space on the Hub: found by its name, or created.

use super::error::PublishError;
use super::http::Client;
use super::publication::{Publication, Ready};
use super::remote::{Info, Whoami};
use super::request::{Of, whoami};

/// `OWNER/NAME`: without an owner, that of the token.
///
/// # Errors
/// If the Hub does not say whose token it is.
pub(super) fn full_name(hub: &Client, name: &str) -> Result<String, PublishError> {
    if name.contains('/') {
        return Ok(name.to_owned());
    }
    let request = whoami();
    let owner: Whoami = hub.send(&request)?.json(&request.what)?;
    Ok(format!("{}/{name}", owner.name))
}

impl Publication<'_> {
    /// The Space, created unless it exists, and whether it was created.
    ///
    /// # Errors
    /// If the Hub refuses, or cannot be reached.
    pub(super) fn find_or_create(
        &self,
        ready: &Ready<'_>,
        hub: &Client,
        space: Of<'_>,
    ) -> Result<(Info, bool), PublishError> {
        if let Some(info) = look_up(hub, space)? {
            return Ok((info, false));
        }
        let visibility = self.is_private.then_some("private");
        let created = hub.send(&space.create(&ready.sdk, visibility, ready.hardware.as_deref()));
        match created {
            Ok(_) => {}
            // By a request of ours whose answer was lost
            Err(error) if error.status() == Some(409) => {
                return look_up(hub, space)?.map(|info| (info, false)).ok_or(error);
            }
            Err(error) => return Err(error),
        }
        let request = space.info();
        Ok((hub.send(&request)?.json(&request.what)?, true))
    }
}

/// The Space; none if it does not exist, or if the token's owner may not see it.
fn look_up(hub: &Client, space: Of<'_>) -> Result<Option<Info>, PublishError> {
    let request = space.info();
    match hub.send(&request) {
        Ok(answer) => answer.json(&request.what).map(Some),
        Err(PublishError::Refused(refusal)) if refusal.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
