//! The modules that JavaScript imports.

use std::ops::Range;

use super::javascript::string_end;

/// The modules that code without comments imports by a text: as written, with their places. Imports of types alone are left out.
pub(crate) fn imports(code: &str) -> Vec<(&str, Range<usize>)> {
    let bytes = code.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let quote = bytes[at];
        if !matches!(quote, b'\'' | b'"' | b'`') {
            at += 1;
            continue;
        }
        let end = string_end(bytes, at, quote);
        let place = at + 1..(end - 1).max(at + 1);
        if quote != b'`' && bytes.get(place.end) == Some(&quote) && is_imported(&code[..at]) {
            found.push((&code[place.clone()], place));
        }
        at = end;
    }
    found
}

/// Whether the text that follows names a module.
fn is_imported(before: &str) -> bool {
    const NEAR: usize = 400;
    let before = &before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..];
    let trimmed = before.trim_end();
    let word = |word: &str| {
        let rest = trimmed.strip_suffix(word)?;
        (!rest.ends_with(|char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$' | '.'))).then_some(rest)
    };
    if let Some(rest) = word("from") {
        let start = ["import", "export"].iter().filter_map(|word| Some((rest.rfind(word)?, word.len()))).max();
        let named = start.map_or("", |(at, length)| &rest[at + length..]);
        return start.is_some() && !named.trim_start().starts_with("type ") && !named.contains([';', '=']);
    }
    ["import", "import(", "require("].into_iter().any(|before| word(before).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_modules_are_found_as_they_are_written() {
        let code = "import a from './a';import './b.css'\nexport * from \"../c\"\nconst d = require('d'), e = await import('./e');\n\
                    import type { F } from './f'; import {\n  G,\n} from '@/g'; x('./h'); `from './i'`; from = './j'; my.require('./k')";
        let found: Vec<_> = imports(code).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, ["./a", "./b.css", "../c", "d", "./e", "@/g"]);
        let (name, place) = imports("import 'é'")[0].clone();
        assert_eq!((name, place), ("é", 8..10));
        assert_eq!(imports("import '"), []);
    }
}
