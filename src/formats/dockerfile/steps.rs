//! The steps of a Dockerfile by type.
//!
//! `runs()` and its like return those of every stage, `image_runs()` and its like those that the image inherits by `FROM`. A
//! [`Stage`] has the first ones too.

use super::model::{Assignment, Copy, Dockerfile, Instruction, Run, Stage, Step};

impl<'t> Step<'t> {
    /// The `RUN`, if it is one.
    pub(crate) fn run(&self) -> Option<&Run<'t>> {
        match &self.instruction {
            Instruction::Run(run) => Some(run),
            _ => None,
        }
    }

    /// The `COPY` or `ADD`, if it is one.
    pub(crate) fn copy(&self) -> Option<&Copy<'t>> {
        match &self.instruction {
            Instruction::Copy(copy) => Some(copy),
            _ => None,
        }
    }

    /// The variables that it sets, if it is an `ENV`.
    pub(crate) fn env(&self) -> Option<&[Assignment<'t>]> {
        match &self.instruction {
            Instruction::Env(assignments) => Some(assignments),
            _ => None,
        }
    }
}

impl<'t> Stage<'t> {
    /// Its `RUN`s.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (&Step<'t>, &Run<'t>)> {
        self.steps.iter().filter_map(|step| Some((step, step.run()?)))
    }
}

impl<'t> Dockerfile<'t> {
    /// The steps of all stages.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step<'t>> {
        self.stages.iter().flat_map(|stage| &stage.steps)
    }

    /// Every `RUN`.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (&Step<'t>, &Run<'t>)> {
        self.steps().filter_map(|step| Some((step, step.run()?)))
    }

    /// Every `COPY` and `ADD`.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (&Step<'t>, &Copy<'t>)> {
        self.steps().filter_map(|step| Some((step, step.copy()?)))
    }

    /// Every `ENV`.
    pub(crate) fn envs(&self) -> impl Iterator<Item = (&Step<'t>, &[Assignment<'t>])> {
        self.steps().filter_map(|step| Some((step, step.env()?)))
    }

    /// The `RUN`s of the image's lineage.
    pub(crate) fn image_runs(&self) -> impl Iterator<Item = (&Step<'t>, &Run<'t>)> {
        self.image_steps().filter_map(|step| Some((step, step.run()?)))
    }

    /// The `COPY`s and `ADD`s of the image's lineage.
    pub(crate) fn image_copies(&self) -> impl Iterator<Item = (&Step<'t>, &Copy<'t>)> {
        self.image_steps().filter_map(|step| Some((step, step.copy()?)))
    }

    /// The `ENV`s of the image's lineage.
    pub(crate) fn image_envs(&self) -> impl Iterator<Item = (&Step<'t>, &[Assignment<'t>])> {
        self.image_steps().filter_map(|step| Some((step, step.env()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_stages_and_the_lineage_are_told_apart() {
        let text = "FROM a AS one\nRUN x\nFROM b AS two\nRUN y\nCOPY p q\nFROM one\nENV N=1\nRUN z\nADD r s\n";
        let dockerfile = Dockerfile::read(text);
        let line = |(_, run): (&Step<'_>, &Run<'_>)| run.line.text().to_owned();
        assert_eq!(dockerfile.runs().map(line).collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(dockerfile.image_runs().map(line).collect::<Vec<_>>(), ["x", "z"]);
        assert_eq!(dockerfile.stages[1].runs().map(line).collect::<Vec<_>>(), ["y"]);
        assert_eq!((dockerfile.copies().count(), dockerfile.image_copies().count()), (2, 1));
        assert_eq!((dockerfile.envs().count(), dockerfile.image_envs().count()), (1, 1));
    }
}
