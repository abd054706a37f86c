//! A commit: a line of JSON about it, and one for each file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::access::{error, no_revision};
use super::checks::{
    COMMIT_DELETED, COMMIT_FILE, COMMIT_HEADER, COMMIT_LARGE, Outcome, Refusal, check, media_type, refuse,
};
use super::http::Answer;
use super::log::Logged;
use super::routes::Context;
use super::state::{Content, File, State, decoded};
use super::{Host, front_matter, preupload};

/// A text file of this size is refused as a git object.
const LARGE: usize = 10 << 20;

/// Either a refusal of the test server, or the Hub's answer to a commit that it does not take.
enum Stop {
    Refused(Refusal),
    Answered(Answer),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// `POST ../commit/REVISION`
pub fn commit(context: &Context, revision: &str) -> Outcome {
    media_type(&context.entry.head, "application/x-ndjson")?;
    let Logged::Lines(lines) = &context.entry.body else { return refuse("a commit has lines") };
    let Some((first, operations)) = lines.split_first() else { return refuse("a commit has a first line") };
    let (kind, header) = operation(first)?;
    if kind != "header" {
        return refuse("the first line of a commit is its header");
    }
    check(header, COMMIT_HEADER, "header")?;
    if header["summary"].as_str().unwrap_or_default().is_empty() {
        return refuse("no client sends a commit without a summary");
    }
    if revision != "main" {
        return Ok(no_revision(revision));
    }
    context.write(|state| match apply(state, context.id, (header, operations)) {
        Ok(oid) => {
            let url = format!("{}/spaces/{}/commit/{oid}", context.shared.address(Host::Hub), context.id);
            Ok(Answer::json(200, &json!({"success": true, "commitOid": oid, "commitUrl": url, "hookOutput": ""})))
        }
        Err(Stop::Refused(refusal)) => Err(refusal),
        Err(Stop::Answered(answer)) => Ok(answer),
    })
}

/// The kind of a line, and its value.
fn operation(line: &Value) -> Result<(&str, &Value), Refusal> {
    let keys: Vec<&str> = line.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    if keys != ["key", "value"] {
        return refuse(format!("a line has the keys `key` and `value`, not {keys:?}"));
    }
    Ok((line["key"].as_str().unwrap_or_default(), &line["value"]))
}

fn apply(state: &mut State, id: &str, (header, operations): (&Value, &[Value])) -> Result<String, Stop> {
    let space = &state.spaces[id];
    if header["parentCommit"].as_str().is_some_and(|parent| parent != space.head()) {
        // Source: pull request 69 of huggingface/funes, pull request 7708 of huggingface/datasets
        return Err(Stop::Answered(error(412, "A commit has happened since. Please refresh and try again.")));
    }
    let mut files = space.files.clone();
    let mut seen: Vec<&str> = Vec::new();
    for line in operations {
        let (kind, value) = operation(line)?;
        let path = value["path"].as_str().unwrap_or_default();
        if seen.contains(&path) {
            return Err(Refusal(format!("`{path}` is in it twice")).into());
        }
        seen.push(path);
        match kind {
            "file" => add(&mut files, path, value)?,
            "lfsFile" => add_large(&mut files, path, value, state)?,
            "deletedFile" => delete(&mut files, path, value)?,
            other => return Err(Refusal(format!("no client of a Space sends the line `{other}`")).into()),
        }
    }
    if let Some(readme) = files.get("README.md").filter(|_| seen.contains(&"README.md")).and_then(File::text) {
        let answer = front_matter::answer(readme);
        if answer.status != 200 {
            return Err(Stop::Answered(answer));
        }
    }
    track(&mut files, &seen);
    let space = state.spaces.get_mut(id).ok_or_else(|| Refusal("the Space has gone".into()))?;
    space.files = files;
    Ok(space.commit(header["summary"].as_str().unwrap_or_default()))
}

fn add(files: &mut BTreeMap<String, File>, path: &str, value: &Value) -> Result<(), Stop> {
    check(value, COMMIT_FILE, "file")?;
    check_path(path)?;
    let Some(content) = value["content"].as_str().and_then(decoded) else {
        return Err(Refusal(format!("`{path}` is not base64")).into());
    };
    // Source: errors of pushes, as users have reported them
    if preupload::is_binary(&content) {
        let message = "Your push was rejected because it contains binary files. Please use \
                       https://huggingface.co/docs/hub/xet to store binary files.";
        return Err(Stop::Answered(error(400, &format!("{message} Offending files: - {path}"))));
    }
    if content.len() > LARGE {
        let message = "Your push was rejected because it contains files larger than 10 MiB.";
        return Err(Stop::Answered(error(400, &format!("{message} Offending files: - {path}"))));
    }
    files.insert(path.to_owned(), File::regular(content));
    Ok(())
}

fn add_large(files: &mut BTreeMap<String, File>, path: &str, value: &Value, state: &State) -> Result<(), Stop> {
    check(value, COMMIT_LARGE, "lfsFile")?;
    check_path(path)?;
    let (oid, size) = (value["oid"].as_str().unwrap_or_default(), value["size"].as_u64().unwrap_or_default());
    match state.storage.objects.get(oid) {
        // Source: the answer as users of other clients have reported it
        None => {
            let message = "Your push was rejected because an LFS pointer pointed to a file that does not exist. For \
                           instance, this can happen if you used git push --no-verify to push your changes.";
            Err(Stop::Answered(error(400, &format!("{message} Offending file: - {path}"))))
        }
        Some(known) if *known != size => Err(Refusal(format!("`{path}` has {known} bytes, not {size}")).into()),
        Some(_) => {
            let content = Content::Large { sha256: oid.to_owned(), size };
            files.insert(path.to_owned(), File { content });
            Ok(())
        }
    }
}

fn delete(files: &mut BTreeMap<String, File>, path: &str, value: &Value) -> Result<(), Stop> {
    check(value, COMMIT_DELETED, "deletedFile")?;
    match files.remove(path) {
        Some(_) => Ok(()),
        // Source: `create_commit` of huggingface_hub, which looks for these words
        None => {
            let answer = error(404, "A file with this name doesn't exist").header("X-Error-Code", "EntryNotFound");
            Err(Stop::Answered(answer))
        }
    }
}

fn check_path(path: &str) -> Result<(), Refusal> {
    let odd = |part: &str| matches!(part, "" | "." | ".." | ".git");
    if path.split('/').any(odd) || path.contains('\\') {
        return refuse(format!("no client sends the path `{path}`"));
    }
    Ok(())
}

/// Adds large files to `.gitattributes`, as the Hub does.
/// Source: `ApiPreuploadRequest` of `@huggingface/hub`: the commit edits the file to track what is in `lfsFile` lines.
fn track(files: &mut BTreeMap<String, File>, changed: &[&str]) {
    let mut attributes = files.get(".gitattributes").and_then(File::text).unwrap_or_default().to_owned();
    let before = attributes.len();
    for path in changed {
        let large = files.get(*path).is_some_and(|file| matches!(file.content, Content::Large { .. }));
        if large && !preupload::is_tracked(path, &attributes) {
            attributes.push_str(&format!("{path} filter=lfs diff=lfs merge=lfs -text\n"));
        }
    }
    if attributes.len() != before {
        files.insert(".gitattributes".to_owned(), File::regular(attributes));
    }
}
