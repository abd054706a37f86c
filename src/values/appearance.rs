//! The look of a Space's card: emoji and colours.

use unicode_properties::UnicodeEmoji;

use super::value::{Invalid, excerpt, not_listed, text_value};
use crate::facts::limits::COLORS;

text_value!(
    /// One emoji that the Hub accepts.
    ///
    /// The Hub requires a character of Unicode's class Extended_Pictographic, which excludes flags and keycaps.
    Emoji,
    emoji
);

fn emoji(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if is_one_emoji(text) {
        return Ok(text.to_owned());
    }
    let pictographs = "the Hub only accepts pictographs, such as 🚀";
    Err(if text.contains(KEYCAP) {
        Invalid::new(format!("`{}` is a keycap", excerpt(text))).hint(pictographs)
    } else if text.chars().all(is_regional_indicator) && text.chars().count() == 2 {
        Invalid::new(format!("`{text}` is a flag")).hint(pictographs)
    } else {
        Invalid::new(format!("`{}` is not one emoji", excerpt(text))).hint("give a single one, such as 🚀")
    })
}

const KEYCAP: char = '\u{20e3}';
const JOINER: char = '\u{200d}';

/// Whether a text is one emoji that starts with a pictograph: pictographs with their presentation, skin tone
/// or tags, joined to one.
/// Source: <https://www.unicode.org/reports/tr51/#EBNF_and_Regex>.
fn is_one_emoji(text: &str) -> bool {
    text.split(JOINER).all(|element| {
        let mut chars = element.chars();
        let starts_well = chars.next().is_some_and(is_pictograph);
        let mut rest = chars.as_str();
        if let Some(after) = rest.strip_prefix(|char| char == '\u{fe0f}' || is_skin_tone(char)) {
            rest = after;
        }
        let is_tag = |char: char| matches!(char, '\u{e0020}'..='\u{e007e}');
        let tags_end_well =
            rest.strip_suffix('\u{e007f}').is_some_and(|tags| !tags.is_empty() && tags.chars().all(is_tag));
        starts_well && (rest.is_empty() || tags_end_well)
    })
}

/// The emoji that are Extended_Pictographic: all except the parts of keycaps and flags, and skin tones.
fn is_pictograph(char: char) -> bool {
    char.is_emoji_char() && !char.is_ascii() && !is_regional_indicator(char) && !is_skin_tone(char)
}

fn is_regional_indicator(char: char) -> bool {
    matches!(char, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_skin_tone(char: char) -> bool {
    matches!(char, '\u{1f3fb}'..='\u{1f3ff}')
}

text_value!(
    /// One of the eight colours of a card's gradient.
    Color,
    color
);

fn color(text: &str) -> Result<String, Invalid> {
    if COLORS.contains(&text) {
        return Ok(text.to_owned());
    }
    Err(match text {
        "grey" => not_listed("gray", &COLORS, "a colour of the Hub").hint("did you mean `gray`?"),
        _ => not_listed(text, &COLORS, "a colour of the Hub").hint(format!("one of: {}", COLORS.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pictograph_is_taken() {
        for text in
            ["🚀", "👩‍🚀", "👍🏽", "❤️", "❤", "🏁", "🏳️‍🌈", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"]
        {
            assert!(text.parse::<Emoji>().is_ok(), "{text}");
        }
        for text in [
            "",
            "rocket",
            "🚀🚀",
            "🇫🇷",
            "1️⃣",
            "a",
            "🚀a",
            "1",
            "🏽",
            "🚀\u{200d}",
            "\u{fe0f}",
            "🚀\u{e007f}",
            "🚀\u{301}",
        ] {
            assert!(text.parse::<Emoji>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_colour_outside_the_eight_names_them() {
        let error = "#ff0000".parse::<Color>().unwrap_err();
        assert_eq!(error.hint_text(), Some("one of: red, yellow, green, blue, indigo, purple, pink, gray"));
    }
}
