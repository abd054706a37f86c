//! Who may do what, and the Hub's answers to those who may not.

use serde_json::json;

use super::checks::{Outcome, Refusal, refuse};
use super::http::Answer;
use super::log::Entry;
use super::script::Account;
use super::state::Space;
use super::{Host, Shared};

/// An error as the Hub answers it.
/// Source: `_format` and `hf_raise_for_status` in `huggingface_hub/utils/_http.py`, which read these headers and this key.
pub fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": message}))
        .header("X-Error-Message", message)
        .header("X-Request-Id", "test-request")
}

/// The answer about a repository that does not exist, or that the token may not see.
pub fn not_found() -> Answer {
    error(404, "Repository not found").header("X-Error-Code", "RepoNotFound")
}

/// The answer about a revision that does not exist.
pub fn no_revision(name: &str) -> Answer {
    error(404, &format!("Invalid rev id: {name}")).header("X-Error-Code", "RevisionNotFound")
}

/// Either an account, or the answer to a token that belongs to none.
pub enum Who<'a> {
    Known(&'a Account),
    Unknown(Answer),
}

/// The account of a request. Both clients always send the token that they have.
pub fn who<'a>(entry: &Entry, shared: &'a Shared) -> Result<Who<'a>, Refusal> {
    let Some(value) = entry.head.header("authorization") else { return refuse("it has no token") };
    let Some(token) = value.strip_prefix("Bearer ") else { return refuse("it does not authorize with `Bearer`") };
    // Source: pull request 2847 of huggingface/huggingface_hub
    let unknown = || Who::Unknown(error(401, "Invalid credentials in Authorization header"));
    let account = shared.script.accounts.iter().find(|account| account.token == token);
    Ok(account.map_or_else(unknown, Who::Known))
}

/// Refuses a token where it does not belong: in an address, a body, or at another host than the Hub.
pub fn keeps_token(entry: &Entry, shared: &Shared) -> Result<(), Refusal> {
    let mut bare = entry.clone();
    bare.head.headers.retain(|(name, _)| entry.host != Host::Hub || name != "authorization");
    if entry.host != Host::Hub && entry.head.header("authorization").is_some() {
        return refuse("it has a token, which is for the Hub alone");
    }
    if shared.script.accounts.iter().any(|account| bare.carries(account.token.as_bytes())) {
        return refuse("it has the token where it does not belong");
    }
    Ok(())
}

impl Account {
    /// Whether it may write to the repositories of a namespace.
    pub fn may_write(&self, owner: &str) -> bool {
        self.writes && (self.name == owner || self.organizations.iter().any(|(name, _)| name == owner))
    }

    /// Whether the namespace has a paid plan.
    pub fn pays(&self, owner: &str) -> bool {
        let organization = self.organizations.iter().find(|(name, _)| name == owner);
        organization.map_or(self.paid, |(_, paid)| *paid)
    }

    pub fn may_see(&self, space: &Space) -> bool {
        !space.is_private() || self.name == space.owner() || self.may_write(space.owner())
    }
}

/// `GET /api/whoami-v2`
pub fn whoami(account: &Account) -> Answer {
    let organizations = account.organizations.iter().map(|(name, paid)| {
        json!({"type": "org", "id": "0123456789abcdef01234567", "name": name, "fullname": name, "email": null, "canPay": paid,
               "isEnterprise": paid, "avatarUrl": "", "periodEnd": null, "roleInOrg": "write"})
    });
    Answer::json(
        200,
        &json!({
            "type": "user",
            "id": "0123456789abcdef01234567",
            "name": account.name,
            "fullname": account.name,
            "email": "tester@localhost",
            "emailVerified": true,
            "canPay": account.payment,
            "isPro": account.paid,
            "avatarUrl": "",
            "periodEnd": null,
            "orgs": organizations.collect::<Vec<_>>(),
            "auth": {"type": "access_token", "accessToken": {
                "displayName": "test", "role": if account.writes { "write" } else { "read" }, "createdAt": "2026-01-01T00:00:00.000Z",
            }},
        }),
    )
}
