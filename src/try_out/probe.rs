//! Asks an app for its page as the proxy of the Hub does, until it answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::error::TryError;
use super::http::{self, Answer};
use super::tried::{Probe, seconds};

/// How often it is asked, and how often the engine is asked whether it still runs.
const PAUSE: Duration = Duration::from_millis(100);
const LOOK: Duration = Duration::from_millis(700);

/// An answer that stays the same for this long, with a status below 500, is the answer.
const SETTLED: Duration = Duration::from_secs(15);

/// More redirects than this lead nowhere.
const REDIRECTS_MOST: usize = 10;

/// The host that an app accepts on the computer of its author.
const LOCALHOST: &str = "localhost";

/// Whom to ask, and for how long.
pub(super) struct Asked<'a> {
    pub(super) port: u16,
    /// A port at which it may answer instead.
    pub(super) other_port: Option<u16>,
    pub(super) host: &'a str,
    /// The page that is shown first.
    pub(super) page: &'a str,
    pub(super) begin: Instant,
    pub(super) patience: Duration,
    pub(super) cancel: &'a AtomicBool,
}

/// What an app answered.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub(super) probe: Probe,
    /// The answers on the way to the last one.
    pub(super) answers: Vec<Answer>,
    /// The port at which it answered.
    pub(super) port: u16,
    /// Whether it accepts `localhost`, and refuses the host of the Space.
    pub(super) refuses_host: bool,
    /// Whether its redirects lead in a circle.
    pub(super) is_circle: bool,
    /// Whether it ended before it answered.
    pub(super) has_ended: bool,
}

impl Answered {
    pub(super) fn is_ok(&self) -> bool {
        self.probe.first_200_s.is_some()
    }
}

impl Asked<'_> {
    /// Waits for an answer. `runs` looks whether the app still runs; `tick` is called meanwhile.
    ///
    /// # Errors
    /// If the caller cancels, or `runs` fails.
    pub(super) fn wait(
        &self,
        mut runs: impl FnMut() -> Result<bool, TryError>,
        mut tick: impl FnMut(),
    ) -> Result<Answered, TryError> {
        let mut looked = Instant::now();
        let mut same: Option<(u16, Instant)> = None;
        let mut last = Answered::default();
        while self.begin.elapsed() < self.patience {
            if self.cancel.load(Ordering::SeqCst) {
                return Err(TryError::Cancelled);
            }
            let other = || self.other_port.and_then(|port| self.ask(port));
            if let Some(answered) = self.ask(self.port).or_else(other) {
                let status = answered.probe.status.unwrap_or_default();
                last = answered;
                if last.is_ok() || (300..400).contains(&status) && !last.is_circle {
                    return Ok(last);
                }
                let since = same.filter(|(known, _)| *known == status).map_or_else(Instant::now, |(_, since)| since);
                same = Some((status, since));
                if status < 500 && since.elapsed() > SETTLED {
                    break;
                }
            }
            tick();
            if looked.elapsed() > LOOK {
                looked = Instant::now();
                if !runs()? {
                    last.has_ended = true;
                    return Ok(last);
                }
            }
            thread::sleep(PAUSE);
        }
        let is_refused = matches!(last.probe.status, Some(400..=499));
        let answers_here = || http::get(last.port, self.page, LOCALHOST).is_ok_and(|answer| answer.status < 400);
        last.refuses_host = is_refused && answers_here();
        last.has_ended = !runs()?;
        Ok(last)
    }

    /// Asks once, following redirects. None if nothing answers in HTTP.
    fn ask(&self, port: u16) -> Option<Answered> {
        let mut answered = Answered { port, ..Answered::default() };
        let mut path = self.page.to_owned();
        let mut seen = Vec::new();
        loop {
            let answer = http::get(port, &path, self.host).ok()?;
            let (status, location) = (answer.status, answer.values("location").next().map(str::to_owned));
            answered.probe.status = Some(status);
            answered.answers.push(answer);
            if status == 200 {
                answered.probe.first_200_s = Some(seconds(self.begin.elapsed()));
            }
            let Some(location) = location.filter(|_| (300..400).contains(&status)) else { return Some(answered) };
            let next = self.within(&location, &path);
            answered.probe.redirects.push(location);
            seen.push(path);
            match next {
                Some(next) if seen.contains(&next) || seen.len() >= REDIRECTS_MOST => {
                    answered.is_circle = true;
                    return Some(answered);
                }
                Some(next) => path = next,
                // Another server, such as a login
                None => return Some(answered),
            }
        }
    }

    /// The path that a redirect leads to, if it is one of this app.
    fn within(&self, location: &str, from: &str) -> Option<String> {
        let location = location.split('#').next().unwrap_or_default();
        let lower = location.to_ascii_lowercase();
        let rest = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://"));
        if let Some(rest) = rest.or_else(|| lower.strip_prefix("//")) {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            let host = rest[..end].rsplit_once(':').map_or(&rest[..end], |(host, _)| host);
            let path = &location[location.len() - rest.len() + end..];
            return (host == self.host)
                .then(|| if path.starts_with('/') { path.to_owned() } else { format!("/{path}") });
        }
        if location.starts_with('/') {
            return Some(location.to_owned());
        }
        let path = from.split('?').next().unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(format!("{folder}/{}", location.trim_start_matches("./")))
    }
}

