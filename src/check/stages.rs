//! Which stages of a Dockerfile are built, and what its steps name as a source.

use crate::formats::dockerfile::{Base, Dockerfile, Instruction, Stage, Word};

/// For each stage, whether the image needs it: builders leave out the others.
pub(super) fn built(dockerfile: &Dockerfile<'_>) -> Vec<bool> {
    let mut is_built = vec![false; dockerfile.stages.len()];
    let mut open: Vec<usize> = dockerfile.stages.len().checked_sub(1).into_iter().collect();
    while let Some(index) = open.pop() {
        if std::mem::replace(&mut is_built[index], true) {
            continue;
        }
        let stage = &dockerfile.stages[index];
        if let Base::Stage(base) = stage.base {
            open.push(base);
        }
        open.extend(sources(stage).filter_map(|word| stage_named(dockerfile, index, &word.text)));
    }
    is_built
}

/// What the steps of a stage copy or mount from: stages and images.
pub(super) fn sources<'s, 't>(stage: &'s Stage<'t>) -> impl Iterator<Item = Word<'s>> {
    stage.steps.iter().flat_map(|step| match &step.instruction {
        Instruction::Copy(copy) => copy.flag("from").cloned().into_iter().collect::<Vec<_>>(),
        Instruction::Run(run) => {
            let mounts = run.flags.iter().filter(|flag| flag.name == "mount").filter_map(|flag| flag.value.as_ref());
            let from = |word: &Word<'t>| {
                let value = word.text.split(',').find_map(|option| option.strip_prefix("from="))?;
                Some(Word { text: value.to_owned().into(), range: word.range.clone() })
            };
            mounts.filter_map(from).collect()
        }
        _ => Vec::new(),
    })
}

/// The stage before another one with this name or number.
pub(super) fn stage_named(dockerfile: &Dockerfile<'_>, before: usize, text: &str) -> Option<usize> {
    let earlier = &dockerfile.stages[..before];
    let named = |stage: &Stage<'_>| stage.from.name.as_ref().is_some_and(|name| name.text.eq_ignore_ascii_case(text));
    earlier.iter().rposition(named).or_else(|| text.parse().ok().filter(|index| *index < earlier.len()))
}
