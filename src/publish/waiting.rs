//! Waits until a Space runs, and reads its log when it does not.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::Watcher;
use super::error::PublishError;
use super::http::Client;
use super::remote::Runtime;
use super::request::Of;

/// The stages in which a Space is on its way. Source: `INTERMEDIATE_SPACE_STAGES` of `huggingface_hub`.
const ON_THE_WAY: [&str; 4] = ["BUILDING", "RUNNING_BUILDING", "APP_STARTING", "RUNNING_APP_STARTING"];
/// The stage in which it runs.
pub(super) const RUNNING: &str = "RUNNING";

/// How often to ask.
const PERIOD: Duration = Duration::from_secs(2);
/// How long after a commit the stage may be that of the version before.
const SETTLING: Duration = Duration::from_secs(20);
/// How long the version before may still run when the Hub says that it does.
const QUEUE: Duration = Duration::from_mins(10);
/// How long a log may be read: the Hub does not end it.
const LOG_TIME: Duration = Duration::from_secs(6);
/// How long a log that is followed may be silent before it is opened again.
const SILENCE: Duration = Duration::from_secs(30);
/// How much of a log is kept, and the most that is read of a stream.
const LOG_MOST: usize = 4 << 20;
const STREAM_MOST: u64 = 256 << 20;

/// Asks until the Space runs, or has failed.
///
/// # Errors
/// If the Hub refuses, or cannot be reached.
pub(super) fn wait(
    hub: &Arc<Client>,
    space: Of<'_>,
    commit: Option<&str>,
    watcher: &mut dyn Watcher,
) -> Result<Runtime, PublishError> {
    let begin = Instant::now();
    let log = watcher.wants_log().then(|| Log::follow(hub, space));
    let (mut has_begun, mut last) = (false, String::new());
    loop {
        let request = space.runtime();
        let runtime: Runtime = hub.send(&request)?.json(&request.what)?;
        if runtime.stage != last {
            watcher.stage(&runtime.stage);
            last.clone_from(&runtime.stage);
        }
        log.iter().flat_map(|log| log.lines.try_iter()).for_each(|line| watcher.log(&hub.masked(&line)));
        let is_on_the_way = ON_THE_WAY.contains(&runtime.stage.as_str());
        has_begun |= is_on_the_way;
        let (is_of_commit, patience) = match (commit, &runtime.sha) {
            (None, _) => (true, SETTLING),
            // The version before may run until the new one has been built, which may have to wait for its turn
            (Some(commit), Some(sha)) if runtime.stage == RUNNING => (commit == sha, QUEUE),
            (Some(_), _) => (has_begun, SETTLING),
        };
        if !is_on_the_way && (is_of_commit || begin.elapsed() > hub.pauses().paced(patience)) {
            return Ok(runtime);
        }
        watcher.tick();
        hub.pauses().wait(hub.pauses().paced(PERIOD))?;
    }
}

#[derive(Debug, Deserialize)]
struct Event {
    data: String,
}

/// The lines of a stream until it ends, fails or is silent: a log may have any bytes.
fn lines(stream: impl Read) -> impl Iterator<Item = String> {
    let lines = BufReader::new(stream.take(STREAM_MOST)).split(b'\n').map_while(Result::ok);
    lines.map(|line| String::from_utf8_lossy(&line).into_owned())
}

/// The text of an event; none if it is only there to keep the connection.
fn text_of(line: &str) -> Option<String> {
    let event: Event = serde_json::from_str(line.strip_prefix("data:")?.trim()).ok()?;
    Some(event.data)
}

/// The log of a Space as far as it is there: `build` or `run`. Empty if it cannot be read.
pub(super) fn log(hub: &Client, space: Of<'_>, of: &str) -> String {
    let mut text = String::new();
    let Ok(stream) = hub.stream(&space.logs(of), LOG_TIME) else { return text };
    // It ends with an error when nothing has come for a while
    for line in lines(stream) {
        let Some(data) = text_of(&line) else { continue };
        text.push_str(&data);
        if !data.ends_with('\n') {
            text.push('\n');
        }
        // What failed stands at the end
        if text.len() > 2 * LOG_MOST {
            let cut = text.floor_char_boundary(text.len() - LOG_MOST);
            text.drain(..cut);
        }
    }
    text
}

/// The build log, followed in the background.
struct Log {
    lines: Receiver<String>,
    is_over: Arc<AtomicBool>,
}

impl Log {
    fn follow(hub: &Arc<Client>, space: Of<'_>) -> Self {
        let (sender, lines) = channel();
        let is_over = Arc::new(AtomicBool::new(false));
        let (hub, id, over) = (Arc::clone(hub), space.id.to_owned(), Arc::clone(&is_over));
        thread::spawn(move || read(&hub, &id, &sender, &over));
        Self { lines, is_over }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
    }
}

/// Sends every line of the log once, although each connection begins with the first one.
fn read(hub: &Client, id: &str, sender: &Sender<String>, is_over: &AtomicBool) {
    let mut sent = 0;
    while !is_over.load(Ordering::SeqCst) {
        let Ok(stream) = hub.stream(&Of { id }.logs("build"), SILENCE) else { return };
        let new = lines(stream).filter_map(|line| text_of(&line)).skip(sent);
        for line in new {
            sent += 1;
            if is_over.load(Ordering::SeqCst) || sender.send(line).is_err() {
                return;
            }
        }
        thread::sleep(PERIOD);
    }
}
