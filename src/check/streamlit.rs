//! The settings of Streamlit.
//!
//! Source: <https://docs.streamlit.io/develop/concepts/configuration/options>.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::space::Space;

/// The file that holds them.
pub(super) const SETTINGS: &str = ".streamlit/config.toml";
/// The port without a setting.
pub(super) const DEFAULT_PORT: i64 = 8501;

/// `server.port` of the settings, and where it stands.
pub(super) fn server_port(space: &Space<'_>) -> Option<(i64, Range<usize>)> {
    let table = DeTable::parse(space.repo().text(SETTINGS)?).ok()?;
    let DeValue::Table(server) = table.get_ref().get("server")?.get_ref() else { return None };
    let value = server.get("port")?;
    let DeValue::Integer(number) = value.get_ref() else { return None };
    Some((i64::from_str_radix(number.as_str(), number.radix()).ok()?, value.span()))
}
