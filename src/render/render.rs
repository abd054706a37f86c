//! From a specification to the files of a repository.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;

use super::context;
use super::engine::RenderError;
use super::template::{Source, Template};
use crate::answers::{Assets, Spec};
use crate::formats::base::{BASE_FILE, line};
use crate::formats::own_file::OWN_FILE;
use crate::plan::{Mode, Plan, PlannedFile};
use crate::target::keeps_content;
use crate::values::RepoPath;

impl Template {
    /// Renders every file, in memory. The same specification and assets give the same bytes.
    ///
    /// # Errors
    /// If specification or assets are not those of this template, a file of the template is invalid, or an asset has
    /// the same path as one.
    pub fn plan(&self, spec: &Spec, assets: &Assets) -> Result<Plan, RenderError> {
        Ok(self.complete(self.draft(spec, assets)?))
    }

    /// A draft with the `.spaces-new.base` that a later update needs, which is an eighth of the work: [`Template::plan`] in two steps,
    /// between which a caller can begin to look at the files.
    #[must_use]
    pub fn complete(&self, draft: Plan) -> Plan {
        let has = |name| draft.files().any(|(path, _)| path.as_str() == name);
        // Without answers nothing can be generated again
        if has(OWN_FILE) && !has(BASE_FILE) { self.with_base(draft) } else { draft }
    }

    /// The plan with a `.spaces-new.base` that says what its other files are.
    pub(crate) fn with_base(&self, mut plan: Plan) -> Plan {
        let Ok(path) = BASE_FILE.parse() else { return plan };
        let lines = plan.files().filter_map(|(path, file)| {
            let with_content = keeps_content(self.target().merger(path.as_str()))?;
            Some(line(path, file.as_text()?, with_content))
        });
        let text: String = lines.collect();
        plan.replace(path, PlannedFile::text(text, Mode::default()));
        plan
    }

    /// The same files without what a later update needs to know about them.
    ///
    /// # Errors
    /// As [`Template::plan`].
    pub fn draft(&self, spec: &Spec, assets: &Assets) -> Result<Plan, RenderError> {
        if spec.template() != self.name() {
            return Err(RenderError::mismatch(format!("the specification is for the template `{}`", spec.template())));
        }
        if !assets.are(spec.assets()) {
            return Err(RenderError::mismatch("the assets are not those that the specification names"));
        }
        let entries = context::entries(self, spec, assets)?;
        let (variants, sources) = self.active(&context::close(&entries, &[]))?;
        let context = context::close(&entries, &variants);
        let mut files = BTreeMap::new();
        for source in sources.into_values() {
            let rule = self.file_rule(&source.path);
            let wanted = match rule.and_then(|rule| rule.when.as_deref()) {
                Some(when) => self.holds(when, context.clone()).map_err(|error| RenderError::new(when, error))?,
                None => true,
            };
            if wanted {
                let mode = Mode::parse(rule.and_then(|rule| rule.mode.as_deref()))
                    .map_err(|why| RenderError::new(&source.file, why))?;
                let text = self.shared.engine.render(&source.file, &context)?;
                files.insert(source.path.clone(), PlannedFile::text(text, mode));
            }
        }
        let plan = Plan::new(files);
        assets.add_to(plan).map_err(|path| RenderError::asset_taken(&path))
    }

    /// The names of the variants that answers choose.
    ///
    /// # Errors
    /// As [`Template::plan`].
    pub(crate) fn variants_of(&self, spec: &Spec) -> Result<Vec<&str>, RenderError> {
        // No condition of a variant is about bundled files
        let entries = context::entries(self, spec, &Assets::default())?;
        self.active(&context::close(&entries, &[])).map(|(variants, _)| variants)
    }

    /// The files that the template has apart from those of its target, whatever the answers.
    pub(crate) fn own_files(&self) -> impl Iterator<Item = &RepoPath> {
        // The target's layer is the first
        self.layers().iter().skip(1).flat_map(|layer| &layer.sources).map(|source| &source.path)
    }

    /// The active variants, and the files of all active layers, later layers replacing earlier ones.
    fn active(&self, context: &Value) -> Result<(Vec<&str>, BTreeMap<&RepoPath, &Source>), RenderError> {
        let mut sources = BTreeMap::new();
        let mut variants = Vec::new();
        for layer in self.layers() {
            if let Some(variant) = &layer.variant {
                let holds = self.holds(&variant.when, context.clone());
                if !holds.map_err(|error| RenderError::new(&variant.when, error))? {
                    continue;
                }
                variants.push(variant.name.as_str());
            }
            sources.extend(layer.sources.iter().map(|source| (&source.path, source)));
        }
        Ok((variants, sources))
    }

    /// The names that files and conditions can take from the context. For tests.
    #[doc(hidden)]
    #[must_use]
    pub fn context_names(&self, spec: &Spec) -> BTreeSet<String> {
        let context = context::entries(self, spec, &Assets::default())
            .map_or(Value::from(()), |entries| context::close(&entries, &[]));
        context.try_iter().into_iter().flatten().map(|name| name.to_string()).collect()
    }
}
