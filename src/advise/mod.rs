//! Where to publish an app: reads the app, takes at most three answers, and chooses by the rows of [`crate::facts::platforms`].
//!
//! A platform is only chosen if `spaces-new add` takes the app there, or `spaces-new init` for a Space.

mod choose;
mod next;
mod spaces;
mod starter;
mod subject;
mod table;
mod takes;
mod way;

use crate::facts::platforms::{BUDGETS, Budget, Choice, Fact, GPUS, Gpu, PURPOSES, Platform, Purpose};
use crate::repo::Repo;

pub use next::Typed;
pub use subject::AppSeen;
use subject::Subject;
pub(crate) use table::first_picks;
use way::Ways;

/// What somebody wants; what is not said is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What it is for.
    pub purpose: Option<Purpose>,
    /// How it may be paid.
    pub budget: Option<Budget>,
    /// When it needs a GPU.
    pub gpu: Option<Gpu>,
}

/// What an app can be for.
#[must_use]
pub fn purposes() -> &'static [Choice<Purpose>] {
    PURPOSES
}

/// How it can be paid.
#[must_use]
pub fn budgets() -> &'static [Choice<Budget>] {
    BUDGETS
}

/// When it can need a GPU.
#[must_use]
pub fn gpus() -> &'static [Choice<Gpu>] {
    GPUS
}

/// The platforms for an app.
#[derive(Debug)]
#[non_exhaustive]
pub struct Advice {
    /// The app that was found.
    pub app: Option<AppSeen>,
    /// What was found in place of an app.
    pub notes: Vec<String>,
    /// What was wanted.
    pub wishes: Wishes,
    /// The first pick, and the one after it.
    pub picks: Vec<Pick>,
    /// The others, in the order in which they would come.
    pub ruled_out: Vec<RuledOut>,
}

/// A platform that is chosen.
#[derive(Debug)]
#[non_exhaustive]
pub struct Pick {
    /// The platform.
    pub platform: &'static Platform,
    /// Why, a sentence each.
    pub because: Vec<String>,
    /// What to know about it.
    pub facts: Vec<&'static Fact>,
    /// The command that comes next.
    pub next: String,
}

/// A platform that is not chosen.
#[derive(Debug)]
#[non_exhaustive]
pub struct RuledOut {
    /// The platform.
    pub platform: &'static Platform,
    /// Why not.
    pub because: String,
}

/// An app that was read, about which advice is given.
#[derive(Debug)]
pub struct Advisor<'r> {
    subject: Subject<'r>,
    /// The ways to each platform; empty without an app.
    ways: Vec<(&'static Platform, Ways)>,
}

impl<'r> Advisor<'r> {
    /// Reads the app in a repository.
    #[must_use]
    pub fn of(repo: &'r Repo) -> Self {
        let subject = Subject::of(repo);
        let ways = if subject.has_app() { takes::all(&subject) } else { Vec::new() };
        Self { subject, ways }
    }

    /// Chooses where to publish the app, or a new one if there is none.
    #[must_use]
    pub fn advise(&self, wishes: Wishes, typed: &Typed) -> Advice {
        let ways = if self.subject.has_app() { self.ways.clone() } else { starter::all(wishes.purpose) };
        let chosen = choose::choose(wishes, self.subject.kind(), ways);
        let ruled_out = chosen.ruled_out.into_iter();
        Advice {
            app: self.subject.seen(),
            notes: self.subject.notes(),
            wishes,
            picks: chosen.picks.into_iter().map(|picked| pick(picked, &self.subject, wishes, typed)).collect(),
            ruled_out: ruled_out.map(|(platform, because)| RuledOut { platform, because }).collect(),
        }
    }
}

fn pick(picked: choose::Picked, subject: &Subject<'_>, wishes: Wishes, typed: &Typed) -> Pick {
    let next = picked.way.next.line(typed);
    let mut because = picked.because;
    if !subject.has_app() && picked.platform.id != "huggingface-spaces" {
        because.push(format!("then: `spaces-new add {} {}`", picked.platform.id, typed.new_word()));
    }
    let facts = choose::facts(picked.platform, picked.way.kind, wishes.gpu).collect();
    Pick { platform: picked.platform, because, facts, next }
}

#[cfg(test)]
mod tests;
