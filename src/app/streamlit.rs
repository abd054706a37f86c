//! The settings of Streamlit.
//!
//! Source: <https://docs.streamlit.io/develop/concepts/configuration/options>.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::repo::Repo;

/// The file that holds them.
pub(crate) const SETTINGS: &str = ".streamlit/config.toml";
/// The port without a setting.
pub(crate) const DEFAULT_PORT: u16 = 8501;

/// `server.port` of the settings, and where it stands.
pub(crate) fn server_port(repo: &Repo) -> Option<(i64, Range<usize>)> {
    let table = DeTable::parse(repo.text(SETTINGS)?).ok()?;
    let DeValue::Table(server) = table.get_ref().get("server")?.get_ref() else { return None };
    let value = server.get("port")?;
    let DeValue::Integer(number) = value.get_ref() else { return None };
    Some((i64::from_str_radix(number.as_str(), number.radix()).ok()?, value.span()))
}
