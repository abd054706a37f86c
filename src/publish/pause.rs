//! Waits before a request is sent again: how long, and who learns of it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ureq::Body as AnswerBody;
use ureq::http::Response as HttpResponse;

use super::error::PublishError;

/// How often a request is repeated, and how long to wait before each time. Source: `http_backoff` of `huggingface_hub`, which
/// waits as long.
pub(super) const PAUSES: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(8),
];
/// The longest `Retry-After` that is honoured; with a longer one the request fails.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// A shorter wait needs no words.
const SHORTEST_SAID: Duration = Duration::from_secs(2);
/// How often a person who stops is noticed.
const TICK: Duration = Duration::from_millis(50);

/// A wait before a request is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pause {
    /// Why the request failed: what was to be done, and what the server answered.
    pub why: String,
    /// How long the wait is.
    pub all: Duration,
    /// How much of it is left: all of it at first, and nothing at the end.
    pub left: Duration,
}

/// Learns of a wait when it begins, in each second, and when it ends.
pub type PauseSeen = Arc<dyn Fn(&Pause) + Send + Sync>;

/// Waits, unless the person stops.
pub(super) struct Pauses {
    cancel: Arc<AtomicBool>,
    /// What the times are multiplied with that no server asks for. Tests do not wait.
    pace: f64,
    seen: Option<PauseSeen>,
}

impl fmt::Debug for Pauses {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pauses").field("pace", &self.pace).finish_non_exhaustive()
    }
}

impl Pauses {
    pub(super) fn new(cancel: Arc<AtomicBool>, pace: f64, seen: Option<PauseSeen>) -> Self {
        Self { cancel, pace, seen }
    }

    pub(super) fn cancel_flag(&self) -> &AtomicBool {
        &self.cancel
    }

    /// A time as it is waited for.
    pub(super) fn paced(&self, time: Duration) -> Duration {
        time.mul_f64(self.pace)
    }

    /// # Errors
    /// If the person has stopped.
    pub(super) fn go_on(&self) -> Result<(), PublishError> {
        if self.cancel.load(Ordering::SeqCst) { Err(PublishError::Cancelled) } else { Ok(()) }
    }

    /// Waits without a word.
    ///
    /// # Errors
    /// If the person has stopped.
    pub(super) fn wait(&self, time: Duration) -> Result<(), PublishError> {
        self.wait_and_say(time, &|_| {})
    }

    /// Waits after a failure, and says so if it takes long.
    ///
    /// # Errors
    /// If the person has stopped.
    pub(super) fn wait_after(&self, error: &PublishError, time: Duration) -> Result<(), PublishError> {
        let Some(seen) = self.seen.as_ref().filter(|_| time >= SHORTEST_SAID) else { return self.wait(time) };
        let why = error.to_string();
        let say = |left| seen(&Pause { why: why.clone(), all: time, left });
        let waited = self.wait_and_say(time, &say);
        say(Duration::ZERO);
        waited
    }

    fn wait_and_say(&self, time: Duration, say: &dyn Fn(Duration)) -> Result<(), PublishError> {
        let end = Instant::now() + time;
        let (mut left, mut next) = (time, time);
        loop {
            self.go_on()?;
            if left.is_zero() {
                return Ok(());
            }
            if left <= next {
                say(left);
                next = next.saturating_sub(Duration::from_secs(1));
            }
            thread::sleep(left.min(TICK));
            left = end.saturating_duration_since(Instant::now());
        }
    }
}

/// How long the server asks to wait: `Retry-After`, or the Hub's own `ratelimit: "api";r=0;t=55`.
/// Source: <https://huggingface.co/docs/hub/rate-limits>.
pub(super) fn asked_pause(response: &HttpResponse<AnswerBody>) -> Option<Duration> {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let of_hub = header("ratelimit").and_then(|limit| limit.split(';').find_map(|part| part.trim().strip_prefix("t=")));
    let seconds = of_hub.or_else(|| header("retry-after"))?.trim().parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds))
}
