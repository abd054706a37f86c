//! What is wrong with an app that ran, by what was seen of it.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::blame::Blame;
use super::frame::Frame;
use super::log::last_error;
use super::probe::{Answered, insecure};
use super::tried::{Fault, NotWritable, Stopped};
use super::watcher::Step;
use crate::check::Level;
use crate::facts::contract::SPACES;
use crate::facts::seen_faults as faults;

/// The exit code after SIGKILL.
const KILLED: i32 = 137;

/// A slower stop than this was ended by SIGKILL.
const GRACE_SECONDS: f64 = 9.0;

/// What lets an app know that its visitors use https.
const TRUST: &str = "let the server trust `X-Forwarded-Proto`, as uvicorn does with `--forwarded-allow-ips='*'`";

/// What was seen of an app while it was asked.
pub(super) struct Asked<'a> {
    pub(super) answered: &'a Answered,
    /// The host and the page that were asked for.
    pub(super) host: &'a str,
    pub(super) page: &'a str,
    pub(super) port: u16,
    pub(super) patience: Duration,
    /// Where it listens, if that is known.
    pub(super) listening: Option<&'a [SocketAddr]>,
    pub(super) exit: Option<i32>,
    pub(super) oom: bool,
    pub(super) memory: &'a str,
    pub(super) log: &'a str,
}

/// Why a container does not start, by the engine's answer. None if the image is not the reason.
pub(super) fn not_started(blame: &Blame<'_>, why: &str) -> Option<Fault> {
    let lower = why.to_ascii_lowercase();
    let says = |text: &str| lower.contains(text);
    let message = format!("the container does not start: {why}");
    let rules = if says("no command specified") || says("no cmd") {
        faults::NO_COMMAND
    } else if says("chdir") && says("permission denied") {
        // UID 1000 may not enter the working folder
        faults::USER
    } else if !says("exec") {
        return None;
    } else if says("exec format error") {
        return Some(blame.perhaps(Step::Start, message, faults::PERHAPS_FORMAT, blame.start()));
    } else if says("exec: \"") && says("permission denied") || says("open executable: permission denied") {
        faults::NOT_EXECUTABLE
    } else if says("not found") || says("no such file") {
        faults::NOT_FOUND
    } else {
        return None;
    };
    Some(blame.fault(Step::Start, message, rules, blame.start()))
}

/// The faults of the answer, or why there is none.
pub(super) fn answer(blame: &Blame<'_>, seen: &Asked<'_>) -> Vec<Fault> {
    let answered = seen.answered;
    let mut found = Vec::new();
    if seen.oom {
        let message = format!("the kernel killed a process: the app needs more than {} of memory", seen.memory);
        let mut fault = blame.perhaps(Step::Probe, message, &[], blame.trace(seen.log));
        fault.help = Some("load less at once, or request larger hardware and try it with `--memory`".to_owned());
        found.push(fault);
    }
    if answered.has_ended {
        if !seen.oom {
            found.push(ended(blame, seen));
        }
    } else if answered.is_circle {
        found.push(circle(blame, seen));
    } else if let Some(status) = answered.probe.status {
        found.extend(status_fault(blame, seen, status));
    } else {
        found.push(silent(blame, seen));
    }
    if let Some(location) = insecure(&answered.probe.redirects).filter(|_| !answered.is_circle) {
        let message = format!("`{}` redirects to `{location}`, which browsers refuse within the Hub's page", seen.page);
        // Another host is written in the code
        if !location.to_ascii_lowercase().starts_with(&format!("http://{}", seen.host)) {
            let mut fault = blame.perhaps(Step::Probe, message, &[], blame.text(location));
            fault.help = Some("redirect to a path, such as `/login`, or to an address with `https`".to_owned());
            found.push(fault);
            return found;
        }
        let mut fault = blame.fault(Step::Probe, message, faults::PROXY, blame.start());
        fault.help = fault.help.or(Some(TRUST.to_owned()));
        found.push(fault);
    }
    found
}

