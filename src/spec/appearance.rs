//! How a Space's card looks: emoji and colours.

use super::value::{Invalid, excerpt, not_listed, text_value};
use crate::hub::limits::COLORS;

text_value!(
    /// One emoji that the Hub takes.
    ///
    /// The Hub asks for a character of Unicode's class Extended_Pictographic, in which flags and keycaps are not.
    Emoji,
    emoji
);

fn emoji(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    let Some(known) = emojis::get(text) else {
        return Err(Invalid::new(format!("`{}` is not one emoji", excerpt(text))).hint("give a single one, such as 🚀"));
    };
    let keycap = text.contains('\u{20e3}');
    if keycap || known.group() == emojis::Group::Flags && !text.chars().any(is_pictographic_flag) {
        return Err(Invalid::new(format!("`{text}` is a {}", if keycap { "keycap" } else { "flag" }))
            .hint("the Hub takes pictographs alone, such as 🚀"));
    }
    Ok(text.to_owned())
}

/// Flags which are pictographs by themselves (🏁 🚩 🎌 🏴 🏳), unlike pairs of regional indicators.
fn is_pictographic_flag(char: char) -> bool {
    matches!(char, '\u{1f3c1}' | '\u{1f6a9}' | '\u{1f38c}' | '\u{1f3f4}' | '\u{1f3f3}')
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
        for text in ["🚀", "👩‍🚀", "👍🏽", "❤️", "🏁", "🏳️‍🌈"] {
            assert!(text.parse::<Emoji>().is_ok(), "{text}");
        }
        for text in ["", "rocket", "🚀🚀", "🇫🇷", "1️⃣", "a", "🚀a"] {
            assert!(text.parse::<Emoji>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_colour_outside_the_eight_names_them() {
        let error = "#ff0000".parse::<Color>().unwrap_err();
        assert_eq!(error.hint_text(), Some("one of: red, yellow, green, blue, indigo, purple, pink, gray"));
    }
}
