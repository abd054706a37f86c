//! Combines the answers of a person from different places, and those that were found, into one set.
//!
//! A single answer comes from the place with the highest precedence: given now, kept from an earlier run, in the README,
//! found in the app. Lists are joined in that order instead, so that naming one more package removes none. The kept answers
//! of an earlier run are complete: an item that is missing in their lists was removed, by that run or by a person, and is
//! reported and not added.

use super::proposal::{Found, Proposal};
use crate::answers::{Answers, Kind, Question, Raw, Source, Spec, answer, is_free, wants_zero_gpu};
use crate::app::start::servers::{is_server, package_of, port_of};
use crate::app::{Evidence, Note, Suggestion};
use crate::facts::hardware::ZERO_GPU;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::facts::python_packages::ALTERNATIVES;
use crate::formats::requirements::Package;
use crate::render::Catalog;
use crate::values::{HubPlan, Pins, Sdk, StartCommand, normalised};

/// Answers from everywhere except the app itself.
#[derive(Debug, Clone)]
pub(super) struct Stated<'a> {
    /// Given now.
    pub(super) given: Answers,
    /// Kept from an earlier run.
    pub(super) kept: Answers,
    /// The answers in the README.
    pub(super) in_readme: Answers,
    /// The questions that they answer.
    pub(super) catalog: &'a Catalog,
    /// The specification that the earlier run derived from its kept answers.
    pub(super) earlier: Option<Spec>,
}

