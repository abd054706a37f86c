//! What would be sent, without sending it.

use serde_json::{Value, json};

use super::content::Content;
use super::error::PublishError;
use super::publication::{Publication, Ready};
use super::published::{PlannedRequest, PublishPlan, SentFile};
use super::request::{Body, Method, Of, Request, Target, whoami};
use super::upload::question;

/// Stands for an owner that only the Hub knows.
const OWNER: &str = "OWNER";
/// Stands for the value of a secret.
const HIDDEN: &str = "***";

impl Publication<'_> {
    /// Every request that would be sent, in their order. Nothing is sent, so that what the Hub has and says is open.
    ///
    /// # Errors
    /// If it cannot be published.
    pub fn plan(&self) -> Result<PublishPlan, PublishError> {
        let ready = self.prepare()?;
        self.repository()?;
        let endpoint = self.client(None)?.endpoint().to_owned();
        let space = if ready.name.contains('/') { ready.name.clone() } else { format!("{OWNER}/{}", ready.name) };
        let plan = Planned { endpoint: &endpoint, requests: Vec::new() };
        let requests = plan.all(self, &ready, Of { id: &space })?;
        let files = ready.contents.iter().map(|content| SentFile {
            path: content.path().to_owned(),
            bytes: content.size,
            lfs: content.may_be_large(),
        });
        let files = if self.by_git { Vec::new() } else { files.collect() };
        Ok(PublishPlan { space, requests, files, notes: ready.notes.clone() })
    }
}

struct Planned<'e> {
    endpoint: &'e str,
    requests: Vec<PlannedRequest>,
}

impl Planned<'_> {
    fn add(&mut self, request: &Request<'_>, when: Option<&str>) {
        let (Target::Hub(path) | Target::Storage(path)) = &request.target;
        let address = match &request.target {
            Target::Hub(_) => format!("{}{path}", self.endpoint),
            Target::Storage(_) => path.clone(),
        };
        let body = match &request.body {
            Body::Json(body) | Body::Lfs(body) => Some(body.clone()),
            Body::Nothing | Body::Commit(_) | Body::Part(_) => None,
        };
        let (what, when) = (request.what.clone(), when.map(str::to_owned));
        self.requests.push(PlannedRequest { method: request.method, address, what, when, body });
    }

    fn all(
        mut self,
        how: &Publication<'_>,
        ready: &Ready<'_>,
        space: Of<'_>,
    ) -> Result<Vec<PlannedRequest>, PublishError> {
        if !ready.name.contains('/') {
            self.add(&whoami(), None);
        }
        self.add(&space.info(), None);
        let visibility = how.is_private.then_some("private");
        self.add(&space.create(&ready.sdk, visibility, ready.hardware.as_deref()), Some("it does not exist"));
        self.settings(ready, space);
        if how.by_git {
            let what = "push the last commit through git".to_owned();
            let address = format!("{}/spaces/{}", self.endpoint, space.id);
            self.requests.push(PlannedRequest { method: Method::Post, address, what, when: None, body: None });
        } else {
            self.files(&ready.contents, space, &how.summary)?;
        }
        if let Some(flavor) = &ready.hardware {
            self.add(&space.hardware(flavor), Some("it exists and has another hardware"));
        }
        if how.waits {
            self.add(&space.runtime(), Some("until it runs or has failed"));
            self.add(&space.logs("build"), Some("it does not run"));
        }
        Ok(self.requests)
    }

    fn settings(&mut self, ready: &Ready<'_>, space: Of<'_>) {
        let settings = &ready.settings;
        if !settings.variables.is_empty() {
            self.add(&space.variables(), None);
        }
        for (name, value) in &settings.variables {
            self.add(&space.set_variable(name, value), Some("the Space does not have it"));
        }
        if !settings.secrets.is_empty() {
            self.add(&space.secrets(), None);
        }
        for (name, value) in &settings.secrets {
            let when = if value.is_some() {
                "the Space does not have it"
            } else {
                "the Space does not have it, and somebody gives its value"
            };
            self.add(&space.set_secret(name, HIDDEN), Some(when));
        }
    }

    fn files(&mut self, contents: &[Content<'_>], space: Of<'_>, summary: &str) -> Result<(), PublishError> {
        self.add(&space.tree(), None);
        self.add(&space.commits(), Some("its files are not those that were published from here last"));
        let asked = contents.iter().map(question).collect::<Result<Vec<Value>, _>>()?;
        self.add(&space.preupload(&asked), Some("for the files that the Space has not, or has with another content"));
        let large: Vec<&Content<'_>> = contents.iter().filter(|content| content.may_be_large()).collect();
        if !large.is_empty() {
            let object = |content: &&Content<'_>| Ok(json!({"oid": content.sha256()?, "size": content.size}));
            let objects = large.iter().map(object).collect::<Result<Vec<Value>, PublishError>>()?;
            self.add(&space.lfs_batch(&objects), Some("for those that the Hub keeps in LFS"));
            for content in large {
                let what = format!("upload `{}`", content.path());
                let storage = Target::Storage("the address that the Hub gives".to_owned());
                self.add(
                    &Request::new(Method::Put, storage, Body::Nothing, what),
                    Some("the Hub does not have its content"),
                );
            }
        }
        let header = json!({"summary": summary, "description": "", "parentCommit": "the last commit"});
        let path = Target::Hub(format!("/api/spaces/{}/commit/main", space.id));
        let body =
            Body::Json(json!({"header": header, "files": contents.iter().map(Content::path).collect::<Vec<_>>()}));
        self.add(
            &Request::new(Method::Post, path, body, "commit what differs, and delete what only the Space has"),
            Some("anything differs"),
        );
        Ok(())
    }
}
