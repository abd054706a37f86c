//! The part of Rust's grammar that the house rules need: comments, strings, unit tests, functions.

use std::ops::Range;

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    Comment,
    Text,
}

/// The code of a source: without comments, unit tests and blank lines.
pub(super) fn code(source: &str) -> String {
    let (code, _) = shipped(source);
    code.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The code of a source with its lines unchanged, and blank strings.
pub(super) fn skeleton(source: &str) -> String {
    shipped(source).1
}

/// The source without comments and unit tests, and the same with blank strings, every byte at the same place.
fn shipped(source: &str) -> (String, String) {
    let (mut code, mut skeleton) = (String::new(), String::new());
    let mut rest = source;
    while !rest.is_empty() {
        let (part, length) = part(rest);
        let (text, after) = rest.split_at(length);
        code.push_str(&if part == Part::Comment { blank(text) } else { text.to_owned() });
        skeleton.push_str(&if part == Part::Code { text.to_owned() } else { blank(text) });
        rest = after;
    }
    while let Some(at) = skeleton.find("#[cfg(test)]") {
        let item = at..end_of_item(&skeleton, at);
        for text in [&mut code, &mut skeleton] {
            text.replace_range(item.clone(), &blank(&text[item.clone()]));
        }
    }
    (code, skeleton)
}

/// A space for each byte; line breaks stay.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// The first part of a text, and its length.
fn part(text: &str) -> (Part, usize) {
    let closed = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    let word = text.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(text.len());
    let hashes = text[word..].len() - text[word..].trim_start_matches('#').len();
    if text.starts_with("//") {
        (Part::Comment, text.find('\n').unwrap_or(text.len()))
    } else if text.starts_with("/*") {
        (Part::Comment, closed(2, "*/"))
    } else if matches!(&text[..word], "r" | "br" | "cr") && text[word + hashes..].starts_with('"') {
        (Part::Text, closed(word + hashes + 1, &format!("\"{}", "#".repeat(hashes))))
    } else if word > 0 {
        (Part::Code, word)
    } else if text.starts_with('"') {
        (Part::Text, quoted(text, '"'))
    } else if text.starts_with('\'') && (text[1..].starts_with('\\') || text[1..].chars().nth(1) == Some('\'')) {
        (Part::Text, quoted(text, '\''))
    } else {
        (Part::Code, text.chars().next().map_or(0, char::len_utf8))
    }
}

/// The length of a quoted part, up to the next quote without a backslash before it.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        if char == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    text.len()
}

/// Where the item that begins at a place ends: after its block, or its semicolon.
fn end_of_item(skeleton: &str, from: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in skeleton.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(byte, b'}' | b';') {
            return at + 1;
        }
    }
    skeleton.len()
}

/// Where a text occurs as a whole word.
pub(super) fn places<'s>(skeleton: &'s str, word: &'s str) -> impl Iterator<Item = usize> + 's {
    let in_word = |char: char| char.is_alphanumeric() || char == '_';
    let is_one = move |at: &usize| {
        !skeleton[..*at].ends_with(in_word)
            && (word.ends_with(':') || !skeleton[at + word.len()..].starts_with(in_word))
    };
    skeleton.match_indices(word).map(|(at, _)| at).filter(is_one)
}

/// The name of each function with a block, and how many lines it has from `fn` to the last brace.
pub(super) fn functions(skeleton: &str) -> Vec<(&str, usize)> {
    let functions = places(skeleton, "fn").filter_map(|at| {
        let name = skeleton[at + 2..].strip_prefix(' ')?;
        let name = &name[..name.find(|char: char| !char.is_alphanumeric() && char != '_')?];
        let item: Range<usize> = at..end_of_item(skeleton, at);
        let is_one = !name.is_empty() && skeleton[item.clone()].ends_with('}');
        is_one.then(|| (name, skeleton[item].lines().count()))
    });
    functions.collect()
}

#[test]
fn comments_and_unit_tests_are_not_code() {
    let source = "//! clap\nlet a = 1; // clap\n    /// clap\nlet b = \"//\"; /* clap */\n#[cfg(test)]\nfn t(a: [u8; 1]) { \
        \"}\" }\nlet c = 2;\n#[cfg(test)]\nmod tests { use clap; }\n";
    assert_eq!(code(source), "let a = 1;\nlet b = \"//\";\nlet c = 2;");
}

#[test]
fn strings_are_not_part_of_the_skeleton() {
    let source = r##"f("{\"", '"', '\'', '{', r"\", br#"{"}"#, 'a: loop {}) // "{"##;
    assert_eq!(skeleton(source).split_whitespace().collect::<String>(), "f(,,,,,,'a:loop{})");
    assert_eq!(skeleton(source).len(), source.len());
}

#[test]
fn functions_are_measured_from_their_first_line_to_their_last() {
    let source = "trait T { fn none(&self) -> [u8; 2]; }\nfn one() {}\nimpl A {\n    fn three(f: fn(u8)) {\n        \"\n}\"\n    }\n}\n";
    assert_eq!(functions(&skeleton(source)), [("one", 1), ("three", 4)]);
}
