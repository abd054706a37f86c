//! HTML pages: their titles, and what they link to.

use std::ops::Range;

/// The text of the first `<title>`, as written, with its place.
pub(crate) fn title(text: &str) -> Option<(&str, Range<usize>)> {
    let open = text.find("<title")?;
    let start = open + text[open..].find('>')? + 1;
    let end = start + text[start..].find("</title")?;
    Some((&text[start..end], start..end))
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
}
