//! What the server decides about files before they come: large or regular, ignored or not, and what it has already.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::access::no_revision;
use super::checks::{Outcome, PREUPLOAD, check, media_type, refuse};
use super::http::Answer;
use super::routes::Context;
use super::state::{File, decoded};

/// So many files at most are in one request, by the client that sends more.
const MOST: usize = 256;
/// A text file of this size is large.
const LARGE: u64 = 10 << 20;
/// How much of a file a sample has.
const SAMPLE: usize = 512;

/// `POST ../preupload/REVISION`
pub fn preupload(context: &Context, revision: &str) -> Outcome {
    media_type(&context.entry.head, "application/json")?;
    let body = context.entry.body.value();
    check(body, PREUPLOAD, "body")?;
    if revision != "main" {
        return Ok(no_revision(revision));
    }
    let files = body["files"].as_array().map_or(&[][..], Vec::as_slice);
    if files.len() > MOST {
        return refuse(format!("{} files are more than {MOST}", files.len()));
    }
    context.write(|state| {
        let space = &state.spaces[context.id];
        let text = |key: &str, path: &str| {
            let sent = body[key].as_str();
            sent.or_else(|| space.files.get(path).and_then(File::text)).unwrap_or_default().to_owned()
        };
        let (attributes, ignores) = (text("gitAttributes", ".gitattributes"), text("gitIgnore", ".gitignore"));
        let answers: Result<Vec<_>, _> =
            files.iter().map(|file| decide(file, &attributes, &ignores, &space.files)).collect();
        Ok(Answer::json(200, &json!({"files": answers?, "commitOid": space.head()})))
    })
}

fn decide(
    file: &Value,
    attributes: &str,
    ignores: &str,
    known: &BTreeMap<String, File>,
) -> Result<Value, super::checks::Refusal> {
    let path = file["path"].as_str().unwrap_or_default();
    let size = file["size"].as_u64().unwrap_or_default();
    let Some(sample) = file["sample"].as_str().and_then(decoded) else { return refuse("a sample is not base64") };
    if sample.len() as u64 != size.min(SAMPLE as u64) {
        return refuse(format!("the sample of `{path}` has {} bytes of {size}", sample.len()));
    }
    let large = is_tracked(path, attributes) || is_binary(&sample) || size > LARGE;
    let mode = if large && size > 0 { "lfs" } else { "regular" };
    let mut answer = json!({"path": path, "uploadMode": mode, "shouldIgnore": is_ignored(path, ignores)});
    if let Some(file) = known.get(path) {
        answer["oid"] = json!(file.compared());
    }
    Ok(answer)
}

/// Whether content is that of a binary file. A sample may end inside a character.
pub fn is_binary(bytes: &[u8]) -> bool {
    let cut = |error: std::str::Utf8Error| error.error_len().is_none();
    bytes.contains(&0) || std::str::from_utf8(bytes).is_err_and(|error| !cut(error))
}

/// Whether `.gitattributes` sends a file to LFS: by its ending or by its path, which is what the tests need.
pub fn is_tracked(path: &str, attributes: &str) -> bool {
    attributes.lines().any(|line| {
        let mut words = line.split_whitespace();
        let Some(pattern) = words.next() else { return false };
        words.any(|word| word == "filter=lfs") && fits(path, pattern)
    })
}

/// Whether `.gitignore` names a file: by its name, its path, its ending or one of its folders, which is what the tests need.
fn is_ignored(path: &str, ignores: &str) -> bool {
    let lines = ignores.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.into_iter().any(|line| match line.strip_suffix('/') {
        Some(folder) => path.split('/').rev().skip(1).any(|part| part == folder),
        None => fits(path, line),
    })
}

fn fits(path: &str, pattern: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    match pattern.strip_prefix('*') {
        Some(ending) => name.ends_with(ending),
        None => pattern == name || pattern.trim_start_matches('/') == path,
    }
}