impl Stated<'_> {
    /// Derives the earlier run's specification from its kept answers. Defaults that it wrote into the README are
    /// nobody's answers, and are dropped.
    pub(super) fn made_again(mut self) -> Self {
        let template = self.kept.template().and_then(|name| self.catalog.get(name));
        // Keys that the template does not ask for, such as those of a newer version, are ignored
        let resolved =
            template.and_then(|template| Spec::resolve(template, &self.kept.clone().only_for(template)).ok());
        let Some(earlier) = resolved else { return self };
        self.in_readme = without_defaults(self.in_readme, &earlier);
        self.earlier = Some(earlier);
        self
    }

    /// Takes the specification of an earlier run whose answers are gone, and drops what it wrote into the README by itself.
    pub(super) fn made_by(mut self, earlier: Spec) -> Self {
        self.in_readme = without_defaults(self.in_readme, &earlier);
        self.earlier = Some(earlier);
        self
    }

    /// The effective answer in the earlier run.
    fn was(&self, key: &str) -> Option<Raw> {
        let kept = self.kept.get(key).cloned();
        kept.or_else(|| self.earlier.as_ref().and_then(|earlier| answer(earlier, key)))
    }

    /// Drops kept answers that are found again if they still hold: an answer that an earlier run found for a port, an
    /// SDK or an app does not hold for another. `earlier` is what would be found for those of the earlier run.
    pub(super) fn without_found(mut self, earlier: &Proposal) -> Self {
        let is_other = |key: &str| self.given.get(key).is_some_and(|value| self.was(key).as_ref() != Some(value));
        let (another_app, another_port) = (is_other("app_file"), is_other("port"));
        let another_sdk = self.gives_another_sdk();
        let keys: Vec<String> = earlier.answers.keys().map(str::to_owned).collect();
        for key in keys.iter().filter(|key| another_app || another_sdk || another_port && *key == "command") {
            match (self.kept.get(key), earlier.answers.get(key)) {
                (Some(Raw::List(kept)), Some(Raw::List(found))) if is_list(self.catalog, key) => {
                    let left: Vec<String> = kept.iter().filter(|item| !found.contains(item)).cloned().collect();
                    self.kept.insert(key, left, Source::Detected);
                }
                (Some(kept), Some(found)) if key != "app_file" && same_words(kept, found) => self.kept.remove(key),
                _ => {}
            }
        }
        if another_app { self.without_app() } else { self }
    }

    /// Drops what is kept, and what the README says, about another platform than the one that is given: a plan or ZeroGPU
    /// decides the SDK, and an SDK without ZeroGPU needs other hardware.
    pub(super) fn on_the_given_platform(mut self) -> Self {
        let text = |answers: &Answers, key: &str| answers.get(key).and_then(plain);
        let sdk = text(&self.given, "sdk");
        let is_free = is_free(&self.given);
        let on_zero_gpu = wants_zero_gpu(&self.given);
        let is_outdated = |hardware: &str| match sdk.as_deref() {
            _ if is_free => hardware != ZERO_GPU,
            Some(sdk) => sdk != Sdk::Gradio.as_str() && hardware == ZERO_GPU,
            None => false,
        };
        for answers in [&mut self.kept, &mut self.in_readme] {
            if sdk.is_none() && on_zero_gpu {
                answers.remove("sdk");
            }
            if text(answers, "hardware").is_some_and(|known| is_outdated(&known)) {
                answers.remove("hardware");
            }
        }
        // The Hub's own image has its own way for these
        if on_zero_gpu || sdk.as_deref() == Some(Sdk::Gradio.as_str()) {
            for key in ["port", "installer", "dev_mode", "command"] {
                self.in_readme.remove(key);
                self.kept.remove(key);
            }
        }
        self.after_an_upgrade()
    }

    /// A paid plan that is given now moves nothing: what followed from the free one is kept as an answer.
    fn after_an_upgrade(mut self) -> Self {
        let is =
            |answers: &Answers, plan: HubPlan| answers.get("plan").and_then(plain).as_deref() == Some(plan.as_str());
        let is_upgrade = is(&self.given, HubPlan::Paid) && is(&self.kept, HubPlan::Free);
        if is_upgrade && ["sdk", "hardware"].iter().all(|key| self.given.get(key).is_none()) {
            for key in ["sdk", "hardware"] {
                let derived = self.earlier.as_ref().and_then(|earlier| answer(earlier, key));
                if let Some(derived) = derived.filter(|_| self.kept.get(key).is_none()) {
                    self.kept.insert(key, derived, Source::Detected);
                }
            }
        }
        self
    }

    /// Drops the kept answers about which app it is and how it is started: it is gone.
    pub(super) fn without_app(mut self) -> Self {
        for key in ["app_file", "command", "dependencies", "build_command"] {
            self.kept.remove(key);
        }
        self.kept = self.kept.without_template();
        self
    }

    /// All of them together, with what was found if an app was. Notes that the answers settle are removed from the proposal,
    /// and a note is added for each item that was found and is not used.
    pub(super) fn with(&self, proposal: Option<&mut Proposal>) -> Answers {
        let mut found = proposal.as_ref().map(|proposal| proposal.answers.clone()).unwrap_or_default();
        if let Some(earlier) = &self.earlier {
            found = without_defaults(found, earlier);
        }
        if let Some(command) = self.given.get("command") {
            drop_servers(&mut found, command);
        }
        let kept = self.kept.clone();
        let stated =
            Self { kept: if proposal.is_some() { without_old_servers(kept, &found) } else { kept }, ..self.clone() };
        let mut all = stated.given.clone().over(stated.kept.clone()).over(stated.in_readme.clone());
        stated.take_port_of_command(&mut all);
        for question in list_questions(self.catalog) {
            let key = question.key();
            let Some(items) = stated.list(key, &found) else { continue };
            let source = self.given.source(key).or_else(|| self.kept.source(key));
            all.insert(key, items, source.unwrap_or(Source::Detected));
        }
        if let Some(proposal) = proposal {
            if self.is_whole() {
                proposal.notes.extend(proposal.found.iter().filter_map(|item| self.unlisted(item, &all)));
            }
            proposal.notes.retain(|note| !self.settles(note, &all));
        }
        all.over(found)
    }

    /// Whether an earlier run put a Space around the app, of the same kind as now.
    fn is_whole(&self) -> bool {
        self.kept.get("app_file").is_some() && !self.gives_another_sdk()
    }

    /// Whether what is given decides for another SDK than that of the earlier run.
    fn gives_another_sdk(&self) -> bool {
        let for_zero_gpu = || wants_zero_gpu(&self.given).then(|| Raw::from(Sdk::Gradio.as_str()));
        let given = self.given.get("sdk").cloned().or_else(for_zero_gpu);
        given.is_some_and(|sdk| self.was("sdk") != Some(sdk))
    }

    /// The items of a list from all places, in order of precedence. None if it was given as something else, which is refused later.
    fn list(&self, key: &str, found: &Answers) -> Option<Vec<String>> {
        let mut items: Vec<String> = match self.given.get(key) {
            Some(Raw::List(items)) => items.clone(),
            None => Vec::new(),
            Some(_) => return None,
        };
        let weaker: &[&Answers] = match self.kept.get(key) {
            Some(_) if self.is_whole() => &[&self.kept],
            Some(_) => &[&self.kept, &self.in_readme, found],
            None if self.is_whole() => &[&self.in_readme],
            None => &[&self.in_readme, found],
        };
        for answers in weaker {
            let Some(Raw::List(more)) = answers.get(key) else { continue };
            // One source may list a package twice, with different conditions
            let known = items.len();
            let is_new = |item: &&String| {
                !items[..known].iter().any(|known| is_same(key, known, item)) && !self.names_elsewhere(key, item)
            };
            let new: Vec<String> = more.iter().filter(is_new).cloned().collect();
            items.extend(new);
        }
        (!items.is_empty() || self.is_weaker(key, found)).then_some(items)
    }

    /// Whether the list is in any place except the given answers.
    fn is_weaker(&self, key: &str, found: &Answers) -> bool {
        [&self.kept, &self.in_readme, found].iter().any(|answers| answers.get(key).is_some())
    }

    /// Whether a name is given as a secret but was a variable, or vice versa.
    fn names_elsewhere(&self, key: &str, item: &str) -> bool {
        let other = match key {
            "secrets" => "variables",
            "variables" => "secrets",
            _ => return false,
        };
        names(&self.given, other, variable(item))
    }

    /// Takes the port on which a command says to listen that is given now, unless another port is given with it.
    fn take_port_of_command(&self, all: &mut Answers) {
        let port = self.given.get("command").and_then(|command| port_of(&words(command)));
        let Some(port) = port.filter(|_| self.given.get("port").is_none()) else { return };
        let known = all.get("port").and_then(plain).unwrap_or_else(|| APP_PORT_DEFAULT.to_string());
        if known != port.to_string() {
            all.insert("port", port, self.given.source("command").unwrap_or(Source::Detected));
        }
    }

    /// A note about an item that is found now and that the kept lists do not contain.
    fn unlisted(&self, found: &Found, all: &Answers) -> Option<Note> {
        let Found { key, value, evidence } = found;
        let is_env = matches!(*key, "secrets" | "variables");
        let is_named = names(all, key, value)
            || is_env && ["secrets", "variables"].iter().any(|key| names(all, key, variable(value)));
        let note = || Note::new(format!("`{value}` was found, but is not among the answers of the earlier run"));
        let is_unlisted = is_list(self.catalog, key) && !is_named;
        is_unlisted.then(|| note().help("to add it").or_answer(key, value).seen(Evidence::clone(evidence)))
    }

    /// Whether the answers settle a note. A default that an earlier run kept was nobody's answer.
    fn settles(&self, note: &Note, all: &Answers) -> bool {
        note.answers.iter().any(|Suggestion { key, value, .. }| match (all.get(key), value) {
            (Some(Raw::List(items)), Some(value)) => items.iter().any(|item| is_same(key, item, value)),
            (None | Some(Raw::List(_)), _) => false,
            // Only the app's own port settles a note about ports
            (Some(stated), Some(wanted)) if *key == "port" => plain(stated).as_ref() == Some(wanted),
            (Some(_), Some(_)) => true,
            (Some(_), None) => self.given.get(key).is_some(),
        })
    }
}

