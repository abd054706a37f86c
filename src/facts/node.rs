//! Node: the versions that a Space can use, and programs.

/// Major versions with an official `node:<version>-slim` image, oldest first.
/// Source: <https://github.com/nodejs/docker-node>.
pub const IMAGE_VERSIONS: &[&str] = &["18", "20", "22", "24"];

/// The default version.
pub const DEFAULT: &str = "22";

/// Programs that build an app or serve it while it is developed, each with its own documentation as the source: a script that
/// begins with one is not what starts the server. Next.js has a server too, which is started without a script.
pub const FOR_DEVELOPMENT: &[&str] = &[
    "ng",
    "vite",
    "next",
    "nodemon",
    "react-scripts",
    "webpack-dev-server",
    "webpack",
    "gulp",
    "electron",
    "parcel",
    "expo",
];
