//! Files of independent lines: ignore lists, `.gitattributes`, Debian packages, variables.

use std::collections::BTreeSet;

use super::made::Made;
use super::{ended, line_break};
use crate::formats::env_file::settings;
use crate::order;
use crate::target::Extension;

/// The heading above the added lines.
const HEADING: &str = "# Added by spaces-new";

/// The meaning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The whole line is a pattern.
    Ignore,
    /// A pattern, then attributes.
    Attributes,
    /// `NAME=value`.
    Settings,
}

/// Adds missing lines, but for those that somebody has taken out. An existing line is not changed, unless it sets a variable to which
/// somebody has just given another value: of several for the same files, git takes the last that sets an attribute, so
/// a pattern counts as missing if nothing is said about its filter, as in `*.png binary`. One in any case, `*.[pP][nN][gG]`, is known
/// as `*.png`: what its author decided for that ending must not be overruled by a later line.
pub(super) fn extend(there: &str, wanted: &str, kind: Kind, made: Made<'_>) -> Extension {
    let set = made.text().filter(|_| kind == Kind::Settings).map(|made| set_anew(there, wanted, made));
    let (there, set) = set.unwrap_or_else(|| (there.to_owned(), Vec::new()));
    let added = with_missing(&there, wanted, kind, made);
    Extension { added: set.into_iter().chain(added.added).collect(), ..added }
}

/// The text with the values of variables that differ from those that an earlier run planned.
fn set_anew(there: &str, wanted: &str, made: &str) -> (String, Vec<String>) {
    let value_in = |text: &str, name: &str| {
        settings(text).find(|setting| setting.name == name).map(|setting| setting.value.into_owned())
    };
    let mut text = there.to_owned();
    let mut set = Vec::new();
    for new in settings(wanted) {
        if value_in(made, new.name).is_none_or(|was| was == new.value) {
            continue;
        }
        let old = settings(&text).find(|old| old.name == new.name && old.value != new.value);
        let Some((name, span)) = old.map(|old| (old.name.to_owned(), old.span)) else { continue };
        // What stands before a name is for a shell
        let from_name = |line: &str| line.find(&format!("{name}=")).unwrap_or_default();
        let (line, new) = (&text[span.clone()], &wanted[new.span.clone()]);
        let line = format!("{}{}", &line[..from_name(line)], &new[from_name(new)..]);
        text.replace_range(span, &line);
        set.push(format!("`{name}`"));
    }
    (text, set)
}

fn with_missing(there: &str, wanted: &str, kind: Kind, made: Made<'_>) -> Extension {
    let known: BTreeSet<&str> = order::set(there.lines().filter_map(|line| pattern(line, kind)));
    let filtered: BTreeSet<&str> =
        order::set(there.lines().filter(|line| names_filter(line)).filter_map(|line| pattern(line, kind)));
    let has = |line: &str, pattern: &str| match kind {
        Kind::Attributes if names_filter(line) => {
            filtered.contains(pattern) || filtered.contains(&*in_lower_case(pattern))
        }
        _ => known.contains(pattern),
    };
    let negated = |pattern: &str| kind == Kind::Ignore && known.contains(&*format!("!{pattern}"));
    let taken_out: BTreeSet<&str> = order::set(made.taken_out().into_iter().flat_map(str::lines));
    let missing: Vec<&str> = wanted
        .lines()
        .filter(|line| !taken_out.contains(line))
        .filter(|line| pattern(line, kind).is_some_and(|pattern| !has(line, pattern) && !negated(pattern)))
        .collect();
    if missing.is_empty() {
        return Extension { text: there.to_owned(), added: Vec::new() };
    }
    let end = line_break(there);
    let mut text = ended(there);
    if !text.is_empty() {
        text.push_str(end);
    }
    text.push_str(HEADING);
    text.push_str(end);
    for line in &missing {
        text.push_str(line);
        text.push_str(end);
    }
    let count = missing.len();
    Extension { text, added: vec![format!("{count} {}", if count == 1 { "line" } else { "lines" })] }
}

/// Whether a line of `.gitattributes` sets the filter of its files, or takes it away.
fn names_filter(line: &str) -> bool {
    let is_filter = |word: &str| word.trim_start_matches(['-', '!']).split('=').next() == Some("filter");
    line.split_whitespace().skip(1).any(is_filter)
}