fn is_list(catalog: &Catalog, key: &str) -> bool {
    list_questions(catalog).any(|question| question.key() == key)
}

/// Whether two answers are the same, a command as a text or as its words.
fn same_words(one: &Raw, other: &Raw) -> bool {
    one == other || words(one) == words(other)
}

/// The words of a command.
fn words(value: &Raw) -> Vec<String> {
    match value {
        Raw::Text(text) => match text.parse::<StartCommand>() {
            Ok(command) => command.words().to_vec(),
            Err(_) => shlex::split(text).unwrap_or_default(),
        },
        Raw::List(words) => words.clone(),
        other => plain(other).into_iter().collect(),
    }
}

fn list_questions(catalog: &Catalog) -> impl Iterator<Item = &Question> {
    catalog.questions().into_iter().filter(|question| *question.kind() == Kind::List)
}

fn plain(value: &Raw) -> Option<String> {
    match value {
        Raw::Text(text) => Some(text.clone()),
        Raw::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Drops the servers that another command than the given one needs.
fn drop_servers(found: &mut Answers, command: &Raw) {
    let own = package_of(&words(command));
    if let Some(Raw::List(items)) = found.get("pip") {
        let left: Vec<String> =
            items.iter().filter(|item| !is_server(&package(item)) || own == Some(&*package(item))).cloned().collect();
        found.insert("pip", left, Source::Detected);
    }
}

/// Drops what an earlier run derived by itself, and wrote into the README, if it is found again.
fn without_defaults(mut answers: Answers, earlier: &Spec) -> Answers {
    let keys: Vec<String> = answers.keys().map(str::to_owned).collect();
    for key in keys.iter().filter(|key| !earlier.kept().any(|kept| kept == *key)) {
        if is_found_again(key, answers.get(key), answer(earlier, key).as_ref()) {
            answers.remove(key);
        }
    }
    answers
}

/// Whether a value is the derived one; for the README's Python, detection uses the minor version.
fn is_found_again(key: &str, found: Option<&Raw>, derived: Option<&Raw>) -> bool {
    match (found, derived) {
        (Some(Raw::Text(found)), Some(Raw::Text(derived))) if key == "python" => {
            derived.strip_prefix(found.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        (found, derived) => found == derived,
    }
}

/// Drops from the kept answers the server that an earlier run found to be missing, if the app's own requirements contain one
/// now: two versions of it cannot be installed.
fn without_old_servers(mut kept: Answers, found: &Answers) -> Answers {
    let pinned = |package: &str| Pins::builtin().version(package).map(|version| format!("{package}=={version}"));
    let is_old = |item: &str| {
        let package = package(item);
        is_server(&package) && pinned(&package).as_deref() == Some(item) && !names(found, "pip", item)
    };
    if let Some(Raw::List(items)) = kept.get("pip") {
        let left: Vec<String> = items.iter().filter(|item| !is_old(item)).cloned().collect();
        kept.insert("pip", left, Source::Detected);
    }
    kept
}

/// Whether a list has an item of that name.
fn names(answers: &Answers, key: &str, name: &str) -> bool {
    matches!(answers.get(key), Some(Raw::List(items)) if items.iter().any(|item| is_same(key, item, name)))
}

/// Whether two items of a list mean the same, so that the one with higher precedence is enough.
fn is_same(key: &str, one: &str, other: &str) -> bool {
    match key {
        // With different conditions, a package may be listed again
        "pip" if [one, other].iter().any(|item| has_marker(item)) => one.trim() == other.trim(),
        "pip" => package(one) == package(other),
        "variables" => variable(one) == variable(other),
        _ => one.trim() == other.trim(),
    }
}

fn has_marker(item: &str) -> bool {
    Package::read(item).is_some_and(|package| package.marker.is_some())
}

/// The package of a requirement; for packages that can replace each other, their import name.
fn package(item: &str) -> String {
    let name = Package::read(item).map_or_else(|| normalised(item.trim()), |package| package.name);
    let group = ALTERNATIVES.iter().find(|(_, packages)| packages.contains(&&*name));
    group.map_or(name, |(module, _)| (*module).to_owned())
}

/// The name of a variable, without its value.
fn variable(item: &str) -> &str {
    item.split('=').next().unwrap_or(item).trim()
}
