//! Free text: title, description, tags.

use super::value::{Invalid, excerpt, one_line, text_value};
use crate::facts::limits::SHORT_DESCRIPTION_MAX_UTF16;

text_value!(
    /// The title of a Space: any one-line text.
    Title,
    one_line
);

impl Title {
    /// A title for a folder: `my-first_demo` becomes `My First Demo`.
    #[must_use]
    pub fn from_folder(folder: &str) -> Self {
        let words = folder.split(['-', '_', '.', ' ']).filter(|word| !word.is_empty()).map(capitalised);
        let title = words.collect::<Vec<_>>().join(" ");
        one_line(&title).map_or_else(|_| Self("My Space".to_owned()), Self)
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

text_value!(
    /// The line below a Space's title, at most 60 characters long.
    ShortDescription,
    short_description
);

fn short_description(text: &str) -> Result<String, Invalid> {
    let line = one_line(text)?;
    let length = line.encode_utf16().count();
    if length > SHORT_DESCRIPTION_MAX_UTF16 {
        return Err(Invalid::new(format!(
            "it is {length} characters long, the Hub refuses more than {SHORT_DESCRIPTION_MAX_UTF16}"
        ))
        .hint(format!("shorten it by {}", length - SHORT_DESCRIPTION_MAX_UTF16)));
    }
    Ok(line)
}

text_value!(
    /// A tag of a Space.
    Tag,
    tag
);

fn tag(text: &str) -> Result<String, Invalid> {
    let line = one_line(text)?;
    if line.contains(',') {
        return Err(Invalid::new(format!("`{}` has a comma", excerpt(&line))).hint("give each tag separately"));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_from_a_folder() {
        assert_eq!(Title::from_folder("my-first_demo").as_str(), "My First Demo");
        assert_eq!(Title::from_folder("élan vital").as_str(), "Élan Vital");
        assert_eq!(Title::from_folder("...").as_str(), "My Space");
    }

    #[test]
    fn a_description_is_counted_as_the_hub_counts() {
        assert!("a".repeat(60).parse::<ShortDescription>().is_ok());
        let error = "a".repeat(61).parse::<ShortDescription>().unwrap_err();
        assert_eq!(error.message(), "it is 61 characters long, the Hub refuses more than 60");
        assert!("🚀".repeat(31).parse::<ShortDescription>().is_err(), "an emoji is two UTF-16 code units");
    }

    #[test]
    fn text_that_some_reader_would_break_is_refused() {
        for text in ["", " ", "a\nb", "a\u{0}b", "a\u{2028}b", "a\u{feff}b", "a\u{ffff}b", "a\u{85}b"] {
            assert!(text.parse::<Title>().is_err(), "{text:?}");
        }
        for text in ["{{7*7}}", "$(id)", "`x`", "# no", "- a", "a: b", "שלום", "🇫🇷", "yes", "1e3"] {
            assert_eq!(text.parse::<Title>().unwrap().as_str(), text);
        }
    }
}