/// The pattern with one letter instead of each `[aA]`.
fn in_lower_case(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let mut chars = after.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(lower), Some(upper), Some(']')) if lower.to_ascii_uppercase() == upper => text.push(lower),
            _ => return pattern.to_owned(),
        }
        rest = chars.as_str();
    }
    text + rest
}

fn pattern(line: &str, kind: Kind) -> Option<&str> {
    let line = line.trim_end();
    if line.trim_start().is_empty() || line.starts_with('#') {
        return None;
    }
    match kind {
        Kind::Ignore => Some(line),
        Kind::Attributes => line.split_whitespace().next(),
        // A name alone is known too
        Kind::Settings => Some(settings(line).next().map_or(line.trim(), |setting| setting.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extend(there: &str, wanted: &str, kind: Kind) -> Extension {
        super::extend(there, wanted, kind, Made::default())
    }

    #[test]
    fn missing_lines_come_under_a_heading_in_the_line_breaks_of_the_file() {
        let merged = extend("*.log\r\n.env", "# Secrets\n.env\nvenv/\n", Kind::Ignore);
        assert_eq!(merged.text, "*.log\r\n.env\r\n\r\n# Added by spaces-new\r\nvenv/\r\n");
        assert_eq!(merged.added, ["1 line"]);
        assert!(extend(&merged.text, ".env\nvenv/\n", Kind::Ignore).added.is_empty(), "twice is once");
    }

    #[test]
    fn variables_are_told_by_their_names() {
        let merged = extend("export KEY=mine\n", "# Fill in\nKEY=\nMODE=demo\n", Kind::Settings);
        assert_eq!(merged.text, "export KEY=mine\n\n# Added by spaces-new\nMODE=demo\n");
    }

    #[test]
    fn what_somebody_lets_in_stays_in() {
        assert!(extend("*\n!venv/\n", "venv/\n", Kind::Ignore).added.is_empty());
    }

    #[test]
    fn an_ending_in_any_case_is_known_in_lower_case() {
        let wanted = "*.[pP][nN][gG] filter=lfs -text\n*.[hH]5 filter=lfs -text\n";
        for there in ["*.png filter=lfs -text", "*.png -filter"] {
            let merged = extend(there, wanted, Kind::Attributes);
            assert_eq!(merged.text, format!("{there}\n\n# Added by spaces-new\n*.[hH]5 filter=lfs -text\n"));
            assert!(extend(&merged.text, wanted, Kind::Attributes).added.is_empty(), "twice is once");
        }
        assert_eq!(in_lower_case("*.[a-z]x[bB]"), "*.[a-z]x[bB]");
    }

    #[test]
    fn a_pattern_with_another_filter_is_its_authors_wish() {
        for there in ["*.png -filter", "*.png !filter -text", "*.png filter=crypt"] {
            let merged = extend(there, "*.png filter=lfs -text\n*.jpg filter=lfs -text\n", Kind::Attributes);
            assert_eq!(merged.text, format!("{there}\n\n# Added by spaces-new\n*.jpg filter=lfs -text\n"));
        }
        for there in ["*.png binary", "*.png -text diff=exif"] {
            let merged = extend(there, "*.png filter=lfs -text\n", Kind::Attributes);
            assert_eq!(merged.text, format!("{there}\n\n# Added by spaces-new\n*.png filter=lfs -text\n"));
        }
    }

    #[test]
    fn what_somebody_has_taken_out_stays_out_and_new_values_are_set() {
        let made = "# Secrets\nKEY=\nOTHER=\n# Variables\nA=1\nB=1\n";
        let wanted = "# Secrets\nNEW=\nKEY=\nOTHER=\n# Variables\nA=2\nB=2\nC=3\n";
        let there = "OTHER=x\r\nexport A='5'\r\n";
        let merged = super::extend(there, wanted, Kind::Settings, Made::known(made));
        assert_eq!(merged.text, "OTHER=x\r\nexport A=2\r\n\r\n# Added by spaces-new\r\nNEW=\r\nB=2\r\nC=3\r\n");
        assert_eq!(merged.added, ["`A`", "3 lines"]);
        let merged = super::extend("b\n", "a\nb\nc\n", Kind::Ignore, Made::known("a\nb\n"));
        assert_eq!(merged.text, "b\n\n# Added by spaces-new\nc\n");
    }
}
