//! The submodules of a repository: `.gitmodules`. Source: <https://git-scm.com/docs/gitmodules>.

/// A longer file is not read.
const LARGEST: usize = 64 * 1024;

/// The folders of the submodules.
pub(crate) fn folders(text: &str) -> impl Iterator<Item = &str> {
    let text = if text.len() > LARGEST { "" } else { text };
    text.lines().filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        let folder = value.trim().trim_matches('"').trim_start_matches("./").trim_end_matches('/');
        (key.trim().eq_ignore_ascii_case("path") && !folder.is_empty()).then_some(folder)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submodule_has_a_folder() {
        let text =
            "[submodule \"a\"]\n\tpath = vendor/a\n\turl = ../a.git\n[submodule \"b\"]\npath=\"b c/\"\r\n; path\n# x\n";
        assert_eq!(folders(text).collect::<Vec<_>>(), ["vendor/a", "b c"]);
        assert_eq!(folders(&format!("path = a\n{}", "x\n".repeat(LARGEST))).count(), 0);
    }
}
