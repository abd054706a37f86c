//! What the Hub's own images, sign-in and front matter ask of an app.

pub(crate) mod gradio_version;
mod named_gradio;
pub(crate) mod oauth_scopes;
pub(super) mod repos;
pub(crate) mod requirements;
pub(crate) mod sdk_version;
pub(crate) mod sign_in;
pub(super) mod space;
