//! What the image of an existing Node app needs, according to its commands.

use crate::answers::Spec;
use crate::facts::base_images::Runtime;
use crate::facts::node::STANDALONE;
use crate::values::{BuildCommand, StartCommand};

/// Whether Bun installs the packages, builds the app or runs it.
pub(super) fn needs_bun(spec: &Spec) -> bool {
    let locks = spec.dependencies().is_some_and(|file| file.as_str().starts_with("bun.lock"));
    let words = spec.command().map_or(&[][..], StartCommand::words).iter();
    let words = words.chain(spec.build_command().map_or(&[][..], BuildCommand::words));
    let is_bun = |word: &String| matches!(&**word, "bun" | "bunx");
    spec.app_file().is_some() && spec.runtime() == Runtime::Node && (locks || words.into_iter().any(is_bun))
}

/// Whether the command starts a server that its build made complete.
pub(super) fn is_standalone(spec: &Spec) -> bool {
    let words = spec.command().filter(|_| spec.build_command().is_some()).map_or(&[][..], StartCommand::words);
    let is_complete = |word: &String| STANDALONE.iter().any(|folder| word.trim_start_matches("./").starts_with(folder));
    words.first().is_some_and(|word| matches!(&**word, "node" | "env" | "bun")) && words.iter().any(is_complete)
}

/// Whether a stage of its own builds the app.
pub(super) fn has_build_stage(spec: &Spec) -> bool {
    spec.template() == "node" && spec.build_command().is_some() && !spec.dev_dependencies()
}

/// A name for `package.json`, from the repository's name.
/// Source: <https://docs.npmjs.com/cli/configuring-npm/package-json#name>.
pub(super) fn package_name(spec: &Spec) -> String {
    let name = spec.name().as_str().to_lowercase();
    let name = name.trim_start_matches(['_', '.', '-']);
    let is_taken = matches!(name, "" | "node_modules" | "favicon.ico");
    if is_taken { "my-space".to_owned() } else { name.to_owned() }
}
