//! Escapes foreign text so that it is safe to print.
//!
//! Names, values and contents come from folders of other people. On a terminal, a control character in them moves the
//! cursor or changes colours; in the log of a CI run, a line that begins with `::` is a command to the runner; and an
//! invisible character makes two names look alike. This module is the only one that knows which characters those are:
//! [`shown`] for a value in a line, [`Pictured`] for a line of a file (one character for one, so that marks under it stay
//! aligned), [`in_json`] for JSON, [`defused`] for a finished line.

use std::borrow::Cow;

use unicode_properties::UnicodeEmoji;

/// Whether a character has an effect or is invisible: controls (C0, DEL, C1), bidirectional formatting, line
/// separators, and what Unicode calls default ignorable.
/// Source: <https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt>.
pub(crate) fn is_unseen(char: char) -> bool {
    matches!(char,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

const JOINER: char = '\u{200d}';
const KEYCAP: char = '\u{20e3}';
const BLACK_FLAG: char = '\u{1f3f4}';
const TAGS_END: char = '\u{e007f}';

/// The characters of a text, each with its place and whether it must be escaped. Characters that are joined to one emoji
/// are allowed.
/// Source: <https://www.unicode.org/reports/tr51/#EBNF_and_Regex>.
fn judged(text: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let mut before = None;
    let mut flag_ends = 0;
    text.char_indices().map(move |(at, char)| {
        if char == BLACK_FLAG {
            flag_ends = flag_end(text, at);
        }
        let after = || text[at + char.len_utf8()..].chars().next();
        let is_hostile = is_unseen(char) && at >= flag_ends && !is_in_emoji(before, char, after);
        before = Some(char);
        (at, char, is_hostile)
    })
}

/// Whether an invisible character is part of an emoji.
fn is_in_emoji(before: Option<char>, char: char, after: impl Fn() -> Option<char>) -> bool {
    let Some(before) = before else { return false };
    match char {
        JOINER => {
            let ends_element = is_pictograph(before) || matches!(before, '\u{fe0f}' | TAGS_END);
            ends_element && after().is_some_and(is_pictograph)
        }
        '\u{fe0e}' | '\u{fe0f}' if before.is_ascii() => {
            before.is_emoji_char() && char == '\u{fe0f}' && after() == Some(KEYCAP)
        }
        '\u{fe0e}' | '\u{fe0f}' => before.is_emoji_char(),
        _ => false,
    }
}

fn is_pictograph(char: char) -> bool {
    char.is_emoji_char() && !char.is_ascii()
}

/// Where the tag characters end that turn the black flag at `at` into a region's flag (England, Scotland, Wales).
fn flag_end(text: &str, at: usize) -> usize {
    let tags = &text[at + BLACK_FLAG.len_utf8()..];
    let is_tag = |char: &char| matches!(char, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let count = tags.chars().take_while(is_tag).take(7).count();
    let ends_well = tags.chars().nth(count) == Some(TAGS_END);
    if (3..=6).contains(&count) && ends_well { text.len() - tags.len() + (count + 1) * TAGS_END.len_utf8() } else { at }
}

/// Whether it needs no further check: printable ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A value for a line of output: characters with an effect and invisible ones are escaped.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !judged(text).any(|(.., is_hostile)| is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for (_, char, is_hostile) in judged(text) {
        if is_hostile { line.extend(char.escape_default()) } else { line.push(char) }
    }
    Cow::Owned(line)
}

/// Text of a file with a picture for each character that must not be printed, and a map of its byte offsets.
#[derive(Debug)]
pub(crate) struct Pictured {
    pub(crate) text: String,
    /// Offsets up to which the length is unchanged, and by how much the text is longer after each.
    shifts: Vec<(usize, isize)>,
}

impl Pictured {
    /// Line breaks and tabs stay; the CR of a CR LF is removed.
    pub(crate) fn of(text: &str) -> Self {
        let mut pictured = Self { text: String::with_capacity(text.len()), shifts: Vec::new() };
        for (at, char, is_hostile) in judged(text) {
            let end = at + char.len_utf8();
            match char {
                '\n' | '\t' => pictured.text.push(char),
                '\r' if text[end..].starts_with('\n') => {}
                _ if is_hostile => pictured.text.push(picture(char)),
                _ => pictured.text.push(char),
            }
            let shift = pictured.text.len().cast_signed() - end.cast_signed();
            if pictured.shifts.last().map_or(0, |(_, shift)| *shift) != shift {
                pictured.shifts.push((end, shift));
            }
        }
        pictured
    }

    /// The new offset of a byte of the original.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let behind = self.shifts.partition_point(|(end, _)| *end <= byte);
        let shift = behind.checked_sub(1).map_or(0, |last| self.shifts[last].1);
        byte.saturating_add_signed(shift).min(self.text.len())
    }
}

