//! HTML pages: their titles, their scripts, and what they link to.

use std::ops::Range;

use super::Placed;

/// The text of the first `<title>`, as written, with its place.
pub(crate) fn title(text: &str) -> Option<(&str, Range<usize>)> {
    let open = text.find("<title")?;
    let start = open + text[open..].find('>')? + 1;
    let end = start + text[start..].find("</title")?;
    Some((&text[start..end], start..end))
}

/// A `<script>` with a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script<'t> {
    /// Its `type`.
    pub(crate) kind: Option<&'t str>,
    /// Its `src`, with the place between its quotes.
    pub(crate) source: Placed,
}

/// The maximum number of scripts that are read.
const SCRIPTS_MAX: usize = 200;

/// The scripts with a source, in their order; those in comments are left out.
pub(crate) fn scripts(text: &str) -> impl Iterator<Item = Script<'_>> {
    let found = text.match_indices("<script").take(SCRIPTS_MAX);
    found.filter_map(move |(at, tag)| {
        let before = &text[..at];
        if before.rfind("<!--").is_some_and(|open| before.rfind("-->").is_none_or(|close| close < open)) {
            return None;
        }
        let start = at + tag.len();
        let attributes = &text[start..start + text[start..].find('>')?];
        let source = attribute(attributes, "src")?;
        let place = start + source.start..start + source.end;
        let kind = attribute(attributes, "type").map(|range| &attributes[range]);
        Some(Script { kind, source: Placed { text: attributes[source].to_owned(), range: place } })
    })
}

/// The place of the value of an attribute: `src="a"`, `src='a'`, `src=a`.
fn attribute(attributes: &str, name: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let at = from + attributes[from..].find(name)?;
        from = at + name.len();
        let is_whole = attributes[..at].ends_with(|char: char| char.is_whitespace());
        let rest = attributes[from..].trim_start();
        let Some(value) = rest.strip_prefix('=').filter(|_| is_whole) else { continue };
        let value = value.trim_start();
        let start = attributes.len() - value.len();
        return match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            Some(quote) => Some(start + 1..start + 1 + value[1..].find(quote)?),
            None => Some(start..start + value.find(char::is_whitespace).unwrap_or(value.len())),
        };
    }
}

/// The values of `src` and `href`, as written, with their places.
pub(crate) fn links(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let named = ["src=", "href="].into_iter().flat_map(move |name| text.match_indices(name));
    named.filter_map(move |(at, name)| {
        let before = text[..at].chars().next_back()?;
        let start = at + name.len();
        let quote = text[start..].chars().next().filter(|char| matches!(char, '"' | '\''))?;
        let length = text[start + 1..].find(quote)?;
        let value = &text[start + 1..start + 1 + length];
        (before.is_whitespace() && !value.contains('\n')).then_some((value, start + 1..start + 1 + length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_their_places() {
        let page = "<script src=\"a.js\"></script><a href='b.html' data-src=\"c\">d</a><img src=e.png>";
        let found: Vec<_> = links(page).map(|(value, place)| (value, &page[place])).collect();
        assert_eq!(found, [("a.js", "a.js"), ("b.html", "b.html")]);
    }

    #[test]
    fn the_first_title_counts() {
        let page = "<head><title data-x>Shop</title><title>Other</title>";
        let (found, place) = title(page).unwrap();
        assert_eq!((found, &page[place]), ("Shop", "Shop"));
        assert_eq!((title("<title>Shop"), title("")), (None, None));
    }

    #[test]
    fn scripts_have_sources_and_types() {
        let page = "<script type=\"module\" crossorigin src='/a.ts'></script><script>1</script>\n<!-- <script src=b> -->\n<script data-src=no src = c.js async>";
        let found: Vec<_> = scripts(page).collect();
        let shown: Vec<_> = found.iter().map(|script| (script.kind, &page[script.source.range.clone()])).collect();
        assert_eq!(shown, [(Some("module"), "/a.ts"), (None, "c.js")]);
        for text in
            ["<script", "<script src", "<script src=\">", "<script src=>", "<script src='é", "<!--<script src=a>"]
        {
            assert!(scripts(text).all(|script| script.source.text.is_empty()), "{text}");
        }
    }
}
