//! Making a Space, and what is asked about its files and its head.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::access::{error, no_revision};
use super::checks::{CREATE, Outcome, README, check, media_type, parameters};
use super::http::Answer;
use super::log::Entry;
use super::routes::Context;
use super::script::Account;
use super::state::{Commit, Content, File, Space, pointer};
use super::{Host, Shared, front_matter, spaces};

/// What the Hub says to an account without a paid plan.
/// Source: issue 1469 of ed-donner/agents.
pub const PAYMENT: &str = "Static Spaces are free for everyone, but hosting Gradio and Docker Spaces on free cpu-basic requires a PRO \
                           subscription. Subscribe at https://huggingface.co/pro";

/// `POST /api/repos/create`
pub fn create(entry: &Entry, shared: &Shared, account: &Account) -> Outcome {
    parameters(&entry.head, &[])?;
    media_type(&entry.head, "application/json")?;
    let body = entry.body.value();
    check(body, CREATE, "body")?;
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    let owner = body["organization"].as_str().unwrap_or(&account.name);
    if !account.may_write(owner) {
        // Source: issue 508 of huggingface/deep-rl-class
        let message = format!("You don't have the rights to create a space under the namespace \"{owner}\"");
        return Ok(error(403, &message));
    }
    let id = format!("{owner}/{}", text("name"));
    let url = format!("{}/spaces/{id}", shared.address(Host::Hub));
    let mut state = shared.state.lock().unwrap();
    if state.spaces.contains_key(&id) {
        // Source: `create_repo` of huggingface_hub, which reads the address from this answer; the words are in issue 766 of huggingface/autotrain-advanced
        let body = json!({"error": "You already created this space repo", "url": url});
        return Ok(Answer::json(409, &body).header("X-Error-Message", "You already created this space repo"));
    }
    let zero = text("sdk") == "gradio" && text("hardware") == "zero-a10g";
    if text("sdk") != "static" && !zero && !account.pays(owner) {
        return Ok(error(402, PAYMENT));
    }
    let mut space = Space::new(&id, text("sdk"));
    if let Some(visibility) = body["visibility"].as_str() {
        space.visibility = visibility.into();
    }
    space.hardware = body["hardware"].as_str().map(str::to_owned);
    space.sleep_time = body["sleepTimeSeconds"].as_i64();
    for (key, settings) in [("secrets", &mut space.secrets), ("variables", &mut space.variables)] {
        for setting in body[key].as_array().into_iter().flatten() {
            let text = |key: &str| setting[key].as_str().unwrap_or_default().to_owned();
            settings.insert(text("key"), text("value"));
        }
    }
    state.spaces.insert(id.clone(), space);
    Ok(Answer::json(200, &json!({"url": url, "name": id, "id": "0123456789abcdef01234567"})))
}

/// `POST /api/validate-yaml`
pub fn validate(entry: &Entry) -> Outcome {
    parameters(&entry.head, &[])?;
    media_type(&entry.head, "application/json")?;
    let body = entry.body.value();
    check(body, README, "body")?;
    Ok(front_matter::answer(body["content"].as_str().unwrap_or_default()))
}

/// `GET ../` and `GET ../revision/REVISION`
pub fn info(context: &Context, revision: Option<&str>) -> Outcome {
    context.read(|space| {
        if let Some(revision) = revision.filter(|revision| !is_known(space, revision)) {
            return Ok(no_revision(revision));
        }
        let whole = context.entry.head.parameter("blobs").is_some();
        let siblings = space.files.iter().map(|(path, file)| sibling(path, file, whole)).collect::<Vec<_>>();
        let domain = space.id.replace('/', "-").to_lowercase();
        Ok(Answer::json(
            200,
            &json!({
                "_id": "0123456789abcdef01234567", "id": space.id, "author": space.owner(), "sha": space.head(),
                "sdk": space.sdk, "private": space.is_private(), "disabled": false, "gated": false, "likes": 0,
                "tags": [space.sdk, "region:us"], "createdAt": spaces::BEGINNING, "lastModified": spaces::BEGINNING,
                "siblings": siblings, "subdomain": domain, "host": format!("https://{domain}.hf.space"),
                "runtime": spaces::runtime_of(space, &context.shared.script), "models": [], "datasets": [],
            }),
        ))
    })
}

fn is_known(space: &Space, revision: &str) -> bool {
    matches!(revision, "main" | "HEAD") || space.commits.iter().any(|commit| commit.id == revision)
}

fn sibling(path: &str, file: &File, whole: bool) -> Value {
    let mut sibling = json!({"rfilename": path});
    if whole {
        sibling["size"] = json!(file.size());
        sibling["blobId"] = json!(file.blob());
        if let Content::Large { sha256, size } = &file.content {
            sibling["lfs"] = json!({"sha256": sha256, "size": size, "pointerSize": pointer(sha256, *size).len()});
        }
    }
    sibling
}

/// `GET ../tree/REVISION[/FOLDER]`
pub fn tree(context: &Context, place: &str) -> Outcome {
    let (revision, folder) = place.split_once('/').unwrap_or((place, ""));
    let everything = context.entry.head.parameter("recursive").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    context.read(|space| {
        if !is_known(space, revision) {
            return Ok(no_revision(revision));
        }
        let prefix = if folder.is_empty() { String::new() } else { format!("{}/", folder.replace("%2F", "/")) };
        let mut rows = Vec::new();
        let mut folders = BTreeSet::new();
        for (path, file) in &space.files {
            let Some(rest) = path.strip_prefix(&prefix) else { continue };
            let parents: Vec<usize> = rest.match_indices('/').map(|(at, _)| at).collect();
            let shown = if everything { &parents[..] } else { &parents[..parents.len().min(1)] };
            for at in shown {
                if folders.insert(&rest[..*at]) {
                    let path = format!("{prefix}{}", &rest[..*at]);
                    rows.push(json!({"type": "directory", "oid": "0".repeat(40), "size": 0, "path": path}));
                }
            }
            if everything || parents.is_empty() {
                rows.push(row(path, file));
            }
        }
        Ok(Answer::json(200, &json!(rows)))
    })
}

fn row(path: &str, file: &File) -> Value {
    let mut row = json!({"type": "file", "oid": file.blob(), "size": file.size(), "path": path});
    if let Content::Large { sha256, size } = &file.content {
        row["lfs"] = json!({"oid": sha256, "size": size, "pointerSize": pointer(sha256, *size).len()});
    }
    row
}

/// `GET ../commits/REVISION`, the last one first
pub fn commits(context: &Context, revision: &str) -> Outcome {
    context.read(|space| {
        if !is_known(space, revision) {
            return Ok(no_revision(revision));
        }
        let row = |commit: &Commit| {
            let author = json!({"user": space.owner()});
            let (id, title) = (&commit.id, &commit.summary);
            json!({"id": id, "title": title, "message": "", "authors": [author], "date": spaces::BEGINNING})
        };
        Ok(Answer::json(200, &space.commits.iter().rev().map(row).collect()))
    })
}

/// `GET ../refs`
pub fn refs(context: &Context) -> Outcome {
    context.read(|space| {
        let branch = json!({"name": "main", "ref": "refs/heads/main", "targetCommit": space.head()});
        Ok(Answer::json(200, &json!({"branches": [branch], "converts": [], "tags": []})))
    })
}