/// Redirects that lead in a circle: to https, if the app does not know that it is called by it.
fn circle(blame: &Blame<'_>, seen: &Asked<'_>) -> Fault {
    let is_to_https = seen.answered.probe.redirects.iter().any(|location| location.starts_with("https://"));
    if is_to_https {
        let message = format!(
            "`{}` redirects in a circle: behind the proxy of the Hub the app does not see that it is called by https",
            seen.page
        );
        let mut fault = blame.fault(Step::Probe, message, faults::PROXY, blame.start());
        fault.help = fault.help.or(Some(TRUST.to_owned()));
        return fault;
    }
    let message = format!("`{}` redirects in a circle", seen.page);
    let mut fault = blame.perhaps(Step::Probe, message, &[], blame.text("redirect"));
    fault.help = Some("answer at one of these paths without another redirect".to_owned());
    fault
}

fn ended(blame: &Blame<'_>, seen: &Asked<'_>) -> Fault {
    let code = seen.exit.map_or_else(String::new, |code| format!(" with exit code {code}"));
    let last = Some(last_error(seen.log)).filter(|line| !line.is_empty());
    let last = last.map_or_else(String::new, |line| format!(": {line}"));
    let spot = blame.trace(seen.log).or_else(|| blame.start());
    let message = format!("the app ended{code} before it answered{last}");
    let mut fault = blame.perhaps(Step::Probe, message, faults::PERHAPS_ENDED, spot);
    if seen.exit == Some(KILLED) {
        // Engines do not notice each time that the kernel did it
        let help = format!(
            "SIGKILL ended it, usually since it needs more than {} of memory: load less at once, or try it with `--memory`",
            seen.memory
        );
        fault.help = fault.help.or(Some(help));
    }
    fault
}

fn status_fault(blame: &Blame<'_>, seen: &Asked<'_>, status: u16) -> Option<Fault> {
    if seen.answered.refuses_host {
        let message = format!("the app answers {status} to the host of the Space, and accepts `localhost`");
        let spot = ["allowed_hosts", "allowedhosts", "trustedhost"].iter().find_map(|text| blame.text(text));
        return Some(blame.fault(Step::Probe, message, faults::HOST, spot));
    }
    // A login of the app's own is one of its answers
    if status < 400 || status == 401 {
        return None;
    }
    let message = format!("visitors get status {status} at `{}`", seen.page);
    let spot = blame.trace(seen.log).filter(|_| status >= 500);
    let mut fault = blame.perhaps(Step::Probe, message, faults::PERHAPS_STATUS, spot);
    if status == 404 {
        let help = "answer at that path, or name the first page with `base_path` in README.md";
        fault.help = fault.help.or(Some(help.to_owned()));
    }
    Some(fault)
}

/// The fault that an app ended after its first answer.
pub(super) fn ended_later(blame: &Blame<'_>, exit: Option<i32>, oom: bool, log: &str) -> Fault {
    let code = exit.map_or_else(String::new, |code| format!(" with exit code {code}"));
    let why = if oom { ": it needs more memory" } else { "" };
    let spot = blame.trace(log).or_else(|| blame.start());
    blame.perhaps(Step::Examine, format!("the app answered, and then ended{code}{why}"), &[], spot)
}

/// The fault that the kernel killed a process beside the first one.
pub(super) fn killed(blame: &Blame<'_>, memory: &str) -> Fault {
    let message =
        format!("the kernel killed a process that the app had started: together they need more than {memory}");
    let mut fault = blame.perhaps(Step::Examine, message, &[], blame.start());
    fault.help = Some("load less at once, or request larger hardware and try it with `--memory`".to_owned());
    fault
}

