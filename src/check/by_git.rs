//! Which files git brings to the Hub, as far as the workflows and scripts of the repository change that.

use super::space::Space;
use super::workflows::{is_of_the_hub, is_workflow};
use crate::formats::dockerfile::CommandLine;
use crate::formats::workflow::{Job, Workflow};
use crate::repo::File;

/// The jobs that bring the repository to the Hub.
#[derive(Debug, Default)]
pub(super) struct ByGit {
    /// What each job that pushes has removed before.
    pushes: Vec<Removed>,
    /// Whether a job or a script uploads the files without git.
    uploads: bool,
}

/// What a job removes from the history that it pushes.
#[derive(Debug, PartialEq, Eq)]
enum Removed {
    Unknown,
    /// Files, folders, and endings such as `*.png`.
    These(Vec<String>),
}

impl ByGit {
    pub(super) fn of(space: &Space<'_>) -> Self {
        let mut found = Self::default();
        for file in space.repo().files().filter(|file| is_workflow(file.path())) {
            let is_meant = |text: &&str| text.contains("huggingface") || text.contains("hf ") || is_of_the_hub(text);
            let Some(text) = file.text().filter(is_meant) else { continue };
            let Some(workflow) = Workflow::read(text) else { continue };
            workflow.jobs.iter().for_each(|job| found.add(job, text));
        }
        found.uploads = found.uploads || space.repo().files().any(is_uploading_script);
        found
    }

    /// Whether git pushes a file: by hand, if no job brings the repository to the Hub.
    pub(super) fn pushes(&self, path: &str) -> bool {
        match &*self.pushes {
            [] => !self.uploads,
            jobs => jobs.iter().any(|removed| removed.keeps(path)),
        }
    }

    fn add(&mut self, job: &Job, text: &str) {
        let runs = || job.steps.iter().filter_map(|step| step.run.as_ref()).map(|run| &*run.text);
        self.uploads |= job.steps.iter().any(|step| step.uses("huggingface/hub-sync")) || runs().any(uploads);
        if runs().any(|run| run.contains("git push")) && is_of_the_hub(text) {
            self.pushes.push(removed(&runs().collect::<Vec<_>>().join("\n")));
        }
    }
}

impl Removed {
    fn keeps(&self, path: &str) -> bool {
        let Self::These(removed) = self else { return false };
        let is_it = |word: &String| match word.strip_prefix('*') {
            Some(ending) => path.ends_with(ending),
            None => path == word || path.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with('/')),
        };
        !removed.iter().any(is_it)
    }
}

/// Whether a file is a script that uploads files to a Space: one of a shell, or one of Python with a name that says so.
fn is_uploading_script(file: &File) -> bool {
    let name = file.name();
    let is_named = || ["deploy", "push", "upload", "publish"].iter().any(|word| name.contains(word));
    let is_script = match name.rsplit_once('.') {
        Some((_, "sh")) => true,
        Some((_, "py")) => is_named(),
        _ => false,
    };
    is_script && file.text().is_some_and(|text| text.contains("upload") && uploads(text))
}

/// Whether commands upload files to a Space, without git.
fn uploads(run: &str) -> bool {
    if !run.contains("space") {
        return false;
    }
    let in_python = ["upload_folder(", "upload_large_folder("].iter().any(|call| run.contains(call));
    let is_upload = |words: &[&str]| {
        matches!(words, ["hf" | "huggingface-cli", "upload" | "upload-large-folder", ..])
            || matches!(words, ["uvx", "hf" | "huggingface-cli", "upload" | "upload-large-folder", ..])
    };
    let line = CommandLine::of_shell(run);
    in_python && run.contains("huggingface_hub")
        || line
            .commands()
            .iter()
            .any(|command| is_upload(&command.argv().iter().map(|word| &*word.text).collect::<Vec<_>>()))
}

