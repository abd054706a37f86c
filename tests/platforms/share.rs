//! A link of Gradio: no file, and one command with which Gradio asks for a link.
//!
//! No link is made: Gradio's own code is asked what its command would do.

use crate::app::App;
use crate::case::Case;
use crate::process::run;
use crate::settings::{say, script};

#[test]
#[ignore = "needs tests/platforms/setup"]
fn the_command_makes_gradio_ask_for_a_link() {
    for case in Case::of_target("gradio-share") {
        let app = App::of(case);
        let said = app.add("gradio-share");
        let name = &app.case.name;
        let paths = fs_err::read_dir(app.path()).unwrap().count();
        let given =
            app.case.files.iter().map(|(path, _)| path.split('/').next()).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(paths, given.len(), "{name}: a file was written");
        let is_command = |line: &&str| line.starts_with("GRADIO_SHARE=") || line.starts_with("python");
        let commands: Vec<_> = said.lines().map(str::trim).filter(is_command).collect();
        let [command] = &commands[..] else { panic!("{name}: not one command:\n{said}") };
        let heard = run(script("hear_share.py", app.path()).arg(command)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(heard.trim().lines().last(), Some("share"), "{name}: {heard}");
        say(&format!("gradio: `{command}` asks for a link"));
    }
}
