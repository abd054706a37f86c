//! A request as data: it can be shown before it is sent, and sent again.

use std::fmt;
use std::io::{self, Read};

use serde::Serialize;
use serde_json::{Value, json};

use super::commit::Commit;
use super::content::Part;

/// What a request does on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Method {
    Get,
    Post,
    Put,
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        })
    }
}

/// What is sent with it.
pub(crate) enum Body<'a> {
    Nothing,
    Json(Value),
    /// For the protocol of LFS, which has a content type of its own.
    Lfs(Value),
    /// A commit, made line by line while it is sent.
    Commit(&'a Commit<'a>),
    /// A part of a file, read while it is sent.
    Part(&'a Part<'a>),
}

impl Body<'_> {
    /// The content type; none without a body, and none for what storage takes as it is.
    pub(crate) fn content_type(&self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Part(_) => None,
            Self::Json(_) => Some("application/json"),
            Self::Lfs(_) => Some(LFS),
            Self::Commit(_) => Some("application/x-ndjson"),
        }
    }

    /// What is sent, and its length: storage refuses what comes without.
    ///
    /// # Errors
    /// If a file cannot be opened.
    pub(crate) fn open(&self) -> io::Result<(Box<dyn Read + '_>, u64)> {
        Ok(match self {
            Self::Nothing => (Box::new(io::empty()), 0),
            Self::Json(value) | Self::Lfs(value) => {
                let bytes = value.to_string().into_bytes();
                let length = bytes.len() as u64;
                (Box::new(io::Cursor::new(bytes)), length)
            }
            Self::Commit(commit) => (Box::new(commit.lines()), commit.length()?),
            Self::Part(part) => (Box::new(part.open()?), part.length),
        })
    }
}

/// The content type of the protocol of LFS. Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md>.
pub(crate) const LFS: &str = "application/vnd.git-lfs+json";

/// A request.
pub(crate) struct Request<'a> {
    pub(crate) method: Method,
    /// A path on the Hub, which gets the token; or the whole address of a storage, which does not.
    pub(crate) target: Target,
    pub(crate) body: Body<'a>,
    /// Further headers, which the Hub gave for a storage.
    pub(crate) headers: Vec<(String, String)>,
    /// What it does, to complete "cannot ..".
    pub(crate) what: String,
}

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Hub(String),
    Storage(String),
}

impl<'a> Request<'a> {
    pub(crate) fn get(path: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(Method::Get, Target::Hub(path.into()), Body::Nothing, what)
    }

    pub(crate) fn post(path: impl Into<String>, body: Value, what: impl Into<String>) -> Self {
        Self::new(Method::Post, Target::Hub(path.into()), Body::Json(body), what)
    }

    pub(crate) fn new(method: Method, target: Target, body: Body<'a>, what: impl Into<String>) -> Self {
        Self { method, target, body, headers: Vec::new(), what: what.into() }
    }

    /// The content type of the expected answer, where one is asked for.
    pub(crate) fn accept(&self) -> Option<&'static str> {
        matches!(self.body, Body::Lfs(_)).then_some(LFS)
    }
}

/// Everything that is asked of the Hub about one Space.
///
/// Sources: <https://github.com/huggingface/huggingface_hub> (`hf_api.py`, `lfs.py`, `_commit_api.py`) and
/// <https://github.com/huggingface/huggingface.js> (`packages/hub`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'s> {
    /// `OWNER/NAME`.
    pub(crate) id: &'s str,
}

/// The branch that the Hub builds.
pub(crate) const BRANCH: &str = "main";

/// Who the token belongs to.
pub(crate) fn whoami() -> Request<'static> {
    Request::get("/api/whoami-v2", "ask whose token it is")
}

impl Of<'_> {
    fn api(self, rest: &str) -> String {
        format!("/api/spaces/{}{rest}", self.id)
    }

    pub(crate) fn create(self, sdk: &str, visibility: Option<&str>, hardware: Option<&str>) -> Request<'static> {
        let (owner, name) = self.id.split_once('/').unwrap_or(("", self.id));
        let mut body = json!({"name": name, "organization": owner, "type": "space", "sdk": sdk});
        for (key, value) in [("visibility", visibility), ("hardware", hardware)] {
            if let Some(value) = value {
                body[key] = Value::from(value);
            }
        }
        let extra = [visibility.map(str::to_owned), hardware.map(|flavor| format!("on {flavor}"))];
        let extra: String = extra.into_iter().flatten().map(|extra| format!(", {extra}")).collect();
        Request::post("/api/repos/create", body, format!("create the Space `{}` with sdk: {sdk}{extra}", self.id))
    }

    pub(crate) fn info(self) -> Request<'static> {
        Request::get(self.api(""), format!("look up the Space `{}`", self.id))
    }

    pub(crate) fn tree(self) -> Request<'static> {
        let path = self.api(&format!("/tree/{BRANCH}?recursive=true&expand=false"));
        Request::get(path, "list the files of the Space")
    }

    pub(crate) fn commits(self) -> Request<'static> {
        Request::get(self.api(&format!("/commits/{BRANCH}")), "list the commits of the Space")
    }

    pub(crate) fn variables(self) -> Request<'static> {
        Request::get(self.api("/variables"), "list the variables of the Space")
    }

    pub(crate) fn secrets(self) -> Request<'static> {
        Request::get(self.api("/secrets"), "list the names of the secrets of the Space")
    }

    pub(crate) fn set_variable(self, name: &str, value: &str) -> Request<'static> {
        let body = json!({"key": name, "value": value});
        Request::post(self.api("/variables"), body, format!("set the variable `{name}`"))
    }

    pub(crate) fn set_secret(self, name: &str, value: &str) -> Request<'static> {
        let body = json!({"key": name, "value": value});
        Request::post(self.api("/secrets"), body, format!("set the secret `{name}`"))
    }

    pub(crate) fn hardware(self, flavor: &str) -> Request<'static> {
        Request::post(self.api("/hardware"), json!({"flavor": flavor}), format!("request the hardware `{flavor}`"))
    }

    /// Asks how each of some files is kept: as a blob of git, or in LFS.
    pub(crate) fn preupload(self, files: &[Value]) -> Request<'static> {
        let path = self.api(&format!("/preupload/{BRANCH}"));
        Request::post(path, json!({"files": files}), "ask how the files are kept")
    }

    pub(crate) fn lfs_batch(self, objects: &[Value]) -> Request<'static> {
        let body = json!({
            "operation": "upload",
            "transfers": ["basic", "multipart"],
            "objects": objects,
            "hash_algo": "sha256",
            "ref": {"name": BRANCH},
        });
        let path = Target::Hub(format!("/spaces/{}.git/info/lfs/objects/batch", self.id));
        Request::new(Method::Post, path, Body::Lfs(body), "ask where large files go")
    }

    pub(crate) fn commit<'a>(self, commit: &'a Commit<'a>) -> Request<'a> {
        let path = Target::Hub(self.api(&format!("/commit/{BRANCH}")));
        Request::new(Method::Post, path, Body::Commit(commit), "commit the files")
    }

    pub(crate) fn runtime(self) -> Request<'static> {
        Request::get(self.api("/runtime"), "ask how the Space is doing")
    }

    /// `build` or `run`.
    pub(crate) fn logs(self, of: &str) -> Request<'static> {
        Request::get(self.api(&format!("/logs/{of}")), format!("read the {of} log"))
    }
}
