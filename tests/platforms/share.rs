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
        let lines =
            said.lines().map(str::trim).filter(|line| line.contains("GRADIO_SHARE") || line.contains("share=True"));
        let commands: Vec<_> = lines.filter(|line| line.contains("python")).collect();
        let [command] = &commands[..] else { panic!("{name}: not one command:\n{said}") };
        let heard = run(script("hear_share.py", app.path()).arg(command)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(heard.trim().lines().last(), Some("share"), "{name}: {heard}");
        say(&format!("gradio: `{command}` asks for a link"));
    }
}
