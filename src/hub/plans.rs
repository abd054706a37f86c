//! Which plan a Space needs.
//!
//! Source: <https://huggingface.co/docs/hub/spaces-overview>; without the plan the API answers `402 Payment Required`.

/// For a Docker Space.
pub const DOCKER: &str = "creating a Docker Space needs a PRO, Team or Enterprise plan";

/// For a Space with the Gradio SDK on ordinary hardware.
pub const GRADIO: &str =
    "creating a Gradio Space needs a PRO, Team or Enterprise plan; a free account can have two of them on ZeroGPU";

/// For a ZeroGPU Space.
pub const ZERO_GPU: &str = "a free account can have two ZeroGPU Spaces (verified e-mail, account 30 days old); more need \
                            a PRO, Team or Enterprise plan";
