//! Here-documents that are not at the beginning of a `RUN`, as in `RUN cat > file <<EOF`.
//!
//! The parser only knows those at the beginning and would read the lines of the others as instructions. They are data for
//! the preceding program, so hiding them loses nothing.
//!
//! Source: <https://docs.docker.com/reference/dockerfile/#here-documents>; the words are those that match the builder's
//! expression `^(\d*)<<(-?)([^<]*)$`.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// The mark of UTF-8 that some editors write at the start of a file.
pub(super) const BOM: &str = "\u{feff}";

/// The text with such lines turned into comments of the same length, so that all offsets stay valid.
pub(super) fn hide(text: &str) -> Cow<'_, str> {
    let hidden: Vec<_> =
        documents(text).into_iter().filter(|(_, is_hidden)| *is_hidden).map(|(body, _)| body).collect();
    if hidden.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(without(text, &hidden)) }
}

/// The lines of all here-documents, also of those after a syntax error.
pub(crate) fn here_documents(text: &str) -> Vec<Range<usize>> {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let offset = text.len() - body.len();
    documents(body).into_iter().map(|(range, _)| range.start + offset..range.end + offset).collect()
}

/// The lines of each here-document, up to the end of the text if it has no end, and whether it has one and the parser does not
/// know it.
fn documents(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    let escape = escape_character(text);
    let ends = Ends { text, exact: OnceCell::new(), stripped: OnceCell::new() };
    while at < text.len() {
        let instruction = logical_line(text, at, escape);
        at = instruction.end;
        let documents = openers(&text[instruction]);
        for document in &documents {
            let Some(body) = ends.body(at, document) else {
                found.push((at..text.len(), false));
                break;
            };
            at = body.end;
            found.push((body, document.is_hidden));
        }
    }
    found
}

/// The operator that opens a here-document.
struct Opener {
    name: String,
    strips_tabs: bool,
    is_hidden: bool,
}

/// The line continuation character, set by the directive at the top.
fn escape_character(text: &str) -> char {
    let directives = text.lines().map_while(|line| line.trim_start().strip_prefix('#'));
    let mut values = directives.filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        name.trim().eq_ignore_ascii_case("escape").then(|| value.trim())
    });
    if values.next() == Some("`") { '`' } else { '\\' }
}

/// The lines of the instruction at an offset. A comment and an empty line are separate items.
fn logical_line(text: &str, start: usize, escape: char) -> Range<usize> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim();
        let is_passed_over = bare.is_empty() || bare.starts_with('#');
        let is_first = at == start;
        at += line.len();
        if (is_first && is_passed_over) || (!is_passed_over && !bare.ends_with(escape)) {
            break;
        }
    }
    start..at
}

/// The here-documents that an instruction opens, in the order of their lines.
fn openers(instruction: &str) -> Vec<Opener> {
    let (keyword, arguments) = instruction.trim_start().split_once([' ', '\t']).unwrap_or_default();
    let is_run = keyword.eq_ignore_ascii_case("RUN");
    if !is_run && !keyword.eq_ignore_ascii_case("COPY") && !keyword.eq_ignore_ascii_case("ADD") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut is_first = true;
    for word in words(arguments) {
        if word.starts_with("--") && is_first || word == "\\" || word == "`" {
            continue;
        }
        if let Some((name, strips_tabs)) = opener(&word) {
            found.push(Opener { name, strips_tabs, is_hidden: is_run && !is_first });
        }
        is_first = false;
    }
    found
}

