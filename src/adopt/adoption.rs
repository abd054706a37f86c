//! The Space around an app: its files, what becomes of those that are there, and what the check finds afterwards.

use super::adopting::is_made_from_template;
use super::card::ANSWERED;
use super::gitignored::with_exceptions;
use super::hub_image::{HubImage, merged_requirements, other_gradio, outdated_requirements};
use super::readme::{README, sdk_of};
use super::updating::{base_of, removable, with_base, with_newer_pins};
use super::{AdoptError, Adopting, Decided};
use crate::answers::{Answers, Assets, Source, Spec, SpecError, SpecErrors};
use crate::check::{Checker, Diagnostic, Fixed, Group, Rule, rule, rules};
use crate::facts::fields::{Effect, FIELDS};
use crate::facts::hardware::ZERO_GPU;
use crate::formats::base::{BASE_FILE, Base};
use crate::formats::front_matter::Readme;
use crate::merge::{Change, Merge, MergeOptions, OnConflict, StarterMove, clashing_line, first_marker, moved_keys};
use crate::plan::Plan;
use crate::render::{Catalog, Template};
use crate::repo::Repo;
use crate::target::{Target, is_built_elsewhere, value_in_readme};
use crate::values::{RepoPath, Sdk};

/// A file that people change only together with its Space: a conflict, if it differs.
pub(super) const DOCKERFILE: &str = "Dockerfile";
const DOCKERIGNORE: &str = ".dockerignore";

/// An app that exists and the Space around it, before anything is written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Adoption {
    /// The checked answers.
    pub spec: Spec,
    /// The files of the Space.
    pub plan: Plan,
    /// What becomes of the files that are there.
    pub merge: Merge,
    /// The folder as it would be.
    pub after: Repo,
    /// What the check says of that; nothing if a file is in the way, so that nothing is written.
    pub findings: Vec<Diagnostic>,
    /// The safe fixes for it. They are offered, never made unasked.
    pub fixes: Fixed,
    /// Whether it brings a Space up to date.
    pub is_update: bool,
    target: &'static dyn Target,
    /// Whether it was known what earlier runs generated.
    had_base: bool,
    /// The line of the README from which on the person has changed what the template changes too.
    own_text: Option<usize>,
}

