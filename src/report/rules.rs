//! The rules and their documentation.

use super::Printable;
use crate::check::{Group, Rule, rules};
use crate::facts::messages::messages;

/// The list of rules, by group.
#[must_use]
pub fn rules_text() -> Printable {
    let width = rules().iter().map(|rule| rule.id().len()).max().unwrap_or(0);
    let mut text = Printable::new();
    for group in Group::ALL {
        text.line(format!("{} ({}): {}", group.as_str(), group.level().as_str(), group.summary()));
        for rule in rules().iter().filter(|rule| rule.group() == group) {
            text.line(format!("  {:width$}  {}", rule.id(), rule.summary()));
        }
        text.blank();
    }
    text.line("`spaces-new explain RULE` shows the documentation of one.");
    text
}

/// The messages of logs that a rule explains.
pub(super) fn seen(rule: &Rule) -> Vec<&'static str> {
    messages().filter(|row| row.all_rules().any(|id| id == rule.id())).map(|row| row.example).collect()
}

/// A rule's documentation.
#[must_use]
pub fn explain_text(rule: &Rule) -> Printable {
    let level = rule.group().level().as_str();
    let group = rule.group();
    let mut text = Printable::new();
    text.line(format!("# {}", rule.id()));
    text.blank();
    text.line(format!("{} ({level}): {}", group.as_str(), group.summary()));
    text.blank();
    text.lines(rule.docs());
    let seen = seen(rule);
    if !seen.is_empty() {
        text.blank();
        text.line("## Messages that people see");
        for example in seen {
            text.line(format!("- `{}`", example.trim()));
        }
    }
    text
}

/// The page of all rules, in Markdown.
#[must_use]
pub fn rules_page() -> String {
    let mut page = String::from(
        "# Rules\n\nGenerated from the rules: `UPDATE=1 cargo test --test integration the_page_of_rules`.\n\n\
         The group of a rule sets its level. `.spaces-new.toml` can set another, under `[check]`: `\"off\"`, `\"warning\"` or `\"error\"`.\n\
         A comment `# spaces-new: ignore[rule] reason` on the line or the line above suppresses one finding; it begins with `//` in\n\
         JavaScript and TypeScript, and with `<!--` in Markdown and HTML.\n",
    );
    for group in Group::ALL {
        page.push_str(&format!(
            "\n**{}** ({}): {}.\n\n| rule | reports |\n|---|---|\n",
            group.as_str(),
            group.level().as_str(),
            group.summary()
        ));
        for rule in rules().iter().filter(|rule| rule.group() == group) {
            let summary = rule.summary();
            let fault = summary.trim_end_matches('.').replace('|', "\\|");
            page.push_str(&format!("| [{id}](#{id}) | {fault} |\n", id = rule.id()));
        }
    }
    for rule in rules() {
        let docs = rule.docs().replace("\n## ", "\n### ");
        page.push_str(&format!("\n## {}\n\nGroup: {}.\n\n{}", rule.id(), rule.group().as_str(), docs));
    }
    page
}
