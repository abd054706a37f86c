//! HTML pages: their titles.

use std::ops::Range;

/// The text of the first `<title>`, as written, with its place.
pub(crate) fn title(text: &str) -> Option<(&str, Range<usize>)> {
    let open = text.find("<title")?;
    let start = open + text[open..].find('>')? + 1;
    let end = start + text[start..].find("</title")?;
    Some((&text[start..end], start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_title_counts() {
        let page = "<head><title data-x>Shop</title><title>Other</title>";
        let (found, place) = title(page).unwrap();
        assert_eq!((found, &page[place]), ("Shop", "Shop"));
        assert_eq!((title("<title>Shop"), title("")), (None, None));
    }
}
