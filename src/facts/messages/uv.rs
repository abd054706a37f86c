//! What uv, Poetry and Pipenv say.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "uv-no-solution",
        patterns: &[
            "error: No solution found when resolving dependencies",
            "× No solution found when resolving dependencies",
            "{}× No solution found when resolving dependencies",
        ],
        cause: "The requirements contradict each other, or one does not exist for this Python; the lines below the message say which.",
        fix: "Loosen or correct the version of the package that the next lines name.",
        rules: &["requirement-not-on-linux", "old-package-on-new-python"],
        example: "error: No solution found when resolving dependencies",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-no-environment",
        patterns: &["error: No virtual environment found"],
        cause: "`uv pip` installs into a virtual environment, and the image has none.",
        fix: "Add `--system`, or run `uv venv` first and put its `bin` on PATH.",
        example: "error: No virtual environment found; run `uv venv` to create an environment, or pass `--system` to install into a non-virtual environment",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-no-wheel",
        patterns: &[
            "error: Distribution `{package}` can't be installed because it doesn't have a source distribution or wheel for the current platform",
        ],
        cause: "uv.lock names {package}, which has no wheel for Linux, or none for the image's Python, and no sources either.",
        fix: "Limit the requirement to its system (`; sys_platform == \"win32\"`), or choose a Python version for which it has a wheel, run `uv lock`, and commit uv.lock. The hint below the message says which wheels exist.",
        rules: &["requirement-not-on-linux", "old-package-on-new-python"],
        example: "error: Distribution `pywin32==306 @ registry+https://index.example/simple` can't be installed because it doesn't have a source distribution or wheel for the current platform",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-python-incompatible",
        patterns: &[
            "error: The requested interpreter resolved to Python {version}, which is incompatible with the project's Python requirement: {range}",
        ],
        cause: "uv was told to use Python {version}, by `.python-version`, `UV_PYTHON` or `--python`, and `requires-python` in pyproject.toml excludes it.",
        fix: "Write the same version in `.python-version` and `requires-python`, and choose a base image with that Python.",
        rules: &["unpinned-python"],
        example: "error: The requested interpreter resolved to Python 3.11.7, which is incompatible with the project's Python requirement: `>=3.12` (from `project.requires-python`)",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-lock-missing",
        patterns: &["error: Unable to find lockfile at `{file}`", "error: Unable to find lockfile"],
        cause: "`uv sync --frozen` or `--locked` needs uv.lock, and it is not in the image: not committed, not copied, or kept out by .dockerignore.",
        fix: "Run `uv lock`, commit uv.lock, and copy it together with pyproject.toml.",
        rules: &["dockerignored-source"],
        example: "error: Unable to find lockfile at `uv.lock`, but `--frozen` was provided.",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-lock-outdated",
        patterns: &["error: The lockfile at `{file}` needs to be updated"],
        cause: "uv.lock does not fit pyproject.toml any more, and `--locked` refuses to change it.",
        fix: "Run `uv lock` and commit the new uv.lock.",
        example: "error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-python-missing",
        patterns: &[
            "error: No interpreter found for Python {version} in",
            "error: No download found for request: {version}",
        ],
        cause: "uv finds no Python that fits `requires-python` or `.python-version`, and may not download one.",
        fix: "Choose a base image with that Python, or correct `requires-python`.",
        rules: &["unpinned-python"],
        example: "error: No interpreter found for Python >=3.99 in managed installations or search path",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-project-missing",
        patterns: &["error: No `pyproject.toml` found in current directory or any parent directory"],
        cause: "pyproject.toml is not there when uv runs: it is not copied yet, or to another folder.",
        fix: "Copy pyproject.toml and uv.lock into the working folder before this `RUN`.",
        rules: &["dockerignored-source"],
        example: "error: No `pyproject.toml` found in current directory or any parent directory",
        source: "own run of uv 0.13",
        ..Message::BUILD
    },
    Message {
        id: "uv-cache-not-writable",
        patterns: &[
            "error: Failed to initialize cache at `{path}`",
            "error: failed to create directory `{path}`: Permission denied",
            "error: failed to open file `{path}`: Permission denied",
        ],
        cause: "uv may not write to {path}, its cache: it runs as UID 1000 without a home of its own.",
        fix: "Create the user with a home and set `HOME`, or set `UV_CACHE_DIR` to a folder of the user; start the app from the environment instead of `uv run`.",
        rules: &["missing-user", "user-without-home"],
        example: "error: Failed to initialize cache at `/.cache/uv`",
        source: "own run of uv 0.13",
        ..Message::RUN
    },
    Message {
        id: "uv-program-missing",
        patterns: &["error: Failed to spawn: `{program}`"],
        cause: "`uv run` finds no program `{program}` in the project's environment.",
        fix: "Add the package to pyproject.toml (`uv add {program}`), commit uv.lock, and install it in the image.",
        example: "error: Failed to spawn: `uvicorn`",
        source: "own run of uv 0.13",
        ..Message::RUN
    },
    Message {
        id: "uv-missing",
        patterns: &["{}: uv: not found", "{}: uv: command not found", "uv: command not found", "{}: uvx: not found"],
        cause: "The image has no uv.",
        fix: "Copy it: `COPY --from=ghcr.io/astral-sh/uv:0.13 /uv /usr/local/bin/`, or `pip install uv`.",
        example: "/bin/sh: 1: uv: not found",
        source: "own run of dash 0.5",
        ..Message::BUILD
    },
    Message {
        id: "poetry-lock-outdated",
        patterns: &[
            "pyproject.toml changed significantly since poetry.lock was last generated",
            "Error: pyproject.toml changed significantly since poetry.lock was last generated",
        ],
        cause: "poetry.lock does not fit pyproject.toml any more.",
        fix: "Run `poetry lock` and commit the new poetry.lock.",
        example: "pyproject.toml changed significantly since poetry.lock was last generated. Run `poetry lock` to fix the lock file.",
        source: "https://github.com/python-poetry/poetry",
        ..Message::BUILD
    },
    Message {
        id: "poetry-project-not-found",
        patterns: &[
            "Poetry could not find a pyproject.toml file in {path}",
            "Error: The current project could not be installed: No file/folder found for package {name}",
            "The current project could not be installed: No file/folder found for package {name}",
        ],
        cause: "Poetry installs the project itself too, and its files are not in the image yet.",
        fix: "Copy pyproject.toml before this step, and run `poetry install --no-root`, or copy the sources first.",
        rules: &["dockerignored-source"],
        example: "The current project could not be installed: No file/folder found for package demo",
        source: "https://github.com/python-poetry/poetry",
        ..Message::BUILD
    },
    Message {
        id: "pipenv-lock-outdated",
        patterns: &["Your Pipfile.lock ({hash}) is out of date"],
        cause: "Pipfile.lock does not fit Pipfile any more, and `--deploy` refuses to go on.",
        fix: "Run `pipenv lock` and commit the new Pipfile.lock.",
        example: "Your Pipfile.lock (0dbd21) is out of date. Expected: (7ef9a1).",
        source: "https://github.com/pypa/pipenv",
        ..Message::BUILD
    },
];
