//! One template: its manifest and its files.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::context::Constants;
use super::engine::{Engine, RenderError};
use super::files::Files;
use crate::answers::{Manifest, Variant};
use crate::target::Target;
use crate::values::RepoPath;

/// What rendering needs for all templates of a catalogue.
pub(super) struct Shared {
    pub(super) engine: Engine,
    pub(super) target: &'static dyn Target,
    pub(super) constants: Constants,
}

/// A file of a template.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Its path in the repository.
    pub(super) path: RepoPath,
    /// The template file, under `templates/`.
    pub(super) file: String,
}

/// Files that are generated together: always, or with a variant.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) variant: Option<Variant>,
    pub(super) sources: Vec<Source>,
}

/// A kind of Space: a [`Manifest`], which defines the questions, and the files that are generated from the answers.
pub struct Template {
    manifest: Manifest,
    files: Arc<Files>,
    /// Of most templates nobody asks.
    layers: OnceLock<Vec<Layer>>,
    pub(super) shared: Arc<Shared>,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Template").field("name", &self.name()).finish_non_exhaustive()
    }
}

/// A template is a manifest with files, so it can be used as a manifest.
impl Deref for Template {
    type Target = Manifest;

    fn deref(&self) -> &Manifest {
        &self.manifest
    }
}

impl Template {
    pub(super) fn new(manifest: Manifest, files: Arc<Files>, shared: Arc<Shared>) -> Self {
        Self { manifest, files, layers: OnceLock::new(), shared }
    }

    /// The target that it is rendered for.
    #[must_use]
    pub fn target(&self) -> &'static dyn Target {
        self.shared.target
    }

    /// Every file that it can generate, by layer: those of the target, its own, those of each variant.
    pub(super) fn layers(&self) -> &[Layer] {
        self.layers.get_or_init(|| layers(&self.manifest, &self.files, self.shared.target))
    }

    /// The files and conditions of the template, each with the names that it takes from the context. For tests: a
    /// name that is not one of [`Template::context_names`] would fail to render.
    ///
    /// # Errors
    /// If a file or a condition cannot be compiled.
    #[doc(hidden)]
    pub fn names_used(&self) -> Result<Vec<(String, Vec<String>)>, RenderError> {
        let files = self.layers().iter().flat_map(|layer| &layer.sources);
        files.map(|source| Ok((source.file.clone(), self.shared.engine.variables(&source.file)?))).collect()
    }
}

fn layers(manifest: &Manifest, files: &Files, target: &dyn Target) -> Vec<Layer> {
    let name = manifest.name();
    let of_target = std::iter::once((None, format!("targets/{}/repo", target.id())));
    let variants = manifest.variants().iter();
    let variants = variants.map(|variant| (Some(variant.clone()), format!("{name}/variants/{}", variant.name)));
    let own = std::iter::once((None, format!("{name}/repo"))).chain(variants).filter(|_| target.takes_template());
    of_target.chain(own).map(|(variant, folder)| Layer { variant, sources: sources(files, &folder) }).collect()
}

fn sources(files: &Files, folder: &str) -> Vec<Source> {
    let files = files.under(folder).into_iter();
    files
        .filter_map(|(file, within)| Some((file, within.strip_suffix(".j2")?)))
        .filter_map(|(file, path)| Some(Source { path: path.parse().ok()?, file: file.to_owned() }))
        .collect()
}