impl Adoption {
    /// Begins to put a Space around the app in a repository.
    ///
    /// Which app it is, what it needs and which answers count is worked out from the files; see [`Adopting::decide`].
    pub fn begin(repo: &Repo) -> Adopting<'_> {
        Adopting::new(repo)
    }

    pub(super) fn of(decided: &Decided<'_>) -> Result<Self, AdoptError> {
        let Decided { adopting, template, answers, .. } = decided;
        let repo = adopting.repo;
        let spec = Spec::resolve(template, answers)?;
        files_are_there(&spec, repo)?;
        let draft = template.draft(&spec, &Assets::inspect(&answers.assets())?)?;
        let base = base_of(repo)?;
        let had_base = base.is_some();
        let was_adopted = decided.kept.as_ref().is_some_and(|kept| kept.get("app_file").is_some());
        let image = HubImage {
            repo,
            base: base.as_ref(),
            was_adopted,
            updates: adopting.updates,
            pins_only: adopting.pins_only,
        };
        let draft = with_exceptions(image.with_requirements(draft, &spec), repo);
        let mut plan = template.complete(draft);
        if adopting.pins_only {
            plan = with_newer_pins(&plan, base.as_ref().ok_or(AdoptError::NoBase)?, template);
        }
        let options = options_of(decided, &image, &spec, &plan)?;
        let mut merge = Merge::of(&plan, repo, &for_plan(options.clone(), &image, &plan));
        // The requirements that there will be decide, which may be those that a person has changed
        let says_python = answers.get("python").is_some();
        if let Some(versioned) = image.with_version(&plan, &spec, merged_requirements(&merge, &plan), says_python)? {
            plan = with_base_again(versioned, template);
            merge = Merge::of(&plan, repo, &for_plan(options, &image, &plan));
        }
        let own_text = base.as_ref().filter(|_| adopting.updates).and_then(|base| clashing_line(base, repo, &plan));
        let (after, findings, fixes) = (Repo::default(), Vec::new(), Fixed::default());
        let (is_update, target) = (adopting.updates, template.target());
        let adoption = Self { spec, plan, merge, after, findings, fixes, is_update, target, had_base, own_text };
        let merge = adoption.merge.clone();
        Ok(adoption.agreed(merge, repo))
    }

    /// What the person should know although nothing is invalid: about the answers, and about texts of their own that no longer
    /// fit.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = self.spec.warnings().to_vec();
        if self.is_update && !self.had_base {
            warnings.push(
                "no `.spaces-new.base` says what was generated here, as for a Space of an older version: a file that you may have \
                 changed is compared as a whole; this update begins one"
                    .to_owned(),
            );
        }
        if let Some(line) = self.own_text {
            warnings.push(format!(
                "the text of README.md stays as it is: from line {line} on, you have changed lines that the template changes too; see \
                 whether it is still true"
            ));
        }
        warnings.extend(other_gradio(&self.after, &self.spec));
        warnings.extend(outdated_requirements(&self.after, &self.plan, &self.spec));
        let readme = self.merge.files().iter().find(|file| file.path.as_str() == README);
        let extended = readme.filter(|file| matches!(file.change, Change::Extend(_)));
        let text = self.after.text(README).filter(|_| extended.is_some()).unwrap_or_default();
        let of_others = ["docker", "gradio", "static"].into_iter().filter(|sdk| *sdk != self.spec.sdk().as_str());
        for sdk in of_others.filter(|sdk| text.contains(&format!("--space-sdk {sdk}"))) {
            let now = self.spec.sdk();
            warnings.push(format!(
                "the text of README.md still describes a Space with `sdk: {sdk}`, which is now `{now}`: change it"
            ));
        }
        warnings
    }

    /// The generated files in which a person has to settle a conflict between markers, each with the line of the first one.
    #[must_use]
    pub fn marked(&self) -> Vec<(&RepoPath, usize)> {
        let files = self.plan.files().filter(|_| self.is_update);
        files.filter_map(|(path, _)| Some((path, first_marker(self.after.text(path.as_str())?)?))).collect()
    }

    /// The same with the part of the merge that somebody agreed to.
    #[must_use]
    pub fn agreed(self, merge: Merge, repo: &Repo) -> Self {
        let after = merge.over(repo);
        let checker = Checker::new().target(self.target);
        // With a file in the way nothing is written, and that state never exists
        let is_refused = merge.conflicts().next().is_some();
        let findings = if is_refused { Vec::new() } else { checker.check(&after) };
        let fixes =
            if findings.is_empty() { Fixed::default() } else { checker.fix_these(&after, findings.clone(), false) };
        Self { merge, after, findings, fixes, ..self }
    }
}

