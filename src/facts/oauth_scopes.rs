//! What a call of a library needs of the token of who signs in.
//!
//! Source: the list of scopes in <https://huggingface.co/docs/hub/oauth#currently-supported-scopes>; the names of
//! `huggingface_hub.HfApi`, most of which are functions of the package too, in
//! <https://huggingface.co/docs/huggingface_hub/package_reference/hf_api>.

/// Clients of Inference Providers.
pub const INFERENCE_CLIENTS: &[&str] = &["huggingface_hub.AsyncInferenceClient", "huggingface_hub.InferenceClient"];

/// Clients of OpenAI's API, which Inference Providers answer too, and the addresses of these.
pub const OPENAI_CLIENTS: &[&str] = &["openai.AsyncOpenAI", "openai.OpenAI"];
/// The same.
pub const INFERENCE_HOSTS: &[&str] = &["https://router.huggingface.co/", "https://api-inference.huggingface.co/"];

/// The scope of inference.
pub const INFERENCE: &str = "inference-api";

/// Methods, each with its scope; none if every token is enough.
pub const METHODS: &[(&str, Option<&str>)] = &[
    ("change_discussion_status", Some("write-discussions")),
    ("comment_discussion", Some("write-discussions")),
    ("create_branch", Some("write-repos")),
    ("create_commit", Some("write-repos")),
    ("create_discussion", Some("write-discussions")),
    ("create_pull_request", Some("write-discussions")),
    ("create_repo", Some("manage-repos")),
    ("create_tag", Some("write-repos")),
    ("delete_file", Some("write-repos")),
    ("delete_folder", Some("write-repos")),
    ("delete_repo", Some("manage-repos")),
    ("duplicate_space", Some("manage-repos")),
    ("edit_discussion_comment", Some("write-discussions")),
    ("upload_file", Some("write-repos")),
    ("upload_folder", Some("write-repos")),
    ("upload_large_folder", Some("write-repos")),
    ("whoami", None),
];

/// Scopes that a wider one contains, with it.
pub const CONTAINED: &[(&str, &str)] = &[("write-repos", "manage-repos")];
