//! Publishes, step by step.

use std::cell::RefCell;
use std::sync::Arc;

use super::error::PublishError;
use super::git::Repository;
use super::http::Client;
use super::publication::{Publication, Ready};
use super::published::{FailedSpace, PublishStep, Published, SentFile, Watcher};
use super::remote::{Hardware, Info, Runtime, Tree, commits_of_others};
use super::request::Of;
use super::space::full_name;
use super::upload::{Difference, Prepared};
use super::waiting;
use crate::apply::PublishedRecord;
use crate::diagnose::Diagnosed;

/// How often a commit is tried whose answer says that the Space has changed meanwhile.
const ATTEMPTS: usize = 3;

impl Publication<'_> {
    /// Publishes the Space.
    ///
    /// # Errors
    /// If it cannot be published. What was done before stays done, and another run goes on from there.
    pub fn run(&self, watcher: &mut dyn Watcher) -> Result<Published, PublishError> {
        let ready = self.prepare()?;
        let repository = self.repository()?;
        if self.token.is_none() {
            return Err(PublishError::NoToken);
        }
        let hub = Arc::new(self.client(watcher.pauses())?);
        hub.hide(&ready.settings.secrets);
        watcher.step(PublishStep::Space);
        let id = full_name(&hub, &ready.name)?;
        let space = Of { id: &id };
        let (info, created) = self.find_or_create(&ready, &hub, space)?;
        let run = Run { publication: self, ready: &ready, hub: &hub, space, info: &info, created };
        let mut done = run.begun();
        watcher.step(PublishStep::Settings);
        run.settings(&mut done, watcher)?;
        let commit = match &repository {
            Some(repository) => run.push(repository, &mut done, watcher)?,
            None => run.upload(&mut done, watcher)?,
        };
        run.hardware(&mut done)?;
        done.commit = commit;
        if self.waits {
            watcher.step(PublishStep::Build);
            run.wait(&mut done, watcher)?;
        }
        Ok(done)
    }

    pub(super) fn repository(&self) -> Result<Option<Repository<'_>>, PublishError> {
        match self.repo.root().filter(|_| self.by_git) {
            Some(root) => Repository::of(root, self.cancel_flag()).map(Some),
            None => Ok(None),
        }
    }
}

/// A run.
struct Run<'p, 'r> {
    publication: &'p Publication<'r>,
    ready: &'p Ready<'r>,
    hub: &'p Arc<Client>,
    space: Of<'p>,
    /// The Space as it was found.
    info: &'p Info,
    created: bool,
}

impl Run<'_, '_> {
    fn begun(&self) -> Published {
        let (info, created) = (self.info, self.created);
        let mut notes = self.ready.notes.clone();
        if self.publication.is_private && !info.private && !created {
            notes.push("the Space is public and stays so: its settings on the Hub change that".to_owned());
        }
        if let Some(other) = info.sdk.as_ref().filter(|sdk| **sdk != self.ready.sdk) {
            notes.push(format!("the Space becomes one with `sdk: {}`; it had `sdk: {other}`", self.ready.sdk));
        }
        Published {
            space: self.space.id.to_owned(),
            page: format!("{}/spaces/{}", self.hub.endpoint(), self.space.id),
            app: info.host.clone(),
            created,
            commit: None,
            files: Vec::new(),
            deleted: Vec::new(),
            unchanged: 0,
            secrets: Vec::new(),
            missing_secrets: Vec::new(),
            variables: Vec::new(),
            hardware: None,
            stage: None,
            failed: None,
            notes,
        }
    }

    fn settings(&self, done: &mut Published, watcher: &mut dyn Watcher) -> Result<(), PublishError> {
        let replaces = self.publication.replaces_settings;
        let set = self.ready.settings.set(self.hub, self.space, replaces, watcher)?;
        done.notes.extend(
            set.kept.iter().map(|name| format!("the Space has another value of the variable `{name}`, and keeps it")),
        );
        (done.secrets, done.variables, done.missing_secrets) = (set.secrets, set.variables, set.missing);
        Ok(())
    }

