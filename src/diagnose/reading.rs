//! Follows the course of a log: builds and starts, their steps, their exceptions, and the messages in them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::clean::{Line, clean, has_controls, json_text};
use super::copies::Copies;
use super::errors::{Look, look};
use super::mark::Mark;
use super::pattern::{Fit, filled};
use super::scanner::{Row, SCANNER, Scanner, Target};
use super::section::{Exception, Hit, Kind, Section, Shown, Step, Suspect};
use super::trace::Trace;
use crate::facts::fields::{FIELDS, TAKEN_FOR_KEYS};
use crate::facts::messages::Stage;

/// Keys of the front matter that only Spaces with the SDK have, and that models and datasets have.
const OTHER_KEYS: [&str; 4] = ["sdk_version", "python_version", "app_file", "language"];

/// More of the text of a gap is not kept.
const GAP_MOST: usize = 1024;

/// What is known after some lines of a log.
pub(super) struct Reading {
    scanner: &'static Scanner,
    found: BTreeSet<Target>,
    pub(super) section: Section,
    /// The section before, if it may decide.
    pub(super) earlier: Option<Section>,
    /// The summary above the log on the page of a Space.
    pub(super) heading: Option<Section>,
    pub(super) has_timed_out: bool,
    /// The number of steps that began, of a builder that does not number them.
    steps: u32,
    trace: Trace,
    copies: Copies,
}

impl Reading {
    pub(super) fn new() -> Self {
        let scanner = &*SCANNER;
        Self {
            scanner,
            found: BTreeSet::new(),
            section: Section::new(None, scanner.contexts.len()),
            earlier: None,
            heading: None,
            has_timed_out: false,
            steps: 0,
            trace: Trace::default(),
            copies: Copies::default(),
        }
    }

    /// Reads a piece of a line.
    pub(super) fn read(&mut self, number: u64, piece: &[u8]) {
        let piece = piece.strip_suffix(b"\r").unwrap_or(piece);
        let is_plain = !has_controls(piece);
        if is_plain {
            self.found.clear();
            self.scanner.scan(piece, &mut self.found);
            if self.found.is_empty() && !self.trace.is_inside() {
                return;
            }
        }
        let text = clean(piece);
        if let Some(inner) = json_text(&text) {
            inner.lines().for_each(|line| self.parts(number, line));
        } else if is_plain && matches!(text, Cow::Borrowed(_)) {
            if !text.trim().is_empty() {
                self.line(&Line::new(number, &text));
            }
        } else {
            self.parts(number, &text);
        }
    }

