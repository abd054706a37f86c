//! Names of repositories on the Hub.

use super::value::{Invalid, excerpt, text_value};
use crate::facts::limits::{COMMIT_HASH_LEN, REPOSITORY_NAME_MAX};

/// The rule for one part of a repository id.
fn name_part(text: &str) -> Result<String, Invalid> {
    let refuse = |why: &str| Err(Invalid::new(format!("`{}` {why}", excerpt(text))));
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
    if text.is_empty() {
        return Err(Invalid::new("it is empty"));
    }
    if let Some(char) = text.chars().find(|char| !allowed(*char)) {
        return refuse(&format!("has {char:?}; a repository name consists of ASCII letters, digits, `_`, `-` and `.`"));
    }
    if text.len() > REPOSITORY_NAME_MAX {
        return refuse(&format!("is {} characters long, at most {REPOSITORY_NAME_MAX} are allowed", text.len()));
    }
    if text.starts_with(['-', '.']) || text.ends_with(['-', '.']) {
        return refuse("starts or ends with `-` or `.`");
    }
    if text.contains("--") || text.contains("..") {
        return refuse("has `--` or `..`");
    }
    if text.strip_suffix(".git").is_some() {
        return refuse("ends with `.git`");
    }
    Ok(text.to_owned())
}

text_value!(
    /// The name of the Space's repository, without its owner.
    RepoName,
    repo_name
);

fn repo_name(text: &str) -> Result<String, Invalid> {
    name_part(text).map_err(|error| match RepoName::from_folder(text) {
        valid if valid.as_str() != text && !text.is_empty() => error.hint(format!("`{valid}` is valid")),
        _ => error,
    })
}

impl RepoName {
    /// The valid name closest to a folder's name.
    #[must_use]
    pub fn from_folder(folder: &str) -> Self {
        let mut name = String::new();
        for char in folder.chars() {
            let char = if char.is_ascii_alphanumeric() || matches!(char, '_' | '.') { char } else { '-' };
            if !(matches!(char, '-' | '.') && name.ends_with(['-', '.'])) && name.len() < REPOSITORY_NAME_MAX {
                name.push(char);
            }
        }
        let mut name = name.trim_matches(['-', '.']);
        while let Some(stem) = name.strip_suffix(".git") {
            name = stem.trim_end_matches(['-', '.']);
        }
        Self(if name.is_empty() { "my-space".to_owned() } else { name.to_owned() })
    }
}

text_value!(
    /// A model or dataset repository: `owner/name` or, for old canonical ones, `name`.
    RepoId,
    repo_id
);

fn repo_id(text: &str) -> Result<String, Invalid> {
    if text.contains("://") {
        return Err(Invalid::new(format!("`{}` is an address", excerpt(text)))
            .hint("give `owner/name`, the last two parts of it"));
    }
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() > 2 {
        return Err(Invalid::new(format!("`{}` has more than one `/`", excerpt(text))).hint("give `owner/name`"));
    }
    for part in parts {
        name_part(part).map_err(|error| error.hint("a repository id is `owner/name`"))?;
    }
    Ok(text.to_owned())
}

text_value!(
    /// Files to fetch while the image is built: `owner/name`, `owner/name file1,file2` or `owner/name file1,file2 COMMIT`.
    /// Source: <https://huggingface.co/docs/hub/spaces-config-reference>.
    Preload,
    preload
);

fn preload(text: &str) -> Result<String, Invalid> {
    const FORM: &str = "write `owner/name`, or `owner/name file1,file2`, or `owner/name file1,file2 COMMIT`";
    let words: Vec<&str> = text.split_whitespace().collect();
    let (repo, rest) = words.split_first().ok_or_else(|| Invalid::new("it is empty").hint(FORM))?;
    repo_id(repo)?;
    let (files, commit) = match rest {
        [] => (None, None),
        [files] => (Some(*files), None),
        [files, commit] => (Some(*files), Some(*commit)),
        _ => return Err(Invalid::new(format!("`{}` has more than three parts", excerpt(text))).hint(FORM)),
    };
    if let Some(list) = rest.iter().find(|part| part.starts_with('[')) {
        return Err(Invalid::new(format!("`{}` has brackets", excerpt(list))).hint(FORM));
    }
    if let Some(bad) = files.into_iter().flat_map(|list| list.split(',')).find(|file| !is_file_pattern(file)) {
        return Err(Invalid::new(format!("`{}` is not a path in a repository", excerpt(bad))).hint(FORM));
    }
    if let Some(commit) = commit
        && (commit.len() != COMMIT_HASH_LEN || !commit.chars().all(|char| char.is_ascii_hexdigit()))
    {
        return Err(Invalid::new(format!("`{}` is not a full commit hash", excerpt(commit)))
            .hint(format!("give its {COMMIT_HASH_LEN} hexadecimal digits")));
    }
    Ok(words.join(" "))
}

fn is_file_pattern(file: &str) -> bool {
    !file.is_empty()
        && !file.starts_with('/')
        && file.split('/').all(|part| !part.is_empty() && part != "..")
        && file
            .chars()
            .all(|char| char.is_ascii_graphic() && !matches!(char, '\\' | '"' | '\'' | '`' | '$' | '[' | ']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_from_any_folder() {
        for (folder, name) in [
            ("my-demo", "my-demo"),
            ("My Demo!", "My-Demo"),
            ("--x..y--", "x.y"),
            ("démo", "d-mo"),
            ("a.git", "a"),
            ("a.git.git", "a"),
            ("日本", "my-space"),
            ("a--b", "a-b"),
        ] {
            assert_eq!(RepoName::from_folder(folder).as_str(), name);
            assert!(name.parse::<RepoName>().is_ok(), "{name}");
        }
        let long = RepoName::from_folder(&format!("{}-{}", "a".repeat(95), "b"));
        assert!(long.as_str().parse::<RepoName>().is_ok());
    }

    #[test]
    fn a_refused_name_comes_with_one_that_would_do() {
        let error = "my demo".parse::<RepoName>().unwrap_err();
        assert_eq!(error.hint_text(), Some("`my-demo` is valid"));
    }

    #[test]
    fn a_repository_id_has_one_owner_at_most() {
        assert!("gpt2".parse::<RepoId>().is_ok());
        assert!("openai-community/gpt2".parse::<RepoId>().is_ok());
        for id in ["", "a/b/c", "/b", "a/", "a b/c", "https://huggingface.co/a/b", "a/--b"] {
            assert!(id.parse::<RepoId>().is_err(), "{id}");
        }
    }

    #[test]
    fn preload_has_up_to_three_parts() {
        let commit = "11c5a3d5811f50298f278a704980280950aedb10";
        for item in ["gpt2", "a/b config.json,unet/x.safetensors", &format!("a/b config.json {commit}")] {
            assert_eq!(item.parse::<Preload>().unwrap().as_str(), item);
        }
        for item in
            ["", "a/b [x]", "a/b [x,y]", "a/b [x, y]", "a/b x, y", "a/b x main", "a/b ../x", "a/b x y z", "a/b x,,y"]
        {
            assert!(item.parse::<Preload>().is_err(), "{item}");
        }
        let error = "a/b [x,y]".parse::<Preload>().unwrap_err();
        assert_eq!(error.message(), "`[x,y]` has brackets");
        assert!(error.hint_text().unwrap().contains("`owner/name file1,file2`"));
    }
}
