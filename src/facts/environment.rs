//! The environment of a Space: names with a special meaning, packages that are installed or required.

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

/// Names that the generated images set, or that break an image if they are replaced.
pub const SET_BY_THE_IMAGE: &[&str] = &[
    "DEBIAN_FRONTEND",
    "GRADIO_ANALYTICS_ENABLED",
    "GRADIO_SERVER_NAME",
    "GRADIO_SERVER_PORT",
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
    "STREAMLIT_SERVER_ADDRESS",
    "STREAMLIT_SERVER_PORT",
    "USER",
];

/// Where the Hub's libraries keep their downloads. Preloaded files are in its default place, so moving it means
/// downloading them again. Source: <https://huggingface.co/docs/hub/spaces-config-reference>, `preload_from_hub`.
pub const HUB_CACHE: &str = "HF_HOME";

/// Packages that the Hub installs itself with `sdk: gradio`, by their normalised names.
/// Source: <https://huggingface.co/docs/hub/spaces-dependencies>.
pub const INSTALLED_BY_THE_HUB: &[&str] = &["gradio", "huggingface-hub", "spaces"];

/// Debian packages that Dev Mode needs in an image. Source: <https://huggingface.co/docs/hub/spaces-dev-mode>.
pub const DEV_MODE_PACKAGES: &[&str] = &["bash", "curl", "git", "git-lfs", "procps", "wget"];

/// Variables that move the Hub's cache, each with the end of the place that it names by default.
/// Source: <https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables>.
pub const HUB_CACHES: &[(&str, &str)] = &[
    ("HF_HOME", "/.cache/huggingface"),
    ("HF_HUB_CACHE", "/.cache/huggingface/hub"),
    ("HUGGINGFACE_HUB_CACHE", "/.cache/huggingface/hub"),
];

/// Variables that name a folder for downloads, of the Hub's libraries and of others.
/// Sources: the same, <https://docs.pytorch.org/docs/stable/hub.html>, <https://specifications.freedesktop.org/basedir-spec/latest/>.
pub const CACHES: &[&str] = &[
    "HF_DATASETS_CACHE",
    "HF_HOME",
    "HF_HUB_CACHE",
    "HUGGINGFACE_HUB_CACHE",
    "TORCH_HOME",
    "TRANSFORMERS_CACHE",
    "XDG_CACHE_HOME",
];

/// Last words in the names of variables that say something about a private value, and are not one.
pub const ABOUT_SECRETS: &[&str] = &[
    "ALGORITHM",
    "BUDGET",
    "COUNT",
    "DAYS",
    "EXPIRATION",
    "EXPIRE",
    "EXPIRES",
    "EXPIRY",
    "HOURS",
    "LENGTH",
    "LIFETIME",
    "LIMIT",
    "LIMITS",
    "MINUTES",
    "SECONDS",
    "SIZE",
    "TIMEOUT",
    "TTL",
];

/// Words in the names of variables that hold private values, between underscores.
pub const SECRET_WORDS: &[&str] = &[
    "KEY",
    "KEYS",
    "TOKEN",
    "SECRET",
    "SECRETS",
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PASSPHRASE",
    "CREDENTIAL",
    "CREDENTIALS",
    "DSN",
    "APIKEY",
    "PAT",
];

/// Endings of names of addresses, which often contain a password.
pub const ADDRESS_WORDS: &[&str] = &["URL", "URI", "DSN", "CONN", "CONNECTION"];

/// Words that mark the address of a store or a queue, which needs a password.
pub const STORE_WORDS: &[&str] =
    &["AMQP", "BROKER", "DATABASE", "DB", "MONGO", "MONGODB", "MYSQL", "POSTGRES", "POSTGRESQL", "RABBITMQ", "REDIS"];

/// Names that the system, the image or a hosting platform sets, so that an app that reads them needs no answer.
pub const PLATFORM: &[&str] = &[
    "APPDATA",
    "CI",
    "COLORTERM",
    "COMSPEC",
    "CUDA_VISIBLE_DEVICES",
    "DEBUG",
    "DISPLAY",
    "DYNO",
    "FLASK_ENV",
    "GIN_MODE",
    "GOMAXPROCS",
    "GOMEMLIMIT",
    "HOME",
    "HOST",
    "HOSTNAME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LANG",
    "LOCALAPPDATA",
    "LOCAL_RANK",
    "LOGNAME",
    "NODE_ENV",
    "NO_PROXY",
    "OS",
    "PATH",
    "PORT",
    "PWD",
    "PYTHONPATH",
    "RANK",
    "RENDER",
    "RUST_BACKTRACE",
    "RUST_LOG",
    "SHELL",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "USERNAME",
    "USERPROFILE",
    "VERCEL",
    "VERCEL_URL",
    "VIRTUAL_ENV",
    "WEBSITE_HOSTNAME",
    "WORLD_SIZE",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// Prefixes of such names.
pub const PLATFORM_PREFIXES: &[&str] = &[
    "CARGO_",
    "GRADIO_",
    "HF_HUB_",
    "HF_HOME",
    "HUGGINGFACE_HUB_CACHE",
    "KUBERNETES_",
    "LC_",
    "OMP_",
    "PYTORCH_",
    "RAILWAY_",
    "SPACE_",
    "SPACES_",
    "STREAMLIT_",
    "TOKENIZERS_",
    "TRANSFORMERS_",
    "XDG_",
    "npm_",
];
