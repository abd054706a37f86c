//! Where to publish an app, as text and as data.

use serde_json::{Value, json};

use super::Printable;
use super::json::pretty;
use super::wrap::wrap;
use crate::advise::{Advice, AppSeen, Pick, Wishes};
use crate::facts::platforms::{BUDGETS, Choice, Fact, GPUS, KINDS, PURPOSES, Topic};

/// The picks with their reasons and facts, what is ruled out, and the next command.
#[must_use]
pub fn advice_text(advice: &Advice) -> Printable {
    let mut text = Printable::new();
    app_lines(advice, &mut text);
    asked(advice.wishes, &mut text);
    for (index, pick) in advice.picks.iter().enumerate() {
        text.blank();
        let title = if index == 0 { "First" } else { "Otherwise" };
        text.line(format!("{title}: {} (`{}`)", pick.platform.name, pick.platform.id));
        for because in &pick.because {
            wrap(&mut text, "  - ", "    ", because);
        }
        // One screen: the limits of the second are in the JSON and on the page
        facts(pick.facts.iter().copied().filter(|fact| index == 0 || fact.topic == Topic::Price), &mut text);
        if index > 0 {
            wrap(&mut text, "    $ ", "      ", &pick.next);
        }
    }
    ruled_out(advice, &mut text);
    text.blank();
    match advice.picks.first() {
        Some(pick) => {
            text.line("Next:");
            text.line(format!("    {}", pick.next));
        }
        None => text.line("No platform takes this app as it is."),
    }
    text
}

fn app_lines(advice: &Advice, text: &mut Printable) {
    let Some(app) = &advice.app else {
        text.line("App: none was found");
        advice.notes.iter().for_each(|note| wrap(text, "    note: ", "    ", note));
        return;
    };
    let space = app.space.as_ref().map(|sdk| format!(", a Space with `sdk: {sdk}`")).unwrap_or_default();
    wrap(text, "App: ", "    ", &format!("`{}` ({}){space}", app.file, app.framework.name()));
    if !app.functions.is_empty() {
        let functions: Vec<String> = app.functions.iter().map(|name| format!("`{name}`")).collect();
        wrap(text, "Functions that can be called: ", "    ", &functions.join(", "));
    }
    if !app.others.is_empty() {
        let others: Vec<String> = app.others.iter().map(|file| format!("`{file}`")).collect();
        wrap(text, "Other apps: ", "    ", &others.join(", "));
    }
}

/// The facts, with the date and the address of each page once.
fn facts(facts: impl Iterator<Item = &'static Fact>, text: &mut Printable) {
    let facts: Vec<&Fact> = facts.collect();
    for facts in facts.chunk_by(|one, other| (one.source, one.date) == (other.source, other.date)) {
        for fact in facts {
            wrap(text, "    ", "      ", &sentence(fact));
        }
        let page = facts.iter().take(1).map(|fact| format!("      ({}, {})", fact.date, fact.source));
        page.for_each(|page| text.line(page));
    }
}

/// What is not chosen, with each reason once.
fn ruled_out(advice: &Advice, text: &mut Printable) {
    if advice.ruled_out.is_empty() {
        return;
    }
    text.blank();
    text.line("Not chosen:");
    for (index, out) in advice.ruled_out.iter().enumerate() {
        if advice.ruled_out[..index].iter().any(|before| before.because == out.because) {
            continue;
        }
        let alike = advice.ruled_out.iter().filter(|other| other.because == out.because);
        let ids: Vec<&str> = alike.map(|other| other.platform.id).collect();
        wrap(text, &format!("  - {}: ", ids.join(", ")), "    ", &out.because);
    }
}

fn sentence(fact: &Fact) -> String {
    format!("{}: {}", fact.text, fact.value)
}

/// What was wanted, and what is open.
fn asked(wishes: Wishes, text: &mut Printable) {
    let parts = [
        ("--for", name(PURPOSES, wishes.purpose.as_ref())),
        ("--budget", name(BUDGETS, wishes.budget.as_ref())),
        ("--gpu", name(GPUS, wishes.gpu.as_ref())),
    ];
    let given = parts.iter().filter_map(|(flag, name)| Some(format!("{flag} {}", (*name)?)));
    let open = parts.iter().filter(|(_, name)| name.is_none()).map(|(flag, _)| format!("`{flag}`"));
    for (label, words) in [("Asked: ", given.collect::<Vec<_>>()), ("Open: ", open.collect())] {
        if !words.is_empty() {
            wrap(text, label, "    ", &words.join(", "));
        }
    }
}

/// The name of an answer.
fn name<T: PartialEq>(choices: &[Choice<T>], wish: Option<&T>) -> Option<&'static str> {
    choices.iter().find(|choice| Some(&choice.value) == wish).map(|choice| choice.name)
}

/// The same as data.
#[must_use]
pub fn advice_json(advice: &Advice) -> Printable {
    let picks: Vec<Value> = advice.picks.iter().map(pick_json).collect();
    let ruled_out: Vec<Value> = advice
        .ruled_out
        .iter()
        .map(|out| json!({"target": out.platform.id, "name": out.platform.name, "because": out.because}))
        .collect();
    pretty(&json!({
        "ok": true,
        "app": advice.app.as_ref().map_or_else(|| json!({"found": false, "notes": advice.notes}), app_json),
        "answers": {
            "for": name(PURPOSES, advice.wishes.purpose.as_ref()),
            "budget": name(BUDGETS, advice.wishes.budget.as_ref()),
            "gpu": name(GPUS, advice.wishes.gpu.as_ref()),
        },
        "picks": picks,
        "ruled_out": ruled_out,
    }))
}

fn app_json(app: &AppSeen) -> Value {
    json!({
        "found": true,
        "file": app.file,
        "framework": app.framework.id(),
        "name": app.framework.name(),
        "kind": name(KINDS, Some(&app.kind)),
        "evidence": {"path": app.evidence.path, "line": app.evidence.line, "why": app.evidence.why},
        "functions": app.functions,
        "obstacles": app.obstacles,
        "space": app.space,
        "others": app.others,
    })
}

fn pick_json(pick: &Pick) -> Value {
    let fact = |fact: &&Fact| {
        json!({
            "text": sentence(fact),
            "value": fact.value,
            "source": fact.source,
            "date": fact.date,
        })
    };
    json!({
        "target": pick.platform.id,
        "name": pick.platform.name,
        "because": pick.because,
        "facts": pick.facts.iter().map(fact).collect::<Vec<_>>(),
        "next": pick.next,
    })
}
