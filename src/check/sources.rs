//! The files that a Dockerfile copies out of the repository.

use std::ops::Range;

use crate::formats::dockerfile::{Base, Command, Copy, Dockerfile, Instruction, Run, Stage, Step};
use crate::formats::wildmatch::{Glob, LONGEST_PATTERN, go_glob};
use crate::repo::Repo;

use super::space::DOCKERFILE;

/// A file or folder in a `COPY` or `ADD`.
pub(super) struct Source {
    /// Its path in the repository.
    pub(super) path: String,
    pub(super) range: Range<usize>,
}

/// The sources that are one file or folder of the repository: no patterns, variables, addresses, or other stages.
pub(super) fn plain_sources(dockerfile: &Dockerfile<'_>) -> Vec<Source> {
    let mut sources = Vec::new();
    for (_, copy) in dockerfile.copies() {
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
            // `web/.` and `./web//` are the folder `web`
            let parts = inside(text);
            if is_plain && !parts.is_empty() {
                sources.push(Source { path: parts.join("/"), range: source.range.clone() });
            }
        }
    }
    sources
}

/// The parts of a source. `..` does not leave the repository: `../shared` is `shared`, as `/shared` would be.
/// Source: `NormalizePath` in <https://github.com/moby/buildkit/blob/master/util/system/path.go>.
fn inside(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// A file that a pattern of a `COPY` must match: a later command reads it.
pub(super) struct Wanted {
    /// Its path in the repository.
    pub(super) path: String,
    /// The pattern.
    pub(super) pattern: Range<usize>,
    /// The place where the command names it.
    pub(super) read: Range<usize>,
}

/// The files that a pattern at the root of the repository must match, since a command of the same stage reads them. A pattern
/// without a match copies nothing, and then the command fails.
///
/// Source: `docopy` in <https://github.com/moby/buildkit/blob/master/solver/llbsolver/file/backend.go>, where an empty match is
/// allowed.
pub(super) fn wanted_of_patterns(dockerfile: &Dockerfile<'_>, repo: &Repo) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut left = COST_MAX;
    for stage in &dockerfile.stages {
        let Some(steps) = steps_of(dockerfile, stage) else { continue };
        let cost: usize = steps.iter().map(|step| cost(step)).sum();
        let Some(after) = left.checked_sub(cost) else {
            repo.skip(
                DOCKERFILE,
                "its stages repeat too many instructions, so the files that its commands read were not followed",
            );
            break;
        };
        left = after;
        let found = wanted_in(&steps, repo);
        // A stage that others are based on is visited for each of them
        wanted.extend(
            found.into_iter().filter(|found| wanted.iter().all(|known| known.read != found.read)).collect::<Vec<_>>(),
        );
    }
    wanted
}

/// The cost of examining a step, roughly in words.
fn cost(step: &Step<'_>) -> usize {
    1 + match &step.instruction {
        Instruction::Copy(copy) => copy.sources.len(),
        Instruction::Run(run) => run.line.range.len() / 8,
        _ => 0,
    }
}

/// The steps of a stage, after those of the stages that it is based on. None if its base is unknown, and may contain
/// anything.
fn steps_of<'d, 't>(dockerfile: &'d Dockerfile<'t>, stage: &'d Stage<'t>) -> Option<Vec<&'d Step<'t>>> {
    let mut stages = vec![stage];
    let mut first = stage;
    while let Base::Stage(index) = first.base {
        first = dockerfile.stages.get(index)?;
        stages.push(first);
        if stages.len() > STAGES_MAX {
            return None;
        }
    }
    let is_known = matches!(&first.base, Base::Image(image) if image.is_known());
    is_known.then(|| stages.into_iter().rev().flat_map(|stage| &stage.steps).collect())
}

/// A folder of the repository that a pattern searches and that does not exist, with the pattern. The build stops at it, while a
/// pattern without a match in an existing folder copies nothing.
///
/// Source: <https://github.com/moby/buildkit/issues/2933>.
pub(super) fn folders_of_patterns(dockerfile: &Dockerfile<'_>) -> Vec<Source> {
    let copies = dockerfile.copies().map(|(_, copy)| copy).filter(|copy| is_of_context(copy));
    let sources = copies.flat_map(|copy| &copy.sources).filter_map(|source| {
        let (folder, _) = source.text.split_at(source.text.find(['*', '?', '['])?);
        let folder = folder.rsplit_once('/')?.0.trim_start_matches("./").trim_matches('/');
        let is_plain = !source.text.contains(['$', '\\', '"', ':']) && !folder.is_empty() && folder != ".";
        let is_inside = !folder.split('/').any(|part| matches!(part, "" | "." | ".."));
        (is_plain && is_inside).then(|| Source { path: folder.to_owned(), range: source.range.clone() })
    });
    sources.collect()
}

/// Whether its sources are files of the repository, by their own paths.
fn is_of_context(copy: &Copy<'_>) -> bool {
    copy.flag("from").is_none()
        && !copy.flags.iter().any(|flag| matches!(&*flag.name, "parents" | "exclude"))
        && copy.shell_word().is_none()
}

/// The maximum number of files that are read, and of stages that are based on one another.
const READ_MAX: usize = 32;
const STAGES_MAX: usize = 32;
/// The limit for visiting base stages again: a Dockerfile of the maximum size takes a tenth of it.
const COST_MAX: usize = 500_000;

fn wanted_in(steps: &[&Step<'_>], repo: &Repo) -> Vec<Wanted> {
    let mut patterns: Vec<(Glob, Range<usize>)> = Vec::new();
    let mut settled: Vec<String> = Vec::new();
    let mut wanted = Vec::new();
    for step in steps {
        match &step.instruction {
            Instruction::Copy(copy) if !may_bring_others(copy, repo) => patterns.extend(patterns_of(copy, repo)),
            Instruction::Run(run) => {
                let Some(read) = files_read(run) else { return wanted };
                for (path, range) in read {
                    // A file that was read before exists, or was reported
                    if settled.contains(&path) {
                        continue;
                    }
                    if settled.len() == READ_MAX {
                        return wanted;
                    }
                    let matches = |(pattern, _): &&(Glob, _)| repo.work().spend(|steps| pattern.matches(&path, steps));
                    let pattern = patterns.iter().find(matches);
                    let is_named_before = || steps.iter().any(|other| names(&other.instruction, &path, range.start));
                    if let Some((_, pattern)) = pattern.filter(|_| !is_named_before()) {
                        wanted.push(Wanted { path: path.clone(), pattern: pattern.clone(), read: range });
                    }
                    settled.push(path);
                }
            }
            Instruction::Copy(_) | Instruction::Workdir(_) if !patterns.is_empty() => return wanted,
            Instruction::Copy(_) => return Vec::new(),
            _ => {}
        }
    }
    wanted
}

/// The patterns of a copy into the folder that commands run in.
fn patterns_of(copy: &Copy<'_>, repo: &Repo) -> Vec<(Glob, Range<usize>)> {
    let is_here = is_of_context(copy) && matches!(copy.destination.text.trim_matches('"'), "." | "./");
    let sources = copy.sources.iter().filter(|source| {
        is_here && source.text.contains(['*', '?', '[']) && !source.text.contains(['$', '\\', '"', ':'])
    });
    let patterns = sources.filter_map(|source| {
        let text = source.text.trim_start_matches("./").trim_start_matches('/');
        if text.len() > LONGEST_PATTERN {
            repo.skip(DOCKERFILE, format!("a pattern to copy is longer than {LONGEST_PATTERN} bytes, and was skipped"));
            return None;
        }
        (!text.contains('/')).then(|| go_glob(text)).flatten().map(|glob| (glob, source.range.clone()))
    });
    patterns.collect()
}

/// Whether a copy may add files with unknown names: from elsewhere, by a variable, from a folder.
fn may_bring_others(copy: &Copy<'_>, repo: &Repo) -> bool {
    // Programs from another image go to the usual folders
    if copy.flag("from").is_some() {
        return !copy.destination.text.contains("/bin");
    }
    let is_unclear = |text: &str| {
        let path = text.trim_matches('"').trim_start_matches("./").trim_matches('/');
        let is_root = path.is_empty() || path == ".";
        text.contains(['$', ':', '\\'])
            || text.contains(".tar")
            || text.contains(".tgz")
            || (!is_root && (path.contains('/') || repo.has_folder(path)))
    };
    !is_of_context(copy) || copy.sources.is_empty() || copy.sources.iter().any(|source| is_unclear(&source.text))
}

/// Whether an instruction before an offset contains the name of a file, other than to read it.
fn names(instruction: &Instruction<'_>, path: &str, before: usize) -> bool {
    match instruction {
        Instruction::Run(run) => {
            let mounted = run.flags.iter().filter_map(|flag| flag.value.as_ref());
            let is_mounted = mounted.into_iter().any(|value| value.range.start < before && value.text.contains(path));
            let words = run.commands.iter().flat_map(|command| command.words.iter().chain(&command.assignments));
            is_mounted || words.into_iter().any(|word| word.range.end < before && word.text.contains(path))
        }
        Instruction::Copy(copy) => {
            let words = copy.sources.iter().chain([&copy.destination]);
            words.into_iter().any(|word| word.range.start < before && word.text.contains(path))
        }
        _ => false,
    }
}

/// The files in its folder that a `RUN` requires, with their places. None if it does something that may create files
/// there, or tolerates their absence.
fn files_read(run: &Run<'_>) -> Option<Vec<(String, Range<usize>)>> {
    const MAY_BRING: [&str; 15] = [
        "cd",
        "cp",
        "curl",
        "echo",
        "git",
        "ln",
        "mv",
        "pip-compile",
        "poetry",
        "printf",
        "tar",
        "tee",
        "touch",
        "unzip",
        "wget",
    ];
    let text = run.line.text();
    // `>=` belongs to a version
    let has_fallback = text.contains("||") || text.match_indices('>').any(|(at, _)| !text[at + 1..].starts_with('='));
    let brings = |command: &Command<'_>| command.program().is_some_and(|program| MAY_BRING.contains(&program));
    let is_bound = run.flags.iter().filter_map(|flag| flag.value.as_ref()).any(|value| value.text.contains("bind"));
    if has_fallback || is_bound || run.commands.iter().any(brings) {
        return None;
    }
    Some(run.commands.iter().flat_map(read_by).collect())
}

/// The files of `--requirement` that pip or uv installs.
fn read_by(command: &Command<'_>) -> Vec<(String, Range<usize>)> {
    let argv = command.argv();
    let has = |text: &str| argv.iter().any(|word| word.text == text);
    let is_pip = matches!(command.program(), Some("pip" | "pip3")) || has("pip");
    if !is_pip || !has("install") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, word) in argv.iter().enumerate() {
        let joined = word.text.strip_prefix("--requirement=");
        let next = || argv.get(index + 1).filter(|_| matches!(&*word.text, "-r" | "--requirement"));
        let value = joined.map(|value| (value, word)).or_else(|| next().map(|value| (&*value.text, value)));
        let Some((value, at)) = value else { continue };
        let path = value.trim_start_matches("./");
        if !path.is_empty() && !path.contains(['/', '$', '*', '?', '[', ':']) {
            found.push((path.to_owned(), at.range.clone()));
        }
    }
    found
}
