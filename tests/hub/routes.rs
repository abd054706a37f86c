//! Which function answers which request.

use super::access::{Who, not_found, who};
use super::checks::{Outcome, parameters, refuse};
use super::http::Answer;
use super::log::Entry;
use super::script::Account;
use super::state::{Space, State};
use super::{Host, Shared, access, catalog, commit, lfs, preupload, spaces};

/// A request about a Space, with what an answer needs.
pub struct Context<'a> {
    pub entry: &'a Entry,
    pub shared: &'a Shared,
    pub account: &'a Account,
    pub id: &'a str,
}

/// Answers a request.
pub fn route(entry: &Entry, shared: &Shared) -> Outcome {
    let head = &entry.head;
    match entry.host {
        Host::Hub => {}
        Host::Storage => return lfs::put(entry, shared),
        Host::Elsewhere => return Ok(Answer::json(200, &serde_json::json!({})).header("ETag", "\"elsewhere\"")),
    }
    // The completion is signed by its address: neither client sends the token
    if (head.method.as_str(), head.path.as_str()) == ("POST", "/api/complete_multipart") {
        return lfs::complete(entry, shared);
    }
    // `hf` asks this once a day, without a token
    if (head.method.as_str(), head.path.as_str()) == ("GET", "/api/agent-harnesses") {
        return Ok(Answer::json(200, &serde_json::json!({"standardEnvVars": [], "harnesses": {}})));
    }
    let account = match who(entry, shared)? {
        Who::Known(account) => account,
        Who::Unknown(answer) => return Ok(answer),
    };
    match (head.method.as_str(), head.path.as_str()) {
        ("GET", "/api/whoami-v2") => parameters(head, &[]).map(|()| access::whoami(account)),
        ("POST", "/api/repos/create") => catalog::create(entry, shared, account),
        ("POST", "/api/validate-yaml") => catalog::validate(entry),
        (method, path) => {
            if let Some((id, what)) = path.strip_prefix("/spaces/").and_then(|path| path.split_once(".git/")) {
                return large(&Context { entry, shared, account, id }, method, what);
            }
            let Some(rest) = path.strip_prefix("/api/spaces/") else { return refuse("no client asks for this path") };
            let mut parts = rest.splitn(3, '/');
            let (owner, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let id = format!("{owner}/{name}");
            about(&Context { entry, shared, account, id: &id }, method, parts.next().unwrap_or_default())
        }
    }
}

/// Answers what is asked of git-lfs.
fn large(context: &Context, method: &str, what: &str) -> Outcome {
    match (method, what) {
        ("POST", "info/lfs/objects/batch") => lfs::batch(context),
        ("POST", "info/lfs/objects/verify") => lfs::verify(context),
        _ => refuse("no client asks for this path"),
    }
}

/// Answers what is asked of a Space.
fn about(context: &Context, method: &str, what: &str) -> Outcome {
    let head = &context.entry.head;
    let (what, revision) = what.split_once('/').unwrap_or((what, ""));
    let known: &[&str] = match (method, what) {
        ("GET", "" | "revision") => &["expand", "expand[]", "blobs"],
        ("GET", "tree") => &["recursive", "expand", "limit", "cursor"],
        ("POST", "restart") => &["factory"],
        _ => &[],
    };
    parameters(head, known)?;
    match (method, what, revision) {
        ("GET", "", "") => catalog::info(context, None),
        ("GET", "revision", revision) => catalog::info(context, Some(revision)),
        ("GET", "tree", revision) => catalog::tree(context, revision),
        ("GET", "refs", "") => catalog::refs(context),
        ("GET", "commits", revision) => catalog::commits(context, revision),
        ("POST", "preupload", revision) => preupload::preupload(context, revision),
        ("POST", "commit", revision) => commit::commit(context, revision),
        ("GET" | "POST" | "DELETE", "secrets" | "variables", "") => spaces::settings(context, what),
        ("POST", "hardware", "") => spaces::hardware(context),
        ("POST", "sleeptime", "") => spaces::sleep_time(context),
        ("POST", "restart" | "pause", "") => spaces::restart(context),
        ("PUT", "settings", "") => spaces::visibility(context),
        ("GET", "runtime", "") => Ok(spaces::runtime(context)),
        ("GET", "logs", "build" | "run") => spaces::logs(context, revision),
        _ => refuse("no client asks for this path"),
    }
}

impl Context<'_> {
    /// Reads a Space, if it is there and the account may see it.
    pub fn read(&self, read: impl FnOnce(&Space) -> Outcome) -> Outcome {
        let state = self.shared.state.lock().unwrap();
        match state.spaces.get(self.id) {
            Some(space) if self.account.may_see(space) => read(space),
            _ => Ok(not_found()),
        }
    }

    /// Changes a Space, if it is there and the account may write to it.
    pub fn write(&self, write: impl FnOnce(&mut State) -> Outcome) -> Outcome {
        let mut state = self.shared.state.lock().unwrap();
        let Some(space) = state.spaces.get(self.id).filter(|space| self.account.may_see(space)) else {
            return Ok(not_found());
        };
        if !self.account.may_write(space.owner()) {
            // The Hub's words differ from endpoint to endpoint, so only the status should count
            let owner = space.owner();
            return Ok(access::error(403, &format!("You don't have the required permissions to write to \"{owner}\"")));
        }
        write(&mut state)
    }
}
