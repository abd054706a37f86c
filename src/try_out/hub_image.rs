//! The nearest image for a Space with `sdk: gradio`: the Hub's own is not public. It installs what the Hub installs, in the
//! same order.

use super::space::Space;
use crate::facts::python::DEFAULT;
use crate::target::value_in_readme;

/// What stands for the Hub's image, and what that has besides.
pub(super) const NOT_CHECKED: &str = "the Space ran in the official image of Python, which lacks some Debian packages that the Hub's has, such as ffmpeg";

/// The versions in its README: of Python, and of Gradio.
pub(super) fn versions(space: &Space<'_>) -> (String, Option<String>) {
    let is_version =
        |text: &String| text.chars().all(|char| char.is_ascii_alphanumeric() || char == '.') && !text.is_empty();
    let named = |key: &str| value_in_readme(space.repo, key).filter(is_version);
    (named("python_version").unwrap_or_else(|| DEFAULT.to_owned()), named("sdk_version"))
}

/// The requirement for Gradio, with the extras that the Hub installs.
pub(super) fn gradio(version: Option<&str>) -> String {
    version.map_or_else(|| "gradio[oauth,mcp]".to_owned(), |version| format!("gradio[oauth,mcp]=={version}"))
}

/// A Dockerfile that installs and starts it.
pub(super) fn dockerfile(space: &Space<'_>) -> String {
    let (python, version) = versions(space);
    let has = |path: &str| space.repo.get(path).is_some();
    let mut lines = vec![format!("FROM python:{python}"), "RUN useradd --create-home --uid 1000 user".to_owned()];
    lines.push("WORKDIR /home/user/app".to_owned());
    if has("packages.txt") {
        lines.push("COPY packages.txt /tmp/packages.txt".to_owned());
        let install =
            "RUN apt-get update && xargs --no-run-if-empty --arg-file /tmp/packages.txt apt-get install --yes";
        lines.push(format!("{install} && rm -rf /var/lib/apt/lists/*"));
    }
    for file in ["pre-requirements.txt", "requirements.txt"] {
        if file == "requirements.txt" {
            lines.push(format!("RUN pip install --no-cache-dir '{}' spaces", gradio(version.as_deref())));
        }
        if has(file) {
            lines.push(format!("COPY {file} /tmp/{file}\nRUN pip install --no-cache-dir --requirement /tmp/{file}"));
        }
    }
    lines.push("COPY --chown=1000:1000 . /home/user/app".to_owned());
    lines.push("RUN chown 1000:1000 /home/user/app".to_owned());
    lines.push("USER user".to_owned());
    let environment = "HOME=/home/user PYTHONPATH=/home/user/app PYTHONUNBUFFERED=1 GRADIO_SERVER_NAME=0.0.0.0 \
                       GRADIO_ALLOW_FLAGGING=never GRADIO_NUM_PORTS=1";
    lines.push(format!("ENV {environment}"));
    let command = serde_json::json!(["python", space.app_file()]);
    lines.push(format!("CMD {command}"));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    #[test]
    fn it_installs_what_the_readme_declares() {
        let readme = "---\nsdk: gradio\nsdk_version: 6.31.0\npython_version: \"3.12\"\napp_file: demo.py\n---\n";
        let files = [("README.md", readme), ("requirements.txt", "numpy\n"), ("packages.txt", "jq\n")];
        let repo = Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())));
        let text = dockerfile(&Space::of(&repo, None).unwrap());
        for part in
            ["FROM python:3.12\n", "'gradio[oauth,mcp]==6.31.0'", "CMD [\"python\",\"demo.py\"]", "packages.txt"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("pre-requirements"));
    }
}
