//! Hugging Face Spaces: a repository with front matter in its README, built and run by the Hub.

mod next_steps;

use super::{Finished, Merger, Step, Target};
use crate::answers::{Manifest, Spec};
use crate::facts::plans;
use crate::formats::base::BASE_FILE;
use crate::formats::front_matter::Readme;
use crate::formats::own_file::OWN_FILE;
use crate::repo::Repo;
use crate::values::{HubPlan, ImageRef, RepoPath, Sdk};

/// The files by which a Space is known.
const README: &str = "README.md";
const DOCKERFILE: &str = "Dockerfile";
const DOCKERIGNORE: &str = ".dockerignore";
const PACKAGES: &str = "packages.txt";

/// Hugging Face Spaces.
#[derive(Debug)]
pub(crate) struct HuggingFaceSpaces;

impl HuggingFaceSpaces {
    pub(super) const ID: &'static str = "huggingface-spaces";
}

impl Target for HuggingFaceSpaces {
    fn id(&self) -> &'static str {
        Self::ID
    }

    fn name(&self) -> &'static str {
        "Hugging Face Spaces"
    }

    /// The card, and what the front matter alone can ask for.
    fn common_questions(&self) -> &'static [&'static str] {
        &[
            "plan",
            "emoji",
            "color_from",
            "color_to",
            "license",
            "short_description",
            "sdk",
            "hardware",
            "dev_mode",
            "tags",
            "models",
            "datasets",
            "preload",
            "deploy",
        ]
    }

    /// Front matter, a Dockerfile, or our own settings. A README whose content is not known may have front matter.
    fn recognises(&self, repo: &Repo) -> bool {
        repo.get(README).is_some_and(|readme| readme.unread().is_some())
            || repo.get(DOCKERFILE).is_some()
            || repo.get(OWN_FILE).is_some()
            || repo.has_front_matter()
            // The Hub does not read it, but it was meant to be read
            || repo.other_case(README).and_then(|path| repo.text(path)).is_some_and(|text| text.starts_with("---\n"))
    }

    fn merger(&self, path: &str) -> Option<Merger> {
        let is_root = !path.contains('/');
        match path.rsplit('/').next().unwrap_or(path) {
            README if is_root => Some(Merger::FrontMatter),
            ".gitignore" | ".dockerignore" => Some(Merger::Lines),
            PACKAGES if is_root => Some(Merger::Lines),
            ".gitattributes" => Some(Merger::AttributeLines),
            ".env.example" => Some(Merger::SettingLines),
            OWN_FILE => Some(Merger::Answers),
            "config.toml" if path == ".streamlit/config.toml" => Some(Merger::Toml),
            _ => None,
        }
    }

    /// A Dockerfile, and what its build leaves out, unless another platform builds it; the Debian packages of a Gradio Space that
    /// moves into a container.
    fn unused_files(&self, spec: &Spec, repo: &Repo) -> Vec<(RepoPath, String)> {
        let files: &[&str] = match spec.sdk() {
            Sdk::Docker if value_in_readme(repo, "sdk").as_deref() == Some("gradio") && !names_packages(repo) => {
                &[PACKAGES]
            }
            Sdk::Docker => &[],
            _ if is_built_elsewhere(repo) => &[],
            _ => &[DOCKERFILE, DOCKERIGNORE],
        };
        let why = format!("the Hub does not read it with `sdk: {}`", spec.sdk());
        let files = files.iter().filter_map(|file| file.parse().ok());
        files.map(|file: RepoPath| (file, why.clone())).collect()
    }

    fn next_steps(&self, made: &Finished<'_>) -> Vec<Step> {
        next_steps::next_steps(made)
    }
}

/// Whether a file other than a text names the list of Debian packages, or may do so: another build reads it then.
fn names_packages(repo: &Repo) -> bool {
    let is_text = |path: &str| path.rsplit('.').next() == Some("md") || [OWN_FILE, BASE_FILE, PACKAGES].contains(&path);
    let others = repo.files().filter(|file| !is_text(file.path()));
    let mut texts = others.filter_map(|file| file.text());
    texts.any(|text| text.contains(PACKAGES))
}

