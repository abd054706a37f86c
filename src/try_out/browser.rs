//! Opens an address in the browser of this user.

use std::process::Stdio;
use std::time::Duration;

use crate::apply::Scratch;
use crate::program::{Command, Program};

/// The programs that open an address, with the words before it.
/// Sources: <https://www.freedesktop.org/wiki/Software/xdg-utils/>, and the manual pages of `open` and `rundll32`.
const OPENERS: [(&str, &[&str]); 3] =
    [("xdg-open", &[]), ("open", &[]), ("rundll32", &["url.dll,FileProtocolHandler"])];

/// How long opening may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens an address in a browser. Whether that worked.
#[must_use]
pub fn open_in_browser(address: &str) -> bool {
    let Ok(folder) = Scratch::new() else { return false };
    OPENERS.iter().any(|(name, words)| {
        let Some(program) = Program::find(name) else { return false };
        let prepare = |command: &mut Command| {
            command.args(*words).arg(address);
        };
        program.run(folder.path(), Stdio::null(), PATIENCE, prepare).is_ok_and(|ended| ended.status.success())
    })
}
