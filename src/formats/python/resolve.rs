//! Resolves names.

use std::collections::{BTreeMap, BTreeSet};

/// The maximum depth of aliases of aliases: real code has few.
const STEPS_MAX: usize = 8;

/// Longer paths are useless.
const LENGTH_MAX: usize = 256;

/// The first name of a path.
pub(super) fn root_of(path: &str) -> &str {
    let end = path.bytes().position(|byte| matches!(byte, b'.' | b'(' | b'['));
    &path[..end.unwrap_or(path.len())]
}

/// A path with its first name replaced by what it stands for, repeatedly. What an imported name stands for is final: `mcp` may
/// be a name of the file, and the module that another name comes from.
pub(super) fn resolve(names: &BTreeMap<&str, String>, imported: &BTreeSet<&str>, path: &str) -> String {
    let mut path = path.to_owned();
    for _ in 0..STEPS_MAX {
        let (root, rest) = path.split_at(root_of(&path).len());
        let Some(meaning) = names.get(root).filter(|meaning| *meaning != root) else { break };
        if meaning.len() + rest.len() > LENGTH_MAX {
            break;
        }
        let next = [meaning, rest].concat();
        // `import a.b as a` and `a = a.b()` would never end
        let again = meaning.strip_prefix(root).is_some_and(|rest| rest.starts_with(['.', '(', '[']));
        let is_final = again || imported.contains(root);
        path = next;
        if is_final {
            break;
        }
    }
    path
}
