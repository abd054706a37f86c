//! Node versions that a Space can use.

/// Major versions with an official `node:<version>-slim` image, oldest first.
/// Source: <https://github.com/nodejs/docker-node>.
pub const IMAGE_VERSIONS: &[&str] = &["18", "20", "22", "24"];

/// The default version.
pub const DEFAULT: &str = "22";
