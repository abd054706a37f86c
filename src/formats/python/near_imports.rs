//! The imports that a text may have, found without parsing it: all of those that parsing finds, and some in comments and texts.

/// A module or a name that may be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NearImport<'t> {
    pub(crate) level: usize,
    pub(crate) module: &'t str,
    /// The name in `from module import name`.
    pub(crate) name: Option<&'t str>,
}

const WORD: &str = "import";
/// How much text before `import` may name a module.
const NEAR: usize = 400;
/// The maximum length of what is imported.
const FAR: usize = 8 * 1024;

/// Those of a text.
pub(crate) fn near_imports(text: &str) -> impl Iterator<Item = NearImport<'_>> {
    let places = text.match_indices(WORD).filter(|(at, _)| !text[at + WORD.len()..].starts_with(is_part));
    places.filter_map(|(at, _)| Some((from(&text[..at])?, after(&text[at + WORD.len()..])))).flat_map(
        |(from, after)| {
            let lines = after.split('\n').map(|line| line.split(['#', ';']).next().unwrap_or_default());
            let parts = lines.flat_map(|line| line.split([',', '(', ')', '\\']));
            let names = parts.filter_map(|part| part.split_ascii_whitespace().next());
            names.map(move |name| match from {
                None => NearImport { level: 0, module: name, name: None },
                Some((level, module)) => NearImport { level, module, name: Some(name) },
            })
        },
    )
}

fn is_part(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// What precedes the word `import`: the dots and the module of `from .. import`, or an inner `None` for a plain `import`. `None` if the
/// word does not begin or continue such a statement.
#[expect(clippy::option_option, reason = "not a statement, a plain `import`, and `from .. import` are three cases")]
fn from(before: &str) -> Option<Option<(usize, &str)>> {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..];
    // Nearly all stand alone in a line
    let line = near.rsplit('\n').next().unwrap_or(near);
    let is_continued = near[..near.len() - line.len()].trim_end().ends_with('\\');
    if line.trim_start().is_empty() && !is_continued {
        return Some(None);
    }
    if let Some(module) = line.trim().strip_prefix("from ").filter(|_| !is_continued) {
        let rest = module.trim_start_matches('.');
        if rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')) {
            return Some(Some((module.len() - rest.len(), rest)));
        }
    }
    let mut line = near.trim_end_matches([' ', '\t']);
    // A line that ends with a backslash goes on
    while let Some(above) = line.strip_suffix('\n').and_then(|rest| rest.trim_end_matches('\r').strip_suffix('\\')) {
        line = above.trim_end_matches([' ', '\t']);
    }
    if line.is_empty() || line.ends_with(['\n', ';', ':', '\r', '\u{c}', '\u{feff}']) {
        return Some(None);
    }
    let is_space = |char: char| matches!(char, ' ' | '\t' | '\\' | '\n' | '\r');
    let start = line
        .rfind(|char| !(is_part(char) || char == '.' || is_space(char)))
        .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
    let (at, from) = line[start..].rmatch_indices("from").find(|(at, from)| {
        let (before, after) = (&line[..start + at], &line[start + at + from.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })?;
    let dotted = line[start + at + from.len()..].trim_matches(is_space);
    let module = dotted.trim_start_matches(|char| char == '.' || is_space(char));
    let level = dotted[..dotted.len() - module.len()].matches('.').count();
    Some(Some((level, module)))
}

/// What is imported, up to the end of the statement or a little further.
fn after(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(FAR)];
    if text.trim_start_matches([' ', '\t', '\\', '\r', '\n']).starts_with('(') {
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            if let Some(close) = line.split('#').next().and_then(|code| code.find(')')) {
                return &text[..end + close];
            }
            end += line.len();
        }
        return text;
    }
    let goes_on = |at: usize| text[..at].trim_end_matches('\r').ends_with('\\');
    let end = text.match_indices('\n').map(|(at, _)| at).find(|at| !goes_on(*at));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    #[test]
    fn every_import_that_parsing_finds_is_among_them() {
        for text in [
            "import a",
            "import a.b as c, d\nimport e;import f\n",
            "from a import b",
            "from .a.b import (c as d,  # and\n  e,\n\tf\n)",
            "from . import a\nfrom ..import b\nfrom ... x import c",
            "if x: import a\nelse: from a import b",
            "try:\n    from a import b, c\nexcept ImportError:\n    import d\n",
            "from a \\\n  import b, \\\n  c\r\nimport é\r\n",
            "from a import *\nx = 1; from b import c; y = 2",
            "\u{feff}import a\nfrom\ta\timport\tb",
            "import\\\n a",
            "from a import (\n\n  b  # (x)\n  , c\n)",
            "\"\"\"x\"\"\"; import a\nimportlib.x()",
        ] {
            let near: Vec<_> = near_imports(text).collect();
            for import in Source::read(text).imports {
                let found = NearImport { level: import.level, module: import.module, name: import.name };
                assert!(near.contains(&found), "{text:?}: {found:?} in {near:?}");
            }
        }
    }

    #[test]
    fn other_words_are_none() {
        for text in ["importlib.x", "my_import = 1", "the import of", "reimport", "x.import_module(a)", "import"] {
            assert_eq!(near_imports(text).count(), 0, "{text}");
        }
    }
}