/// The character that is shown for another one.
fn picture(char: char) -> char {
    match u32::from(char) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The same JSON, safe to print: such characters only occur in strings, where JSON has an escape for each.
pub(crate) fn in_json(document: &str) -> String {
    let mut safe = String::with_capacity(document.len());
    for (at, char, is_hostile) in judged(document) {
        if is_hostile && char != '\n' {
            let mut units = [0; 2];
            safe.extend(char.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else if char == '#' && is_command(document[at..].chars()) {
            safe.push_str("\\u0023");
        } else {
            safe.push(char);
        }
    }
    safe
}

/// Whether these characters begin as `##[group]` and `##vso[..]` do, which runners obey anywhere in a line.
/// Source: `ActionCommand.TryParse` of <https://github.com/actions/runner>, `Command.TryParse` of
/// <https://github.com/microsoft/azure-pipelines-agent>.
fn is_command(mut chars: impl Iterator<Item = char>) -> bool {
    chars.next() == Some('#')
        && chars.next() == Some('#')
        && chars.find(|char| !char.is_ascii_alphanumeric()).is_some_and(|char| char == '[')
}

/// A finished line in which no CI runner finds a command: neither `::` at its beginning, after white space, nor `##[`.
/// Colours are ignored, since a later step may remove them.
/// Source: <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>, and the runner's
/// `ActionCommand.TryParseV2`, which trims the line.
pub(crate) fn defused(line: &str) -> Cow<'_, str> {
    if !line.contains("::") && !line.contains('#') && !line.contains('\u{1b}') {
        return Cow::Borrowed(line);
    }
    let visible = visible(line);
    let mut stops: Vec<usize> = Vec::new();
    let begins = visible.iter().position(|(_, char)| !char.is_whitespace()).unwrap_or(visible.len());
    // `::: ` introduces a second file of a finding; the runner ignores it, since it has no such command
    match visible[begins..] {
        [(_, ':'), (_, ':'), (_, ':'), (_, ' '), ..] => {}
        [(at, ':'), (_, ':'), ..] => stops.push(at),
        _ => {}
    }
    for (index, (_, char)) in visible.iter().enumerate() {
        if *char == '#' && is_command(visible[index..].iter().map(|(_, char)| *char)) {
            stops.extend(visible.get(index + 1).map(|(at, _)| *at));
        }
    }
    if stops.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut safe = String::with_capacity(line.len() + stops.len());
    let mut from = 0;
    for stop in stops {
        safe.push_str(&line[from..stop]);
        safe.push('\\');
        from = stop;
    }
    safe.push_str(&line[from..]);
    Cow::Owned(safe)
}

/// The characters of a line without its colours, with their offsets.
fn visible(line: &str) -> Vec<(usize, char)> {
    let mut visible = Vec::new();
    let mut rest = line;
    while let Some(char) = rest.chars().next() {
        let at = line.len() - rest.len();
        if let Some(length) = colour(rest) {
            rest = &rest[length..];
        } else {
            visible.push((at, char));
            rest = &rest[char.len_utf8()..];
        }
    }
    visible
}

/// The length of the colour sequence (SGR, `ESC [ 1 ; 31 m`) that a text begins with.
fn colour(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|char: char| !char.is_ascii_digit() && char != ';')?;
    parameters[end..].starts_with('m').then_some(2 + end + 1)
}

/// A line that we have coloured: everything but the colours is escaped as by [`shown`].
pub(crate) fn coloured(line: &str) -> Cow<'_, str> {
    if !line.contains('\u{1b}') {
        return shown(line);
    }
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(length) = colour(rest) {
            safe.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        let next = rest.char_indices().skip(1).find(|(at, char)| *char == '\u{1b}' && colour(&rest[*at..]).is_some());
        let (text, after) = rest.split_at(next.map_or(rest.len(), |(at, _)| at));
        safe.push_str(&shown(text));
        rest = after;
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_effect_is_escaped() {
        for (text, safe) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\nb\rc\td", "a\\nb\\rc\\td"),
            ("\u{7f}\u{9b}31m\u{85}", "\\u{7f}\\u{9b}31m\\u{85}"),
            ("x\u{202e}y\u{2066}\u{200f}\u{61c}", "x\\u{202e}y\\u{2066}\\u{200f}\\u{61c}"),
            ("a\u{200b}b\u{200d}c\u{feff}\u{2028}", "a\\u{200b}b\\u{200d}c\\u{feff}\\u{2028}"),
            ("a\u{fe0f}\u{e0041}", "a\\u{fe0f}\\u{e0041}"),
            ("🏴\u{e0067}\u{e0062}", "🏴\\u{e0067}\\u{e0062}"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}\\u{fe0f}"),
            ("👩\u{200d}x", "👩\\u{200d}x"),
        ] {
            assert_eq!(shown(text), safe);
            assert_eq!(Pictured::of(text).text.chars().count(), text.chars().count(), "{safe}");
        }
    }

    #[test]
    fn what_people_write_stays() {
        for text in [
            "plain",
            "é ü 漢字 שלום",
            "👩\u{200d}🚀",
            "❤\u{fe0f}",
            "🏳\u{fe0f}\u{200d}🌈",
            "👍🏽",
            "👩🏽\u{200d}⚕\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "🇫🇷",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!",
            "a\\nb",
            "“…”",
        ] {
            assert_eq!(shown(text), text);
            assert_eq!(Pictured::of(text).text, text);
            assert_eq!(in_json(text), text);
        }
    }

    #[test]
    fn marks_stay_under_what_they_mark() {
        let text = "a\u{1b}b\u{9b}c\r\nd\u{7f}e\tf";
        let pictured = Pictured::of(text);
        assert_eq!(pictured.text, "a␛b\u{fffd}c\nd␡e\tf");
        for char in ['a', 'b', 'c', 'd', 'e', 'f', '\n'] {
            let (from, to) = (text.find(char).unwrap(), pictured.text.find(char).unwrap());
            assert_eq!(pictured.at(from), to, "{char:?}");
        }
        assert_eq!(pictured.at(text.len()), pictured.text.len());
        assert_eq!(pictured.at(text.find('\u{1b}').unwrap()), 1);
    }

    #[test]
    fn json_stays_the_same_value() {
        let value =
            serde_json::json!({"a": "\u{9b}\u{7f}\u{202e}\u{1b}\n", "b": ["👩\u{200d}🚀", "\u{e0041}", "##[error]x"]});
        let safe = in_json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!judged(&safe).any(|(_, char, is_hostile)| is_hostile && char != '\n'), "{safe}");
        assert!(safe.contains("\\udb40\\udc41") && !safe.contains("##["), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }

    #[test]
    fn no_line_is_a_command() {
        for (line, safe) in [
            ("::error::x", "\\::error::x"),
            (" \u{a0}\u{3000}::add-mask::x", " \u{a0}\u{3000}\\::add-mask::x"),
            ("\u{1b}[1m ::error::x", "\u{1b}[1m \\::error::x"),
            (":\u{1b}[0m:error::x", "\\:\u{1b}[0m:error::x"),
            ("a ##[group]", "a #\\#[group]"),
            ("##vso[task.x]###[y]", "#\\#vso[task.x]##\\#[y]"),
            ("#\u{1b}[0m#[x]", "#\u{1b}[0m\\#[x]"),
            ("a::b", "a::b"),
            (":::error::x", "\\:::error::x"),
            (" ::: a/b:1:1", " ::: a/b:1:1"),
            ("## [link]", "## [link]"),
        ] {
            assert_eq!(defused(line), safe);
        }
    }

    #[test]
    fn our_colours_pass_and_nothing_else() {
        assert_eq!(coloured("\u{1b}[1;31ma\u{1b}[0m"), "\u{1b}[1;31ma\u{1b}[0m");
        assert_eq!(coloured("\u{1b}[2J\u{1b}[mx\u{1b}]0;t\u{7}"), "\\u{1b}[2J\u{1b}[mx\\u{1b}]0;t\\u{7}");
    }
}
