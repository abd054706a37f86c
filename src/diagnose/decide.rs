//! Chooses the message that decides: the first cause, not the last consequence, and nothing that a program has survived.

use std::net::{IpAddr, SocketAddr};

use super::mask::masked;
use super::pattern::filled;
use super::reading::Reading;
use super::section::{Hit, Kind, Section};
use super::{Confidence, Diagnosis};
use crate::facts::messages::{Stage, Weight};
use crate::order::Order;

/// The maximum number of diagnoses of one log.
const MOST: usize = 5;

/// The longest text of a gap that is named in a sentence.
const LONGEST_GAP: usize = 100;

/// The diagnoses, the deciding one first.
pub(super) fn decide(reading: &Reading) -> Vec<Diagnosis> {
    fn of<'s>(section: &'s Section, reading: &Reading) -> Vec<(Confidence, &'s Hit)> {
        Judge { section, has_timed_out: reading.has_timed_out }.all()
    }
    let before = reading.earlier.as_ref().filter(|_| !reading.section.is_telling());
    let mut judged = of(before.unwrap_or(&reading.section), reading);
    if before.is_some() {
        for (confidence, _) in &mut judged {
            *confidence = Confidence::Likely;
        }
    }
    // What the Hub itself says above the log
    let mut summary = reading.heading.as_ref().map(|heading| of(heading, reading)).unwrap_or_default();
    if reading.section.unknown.is_some() {
        summary.retain(|(_, hit)| hit.weight() != Weight::Follows);
    }
    let is_certain = |judged: &[(Confidence, &Hit)]| judged.first().is_some_and(|first| first.0 == Confidence::Certain);
    if judged.is_empty() || is_certain(&summary) && !is_certain(&judged) {
        judged = summary;
    }
    judged.into_iter().map(|(confidence, hit)| diagnosis(confidence, hit)).collect()
}

struct Judge<'s> {
    section: &'s Section,
    has_timed_out: bool,
}

impl<'s> Judge<'s> {
    /// The deciding message, and for a refused push what else was refused.
    fn all(&self) -> Vec<(Confidence, &'s Hit)> {
        let section = self.section;
        let mut judged: Vec<_> = section.hits.iter().filter_map(|hit| Some((self.confidence(hit)?, hit))).collect();
        // On one line, the first row counts
        judged.order_by_key(|(confidence, hit)| (*confidence, tier(hit.weight()), hit.shown.line, hit.order));
        let Some((_, first)) = judged.first().copied() else { return Vec::new() };
        let is_push = |hit: &Hit| hit.row.message.stage == Stage::Push && hit.weight() == Weight::Stops;
        let is_more = |hit: &Hit| is_push(first) && is_push(hit) && hit.shown.line != first.shown.line;
        let mut rest: Vec<_> = judged.iter().filter(|(_, hit)| is_more(hit)).copied().collect();
        rest.dedup_by_key(|(_, hit)| hit.shown.line);
        std::iter::once(judged[0]).chain(rest).take(MOST).collect()
    }

    /// How sure it is that the message decides; none if it does not.
    fn confidence(&self, hit: &Hit) -> Option<Confidence> {
        let message = hit.row.message;
        if hit.row.unless.iter().any(|context| self.section.has(*context)) || self.is_of_the_app(hit) {
            return None;
        }
        let goes_on = self.goes_on_after(hit);
        let certain = match hit.weight() {
            Weight::Stops if goes_on && self.is_answered_after(hit) => return None,
            Weight::Stops => {
                let is_elsewhere = message.stage == Stage::Build && self.section.kind == Some(Kind::Run);
                if is_elsewhere && (hit.is_survived || goes_on) {
                    return None;
                }
                !hit.is_survived && !is_elsewhere
            }
            // A line of a program that goes on, and no exception that it did not expect
            Weight::Raised if hit.chain.is_none() && goes_on => return None,
            Weight::Raised => !self.is_followed_by_another(hit) && !goes_on && !hit.is_logged,
            // Checks of health and scanners call a server by its number
            Weight::Refuses if hit.gaps.iter().any(|(_, text)| is_number(text)) => return None,
            Weight::Refuses => !self.section.is_answered(),
            Weight::Unreachable if self.has_timed_out => true,
            Weight::Unreachable => (!self.section.is_answered()).then_some(false)?,
            Weight::Awaited => self.has_timed_out.then_some(true)?,
            Weight::Warns => self.is_explained_by_a_warning().then_some(false)?,
            Weight::Follows => self.section.unknown.is_none_or(|(first, _)| first.line > hit.shown.line),
        };
        Some(if certain && !message.is_ambiguous { Confidence::Certain } else { Confidence::Likely })
    }

    /// Whether a container has failed, and nothing else in the log says why. A step of a build says why, in lines that may be cut.
    fn is_explained_by_a_warning(&self) -> bool {
        let has_failed = self.has_timed_out || self.section.failed.is_some();
        has_failed && self.section.unknown.is_none() && self.section.kind != Some(Kind::Build)
    }

    /// Whether another exception, of which no row is known, came after it.
    fn is_followed_by_another(&self, hit: &Hit) -> bool {
        let last = self.section.unknown.map(|(_, last)| last);
        last.is_some_and(|last| last.line > hit.shown.line && hit.chain != Some(last.chain))
    }

    /// Whether the server listened before, and nothing says that it ended.
    fn goes_on_after(&self, hit: &Hit) -> bool {
        let line = hit.shown.line;
        let follows = |other: &Hit| other.weight() == Weight::Follows && other.shown.line > line;
        let ended = self.section.failed.is_some_and(|failed| failed > line) || self.section.hits.iter().any(follows);
        let is_up = self.section.up.is_some_and(|up| up < line);
        (is_up || self.is_answered_after(hit)) && !ended
    }

    fn is_answered_after(&self, hit: &Hit) -> bool {
        self.section.answered.is_some_and(|answered| answered > hit.shown.line)
    }

    /// Whether a running app printed what the Hub prints of a push or a README: its own settings have such messages too.
    fn is_of_the_app(&self, hit: &Hit) -> bool {
        let is_of_hub = matches!(hit.row.message.stage, Stage::Push | Stage::Configuration);
        is_of_hub && self.section.kind == Some(Kind::Run)
    }
}

/// `10.20.31.7:7860`
fn is_number(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok() || host.parse::<SocketAddr>().is_ok()
}

/// The text of a gap as sentences name it, without secrets.
fn shown(gap: &str) -> String {
    let text = masked(gap);
    let end = text.char_indices().nth(LONGEST_GAP).map(|(at, _)| at);
    end.map_or(text.clone(), |end| format!("{}..", &text[..end]))
}

/// Causes before consequences before warnings.
fn tier(weight: Weight) -> u8 {
    match weight {
        Weight::Stops | Weight::Raised | Weight::Refuses => 0,
        Weight::Unreachable => 1,
        Weight::Awaited => 2,
        Weight::Follows => 3,
        Weight::Warns => 4,
    }
}

fn diagnosis(confidence: Confidence, hit: &Hit) -> Diagnosis {
    let message = hit.row.message;
    let gaps: Vec<(&str, String)> = hit.gaps.iter().map(|(name, text)| (*name, shown(text))).collect();
    Diagnosis {
        line: hit.shown.line,
        message: hit.shown.text(),
        cause: filled(message.cause, &gaps),
        fix: filled(message.fix, &gaps),
        rule: message.rule(),
        confidence,
        row: message,
        findings: Vec::new(),
    }
}
