//! Environment names with a meaning of their own in a Space.

/// Names that the Hub sets when a Space runs.
/// Source: <https://huggingface.co/docs/hub/spaces-overview#helper-environment-variables>.
pub const SET_BY_THE_HUB: &[&str] = &[
    "ACCELERATOR",
    "CPU_CORES",
    "MEMORY",
    "SPACE_AUTHOR_NAME",
    "SPACE_CREATOR_USER_ID",
    "SPACE_HOST",
    "SPACE_ID",
    "SPACE_REPO_NAME",
    "SPACE_TITLE",
];

/// Names that the generated images set, or that break an image when they are replaced.
pub const SET_BY_THE_IMAGE: &[&str] = &[
    "DEBIAN_FRONTEND",
    "GRADIO_SERVER_NAME",
    "GRADIO_SERVER_PORT",
    "HF_HOME",
    "HOME",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "NODE_ENV",
    "PATH",
    "PORT",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONUNBUFFERED",
    "SHELL",
    "USER",
];

/// How tokens that people paste by mistake begin: Hugging Face, OpenAI and GitHub.
pub const TOKEN_PREFIXES: &[&str] = &["hf_", "sk-", "ghp_", "github_pat_"];
