//! The rules that explain what a run of a Space shows, one row for each kind of fault. The first rule explains it by itself; another one
//! does if the check reports it. A fault that only the check can explain has a row of its own in the second part.

/// The engine has no command to start.
pub const NO_COMMAND: &[&str] = &["missing-cmd", "entrypoint-without-cmd"];

/// The engine may not execute what it starts.
pub const NOT_EXECUTABLE: &[&str] = &["script-not-executable"];

/// The engine does not find what it starts.
pub const NOT_FOUND: &[&str] =
    &["missing-start-file", "script-with-crlf", "script-not-on-path", "invalid-exec-form", "variable-in-exec-form"];

/// The app listens on another port than the one that the Hub connects to.
pub const OTHER_PORT: &[&str] =
    &["port-mismatch", "default-port-of-base-image", "port-of-base-image", "streamlit-port-set"];

/// The app listens at a loopback address only.
pub const LOOPBACK: &[&str] = &["loopback-bind", "gradio-on-loopback"];

/// The same on another port.
pub const LOOPBACK_ELSEWHERE: &[&str] = &["loopback-bind", "gradio-on-loopback", "port-mismatch"];

/// The app does not know that the visitor uses https.
pub const PROXY: &[&str] = &["untrusted-proxy"];

/// The app refuses the host of the Space.
pub const HOST: &[&str] = &["refused-host"];

/// A header keeps the frame of the Hub's page empty.
pub const FRAME: &[&str] = &["refused-frame"];

/// A process runs as another user.
pub const USER: &[&str] = &["user-not-1000", "root-user", "missing-user"];

/// A file or folder belongs to another user.
pub const OWNER: &[&str] = &[
    "copy-owned-by-root",
    "workdir-owned-by-root",
    "mkdir-after-user",
    "home-owned-by-root",
    "data-filled-at-build",
    "user-not-1000",
    "missing-user",
    "root-user",
];

/// The working folder does.
pub const OWNER_OF_FOLDER: &[&str] = &[
    "workdir-owned-by-root",
    "copy-owned-by-root",
    "mkdir-after-user",
    "home-owned-by-root",
    "user-not-1000",
    "missing-user",
    "root-user",
];

/// The page of a static Space is not there.
pub const NO_PAGE: &[&str] = &["missing-app-file"];

/// What the check may explain: the engine cannot execute what it starts.
pub const PERHAPS_FORMAT: &[&str] = &["script-with-crlf"];

/// The app ends before it answers.
pub const PERHAPS_ENDED: &[&str] = &["missing-start-file", "script-not-executable", "start-needs-root"];

/// Nothing answers, and where the app listens is not known.
pub const PERHAPS_SILENT: &[&str] =
    &["port-mismatch", "default-port-of-base-image", "gradio-on-loopback", "loopback-bind"];

/// The app answers with an error.
pub const PERHAPS_STATUS: &[&str] = &["missing-app-file"];

/// Browsers do not send its cookies.
pub const PERHAPS_COOKIES: &[&str] = &["streamlit-xsrf"];

/// It ignores its stop signal.
pub const PERHAPS_STOP: &[&str] = &["shell-form-cmd"];