/// Redirects that browsers refuse in the frame of a page with `https`.
pub(super) fn insecure(redirects: &[String]) -> Option<&str> {
    redirects.iter().map(String::as_str).find(|location| location.to_ascii_lowercase().starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    /// A server that answers by path and host, for as long as the test runs.
    fn server(answer: impl Fn(&str, &str) -> String + Send + 'static) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut buffer = [0; 4096];
                let read = stream.read(&mut buffer).unwrap_or(0);
                let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
                let path = text.split(' ').nth(1).unwrap_or("/").to_owned();
                let host = text.split("Host: ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or("").to_owned();
                let _ = stream.write_all(answer(&path, &host).as_bytes());
            }
        });
        port
    }

    fn wait(port: u16, patience: Duration, runs: bool) -> Answered {
        let cancel = AtomicBool::new(false);
        let begin = Instant::now();
        let asked = Asked { port, other_port: None, host: "a-b.hf.space", page: "/", begin, patience, cancel: &cancel };
        asked.wait(|| Ok(runs), || {}).unwrap()
    }

    #[test]
    fn redirects_within_the_app_are_followed() {
        let port = server(|path, _| match path {
            "/" => "HTTP/1.1 302 Found\r\nLocation: http://a-b.hf.space/en/\r\n\r\n".to_owned(),
            "/en/" => "HTTP/1.1 301 Moved\r\nLocation: page\r\n\r\n".to_owned(),
            _ => "HTTP/1.1 200 OK\r\n\r\nhello".to_owned(),
        });
        let answered = wait(port, Duration::from_secs(20), true);
        assert!(answered.is_ok() && answered.probe.first_200_s.unwrap() < 10.0);
        assert_eq!(answered.probe.redirects, ["http://a-b.hf.space/en/", "page"]);
        assert_eq!(insecure(&answered.probe.redirects), Some("http://a-b.hf.space/en/"));
    }

    #[test]
    fn a_login_elsewhere_is_an_answer_and_a_circle_is_none() {
        let port = server(|_, _| "HTTP/1.1 302 Found\r\nLocation: https://huggingface.co/oauth\r\n\r\n".to_owned());
        let answered = wait(port, Duration::from_secs(20), true);
        assert!(!answered.is_ok() && !answered.is_circle && answered.probe.status == Some(302));
        let port = server(|_, _| "HTTP/1.1 301 Moved\r\nLocation: https://a-b.hf.space/\r\n\r\n".to_owned());
        assert!(wait(port, Duration::from_secs(1), true).is_circle);
    }

    #[test]
    fn a_host_that_is_refused_is_recognised() {
        let port = server(|_, host| {
            format!("HTTP/1.1 {}\r\n\r\n", if host == "localhost" { "200 OK" } else { "400 Bad Request" })
        });
        let answered = wait(port, Duration::from_secs(1), true);
        assert!(answered.refuses_host && answered.probe.status == Some(400));
    }

    #[test]
    fn one_that_ends_is_not_waited_for() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let begin = Instant::now();
        let answered = wait(port, Duration::from_mins(1), false);
        assert!(answered.has_ended && answered.probe.status.is_none() && begin.elapsed() < Duration::from_secs(10));
    }
}
