//! A definition of safe output that is independent of the command's own.

use crate::support::Ran;

/// Characters that move, recolour, reorder or hide.
fn is_unsafe(char: char) -> bool {
    let code = u32::from(char);
    (char.is_control() && char != '\n' && char != '\t')
        || [0xad, 0x61c, 0x180e, 0xfeff, 0x2028, 0x2029].contains(&code)
        || (0x200b..=0x200f).contains(&code)
        || (0x202a..=0x202e).contains(&code)
        || (0x2060..=0x206f).contains(&code)
        || (0xe0000..=0xe0fff).contains(&code)
}

/// The first thing in an output that a terminal or a CI runner would act on.
pub(super) fn trouble(text: &str, is_github: bool) -> Option<String> {
    if let Some(char) = text.chars().find(|char| is_unsafe(*char)) {
        return Some(format!("U+{:04X}", u32::from(char)));
    }
    let is_command = |line: &&str| {
        let trimmed = line.trim_start();
        let ours = is_github && (line.starts_with("::error file=") || line.starts_with("::warning file="));
        // `::: ` is how findings name a second file, not a command
        (trimmed.starts_with("::") && !trimmed.starts_with("::: ") && !ours)
            || (ours && line.matches("::").count() > 2 && properties(line).contains("::"))
            || trimmed.contains("##[")
            || trimmed.contains("##vso[")
    };
    text.lines().find(is_command).map(str::to_owned)
}

/// The part between a command's name and its message: up to the title, which is ours.
fn properties(line: &str) -> &str {
    let rest = line.trim_start_matches("::");
    rest.find(",title=").map_or(rest, |end| &rest[..end])
}

/// Fails if an output is not safe.
#[track_caller]
pub(super) fn is_safe(ran: &Ran, what: &str) {
    let is_github = what.contains("github");
    for text in [&ran.0.stdout, &ran.0.stderr] {
        let text = std::str::from_utf8(text).unwrap_or_else(|error| panic!("{what}: {error}"));
        if let Some(trouble) = trouble(text, is_github) {
            panic!("{what}: {trouble:?} in {text}\n{text:?}");
        }
    }
    assert!((0..=2).contains(&ran.code()), "{what}: {}", ran.shown());
}

#[test]
fn a_judge_that_sees() {
    for text in ["a\u{1b}[31m", "a\rb", "\u{9b}", "\u{202e}", "\u{200b}", "  ::error::x", "a ##[error]x", "\u{e0041}"] {
        assert!(trouble(text, false).is_some(), "{text:?}");
    }
    assert!(trouble("::error file=a::b,title=x::y", true).is_some());
    for text in ["a::b", "é 👩🚀\n\tb", "## [x]", " ::: a:1:1"] {
        assert_eq!(trouble(text, false), None, "{text:?}");
    }
}