/// How the plan is merged, but for what its files decide.
fn options_of(
    decided: &Decided<'_>,
    image: &HubImage<'_>,
    spec: &Spec,
    plan: &Plan,
) -> Result<MergeOptions, AdoptError> {
    let Decided { adopting, template, answers, .. } = decided;
    let repo = adopting.repo;
    let other = sdk_of(repo).filter(|sdk| sdk != spec.sdk().as_str());
    if let Some(sdk) = other.as_deref().filter(|_| !adopting.moves()) {
        return Err(AdoptError::OtherSdk { sdk: sdk.to_owned(), template: template.name().to_owned() });
    }
    let mut options = merge_options(repo, adopting.on_conflict).target(template.target());
    if other.is_some() {
        options = moved(options, plan, spec);
    } else if adopting.moves() {
        options = on_other_hardware(options, repo, spec);
    }
    for (file, why) in template.target().unused_files(spec, repo) {
        options = options.unused(file, why);
    }
    for (key, question) in ANSWERED {
        // What somebody says now counts before what the README says
        if matches!(answers.source(question), Some(Source::Flag | Source::Prompt)) {
            options = options.replace_key(*key);
        }
    }
    if let Some(kept) = &decided.kept {
        let is_asked = |key: &&str| adopting.catalog.questions().iter().any(|question| question.key() == *key);
        options = options.answer_keys(kept.keys().filter(is_asked).map(str::to_owned).collect());
        let earlier = earlier_plan(kept, adopting.catalog);
        options = options
            .moving_starter(earlier.as_ref().and_then(|(earlier, _)| starter_move(template, earlier, spec, plan)));
        let says_python = kept.get("python").is_some();
        let earlier = earlier.and_then(|(spec, plan)| image.earlier(plan, &spec, says_python));
        let paths = earlier.as_ref().map(|plan| plan.files().map(|(path, _)| path.clone()).collect());
        let is_same_version = kept.template_version() == Some(template.version());
        options = options.made_before(paths, is_same_version);
        let earlier = earlier.unwrap_or_default();
        if is_made_from_template(kept) {
            let is_work =
                |path: &&RepoPath| path.as_str() != DOCKERFILE && template.target().merger(path.as_str()).is_none();
            options = earlier.files().map(|(path, _)| path).filter(is_work).cloned().fold(options, MergeOptions::work);
        }
        options = options.earlier(with_base(earlier, image.base, template, adopting.updates && is_same_version));
    }
    Ok(options.taking_over(spec.app_file().is_some() && !image.was_adopted).removable(removable(template)))
}

/// The move to another starter app, or to none, if the answers ask for one. An app of the person has its own.
fn starter_move(template: &Template, earlier: &Spec, spec: &Spec, plan: &Plan) -> Option<StarterMove> {
    if earlier.template() != spec.template() || [earlier, spec].iter().any(|spec| spec.app_file().is_some()) {
        return None;
    }
    let variants = |spec: &Spec| template.variants_of(spec).ok();
    let files = template.own_files().filter(|path| template.target().merger(path.as_str()).is_none());
    (variants(earlier) != variants(spec)).then(|| StarterMove::of(files.cloned().collect(), plan))
}

/// The same with what the files of the plan decide.
fn for_plan(options: MergeOptions, image: &HubImage<'_>, plan: &Plan) -> MergeOptions {
    let mut options = options;
    if image.updates {
        let keys = image.base.map(|base| moved_keys(base, image.repo, plan)).unwrap_or_default();
        options = options.moved_keys(keys).updating(image.pins_only);
    }
    options.base(image.base.map(|base| for_removal(base.clone(), plan, image.repo)))
}

/// The plan, of which a file has changed since it says what it generates.
fn with_base_again(mut plan: Plan, template: &Template) -> Plan {
    let has_base = plan.files().any(|(path, _)| path.as_str() == BASE_FILE);
    plan.retain(|path| path.as_str() != BASE_FILE);
    if has_base { template.with_base(plan) } else { plan }
}

/// What was generated, without files that are planned no more and that another platform may read.
fn for_removal(mut base: Base, plan: &Plan, repo: &Repo) -> Base {
    let of_the_image = [DOCKERFILE, DOCKERIGNORE].into_iter().filter_map(|path| path.parse::<RepoPath>().ok());
    for path in of_the_image.filter(|path| plan.get(path).is_none()) {
        if is_built_elsewhere(repo) {
            base.remove(&path);
        }
    }
    base
}

