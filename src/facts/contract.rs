//! The requirements of a platform for a container and the app in it.

use super::limits::{APP_PORT_DEFAULT, APP_PORT_MIN};

/// The requirements of a platform, from which the user, the home and the port of an image follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// The user id that the container runs as.
    pub user_id: u32,
    /// The login that is created if no account has that id.
    pub login: &'static str,
    /// The port that the platform connects to by default.
    pub port: u16,
    /// The lowest allowed port.
    pub least_port: u16,
}

/// Hugging Face Spaces run any image as user id 1000.
/// Source: <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>; for the ports see [`super::limits`].
pub const SPACES: Contract =
    Contract { user_id: 1000, login: "user", port: APP_PORT_DEFAULT, least_port: APP_PORT_MIN };
