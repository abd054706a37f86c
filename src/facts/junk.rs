//! Files and folders that programs make, and that nobody wants in a repository.

/// Names of folders. Sources: the templates for Python, Node, macOS and Jupyter of <https://github.com/github/gitignore>.
pub const FOLDERS: &[&str] = &[
    "__pycache__",
    "__MACOSX",
    "node_modules",
    ".ipynb_checkpoints",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".parcel-cache",
    ".svelte-kit",
    ".turbo",
    ".venv",
    "venv",
];

/// Names of files. Same sources.
pub const FILES: &[&str] = &[".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "npm-debug.log", "yarn-error.log"];

/// Folders that an app may need where it names them: packages for a page, or an environment that is copied.
pub const MAY_BE_NEEDED: &[&str] = &["node_modules", ".venv", "venv"];