/// Refuses files that the image would copy and that are not there.
fn files_are_there(spec: &Spec, repo: &Repo) -> Result<(), SpecErrors> {
    let is_there = |path: &str| path == "." || repo.get(path).is_some() || repo.has_folder(path);
    let missing = spec.install_files().iter().filter(|file| !is_there(file.as_str())).map(|file| {
        SpecError::new("install_files", format!("there is no `{file}` in the app's folder"))
            .flagged("install-file")
            .hinted("name a file or a folder as it is called from there")
    });
    let missing: Vec<SpecError> = missing.collect();
    if missing.is_empty() { Ok(()) } else { Err(SpecErrors(missing)) }
}

/// What an earlier run planned, by its answers; none if they are no longer valid. Keys that the template does not ask for,
/// such as those of a newer version, are ignored.
pub(super) fn earlier_plan(kept: &Answers, catalog: &Catalog) -> Option<(Spec, Plan)> {
    let template = catalog.get(kept.template()?)?;
    let spec = Spec::resolve(template, &kept.clone().only_for(template)).ok()?;
    let plan = template.draft(&spec, &Assets::inspect(&kept.assets()).ok()?).ok()?;
    Some((spec, plan))
}

/// Values of another SDK give way to those of the planned one, or go.
fn moved(mut merge: MergeOptions, plan: &Plan, spec: &Spec) -> MergeOptions {
    let readme = README.parse().ok().and_then(|path| plan.get(&path)?.as_text());
    let planned = Readme::read(readme.unwrap_or_default());
    for field in FIELDS {
        if ["sdk", "suggested_hardware"].contains(&field.key) || field.effect != Effect::Any {
            let is_planned = planned.entry(field.key).is_some();
            merge = if is_planned { merge.replace_key(field.key) } else { merge };
            let is_of_zero_gpu = field.key == "suggested_hardware" && spec.sdk() != Sdk::Gradio;
            let goes = field.effect != Effect::Any || is_of_zero_gpu;
            merge = if goes && !is_planned { merge.drop_key(field.key) } else { merge };
        }
    }
    merge
}

/// The hardware is asked for, and the Python version that ZeroGPU has or does not have follows from it.
fn on_other_hardware(merge: MergeOptions, repo: &Repo, spec: &Spec) -> MergeOptions {
    let was_on_zero_gpu = value_in_readme(repo, "suggested_hardware").as_deref() == Some(ZERO_GPU);
    match (was_on_zero_gpu, spec.is_zero_gpu()) {
        (false, true) => merge.replace_key("suggested_hardware").replace_key("python_version"),
        (true, false) if spec.hardware().is_some() => {
            merge.replace_key("suggested_hardware").replace_key("python_version")
        }
        (true, false) => merge.drop_key("suggested_hardware").replace_key("python_version"),
        _ => merge,
    }
}

/// Values that the Hub would refuse give way.
fn merge_options(repo: &Repo, on_conflict: OnConflict) -> MergeOptions {
    let mut merge = MergeOptions::new().on_conflict(on_conflict);
    for key in refused_keys(repo) {
        merge = merge.replace_key(key);
    }
    merge
}

/// The keys of the front matter whose values the check calls refused.
fn refused_keys(repo: &Repo) -> Vec<String> {
    let Some(text) = repo.text(README) else { return Vec::new() };
    let readme = Readme::read(text);
    let refusing = rules().iter().filter(|rule| rule.group() == Group::Refused).map(Rule::id);
    let is_refused = |found: &Diagnostic| rule(found.rule).is_some_and(|rule| rule.group() == Group::Refused);
    let Ok(checker) = Checker::new().only(refusing) else { return Vec::new() };
    let found = checker.check(repo);
    let ranges: Vec<_> = found
        .iter()
        .filter(|found| found.place.path() == README && is_refused(found))
        .filter_map(|found| found.place.range())
        .collect();
    let entries = readme.entries().iter().filter(|entry| {
        let value = &entry.value.range;
        ranges.iter().any(|range| value.start <= range.start && range.end <= value.end)
    });
    entries.filter_map(|entry| entry.key.as_str().map(str::to_owned)).collect()
}
