//! Large files, by the protocol of git-lfs and by the Hub's own way of uploading one in parts.
//!
//! Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md>; `huggingface_hub/lfs.py` for the parts.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::access::error;
use super::checks::{BATCH, COMPLETE, Outcome, VERIFY, check, media_type, parameters, refuse};
use super::http::Answer;
use super::log::{Entry, Logged};
use super::routes::Context;
use super::state::{Content, Space, State};
use super::{Host, Shared};

const TYPE: &str = "application/vnd.git-lfs+json";
/// So many objects at most are in one request, by the client that sends more.
const MOST: usize = 256;
/// Source: issue 3049 of `huggingface/huggingface_hub`.
pub const PRIVATE_STORAGE: &str = "Private repository storage limit reached, please upgrade your plan...";
/// Source: errors of pushes to Spaces, as users have reported them.
pub const STORAGE: &str = "Repository storage limit reached (Max: 1 GB)";

/// `POST /spaces/ID.git/info/lfs/objects/batch`
pub fn batch(context: &Context) -> Outcome {
    let head = &context.entry.head;
    parameters(head, &[])?;
    media_type(head, TYPE)?;
    if head.header("accept") != Some(TYPE) {
        return refuse("it does not accept the media type of git-lfs");
    }
    let body = context.entry.body.value();
    check(body, BATCH, "body")?;
    let objects = body["objects"].as_array().map_or(&[][..], Vec::as_slice);
    if objects.is_empty() || objects.len() > MOST || objects.iter().any(|object| object["size"] == 0) {
        return refuse("no client asks for none, for more than 256, or for an empty file");
    }
    let offered = body["transfers"].as_array().map_or(&[][..], Vec::as_slice);
    let parts = offered.iter().any(|transfer| transfer == "multipart");
    context.write(|state| {
        if let Some(answer) = over_limit(&state.spaces[context.id], objects, context) {
            return Ok(answer);
        }
        let answers: Vec<Value> = objects.iter().map(|object| action(object, parts, state, context)).collect();
        let in_parts = answers.iter().any(|answer| !answer["actions"]["upload"]["header"]["chunk_size"].is_null());
        let transfer = if in_parts { "multipart" } else { "basic" };
        let mut answer = Answer::json(200, &json!({"transfer": transfer, "objects": answers}));
        answer.headers = vec![("Content-Type".into(), TYPE.into()), ("X-Request-Id".into(), "test-request".into())];
        Ok(answer)
    })
}

fn over_limit(space: &Space, objects: &[Value], context: &Context) -> Option<Answer> {
    let script = &context.shared.script;
    let large = space.files.values().filter(|file| matches!(file.content, Content::Large { .. }));
    let there: u64 = large.map(super::state::File::size).sum();
    let new: u64 = objects.iter().filter_map(|object| object["size"].as_u64()).sum();
    let after = there.saturating_add(new);
    if space.is_private() && after > script.private_storage {
        return Some(error(403, PRIVATE_STORAGE));
    }
    (after > script.storage).then(|| error(403, STORAGE))
}

/// What a client has to do for an object.
fn action(object: &Value, parts: bool, state: &mut State, context: &Context) -> Value {
    let (oid, size) = (object["oid"].as_str().unwrap_or_default(), object["size"].as_u64().unwrap_or_default());
    let mut answer = json!({"oid": oid, "size": size, "authenticated": true});
    if state.storage.objects.contains_key(oid) {
        return answer;
    }
    let (shared, script) = (context.shared, &context.shared.script);
    let storage = format!("{}/objects/{oid}", shared.address(Host::Storage));
    let hub = shared.address(Host::Hub);
    let upload = if parts && size >= script.multipart_from {
        let name = state.storage.begin(oid, size, script.part_size);
        let mut header = Map::new();
        header.insert("chunk_size".into(), json!(script.part_size.to_string()));
        for number in 1..=size.div_ceil(script.part_size) {
            let place = format!("{storage}?partNumber={number}&uploadId={name}&X-Amz-Signature=test");
            header.insert(format!("{number:05}"), json!(place));
        }
        json!({"href": format!("{hub}/api/complete_multipart?uploadId={name}"), "header": header})
    } else {
        json!({"href": format!("{storage}?size={size}&X-Amz-Signature=test")})
    };
    answer["actions"] = json!({"upload": upload});
    if script.verifies {
        let place = format!("{hub}/spaces/{}.git/info/lfs/objects/verify", context.id);
        answer["actions"]["verify"] = json!({"href": place});
    }
    answer
}

