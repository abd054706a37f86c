//! Which programs an image certainly lacks when a command of its Dockerfile runs.

use super::packages::{adds_no_program, lineage};
use crate::facts::base_images::Distribution;
use crate::facts::image_programs::{BROUGHT_BY, FOREIGN_MANAGERS, IMAGE_PROGRAMS, Variant};
use crate::formats::dockerfile::{Command, Dockerfile, Instruction, Step};
use crate::values::{BaseImage, last_part};

/// A moment of a build: before a command of a step of a stage, or, without a step, when the container starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) stage: usize,
    pub(crate) step: Option<usize>,
    pub(crate) command: usize,
}

/// Whether the image certainly lacks a program then.
pub(crate) fn lacks_program(dockerfile: &Dockerfile<'_>, moment: Moment, program: &str) -> bool {
    let (stages, image) = lineage(dockerfile, moment.stage);
    let Some(signs) = BROUGHT_BY.iter().find(|(name, _)| *name == program).map(|(_, signs)| *signs) else {
        return false;
    };
    if !image.is_some_and(|image| begins_without(image, program)) {
        return false;
    }
    let last = stages.len().saturating_sub(1);
    stages.iter().enumerate().all(|(at, stage)| {
        let end = if at == last { moment.step.unwrap_or(stage.steps.len()) } else { stage.steps.len() };
        let before = stage.steps.iter().take(end).all(|step| brings_nothing(step, program, signs));
        let own = moment.step.filter(|_| at == last).and_then(|step| stage.steps.get(step)?.run());
        before
            && own.is_none_or(|run| {
                run.flags.is_empty()
                    && run.commands.iter().take(moment.command).all(|command| is_plain(command, program, signs))
            })
    })
}

/// Whether the base image certainly lacks a program.
fn begins_without(image: &BaseImage, program: &str) -> bool {
    let reference = image.reference();
    // A digest alone does not say which variant it is
    let is_named = reference.tag().is_some() || reference.floats();
    if !image.is_official() || !image.is_known() || !is_named {
        return false;
    }
    let distribution = image.distribution();
    let is_foreign = |(of, managers): &(Distribution, &[&str])| *of == distribution && managers.contains(&program);
    if FOREIGN_MANAGERS.iter().any(is_foreign) {
        return true;
    }
    let is_slim = reference.tag().is_some_and(|tag| tag.split('-').any(|word| word == "slim"));
    let variant = match distribution {
        Distribution::Alpine => Variant::Alpine,
        Distribution::Debian if is_slim => Variant::Slim,
        Distribution::Debian => Variant::Full,
        Distribution::Fedora | Distribution::Distroless => return false,
    };
    let name = last_part(reference.path());
    let row = IMAGE_PROGRAMS.iter().find(|row| row.image == name && row.variant == variant);
    row.is_some_and(|row| row.lacks.contains(&program))
}

/// Whether a step certainly does not bring a program.
fn brings_nothing(step: &Step<'_>, program: &str, signs: &[&str]) -> bool {
    let names = |text: &str| signs.iter().any(|sign| text.contains(sign));
    match &step.instruction {
        Instruction::Run(run) => {
            let text = run.line.text();
            let may_do_more =
                ["install-deps", "with-deps", "<<", "eval", "$(", "`"].iter().any(|word| text.contains(word));
            let is_clear = run.flags.is_empty() && !run.commands.is_empty() && !may_do_more;
            is_clear && run.commands.iter().all(|command| is_plain(command, program, signs))
        }
        Instruction::Copy(copy) => {
            let target = &*copy.destination.text;
            let is_place = |place: &str| target == place || target.starts_with("/usr") || target.contains("/bin");
            copy.flag("from").is_none() && !is_place("/") && !names(target)
        }
        // Another folder of programs
        Instruction::Env(set) => !set.iter().any(|set| set.value.as_ref().is_some_and(|value| names(&value.text))),
        _ => true,
    }
}

/// Whether a command certainly does not bring a program.
fn is_plain(command: &Command<'_>, program: &str, signs: &[&str]) -> bool {
    let named = command.words.iter().any(|word| signs.iter().any(|sign| word.text.contains(sign)));
    !named && adds_no_program(command, program)
}
