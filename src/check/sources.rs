//! The files that a Dockerfile copies out of the repository.

use std::ops::Range;

use crate::dockerfile::{Dockerfile, Instruction};

/// One file or folder that a `COPY` or `ADD` names.
pub(super) struct Source {
    /// Its path in the repository.
    pub(super) path: String,
    pub(super) range: Range<usize>,
}

/// The sources that name one file or folder of the repository: no patterns, variables, addresses, or other stages.
pub(super) fn plain_sources(dockerfile: &Dockerfile<'_>) -> Vec<Source> {
    let mut sources = Vec::new();
    for step in dockerfile.stages.iter().flat_map(|stage| &stage.steps) {
        let Instruction::Copy(copy) = &step.instruction else { continue };
        if copy.flag("from").is_some()
            || copy.flags.iter().any(|flag| flag.name == "parents")
            || copy.shell_word().is_some()
        {
            continue;
        }
        for source in &copy.sources {
            let text = source.text.trim_matches('"');
            let is_plain =
                !text.contains(['*', '?', '[', '$', '\\', '"']) && !text.contains("://") && !text.starts_with("git@");
            let path = text.trim_start_matches("./").trim_matches('/');
            if is_plain && !path.is_empty() && path != "." && !path.split('/').any(|part| part == "..") {
                sources.push(Source { path: path.replace("/./", "/"), range: source.range.clone() });
            }
        }
    }
    sources
}