    /// Sends what the Hub does not have. Returns the commit, if one was made.
    fn upload(&self, done: &mut Published, watcher: &mut dyn Watcher) -> Result<Option<String>, PublishError> {
        let record = self.publication.record(self.space.id);
        let attributes = Difference::attributes(&self.ready.contents)?;
        let mut parent = self.info.sha.clone();
        for attempt in 1.. {
            watcher.step(PublishStep::Compare);
            let tree = Tree::of(self.hub, self.space)?;
            let known = Known::read(&record);
            let is_known = known.trees.contains(&tree.digest());
            let published = known.attributes.filter(|_| is_known);
            let difference = Difference::of(&self.ready.contents, &tree, published.as_deref())?;
            done.unchanged = difference.unchanged;
            if difference.is_nothing() {
                remember(&record, &[&attributes, &tree.digest()], done);
                return Ok((attempt > 1).then_some(parent));
            }
            if !is_known {
                self.refuse_newer(&tree)?;
            }
            watcher.step(PublishStep::Upload);
            let prepared = {
                let watcher = RefCell::new(&mut *watcher);
                let progress = |progress| watcher.borrow_mut().sent(progress);
                Prepared::send(self.hub, self.space, &difference, &progress)?
            };
            let after = prepared.tree_after(&tree, &difference.deleted)?.digest();
            // A run that is stopped from here on may have changed the Space or not
            remember(&record, &[&attributes, &after, &tree.digest()], done);
            done.files = sent_files(&prepared);
            done.deleted.clone_from(&difference.deleted);
            let commit = prepared.commit(&self.publication.summary, &parent, &difference.deleted);
            let request = self.space.commit(&commit);
            match self.hub.send(&request) {
                Ok(answer) => {
                    let made: Made = answer.json(&request.what)?;
                    remember(&record, &[&attributes, &after], done);
                    return Ok(Some(made.id));
                }
                // Another commit has come: perhaps this very one, whose answer was lost
                Err(error) if error.status() == Some(412) && attempt < ATTEMPTS => {
                    let request = self.space.info();
                    parent = self.hub.send(&request)?.json::<Info>(&request.what)?.sha;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Refuses to replace what was not published from here.
    fn refuse_newer(&self, tree: &Tree) -> Result<(), PublishError> {
        if self.created || self.publication.overwrites {
            return Ok(());
        }
        let others = commits_of_others(self.hub, self.space, tree)?;
        if others.is_empty() { Ok(()) } else { Err(PublishError::Newer(others)) }
    }

    fn push(
        &self,
        repository: &Repository<'_>,
        done: &mut Published,
        watcher: &mut dyn Watcher,
    ) -> Result<Option<String>, PublishError> {
        if self.info.sha == repository.head {
            return Ok(None);
        }
        watcher.step(PublishStep::Upload);
        // The Hub makes a Space with a first commit, which no repository here has
        let is_first = || {
            let tree = Tree::of(self.hub, self.space)?;
            commits_of_others(self.hub, self.space, &tree).map(|others| others.is_empty())
        };
        let replaces = self.created || self.publication.overwrites || is_first()?;
        let token = self.publication.token.as_ref();
        repository.push(&done.page, token, replaces.then_some(&self.info.sha), watcher)?;
        Ok(Some(repository.head.clone()))
    }

    /// Requests the hardware, unless the Space has it.
    fn hardware(&self, done: &mut Published) -> Result<(), PublishError> {
        let Some(flavor) = &self.ready.hardware else { return Ok(()) };
        if self.created {
            done.hardware = Some(flavor.clone());
            return Ok(());
        }
        let request = self.space.runtime();
        let runtime: Runtime = self.hub.send(&request)?.json(&request.what)?;
        let is_it = |hardware: &Hardware| hardware.requested.as_ref().or(hardware.current.as_ref()) == Some(flavor);
        if runtime.hardware.as_ref().is_some_and(is_it) {
            return Ok(());
        }
        self.hub.send(&self.space.hardware(flavor))?;
        done.hardware = Some(flavor.clone());
        Ok(())
    }

    fn wait(&self, done: &mut Published, watcher: &mut dyn Watcher) -> Result<(), PublishError> {
        let runtime = waiting::wait(self.hub, self.space, done.commit.as_deref(), watcher)?;
        let running = runtime.sha.as_deref().filter(|_| runtime.stage == waiting::RUNNING);
        if let Some((sha, _)) = running.zip(done.commit.as_deref()).filter(|(sha, commit)| sha != commit) {
            let sha: String = sha.chars().take(7).collect();
            done.notes.push(format!("the Hub still runs the commit {sha}, and has not begun to build this one"));
        }
        if runtime.stage != waiting::RUNNING {
            done.failed = Some(self.failed(&runtime));
        }
        done.stage = Some(runtime.stage);
        Ok(())
    }

    /// Why the app does not run.
    fn failed(&self, runtime: &Runtime) -> FailedSpace {
        let is_asleep = ["SLEEPING", "PAUSED", "STOPPED"].contains(&runtime.stage.as_str());
        let mut of = if runtime.stage == "RUNTIME_ERROR" { "run" } else { "build" };
        let mut log = if is_asleep { String::new() } else { waiting::log(self.hub, self.space, of) };
        if log.is_empty() && of == "run" {
            of = "build";
            log = waiting::log(self.hub, self.space, of);
        }
        let log = self.hub.masked(&log);
        let message = runtime.message.as_ref().map(|message| self.hub.masked(message));
        let all = format!("{log}\n{}", message.as_deref().unwrap_or_default());
        let read = Diagnosed::read(all.as_bytes()).map(|read| read.in_repo(self.publication.repo));
        FailedSpace { message, of, log, diagnoses: read.map(|read| read.diagnoses).unwrap_or_default() }
    }
}

/// Keeps what the Space has by this user's doing. Without that, the next run asks for a decision.
fn remember(record: &PublishedRecord, lines: &[&str], done: &mut Published) {
    let Err(error) = record.write(lines) else { return };
    let note = format!(
        "it cannot be remembered what was published from here ({error}), so the next run will need `--overwrite`"
    );
    if !done.notes.contains(&note) {
        done.notes.push(note);
    }
}

/// What the Space may have by this user's doing.
struct Known {
    /// The name in git of the `.gitattributes` that was published.
    attributes: Option<String>,
    /// Names of all files together: after the last run, or before it if it was stopped.
    trees: Vec<String>,
}

impl Known {
    fn read(record: &PublishedRecord) -> Self {
        let mut lines = record.read().into_iter();
        let attributes = lines.next().filter(|name| !name.is_empty());
        Self { attributes, trees: lines.collect() }
    }
}

/// The answer to a commit.
#[derive(serde::Deserialize)]
struct Made {
    #[serde(rename = "commitOid")]
    id: String,
}

fn sent_files(prepared: &Prepared<'_>) -> Vec<SentFile> {
    let files = prepared.files.iter().map(|content| (*content, false));
    let all = files.chain(prepared.large.iter().map(|(content, _)| (*content, true)));
    let mut sent: Vec<SentFile> =
        all.map(|(content, lfs)| SentFile { path: content.path().to_owned(), bytes: content.size, lfs }).collect();
    sent.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    sent
}