    /// Reads the parts of a line between carriage returns: what is before one was overwritten.
    fn parts(&mut self, number: u64, text: &str) {
        for part in text.split('\r').filter(|part| !part.trim().is_empty()) {
            self.found.clear();
            self.scanner.scan(part.as_bytes(), &mut self.found);
            self.line(&Line::new(number, part));
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        let found = std::mem::take(&mut self.found);
        let is_exception = self.trace.follow(line);
        let mut is_known = false;
        for target in &found {
            match *target {
                Target::Mark(mark) => self.mark(mark, line),
                Target::Context(index) => {
                    if let Some((first, last)) = self.section.contexts.get_mut(index) {
                        *first = if *first == 0 { line.number } else { *first };
                        *last = line.number;
                    }
                }
                Target::Pattern(index) => is_known |= self.pattern(index, line, is_exception),
            }
        }
        if is_exception && !is_known {
            if self.section.unknown.is_none() {
                self.section.error = Some(self.suspect(line, Look::Error));
            }
            self.section.add_unknown(Exception { line: line.number, chain: self.trace.chain() });
        }
        self.found = found;
    }

    fn mark(&mut self, mark: Mark, line: &Line<'_>) {
        let message = line.message();
        match mark {
            Mark::LogBegins if message.ends_with("logs:") => self.begin_log(),
            Mark::BuildBegins => self.begin(Kind::Build),
            Mark::RunBegins => self.begin(Kind::Run),
            Mark::Step if is_step(message) => self.steps += 1,
            Mark::StepDone if is_done(line.text, message) => {
                let step = self.step(line);
                self.section.succeed(step);
            }
            Mark::BuildDone if self.section.kind != Some(Kind::Run) && is_end_of_build(message) => {
                self.section.finish_build();
            }
            Mark::Failed if !message.contains("code: 0") && !message.contains("code 0") => {
                self.section.failed = Some(line.number);
            }
            Mark::TimedOut => self.has_timed_out = true,
            Mark::Up if !message.contains("127.0.0.1") && !message.contains("localhost") => {
                self.section.listens(line.number);
            }
            Mark::Ready => self.section.is_ready = true,
            Mark::Answered if !message.contains("127.0.0.1") => self.section.answered = Some(line.number),
            Mark::Installed if message.starts_with("Successfully installed ") => {
                let step = self.step(line);
                self.section.installed(step);
            }
            Mark::Updated if is_update(message) => self.section.pushed(),
            Mark::Chained => self.trace.continues(),
            Mark::Copy => self.copies.note(line),
            Mark::Error => {
                if let Some(look) = look(line) {
                    let suspect = self.suspect(line, look);
                    self.section.suspect(suspect);
                }
            }
            _ => {}
        }
    }

    fn suspect(&self, line: &Line<'_>, look: Look) -> Suspect {
        Suspect { shown: Shown::new(line, line.start), step: self.step(line), look }
    }

    /// The log below the summary of a page begins.
    fn begin_log(&mut self) {
        let contexts = self.section.contexts.clone();
        let heading = std::mem::replace(&mut self.section, Section::new(None, 0));
        self.section.contexts = contexts;
        self.section.failed = heading.failed.map(|_| u64::MAX);
        self.heading = Some(heading);
    }

    /// A build or a container begins. A build before a container has succeeded.
    fn begin(&mut self, kind: Kind) {
        let before = std::mem::replace(&mut self.section, Section::new(Some(kind), self.scanner.contexts.len()));
        self.trace.leave();
        self.copies.clear();
        let is_empty = before.kind.is_none() && !before.is_telling();
        if is_empty {
            self.section.failed = before.failed.filter(|failed| *failed == u64::MAX);
            return;
        }
        let is_done = kind == Kind::Run && before.kind == Some(Kind::Build);
        self.earlier = (!is_done && before.is_telling()).then_some(before);
    }

    fn step(&self, line: &Line<'_>) -> Step {
        line.step.map_or(Step::Counted(self.steps), Step::Numbered)
    }

    /// Whether a pattern fits the line.
    fn pattern(&mut self, index: usize, line: &Line<'_>, is_exception: bool) -> bool {
        let scanner = self.scanner;
        let Some((pattern, order)) = scanner.patterns.get(index) else { return false };
        let Some(row) = scanner.rows.get(*order) else { return false };
        let Some(fit) = pattern.fit(line.text, line.start) else { return false };
        if is_quoted(line.message()) || !self.has_contexts(row, line.number, is_exception) {
            return false;
        }
        let frames = row.message.last_frame;
        let is_named = |text: &&str| self.trace.frame_has(&filled(text, &gaps(&fit)));
        let is_framed = frames.is_empty() || is_exception && frames.iter().any(is_named);
        if !is_framed || !names_a_field(row, &fit) || !self.copies_from(row, &fit, line) {
            return false;
        }
        if !self.section.takes(*order, line.message()) {
            return true;
        }
        self.section.hits.push(Hit {
            row,
            order: *order,
            shown: Shown::new(line, fit.at),
            step: self.step(line),
            gaps: gaps(&fit),
            chain: is_exception.then_some(self.trace.chain()),
            is_survived: false,
            is_logged: is_exception && self.trace.is_logged(),
        });
        true
    }

    /// Whether the path of a message comes from where the row says.
    fn copies_from(&self, row: &Row, fit: &Fit<'_>, line: &Line<'_>) -> bool {
        let path = fit.gaps.iter().find(|(name, _)| *name == "path").map(|(_, path)| *path);
        row.message.copies.is_none() || row.message.copies == path.and_then(|path| self.copies.source(path, line.step))
    }

    fn has_contexts(&self, row: &Row, line: u64, is_exception: bool) -> bool {
        /// Frames of a traceback without its heading, the summary of a step.
        const NEAR: u64 = 40;
        let first = if is_exception { self.trace.first_line() } else { line.saturating_sub(NEAR) };
        row.with.iter().all(|context| self.section.has(*context))
            && (row.near.is_empty() || row.near.iter().any(|context| self.section.has_since(*context, first)))
    }
}

/// Whether a message about a key of the front matter names one: other programs have the same validators.
fn names_a_field(row: &Row, fit: &Fit<'_>) -> bool {
    let is_of_hub = matches!(row.message.stage, Stage::Push | Stage::Configuration);
    let mut keys = fit.gaps.iter().filter(|(name, _)| is_of_hub && *name == "key");
    keys.all(|(_, key)| {
        let key = key.trim().split(['[', '.']).next().unwrap_or_default();
        FIELDS.iter().any(|field| field.key == key)
            || TAKEN_FOR_KEYS.iter().any(|(word, _)| *word == key)
            || OTHER_KEYS.contains(&key)
    })
}

/// The text of each gap.
fn gaps(fit: &Fit<'_>) -> Vec<(&'static str, String)> {
    let kept = |text: &str| text[..text.floor_char_boundary(GAP_MOST)].trim().to_owned();
    fit.gaps.iter().map(|(name, text)| (*name, kept(text.trim_start()))).collect()
}

/// `--> RUN ..`, `Step 3/7 : RUN ..`
fn is_step(message: &str) -> bool {
    message.starts_with("--> ") && !message.starts_with("--> ERROR")
        || message.strip_prefix("Step ").is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
}

/// `DONE 4.1s`, `CACHED`, ` ---> 8f2a0c1b9d3e`
fn is_done(text: &str, message: &str) -> bool {
    // The inner exceptions of .NET begin with the same arrow
    let is_image =
        |rest: &str| rest == "Using cache" || rest.len() >= 12 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    message == "CACHED"
        || message == "DONE"
        || message.starts_with("DONE ")
        || text.strip_prefix(" ---> ").is_some_and(|rest| is_image(rest.trim_end()))
}

/// Whether a line only repeats a command of a Dockerfile or of a shell.
fn is_quoted(message: &str) -> bool {
    let is_numbered = |rest: &str| rest.starts_with(|char: char| char.is_ascii_digit());
    is_step(message)
        || message.strip_prefix('[').is_some_and(is_numbered) && message.contains("] ")
        || ["> [", "$ ", "+ ", "cache miss: ", ">>> "].iter().any(|start| message.starts_with(start))
}

/// `--> Pushing image`, `#12 exporting to image`, `Successfully tagged demo:latest`
fn is_end_of_build(message: &str) -> bool {
    ["--> Pushing image", "exporting to image", "Successfully tagged "].iter().any(|start| message.starts_with(start))
}

/// `   1f0c22e..8d90b3a  main -> main`, ` * [new branch]      main -> main`
fn is_update(message: &str) -> bool {
    message.contains("[new branch]")
        || message.split_whitespace().take(2).any(|word| {
            word.split_once("..").is_some_and(|(from, to)| {
                let is_hash = |text: &str| text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                is_hash(from) && is_hash(to.trim_start_matches('.'))
            })
        })
}
