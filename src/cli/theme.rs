//! How prompts look: escaped, and cut to the width of the terminal.

use std::fmt::{self, Write};

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use spaces_new::report::shown;

use super::screen::{columns, fit, width};

/// The columns of the marks around a prompt.
const MARKS: usize = 6;

/// The theme of the prompts: with colour, if that is on. Every prompt uses it, so that none shows a name or a value
/// unescaped.
pub(super) fn theme() -> Box<dyn Theme> {
    theme_of(&[])
}

/// The theme for a list of items, which says so when none of them matches.
pub(super) fn theme_of(items: &[String]) -> Box<dyn Theme> {
    let items = items.to_vec();
    let choice = anstream::AutoStream::choice(&std::io::stderr());
    if choice == anstream::ColorChoice::Never {
        dialoguer::console::set_colors_enabled_stderr(false);
        Box::new(Escaping { theme: SimpleTheme, items })
    } else {
        Box::new(Escaping { theme: ColorfulTheme::default(), items })
    }
}

/// Another theme that escapes everything it shows.
struct Escaping<T> {
    theme: T,
    items: Vec<String>,
}

impl<T: Theme> Theme for Escaping<T> {
    fn format_prompt(&self, out: &mut dyn Write, prompt: &str) -> fmt::Result {
        self.theme.format_prompt(out, &shown(prompt))
    }

    fn format_error(&self, out: &mut dyn Write, error: &str) -> fmt::Result {
        self.theme.format_error(out, &shown(error))
    }

    fn format_confirm_prompt(&self, out: &mut dyn Write, prompt: &str, default: Option<bool>) -> fmt::Result {
        self.theme.format_confirm_prompt(out, &shown(prompt), default)
    }

    fn format_confirm_prompt_selection(&self, out: &mut dyn Write, prompt: &str, yes: Option<bool>) -> fmt::Result {
        self.theme.format_confirm_prompt_selection(out, &shown(prompt), yes)
    }

    fn format_input_prompt(&self, out: &mut dyn Write, prompt: &str, default: Option<&str>) -> fmt::Result {
        self.theme.format_input_prompt(out, &shown(prompt), default.map(shown).as_deref())
    }

    fn format_input_prompt_selection(&self, out: &mut dyn Write, prompt: &str, answer: &str) -> fmt::Result {
        self.theme.format_input_prompt_selection(out, &shown(prompt), &shown(answer))
    }

    fn format_select_prompt(&self, out: &mut dyn Write, prompt: &str) -> fmt::Result {
        self.theme.format_select_prompt(out, &shown(prompt))
    }

    fn format_select_prompt_selection(&self, out: &mut dyn Write, prompt: &str, answer: &str) -> fmt::Result {
        self.theme.format_select_prompt_selection(out, &shown(prompt), &shown(answer))
    }

    fn format_select_prompt_item(&self, out: &mut dyn Write, item: &str, active: bool) -> fmt::Result {
        self.theme.format_select_prompt_item(out, &shown(item), active)
    }

    fn format_fuzzy_select_prompt(&self, out: &mut dyn Write, prompt: &str, search: &str, at: usize) -> fmt::Result {
        let matcher = SkimMatcherV2::default();
        let fits = |item: &String| matcher.fuzzy_match(item, search).is_some();
        let prompt = if self.items.is_empty() || self.items.iter().any(fits) {
            shown(prompt).into_owned()
        } else {
            format!("{} (nothing matches)", shown(prompt))
        };
        // The search keeps the text before the cursor, and the prompt what is left of the line
        let room = columns().saturating_sub(MARKS);
        let (before, after) = (shown(search.get(..at).unwrap_or(search)), shown(search.get(at..).unwrap_or_default()));
        let mut head = before.into_owned();
        while width(&head) > room / 2 {
            head.remove(0);
        }
        let tail = fit(&after, (room / 2).saturating_sub(width(&head)).max(3));
        let prompt = fit(&prompt, room.saturating_sub(width(&head) + width(&tail)));
        self.theme.format_fuzzy_select_prompt(out, &prompt, &format!("{head}{tail}"), head.len())
    }

    fn format_fuzzy_select_prompt_item(
        &self,
        out: &mut dyn Write,
        item: &str,
        active: bool,
        highlight: bool,
        matcher: &SkimMatcherV2,
        search: &str,
    ) -> fmt::Result {
        if search.is_empty() {
            return self.format_select_prompt_item(out, item, active);
        }
        self.theme.format_fuzzy_select_prompt_item(out, &shown(item), active, highlight, matcher, search)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{1b}]0;x\u{7}\n\u{9b}31m\u{202e}";

    fn drawn(theme: &dyn Theme) -> String {
        let mut out = String::new();
        let matcher = SkimMatcherV2::default();
        theme.format_prompt(&mut out, HOSTILE).unwrap();
        theme.format_error(&mut out, HOSTILE).unwrap();
        theme.format_confirm_prompt(&mut out, HOSTILE, Some(true)).unwrap();
        theme.format_confirm_prompt_selection(&mut out, HOSTILE, Some(true)).unwrap();
        theme.format_input_prompt(&mut out, HOSTILE, Some(HOSTILE)).unwrap();
        theme.format_input_prompt_selection(&mut out, HOSTILE, HOSTILE).unwrap();
        theme.format_select_prompt(&mut out, HOSTILE).unwrap();
        theme.format_select_prompt_selection(&mut out, HOSTILE, HOSTILE).unwrap();
        theme.format_select_prompt_item(&mut out, HOSTILE, true).unwrap();
        theme.format_fuzzy_select_prompt(&mut out, HOSTILE, HOSTILE, 1).unwrap();
        theme.format_fuzzy_select_prompt_item(&mut out, HOSTILE, true, true, &matcher, "").unwrap();
        theme.format_fuzzy_select_prompt_item(&mut out, HOSTILE, true, true, &matcher, "a").unwrap();
        out
    }

    #[test]
    fn no_prompt_shows_a_value_as_it_came() {
        let plain = Escaping { theme: SimpleTheme, items: Vec::new() };
        let coloured = Escaping { theme: ColorfulTheme::default(), items: Vec::new() };
        for out in [drawn(&plain), drawn(&coloured)] {
            for char in ["\u{1b}]", "\u{7}", "\n", "\u{9b}", "\u{202e}"] {
                assert!(!out.contains(char), "{out:?}");
            }
        }
    }

    #[test]
    fn a_search_without_a_match_says_so_and_stays_in_its_line() {
        let theme = Escaping { theme: SimpleTheme, items: vec!["apache-2.0".to_owned(), "mit".to_owned()] };
        let mut out = String::new();
        theme.format_fuzzy_select_prompt(&mut out, "Licence", "mi", 2).unwrap();
        assert_eq!(out, "Licence mi|");
        for search in ["zz", &"z".repeat(300)] {
            out.clear();
            theme.format_fuzzy_select_prompt(&mut out, "Licence", search, search.len()).unwrap();
            assert!(width(&out) <= columns() && out.contains("nothing m"), "{out}");
        }
    }
}
