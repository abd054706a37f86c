//! `go.mod`. Source: <https://go.dev/ref/mod#go-mod-file>.

use std::ops::Range;

/// The path of the module, and its place.
pub(crate) fn module(text: &str) -> Option<(&str, Range<usize>)> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let rest = line.trim_start().strip_prefix("module")?;
        let path = rest.split("//").next().unwrap_or_default();
        if !path.starts_with([' ', '\t']) {
            return None;
        }
        let path = path.trim().trim_matches(['"', '`']);
        let begin = start + line.find(path).filter(|_| !path.is_empty())?;
        Some((path, begin..begin + path.len()))
    })
}

/// The name of the program of a module: the last part of its path that is not a version, such as `v2`.
pub(crate) fn program(module: &str) -> Option<&str> {
    let is_version = |part: &str| {
        part.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    module.rsplit('/').find(|part| !is_version(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_names_the_program() {
        let text = "// the app\nmodule \"example.com/who/shop/v2\" // two\n\ngo 1.24\n";
        let (path, place) = module(text).unwrap();
        assert_eq!((path, &text[place], program(path)), ("example.com/who/shop/v2", path, Some("shop")));
        for text in ["", "modules x\n", "module \n", "module\n"] {
            assert_eq!(module(text), None, "{text}");
        }
        assert_eq!(program("v2"), None);
    }
}
