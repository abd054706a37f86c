//! What can be seen of a container besides its answers.

use std::net::SocketAddr;

use super::container::Container;
use super::denied::Denied;
use super::error::TryError;
use super::lost::{Lost, lost};
use super::tried::{NotWritable, Tried};
use crate::facts::contract::SPACES;
use crate::repo::Repo;

/// What was seen.
pub(super) struct Examined {
    pub(super) log: String,
    /// None if the engine does not say.
    pub(super) processes: Option<Vec<(u32, String)>>,
    /// None if it cannot be read.
    pub(super) listening: Option<Vec<SocketAddr>>,
    /// Each with the path that the app wanted to write.
    pub(super) denied: Vec<(String, NotWritable)>,
    /// None if the engine does not say.
    lost: Option<Vec<Lost>>,
    written_bytes: Option<u64>,
    runs: bool,
}

impl Examined {
    /// Examines a container whose image has a working folder.
    ///
    /// # Errors
    /// If the engine fails.
    pub(super) fn of(container: &Container<'_>, folder: &str, repo: &Repo) -> Result<Self, TryError> {
        let runs = container.state()?.runs;
        let log = container.log()?;
        let denied = denied(container, &log, folder)?;
        Ok(Self {
            log,
            processes: if runs { container.processes()? } else { None },
            listening: if runs { container.listening()? } else { None },
            denied,
            lost: container.changed()?.map(|changed| lost(&changed, repo)),
            written_bytes: container.written_bytes()?,
            runs,
        })
    }

    /// Puts it into the result.
    pub(super) fn tell(self, tried: &mut Tried, exit: Option<i32>) {
        if self.runs && self.processes.is_none() {
            tried.not_checked("UID", "the engine does not list the users of processes by their numbers");
        }
        let shares_network = tried.run.as_ref().is_some_and(|run| run.network == Some("host"));
        if self.runs && self.listening.is_none() && !shares_network {
            let why = "the image has no `cat`, and the processes of the engine are not on this computer";
            tried.not_checked("listening addresses", why);
        }
        if self.lost.is_none() {
            tried.not_checked("what a restart loses", "the engine does not compare the container with its image");
        }
        if let Some(run) = &mut tried.run {
            run.uid = self.processes.as_deref().and_then(|all| Some(all.first()?.0));
            run.listening = self.listening.map(|all| all.iter().map(ToString::to_string).collect());
            run.written_bytes = self.written_bytes;
            run.exit = exit;
        }
        tried.not_writable = Some(self.denied.into_iter().map(|(_, path)| path).collect());
        tried.written_then_lost = self.lost;
    }
}

/// The paths that the app was refused and that UID 1000 can certainly not write.
fn denied(container: &Container<'_>, log: &str, folder: &str) -> Result<Vec<(String, NotWritable)>, TryError> {
    let denied = Denied::of(log);
    let mut found: Vec<(String, NotWritable)> = Vec::new();
    for path in denied.paths.iter().map(|path| absolute(path, folder)) {
        let is_new = |closed: &NotWritable| found.iter().all(|(_, known)| known != closed);
        if let Some(closed) = closed(container, &path)?.filter(is_new) {
            found.push((path, closed));
        }
    }
    if denied.is_nameless && found.is_empty() {
        found.extend(closed(container, folder)?.map(|closed| (folder.to_owned(), closed)));
    }
    Ok(found)
}

fn absolute(path: &str, folder: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    format!("{}/{}", folder.trim_end_matches('/'), path.trim_start_matches("./"))
}

/// The path, or the nearest folder above it that exists, if UID 1000 cannot write it.
fn closed(container: &Container<'_>, path: &str) -> Result<Option<NotWritable>, TryError> {
    let mut at = path.trim_end_matches('/');
    loop {
        let named = if at.is_empty() { "/" } else { at };
        if let Some(entry) = container.owner(named)? {
            let is_closed = entry.is_closed_to(SPACES.user_id.into());
            return Ok(is_closed.then(|| NotWritable {
                path: named.to_owned(),
                uid: entry.uid,
                gid: entry.gid,
                mode: format!("{:o}", entry.mode),
            }));
        }
        let Some((above, _)) = at.rsplit_once('/') else { return Ok(None) };
        at = above;
    }
}