/// What commands remove before they push a history that they have made.
fn removed(run: &str) -> Removed {
    // Otherwise the files stay in the history, and the push is refused
    let is_new = ["--orphan", "git init", "filter-branch", "filter-repo", "lfs migrate"];
    let mut these = Vec::new();
    if run.contains("git clone") {
        // Its `.gitattributes` has no pictures and no data, unless the job adds them
        return if run.contains("lfs track") { Removed::Unknown } else { Removed::These(these) };
    }
    if !is_new.iter().any(|text| run.contains(text)) {
        return Removed::These(these);
    }
    let line = CommandLine::of_shell(run);
    for command in line.commands() {
        let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
        let names = match &*words {
            ["rm" | "git", ..] if matches!(&*words, ["rm", ..] | ["git", "rm", ..]) => {
                words.iter().skip(if words[0] == "git" { 2 } else { 1 }).copied().collect()
            }
            ["find", rest @ ..] if rest.contains(&"-delete") || rest.contains(&"rm") => {
                let mut names = rest.windows(2).filter(|pair| pair[0].ends_with("name")).map(|pair| pair[1]);
                match (names.next(), names.next()) {
                    (Some(name), None) if !rest.contains(&"!") && !rest.contains(&"-not") => vec![name],
                    _ => return Removed::Unknown,
                }
            }
            ["git", "add", rest @ ..] if run.contains("git init") => {
                let adds_all = rest.iter().any(|word| matches!(*word, "." | "-A" | "--all" | "*"));
                if adds_all {
                    continue;
                }
                return Removed::Unknown;
            }
            ["git", "filter-branch" | "filter-repo", ..]
            | ["git", "lfs", "track" | "migrate", ..]
            | ["cp" | "mv" | "rsync", ..] => return Removed::Unknown,
            _ => continue,
        };
        for name in names.into_iter().filter(|name| !name.starts_with('-')) {
            let name = name.trim_start_matches("./").trim_end_matches('/');
            let rest = name.strip_prefix('*').unwrap_or(name);
            if matches!(rest, "" | "." | "..") || rest.contains(['*', '?', '[', '{', '$', '`', '(']) {
                return Removed::Unknown;
            }
            these.push(name.to_owned());
        }
    }
    Removed::These(these)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_told_from_other_commands() {
        for run in [
            "hf upload user/demo . . --repo-type=space",
            "huggingface-cli upload user/demo . --repo-type space",
            "python -c \"from huggingface_hub import HfApi\nHfApi().upload_folder(folder_path='.', repo_type='space')\"",
        ] {
            assert!(uploads(run), "{run}");
        }
        for run in ["hf upload user/model .", "echo hf upload space", "make upload # space"] {
            assert!(!uploads(run), "{run}");
        }
    }

    #[test]
    fn what_a_new_history_lacks_is_known() {
        let keeps = |run: &str, path: &str| removed(run).keeps(path);
        assert!(keeps("rm -f a.exe\ngit commit -am x\ngit push", "a.exe"), "it is in the history");
        assert!(!keeps("git checkout --orphan x\nrm -f a.exe\ngit rm --cached a.exe || true\ngit push", "a.exe"));
        assert!(!keeps("git checkout --orphan x\nfind . -name \"*.png\" -delete\ngit push", "b/c.png"));
        assert!(keeps("git checkout --orphan x\nfind . -name \"*.png\" -delete\ngit push", "b/c.gif"));
        let init = "rm -rf images public/x .git\ngit init\ngit add -A\ngit push";
        assert!(!keeps(init, "images/a.png") && !keeps(init, "public/x/a.png") && keeps(init, "public/y.png"));
        let clone = "git clone https://huggingface.co/spaces/a/b x\ncd x\ncp ../a.png .\ngit push";
        assert!(keeps(clone, "a.png") && !keeps(&format!("{clone}\ngit lfs track '*.png'"), "a.png"));
        assert_eq!(removed("git init\ngit add app.py\ngit push"), Removed::Unknown);
    }
}