/// Whether another builder than the Hub may read the Dockerfile: a file other than code, pages and texts names a tool of
/// containers, or cannot be read, or is one of such a builder.
pub(crate) fn is_built_elsewhere(repo: &Repo) -> bool {
    let names_it = |text: &str| {
        let text = text.to_lowercase();
        BUILDERS.iter().any(|name| text.contains(name))
    };
    let may_build = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let is_other = NO_SETTINGS.iter().any(|ending| name.ends_with(ending));
        !is_other
            && ![OWN_FILE, BASE_FILE, ".dockerignore", "dockerfile", ".gitattributes", ".gitignore"].contains(&&*name)
    };
    let is_hidden = |name: &str| name.parse().is_ok_and(|path| repo.get(name).is_none() && repo.is_taken(&path));
    repo.files().any(|file| {
        may_build(file.path())
            && (BUILT_BY.contains(&file.path().rsplit('/').next().unwrap_or_default())
                || file.text().map_or_else(|| is_settings(file.path()), names_it))
    }) || BUILT_BY.iter().any(|name| is_hidden(name))
}

/// Words of builders of containers, in lower case.
const BUILDERS: [&str; 6] = ["docker", "podman", "buildah", "kaniko", "containerfile", "buildx"];

/// Endings of files that name no builder, whatever their text says.
const NO_SETTINGS: [&str; 17] = [
    ".md", ".rst", ".txt", ".py", ".ipynb", ".js", ".ts", ".tsx", ".jsx", ".css", ".html", ".svg", ".csv", ".lock",
    ".jsonl", ".go", ".rs",
];

/// Settings of builders that use a Dockerfile without naming it.
const BUILT_BY: [&str; 12] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
    "compose.json",
    "fly.toml",
    "railway.json",
    "railway.toml",
    "render.yaml",
    "northflank.json",
    "cloudbuild.yaml",
    "captain-definition",
];

/// Whether a file that cannot be read as text may be settings of a builder.
fn is_settings(path: &str) -> bool {
    [".yml", ".yaml", ".json", ".toml", ".sh"].iter().any(|ending| path.ends_with(ending))
}

/// Whether the Hub runs the app on ZeroGPU.
pub(crate) fn is_zero_gpu(spec: &Spec) -> bool {
    spec.sdk() == Sdk::Gradio && spec.is_zero_gpu()
}

/// Which plan a Space needs, in a sentence.
pub(crate) fn plan(spec: &Spec) -> &'static str {
    match spec.sdk() {
        Sdk::Docker => plans::DOCKER,
        Sdk::Gradio if is_zero_gpu(spec) => plans::ZERO_GPU,
        Sdk::Gradio => plans::GRADIO,
        Sdk::Static => plans::STATIC,
    }
}

/// A name for the image, from the repository's name.
pub(crate) fn image_name(spec: &Spec) -> String {
    let name = spec.name().as_str().to_lowercase();
    if name.parse::<ImageRef>().is_ok() { name } else { "my-space".to_owned() }
}

/// The same for a person whose plan may be known: one who has a paid plan need not be told that it takes one.
pub(crate) fn plan_to_say(spec: &Spec) -> Option<&'static str> {
    (spec.plan() != Some(HubPlan::Paid) || spec.sdk() == Sdk::Static).then(|| plan(spec))
}

/// Answers that may have no effect on ZeroGPU, or another one.
const OF_A_MACHINE: [&str; 8] = ["sdk", "hardware", "python", "installer", "port", "dev_mode", "build_secrets", "pip"];

/// Whether the same Space could be one of a free account, and nobody has chosen otherwise.
pub(crate) fn could_be_free(template: &Manifest, spec: &Spec) -> bool {
    let is_chosen = spec.kept().any(|key| OF_A_MACHINE.contains(&key));
    spec.plan().is_none() && spec.sdk() == Sdk::Docker && template.sdks().contains(&Sdk::Gradio) && !is_chosen
}

/// The text of a key in the front matter of a README.
pub(crate) fn value_in_readme(repo: &Repo, key: &str) -> Option<String> {
    let readme = Readme::read(repo.text(README)?);
    readme.value(key).and_then(|node| node.as_str()).map(str::to_owned)
}