/// Nothing answers, although it runs.
fn silent(blame: &Blame<'_>, seen: &Asked<'_>) -> Fault {
    let (port, within) = (seen.port, seen.patience.as_secs());
    let none = format!("no answer on port {port} within {within} s");
    let Some(listening) = seen.listening else {
        return blame.perhaps(Step::Probe, none, faults::PERHAPS_SILENT, None);
    };
    let shown = |address: &SocketAddr| format!("`{address}`");
    let here: Vec<&SocketAddr> = listening.iter().filter(|address| address.port() == port).collect();
    let outward: Vec<&SocketAddr> = listening.iter().filter(|address| !is_loopback(address)).collect();
    let addresses = |all: &[&SocketAddr]| all.iter().map(|address| shown(address)).collect::<Vec<_>>().join(", ");
    if !here.is_empty() && here.iter().all(|address| is_loopback(address)) {
        let message =
            format!("{none}: the app listens at {} alone, which only its container can reach", addresses(&here));
        let mut fault = blame.fault(Step::Probe, message, faults::LOOPBACK, blame.host());
        fault.help = fault.help.or(Some(format!("let it listen at `0.0.0.0:{port}`")));
        return fault;
    }
    if here.is_empty() && !outward.is_empty() {
        let message = format!("{none}: the app listens at {}, and the Hub connects to {port}", addresses(&outward));
        let other = outward[0].port();
        let mut fault = blame.fault(Step::Probe, message, faults::OTHER_PORT, blame.port(other));
        fault.help =
            fault.help.or(Some(format!("let it listen on {port}, or write `app_port: {other}` into README.md")));
        return fault;
    }
    if here.is_empty() && !listening.is_empty() {
        let all: Vec<&SocketAddr> = listening.iter().collect();
        let message = format!("{none}: the app listens at {} alone", addresses(&all));
        return blame.fault(Step::Probe, message, faults::LOOPBACK_ELSEWHERE, blame.host());
    }
    let why = if here.is_empty() {
        "the app listens nowhere yet"
    } else if here.iter().all(|address| address.is_ipv6()) {
        "the app listens there by IPv6, and the Hub connects by IPv4"
    } else {
        "the app listens there, and does not answer in HTTP"
    };
    let mut fault = blame.perhaps(Step::Probe, format!("{none}: {why}"), &[], blame.start());
    fault.help = Some("if it needs longer to start, give it more time with `--wait`".to_owned());
    fault
}

fn is_loopback(address: &SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    }
}

/// The faults of the headers.
pub(super) fn frame(blame: &Blame<'_>, frame: &Frame) -> Vec<Fault> {
    let mut found = Vec::new();
    if let Some(header) = frame.refusal() {
        let spot = ["x-frame-options", "frame-ancestors", "xframeoptions"].iter().find_map(|text| blame.text(text));
        let message = format!("the Hub's page cannot show the app in its frame: it sends `{header}`");
        let mut fault = blame.fault(Step::Probe, message, faults::FRAME, spot);
        let help = "send `Content-Security-Policy: frame-ancestors https://huggingface.co` instead, or no such header";
        fault.help = fault.help.or(Some(help.to_owned()));
        found.push(fault);
    }
    let names = frame.withheld_cookies();
    if !names.is_empty() {
        let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let (word, verb, them) = if names.len() == 1 { ("cookie", "lacks", "it") } else { ("cookies", "lack", "them") };
        let message = format!(
            "the {word} {} {verb} `SameSite=None; Secure`, so browsers do not send {them} from the Hub's frame",
            shown.join(", ")
        );
        let spot = names.iter().find_map(|name| blame.text(name)).or_else(|| blame.text("set_cookie"));
        let mut fault = blame.perhaps(Step::Probe, message, faults::PERHAPS_COOKIES, spot);
        fault.level = Level::Warning;
        fault.help = fault.help.or(Some(format!("set {them} with `SameSite=None; Secure`")));
        found.push(fault);
    }
    found
}

/// The fault that processes run as another user.
pub(super) fn users(blame: &Blame<'_>, processes: &[(u32, String)]) -> Option<Fault> {
    let (uid, command) = processes.iter().find(|(uid, _)| *uid != SPACES.user_id)?;
    let message = format!("a process runs as UID {uid}: `{command}`");
    Some(blame.fault(Step::Examine, message, faults::USER, blame.start()))
}