/// Where the part of a request is kept until its file is complete.
pub fn place(entry: &Entry, shared: &Shared) -> Option<PathBuf> {
    let name = entry.head.parameter("uploadId")?;
    let number = entry.head.parameter("partNumber")?.parse().ok()?;
    let mut state = shared.state.lock().unwrap();
    state.storage.uploads.contains_key(name).then(|| state.storage.part_file(name, number))
}

/// `PUT` of a whole file or of a part, at the storage
pub fn put(entry: &Entry, shared: &Shared) -> Outcome {
    let head = &entry.head;
    let Some(oid) = head.path.strip_prefix("/objects/").filter(|_| head.method == "PUT") else {
        return refuse("no client asks the storage for this");
    };
    // Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>: a body without its length is refused
    if head.is_chunked() || head.header("content-length").is_none() {
        return refuse("the storage needs the length of a body");
    }
    let Logged::Bytes { size, sha256, .. } = &entry.body else { return refuse("it has no body") };
    let mut state = shared.state.lock().unwrap();
    let Some(name) = head.parameter("uploadId") else {
        let wanted = head.parameter("size").and_then(|size| size.parse().ok());
        if sha256 != oid || wanted != Some(*size) {
            return refuse(format!("{size} bytes with the hash {sha256} are not the file"));
        }
        state.storage.objects.insert(oid.to_owned(), *size);
        return Ok(Answer::empty(200).header("ETag", &format!("\"{}\"", &sha256[..32])));
    };
    let number: u64 = head.parameter("partNumber").and_then(|number| number.parse().ok()).unwrap_or(0);
    let Some(upload) = state.storage.uploads.get_mut(name) else { return refuse("nobody has begun this upload") };
    let end = upload.part_size.saturating_mul(number).min(upload.size);
    let wanted = end.saturating_sub(upload.part_size.saturating_mul(number.saturating_sub(1)));
    if number == 0 || *size != wanted {
        return refuse(format!("part {number} has {size} bytes, not {wanted}"));
    }
    let tag = format!("\"{}\"", &sha256[..32]);
    upload.parts.insert(number, (*size, tag.clone()));
    Ok(Answer::empty(200).header("ETag", &tag))
}

/// `POST /api/complete_multipart`
pub fn complete(entry: &Entry, shared: &Shared) -> Outcome {
    let head = &entry.head;
    parameters(head, &["uploadId"])?;
    media_type(head, TYPE)?;
    if head.header("authorization").is_some() {
        return refuse("neither client sends the token with this");
    }
    let body = entry.body.value();
    check(body, COMPLETE, "body")?;
    let name = head.parameter("uploadId").unwrap_or_default();
    let mut state = shared.state.lock().unwrap();
    let Some(upload) = state.storage.uploads.get(name) else { return refuse("nobody has begun this upload") };
    let parts = upload.parts.iter().map(|(number, (_, tag))| json!({"partNumber": number, "etag": tag}));
    let (parts, wanted) = (json!(parts.collect::<Vec<_>>()), (upload.size, upload.sha256.clone()));
    if body["parts"] != parts || body["oid"] != json!(wanted.1) {
        return refuse(format!("the parts are {parts} of {}", wanted.1));
    }
    let joined = state.storage.joined(name);
    if joined != wanted {
        return refuse(format!("the parts together are {joined:?}, not {wanted:?}"));
    }
    state.storage.objects.insert(wanted.1, wanted.0);
    Ok(Answer::json(200, &json!({"success": true})))
}

/// `POST /spaces/ID.git/info/lfs/objects/verify`
pub fn verify(context: &Context) -> Outcome {
    let head = &context.entry.head;
    parameters(head, &[])?;
    if !matches!(head.media_type(), "application/json" | TYPE) {
        return refuse(format!("the content type is `{}`", head.media_type()));
    }
    let body = context.entry.body.value();
    check(body, VERIFY, "body")?;
    context.write(|state| {
        let size = state.storage.objects.get(body["oid"].as_str().unwrap_or_default());
        if size.copied() == body["size"].as_u64() {
            return Ok(Answer::json(200, &json!({})));
        }
        Ok(error(404, "Object not found"))
    })
}
