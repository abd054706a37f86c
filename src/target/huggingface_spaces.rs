//! Hugging Face Spaces: a repository with front matter in its README, built and run by the Hub.

use super::{Merger, Target};
use crate::facts::contract::{Contract, SPACES};
use crate::repo::Repo;

/// The files by which a Space is known.
const README: &str = "README.md";
const DOCKERFILE: &str = "Dockerfile";
const OWN_FILE: &str = ".spaces-new.toml";

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

    fn contract(&self) -> Contract {
        SPACES
    }

    /// The card, and what the front matter alone can ask for.
    fn common_questions(&self) -> &'static [&'static str] {
        &[
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
        ]
    }

    /// Front matter, a Dockerfile, or our own settings. A README whose content is not known may have front matter.
    fn recognises(&self, repo: &Repo) -> bool {
        repo.get(README).is_some_and(|readme| readme.unread().is_some())
            || repo.get(DOCKERFILE).is_some()
            || repo.get(OWN_FILE).is_some()
            || repo.has_front_matter()
    }

    fn merger(&self, path: &str) -> Option<Merger> {
        let is_root = !path.contains('/');
        match path.rsplit('/').next().unwrap_or(path) {
            README if is_root => Some(Merger::FrontMatter),
            ".gitignore" | ".dockerignore" => Some(Merger::Lines),
            "packages.txt" if is_root => Some(Merger::Lines),
            ".gitattributes" => Some(Merger::AttributeLines),
            ".env.example" => Some(Merger::SettingLines),
            OWN_FILE => Some(Merger::Answers),
            "config.toml" if path == ".streamlit/config.toml" => Some(Merger::Toml),
            _ => None,
        }
    }
}
