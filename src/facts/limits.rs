//! Lengths, ranges and allowed values of the README metadata.
//!
//! Sources: <https://huggingface.co/docs/hub/spaces-config-reference> and the messages of the Hub's own validator,
//! which a push meets; if only a message is known, the row has it.

/// The maximum length of `short_description`, after YAML decoding. The validator counts as JavaScript does, in UTF-16 code
/// units. Message: `"short_description" length must be less than or equal to 60 characters long`.
pub const SHORT_DESCRIPTION_MAX_UTF16: usize = 60;

/// The maximum number of items in `preload_from_hub`. Message: `preload models limited to 10`.
pub const PRELOAD_MAX: usize = 10;

/// The lowest `app_port`. Message: `"app_port" must be greater than or equal to 1025`.
pub const APP_PORT_MIN: u16 = 1025;

/// The default port of a Docker Space.
/// Source: <https://huggingface.co/docs/hub/spaces-sdks-docker>.
pub const APP_PORT_DEFAULT: u16 = 7860;

/// The allowed values of `colorFrom` and `colorTo`. Message: `"colorFrom" must be one of [...]`.
pub const COLORS: [&str; 8] = ["red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"];

/// The maximum length of a repository's name, in ASCII characters.
/// Source: the repository id check of `huggingface_hub`.
pub const REPOSITORY_NAME_MAX: usize = 96;

/// The length of a full commit hash in `preload_from_hub`.
pub const COMMIT_HASH_LEN: usize = 40;

/// The allowed values of `header`.
pub const HEADERS: [&str; 2] = ["mini", "default"];

/// The allowed headers of `custom_headers`, with their values.
/// Source: <https://huggingface.co/docs/hub/spaces-config-reference>.
pub const CUSTOM_HEADERS: [(&str, &[&str]); 3] = [
    ("cross-origin-embedder-policy", &["unsafe-none", "require-corp", "credentialless"]),
    ("cross-origin-opener-policy", &["same-origin", "same-origin-allow-popups", "unsafe-none"]),
    ("cross-origin-resource-policy", &["same-site", "same-origin", "cross-origin"]),
];

/// The scopes of `hf_oauth_scopes`; `openid` and `profile` are always granted.
/// Source: <https://huggingface.co/docs/hub/spaces-oauth>.
pub const OAUTH_SCOPES: [&str; 18] = [
    "openid",
    "profile",
    "email",
    "read-billing",
    "read-memberships",
    "read-repos",
    "gated-repos",
    "contribute-repos",
    "write-repos",
    "manage-repos",
    "read-collections",
    "write-collections",
    "inference-api",
    "read-endpoints",
    "write-endpoints",
    "jobs",
    "webhooks",
    "write-discussions",
];

/// The maximum number of minutes in `hf_oauth_expiration_minutes`: 30 days.
/// Source: <https://huggingface.co/docs/hub/spaces-config-reference>.
pub const OAUTH_EXPIRATION_MAX: i64 = 43_200;

/// From this size on, in bytes, assets get a layer of their own. Otherwise each change of the code would push them again, as a
/// part of its layer: some seconds for 10 MiB. Below it, a second stage only makes the Dockerfile harder to read.
pub const OWN_LAYER_BYTES: u64 = 10 * 1024 * 1024;