/// The words, quotes left in them.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut is_escaped = false;
    for char in text.chars() {
        match (char, quote) {
            (' ' | '\t' | '\r' | '\n', None) if !is_escaped => words.push(String::new()),
            ('\'' | '"', None) if !is_escaped => quote = Some(char),
            (_, Some(open)) if char == open && !is_escaped => quote = None,
            _ => {}
        }
        is_escaped = char == '\\' && !is_escaped && quote != Some('\'');
        if quote.is_some() || !char.is_whitespace() {
            words.last_mut().into_iter().for_each(|word| word.push(char));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The delimiter of the document that a word opens, and whether leading tabs are removed from its lines.
fn opener(word: &str) -> Option<(String, bool)> {
    let rest = word.trim_start_matches(|char: char| char.is_ascii_digit()).strip_prefix("<<")?;
    let (rest, strips_tabs) = rest.strip_prefix('-').map_or((rest, false), |rest| (rest, true));
    let name = rest.replace(['\'', '"', '\\'], "");
    (!name.is_empty() && !name.contains('<')).then_some((name, strips_tabs))
}

/// The lines that may end a document: the last line with each text, so that a document without an end is not searched
/// through the whole file.
struct Ends<'t> {
    text: &'t str,
    exact: OnceCell<HashMap<&'t str, usize>>,
    /// Without the leading tabs.
    stripped: OnceCell<HashMap<&'t str, usize>>,
}

impl Ends<'_> {
    fn last(&self, opener: &Opener) -> Option<usize> {
        let lines = if opener.strips_tabs { &self.stripped } else { &self.exact };
        let lines = lines.get_or_init(|| {
            let starts = self.text.split_inclusive('\n').scan(0, |at, line| {
                let start = *at;
                *at += line.len();
                Some((bare(line, opener.strips_tabs), start))
            });
            starts.collect()
        });
        lines.get(opener.name.as_str()).copied()
    }

    /// The lines of a document that begins at an offset, with its last one; none if it has no end.
    fn body(&self, start: usize, opener: &Opener) -> Option<Range<usize>> {
        self.last(opener).filter(|last| *last >= start)?;
        let mut at = start;
        self.text[start..].split_inclusive('\n').find_map(|line| {
            at += line.len();
            (bare(line, opener.strips_tabs) == opener.name).then_some(start..at)
        })
    }
}

/// A line without its line break, and without leading tabs if they do not count.
fn bare(line: &str, strips_tabs: bool) -> &str {
    let line = line.trim_end_matches(['\r', '\n']);
    if strips_tabs { line.trim_start_matches('\t') } else { line }
}

fn without(text: &str, hidden: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for body in hidden {
        out.push_str(&text[done..body.start]);
        for line in text[body.clone()].split_inclusive('\n') {
            let bare = line.trim_end_matches(['\r', '\n']);
            if let Some(blanks) = bare.len().checked_sub(1) {
                out.push('#');
                out.push_str(&" ".repeat(blanks));
            }
            out.push_str(&line[bare.len()..]);
        }
        done = body.end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_document_behind_a_command_are_hidden() {
        let text = "FROM a\nRUN cat <<'X' > /f \\\n  && ls\nFROM é\n\nX\nRUN ls\n";
        assert_eq!(hide(text), "FROM a\nRUN cat <<'X' > /f \\\n  && ls\n#      \n\n#\nRUN ls\n");
    }

    #[test]
    fn what_the_parser_knows_and_what_is_no_document_stays() {
        for text in [
            "RUN <<X\nFROM b\nX\n",
            "RUN --network=none <<X\nls\nX\n",
            "COPY <<X /f\nls\nX\nRUN ls\n",
            "RUN cat <<<X\nRUN ls\n",
            "RUN echo \"<<X\"\nX\n",
            "RUN echo 'a <<X b'\nX\n",
            "# RUN cat <<X\nX\n",
            "RUN cat <<X\nno end\n",
            "RUN cat << X\nX\n",
        ] {
            assert!(matches!(hide(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn a_document_without_an_end_goes_on_to_the_end_of_the_text() {
        assert_eq!(here_documents("\u{feff}RUN <<A cat\na\nA\nCOPY <<B /f\nb\nRUN ls\n"), [15..19, 31..40]);
    }

    #[test]
    fn the_second_of_two_and_one_with_tabs_are_hidden() {
        assert_eq!(hide("RUN <<A cat 3<<-B\na\nA\n\tb\n\tB\nUSER x\n"), "RUN <<A cat 3<<-B\na\nA\n# \n# \nUSER x\n");
    }
}
