//! What a repository says about how it is run.

use crate::facts::contract::SPACES;
use crate::formats::front_matter::Readme;
use crate::repo::Repo;
use crate::target::value_in_readme;
use crate::values::Sdk;

use super::error::TryError;

/// The owner of a Space that is not on the Hub yet.
const OWNER: &str = "user";

const README: &str = "README.md";
pub(super) const DOCKERFILE: &str = "Dockerfile";

/// The page of a static Space if its README names none.
const INDEX: &str = "index.html";

/// A Space as it is to be run.
#[derive(Debug)]
pub(super) struct Space<'r> {
    pub(super) repo: &'r Repo,
    pub(super) sdk: Sdk,
    pub(super) port: u16,
    pub(super) owner: String,
    pub(super) name: String,
}

impl<'r> Space<'r> {
    /// Reads it. `on_hub` is its owner and name on the Hub.
    ///
    /// # Errors
    /// If it is not a Space.
    pub(super) fn of(repo: &'r Repo, on_hub: Option<(&str, &str)>) -> Result<Self, TryError> {
        let (owner, name) = on_hub
            .map_or_else(|| (OWNER.to_owned(), folder_name(repo)), |(owner, name)| (owner.to_owned(), name.to_owned()));
        let sdk = match value_in_readme(repo, "sdk").as_deref() {
            Some("docker") => Sdk::Docker,
            Some("gradio") => Sdk::Gradio,
            Some("static") => Sdk::Static,
            None if on_hub.is_some() || repo.get(DOCKERFILE).is_some() => Sdk::Docker,
            None => return Err(TryError::NotASpace(not_a_space(repo))),
            Some(other) => {
                return Err(TryError::NotASpace(format!(
                    "`sdk: {other}` in README.md is not an SDK that can be tried"
                )));
            }
        };
        if sdk == Sdk::Docker && on_hub.is_none() && repo.get(DOCKERFILE).is_none() {
            let message = "`sdk: docker` without a Dockerfile among the files that git would push";
            return Err(TryError::NotASpace(message.to_owned()));
        }
        Ok(Self { repo, sdk, port: port(repo), owner, name })
    }

    /// The host under which the Hub serves it.
    pub(super) fn host(&self) -> String {
        let label = |text: &str| -> String {
            let lower = text.to_ascii_lowercase();
            let parts: Vec<&str> =
                lower.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
            parts.join("-")
        };
        format!("{}-{}.hf.space", label(&self.owner), label(&self.name))
    }

    /// The page that the Hub shows first.
    /// Source: `base_path` in <https://huggingface.co/docs/hub/spaces-config-reference>.
    pub(super) fn page(&self) -> String {
        let named = value_in_readme(self.repo, "base_path").filter(|path| path.starts_with('/'));
        named.filter(|_| self.sdk != Sdk::Static).unwrap_or_else(|| "/".to_owned())
    }

    /// The file that the Hub's own image starts, or the page that it serves.
    pub(super) fn app_file(&self) -> String {
        let default = if self.sdk == Sdk::Static { INDEX } else { "app.py" };
        let named = value_in_readme(self.repo, "app_file").unwrap_or_else(|| default.to_owned());
        named.trim_start_matches("./").trim_start_matches('/').to_owned()
    }

    /// The environment that the Hub adds.
    /// Source: <https://huggingface.co/docs/hub/spaces-overview#helper-environment-variables>.
    pub(super) fn environment(&self, cpus: u64, memory: &str) -> Vec<(&'static str, String)> {
        let title = value_in_readme(self.repo, "title").unwrap_or_else(|| self.name.clone());
        vec![
            ("SPACE_ID", format!("{}/{}", self.owner, self.name)),
            ("SPACE_HOST", self.host()),
            ("SPACE_AUTHOR_NAME", self.owner.clone()),
            ("SPACE_REPO_NAME", self.name.clone()),
            ("SPACE_TITLE", title.replace(['\n', '\r'], " ")),
            ("SPACE_CREATOR_USER_ID", "000000000000000000000000".to_owned()),
            ("CPU_CORES", cpus.to_string()),
            ("MEMORY", memory.to_owned()),
            ("ACCELERATOR", "none".to_owned()),
        ]
    }
}

fn port(repo: &Repo) -> u16 {
    let read = || {
        let readme = Readme::read(repo.text(README)?);
        u16::try_from(readme.value("app_port")?.as_integer()?).ok()
    };
    read().filter(|port| *port > 0).unwrap_or(SPACES.port)
}

fn folder_name(repo: &Repo) -> String {
    let real = repo.root().and_then(|root| fs_err::canonicalize(root).ok());
    let name = real.as_deref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let clean = |name: String| -> String {
        name.chars().map(|char| if char.is_ascii_alphanumeric() || "-_.".contains(char) { char } else { '-' }).collect()
    };
    name.map(clean).filter(|name| !name.is_empty()).unwrap_or_else(|| "space".to_owned())
}

fn not_a_space(repo: &Repo) -> String {
    let name = repo.root().map_or_else(|| "this".to_owned(), |root| format!("`{}`", root.display()));
    format!("{name} is not a Space: no `sdk` in a README.md, and no Dockerfile")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repo(files: &[(&str, &str)]) -> Repo {
        Repo::from_files(files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())))
    }

    #[test]
    fn the_readme_says_how_a_space_is_run() {
        let readme = "---\ntitle: T\nsdk: docker\napp_port: 8501\n---\n";
        let docker = repo(&[("README.md", readme), ("Dockerfile", "FROM a\n")]);
        let space = Space::of(&docker, Some(("Ann.B", "My_App"))).unwrap();
        assert_eq!((space.sdk, space.port, space.host().as_str()), (Sdk::Docker, 8501, "ann-b-my-app.hf.space"));
        let environment = space.environment(2, "16Gi");
        assert!(environment.contains(&("SPACE_ID", "Ann.B/My_App".to_owned())), "{environment:?}");
        let page = repo(&[("README.md", "---\nsdk: static\n---\n")]);
        let space = Space::of(&page, None).unwrap();
        assert_eq!((space.sdk, space.app_file().as_str(), space.port), (Sdk::Static, "index.html", 7860));
    }

    #[test]
    fn what_is_not_a_space_is_not_tried() {
        for (files, part) in [
            (vec![("app.py", "")], "is not a Space"),
            (vec![("README.md", "---\nsdk: docker\n---\n")], "without a Dockerfile"),
            (vec![("README.md", "---\nsdk: streamlit\n---\n")], "`sdk: streamlit`"),
        ] {
            let message = Space::of(&repo(&files), None).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }
}
