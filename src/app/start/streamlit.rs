//! The settings of Streamlit.

use std::ops::Range;

use crate::formats::streamlit_settings::StreamlitSettings;
use crate::repo::Repo;

/// The file that holds them.
pub(crate) use crate::formats::streamlit_settings::SETTINGS;
/// The default port.
pub(crate) const DEFAULT_PORT: u16 = 8501;

/// `server.port` of the settings, and its place.
pub(crate) fn server_port(repo: &Repo) -> Option<(i64, Range<usize>)> {
    StreamlitSettings::read(repo.text(SETTINGS)?)?.port
}
