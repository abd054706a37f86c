//! The `requirements.txt` of an app that names its packages in `pyproject.toml`: the Hub's own image installs no other file.
//!
//! Source: <https://huggingface.co/docs/hub/spaces-dependencies>.

use super::gradio_version;
use super::space::{self, ExistingSpace};
use crate::app::dependencies::folder_for;
use crate::app::project::Project;
use crate::facts::base_images::Runtime;
use crate::formats::pyproject::Pyproject;
use crate::formats::requirements::{Package, Requirement};
use crate::repo::Repo;
use crate::values::{Dependencies, RepoPath};

const FILE: &str = "requirements.txt";

const PROJECT: &str = "pyproject.toml";

const HEADER: &str =
    "# The Hub installs this file, and not pyproject.toml: after a change there, run `spaces-new update`.\n";

/// How it begins in every version.
const BEGIN: &str = "# The Hub installs this file, and not pyproject.toml: ";

/// The text of the file, from what `pyproject.toml` says now. None if that says it in another way than as plain requirements.
/// `made` is the version of Gradio that an earlier run wrote into the README, which follows the file.
pub(crate) fn of_app(repo: &Repo, app_file: &str, made: Option<&str>) -> Option<String> {
    let project = Project::without_code(repo);
    let folder = folder_for(&project, app_file, "gradio");
    let mut space = space::read(repo);
    space.sdk_version = space.sdk_version.filter(|there| Some(there.value.as_str()) != made);
    of(&project, &space, folder)
}

/// Whether a file says that it is made of `pyproject.toml`.
pub(crate) fn says_so(repo: &Repo) -> bool {
    repo.text(FILE).is_some_and(is_made_text)
}

/// The same of its text.
pub(crate) fn is_made_text(text: &str) -> bool {
    text.starts_with(BEGIN)
}

/// The place at which `pyproject.toml` cannot be read: nobody knows what it says, as in the middle of a merge.
pub(crate) fn unreadable(repo: &Repo) -> Option<String> {
    repo.get(PROJECT)?;
    let Some(text) = repo.text(PROJECT) else { return Some(PROJECT.to_owned()) };
    Pyproject::problem(text).map(|line| format!("{PROJECT}:{line}"))
}

/// Whether the file can be created.
pub(crate) fn is_free(repo: &Repo) -> bool {
    let is_it = |path: &str| path.eq_ignore_ascii_case(FILE);
    let is_taken = FILE.parse::<RepoPath>().is_ok_and(|path| repo.is_taken(&path)) || repo.has_folder(FILE);
    !is_taken && !repo.files().any(|file| is_it(file.path()))
}

/// Whether the file will be created.
pub(in crate::app) fn is_made(project: &Project<'_>, space: &ExistingSpace, folder: &str) -> bool {
    is_free(project.repo) && of(project, space, folder).is_some()
}

fn of(project: &Project<'_>, space: &ExistingSpace, folder: &str) -> Option<String> {
    let has = |name: &str| project.repo.get(name).is_some();
    // A lock says more than the requirements. Once the file is there, the Hub installs it, with or without a lock
    let is_locked = || !has(FILE) && Dependencies::locks(Runtime::Python).any(|(lock, _)| has(lock));
    if !folder.is_empty() || is_locked() {
        return None;
    }
    let manifest = project.manifests.pyproject(project.repo, "")?;
    let is_for_uv = !manifest.uv_sources.is_empty() || manifest.uv_workspace.is_some();
    if manifest.dynamic_dependencies.is_some() || manifest.poetry.is_some() || is_for_uv {
        return None;
    }
    let mut text = HEADER.to_owned();
    for dependency in manifest.dependencies.iter().flatten() {
        let line: Requirement = dependency.text.parse().ok()?;
        let package = Package::read(line.as_str())?;
        // Beside a version that the README keeps, the Hub could not install a new file
        if !has(FILE) && gradio_version::contradicts(space, &package) {
            return None;
        }
        text.push_str(line.as_str());
        text.push('\n');
    }
    (text.len() > HEADER.len()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_files(files: &[(&str, &str)]) -> Option<String> {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        of_app(&Repo::from_files(files), "app.py", None)
    }

    const PLAIN: (&str, &str) =
        ("pyproject.toml", "[project]\ndependencies = [\n  'gradio~=5.9', # ui\n  'a @ git+https://b.example/a',\n]\n");

    #[test]
    fn plain_requirements_are_written_as_they_stand() {
        let text = of_files(&[PLAIN]).unwrap();
        assert_eq!(text.strip_prefix(HEADER), Some("gradio~=5.9\na @ git+https://b.example/a\n"));
        assert!(of_files(&[PLAIN, ("README.md", "---\nsdk: gradio\nsdk_version: 5.9.1\n---\n")]).is_some());
    }

    #[test]
    fn what_another_tool_decides_is_left_to_it() {
        for dependencies in [
            "[project]\ndependencies = []\n",
            "[project]\nname = 'x'\n",
            "[project]\ndynamic = ['dependencies']\n",
            "[project]\ndependencies = ['gradio', 'no requirement']\n",
            "[project]\ndependencies = ['gradio', '-e .']\n",
            "[project]\ndependencies = ['gradio', 'mine @ file:lib']\n",
            "[project]\ndependencies = ['gradio', \"\"\"a\nb\"\"\"]\n",
            "[project]\ndependencies = ['gradio', 'mine']\n[tool.uv.sources]\nmine = { path = 'lib' }\n",
            "[project]\ndependencies = ['gradio']\n[tool.uv.workspace]\nmembers = ['lib']\n",
            "[project]\ndependencies = ['gradio']\n[tool.poetry.dependencies]\npython = '^3.12'\n",
            "[tool.poetry.dependencies]\ngradio = '*'\n",
        ] {
            assert_eq!(of_files(&[("pyproject.toml", dependencies)]), None, "{dependencies}");
        }
        for (path, text) in
            [("uv.lock", "version = 1\n"), ("README.md", "---\nsdk: gradio\nsdk_version: 6.31.0\n---\n")]
        {
            assert_eq!(of_files(&[PLAIN, (path, text)]), None, "{path}");
        }
        let made = of_files(&[PLAIN]).unwrap();
        let locked = [PLAIN, ("uv.lock", "version = 1\n"), ("requirements.txt", &made)];
        assert_eq!(of_files(&locked).as_deref(), Some(&made[..]), "the Hub installs the file that is there");
    }
}
