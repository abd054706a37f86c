//! The settings of Streamlit.

use std::ops::Range;

use super::space::Space;
use crate::formats::streamlit_settings::StreamlitSettings;

/// The file that holds them.
pub(super) use crate::formats::streamlit_settings::SETTINGS;
/// The port without a setting.
pub(super) const DEFAULT_PORT: i64 = 8501;

/// `server.port` of the settings, and where it stands.
pub(super) fn server_port(space: &Space<'_>) -> Option<(i64, Range<usize>)> {
    StreamlitSettings::read(space.repo().text(SETTINGS)?)?.port
}