/// The fault that the app may not write a path.
pub(super) fn denied(blame: &Blame<'_>, wanted: &str, path: &NotWritable, folder: &str) -> Fault {
    let message = format!(
        "the app may not write `{}`: it belongs to UID {} with mode {}, and the Hub runs the app as UID {}",
        path.path, path.uid, path.mode, SPACES.user_id
    );
    let is_folder = path.path.trim_end_matches('/') == folder.trim_end_matches('/');
    let rules = if is_folder { faults::OWNER_OF_FOLDER } else { faults::OWNER };
    let names =
        [wanted, &path.path].into_iter().filter_map(|path| path.rsplit('/').next().filter(|name| !name.is_empty()));
    let spot = names
        .flat_map(|name| ["\"", "'", "`"].map(|quote| format!("{name}{quote}")))
        .find_map(|text| blame.text(&text));
    let mut fault = blame.fault(Step::Examine, message, rules, spot);
    let help =
        "let UID 1000 own it: `COPY --chown=1000` for files, and `RUN mkdir` and `chown` for folders, before `USER`";
    fault.help = fault.help.or(Some(help.to_owned()));
    fault
}

/// The fault that the app ignores its stop signal.
pub(super) fn stop(blame: &Blame<'_>, stopped: &Stopped) -> Option<Fault> {
    if stopped.exit != Some(KILLED) || stopped.seconds < GRACE_SECONDS {
        return None;
    }
    let message = format!("the app ignores {}: it was killed after {:.1} s", stopped.signal, stopped.seconds);
    let mut fault = blame.perhaps(Step::Stop, message, faults::PERHAPS_STOP, blame.start());
    fault.level = Level::Warning;
    let help =
        "handle the signal, start the server itself as the command in exec form, or set a `STOPSIGNAL` that it obeys";
    fault.help = fault.help.or(Some(help.to_owned()));
    Some(fault)
}

/// The fault that a secret which the Dockerfile names has no value.
pub(super) fn build_secret(blame: &Blame<'_>, name: &str) -> Fault {
    let message = format!("the build names the secret `{name}`, which has no value here");
    let mut fault = blame.perhaps(Step::Build, message, &[], blame.text(name));
    fault.help = Some(format!("write `{name}=..` into `.env`, or set it in the environment"));
    fault
}

/// The fault that a secret has no value.
pub(super) fn secret(blame: &Blame<'_>, name: &str, log: &str, is_ok: bool) -> Fault {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let is_named = !is_ok && log.split(|char| !is_word(char)).any(|word| word == name);
    let message = if is_named {
        format!("the app fails, and its output names the secret `{name}`, which has no value here")
    } else {
        format!("the secret `{name}` is declared, and has no value here: what needs it was not tried")
    };
    let mut fault = blame.perhaps(Step::Start, message, &[], blame.name(name));
    fault.level = if is_named { Level::Error } else { Level::Warning };
    let help = format!(
        "write `{name}=..` into `.env`, or set it in the environment; on the Hub, add it in the settings of the Space"
    );
    fault.help = Some(help);
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rule;

    #[test]
    fn every_rule_that_explains_a_fault_exists() {
        let certain = [
            faults::NO_COMMAND,
            faults::NOT_EXECUTABLE,
            faults::NOT_FOUND,
            faults::OTHER_PORT,
            faults::LOOPBACK,
            faults::LOOPBACK_ELSEWHERE,
            faults::PROXY,
            faults::HOST,
            faults::FRAME,
            faults::USER,
            faults::OWNER,
            faults::OWNER_OF_FOLDER,
            faults::NO_PAGE,
        ];
        let perhaps = [
            faults::PERHAPS_FORMAT,
            faults::PERHAPS_ENDED,
            faults::PERHAPS_SILENT,
            faults::PERHAPS_STATUS,
            faults::PERHAPS_COOKIES,
            faults::PERHAPS_STOP,
        ];
        for id in certain.iter().chain(&perhaps).copied().flatten() {
            assert!(rule(id).is_some(), "{id}");
        }
    }
}
