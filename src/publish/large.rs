//! Large files, by the protocol of LFS: what the Hub has already is not sent again.
//!
//! Sources: <https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md> and, for files in parts, `lfs.py` of
//! <https://github.com/huggingface/huggingface_hub>.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::content::{Content, Part};
use super::error::{HubRefusal, PublishError};
use super::http::Client;
use super::published::Progress;
use super::request::{Body, Method, Of, Request, Target};

/// How many objects are asked about at once. Source: `UPLOAD_BATCH_MAX_NUM_FILES` of `huggingface_hub`.
const OBJECTS_MOST: usize = 256;

#[derive(Debug, Deserialize)]
struct Batch {
    objects: Vec<Object>,
}

#[derive(Debug, Deserialize)]
struct Object {
    oid: String,
    actions: Option<Actions>,
    error: Option<ObjectError>,
}

#[derive(Debug, Deserialize)]
struct ObjectError {
    code: u16,
    message: String,
}

#[derive(Debug, Deserialize)]
struct Actions {
    upload: Option<Action>,
    verify: Option<Action>,
}

#[derive(Debug, Deserialize)]
struct Action {
    href: String,
    #[serde(default)]
    header: BTreeMap<String, Value>,
}

/// Sends what the Hub does not have of some files. `progress` learns how much is sent.
///
/// # Errors
/// If the Hub or its storage refuses, or cannot be reached.
pub(super) fn send(
    hub: &Client,
    space: Of<'_>,
    files: &[(&Content<'_>, &str)],
    progress: &dyn Fn(Progress),
) -> Result<(), PublishError> {
    let of_bytes = files.iter().map(|(content, _)| content.size).sum();
    let mut done = Progress { of_files: files.len(), of_bytes, ..Progress::default() };
    for some in files.chunks(OBJECTS_MOST) {
        let object = |(content, oid): &(&Content<'_>, &str)| json!({"oid": oid, "size": content.size});
        let objects: Vec<Value> = some.iter().map(object).collect();
        let request = space.lfs_batch(&objects);
        let batch: Batch = hub.send(&request)?.json(&request.what)?;
        for (content, oid) in some {
            let object = batch.objects.iter().find(|object| object.oid == **oid);
            let object = object.ok_or_else(|| PublishError::Answer { what: request.what.clone() })?;
            let upload =
                Upload { hub, content, oid, progress: &|sent| progress(Progress { bytes: done.bytes + sent, ..done }) };
            upload.object(object)?;
            done = Progress { files: done.files + 1, bytes: done.bytes + content.size, ..done };
            progress(done);
        }
    }
    Ok(())
}

/// One file on its way.
struct Upload<'u> {
    hub: &'u Client,
    content: &'u Content<'u>,
    oid: &'u str,
    progress: &'u dyn Fn(u64),
}

impl Upload<'_> {
    fn what(&self) -> String {
        format!("upload `{}`", self.content.path())
    }

    fn malformed(&self) -> PublishError {
        PublishError::Answer { what: self.what() }
    }

    fn object(&self, object: &Object) -> Result<(), PublishError> {
        if let Some(error) = &object.error {
            let messages = vec![error.message.clone()];
            return Err(HubRefusal { what: self.what(), status: error.code, code: None, messages }.into());
        }
        // The Hub has it already
        let Some(actions) = &object.actions else { return Ok(()) };
        let Some(upload) = &actions.upload else { return Ok(()) };
        match upload.header.get("chunk_size") {
            Some(size) => self.in_parts(upload, size)?,
            None => self.whole(upload)?,
        }
        match &actions.verify {
            Some(verify) => self.verify(verify),
            None => Ok(()),
        }
    }

    /// The token only goes to the Hub; storage has addresses that are signed.
    fn target(&self, address: &str) -> Target {
        self.hub.own_path(address).map_or_else(|| Target::Storage(address.to_owned()), Target::Hub)
    }

    fn put(
        &self,
        address: &str,
        from: u64,
        length: u64,
        headers: Vec<(String, String)>,
    ) -> Result<Option<String>, PublishError> {
        let part = Part { content: self.content, from, length, progress: self.progress };
        let target = Target::Storage(address.to_owned());
        let request = Request { headers, ..Request::new(Method::Put, target, Body::Part(&part), self.what()) };
        Ok(self.hub.send(&request)?.etag)
    }

    fn whole(&self, upload: &Action) -> Result<(), PublishError> {
        let headers = upload.header.iter();
        let headers = headers.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
        self.put(&upload.href, 0, self.content.size, headers).map(|_| ())
    }

    fn in_parts(&self, upload: &Action, size: &Value) -> Result<(), PublishError> {
        let size = size.as_str().map_or_else(|| size.as_u64(), |text| text.parse().ok()).filter(|size| *size > 0);
        let size = size.ok_or_else(|| self.malformed())?;
        let mut addresses: Vec<(u64, &str)> =
            upload.header.iter().filter_map(|(name, value)| Some((name.parse().ok()?, value.as_str()?))).collect();
        addresses.sort_unstable();
        if addresses.len() as u64 != self.content.size.div_ceil(size) {
            return Err(self.malformed());
        }
        let mut parts = Vec::new();
        for (index, (_, address)) in (0_u64..).zip(addresses) {
            let from = index * size;
            let etag = self.put(address, from, size.min(self.content.size - from), Vec::new())?;
            let etag = etag.ok_or_else(|| self.malformed())?;
            parts.push(json!({"partNumber": index + 1, "etag": etag}));
        }
        let body = Body::Lfs(json!({"oid": self.oid, "parts": parts}));
        // No client sends the token here: the address is signed too
        let request = Request::new(Method::Post, Target::Storage(upload.href.clone()), body, self.what());
        self.hub.send(&request).map(|_| ())
    }

    fn verify(&self, verify: &Action) -> Result<(), PublishError> {
        let body = Body::Json(json!({"oid": self.oid, "size": self.content.size}));
        let request = Request::new(Method::Post, self.target(&verify.href), body, self.what());
        self.hub.send(&request).map(|_| ())
    }
}
