//! The subscription plan that a Space needs, as a sentence.
//!
//! Source: <https://huggingface.co/docs/hub/spaces-overview>; without the plan the API answers `402 Payment Required`.

/// For a Docker Space.
pub const DOCKER: &str = "Creating a Docker Space needs a PRO, Team or Enterprise plan.";

/// For a Space with the Gradio SDK on ordinary hardware.
pub const GRADIO: &str =
    "Creating a Gradio Space needs a PRO, Team or Enterprise plan; a free account can have two on ZeroGPU.";

/// For a static Space.
pub const STATIC: &str = "A static Space is free for everyone.";

/// For a ZeroGPU Space.
pub const ZERO_GPU: &str = "A free account can have two ZeroGPU Spaces, once its e-mail is verified and it is 30 days old; more need \
                            a PRO, Team or Enterprise plan.";
