//! `torch` with CUDA in a Space without a GPU.
//!
//! ## What it does
//! Looks in a Docker Space for `torch`, or a package that requires it, from the default index, which has the builds with CUDA. A Space
//! that suggests a GPU, whose code mentions CUDA, or whose base image has CUDA is not reported.
//!
//! ## Why it matters
//! The CUDA libraries add 2 to 5 GB to the image, which takes longer to build, push and start; on CPU hardware nothing uses them.
//!
//! ## Example
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! torch==2.11.0
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! --extra-index-url https://download.pytorch.org/whl/cpu
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! torch==2.11.0
//! ```
//!
//! ## Source
//! <https://pytorch.org/get-started/locally/>

use super::{Cause, Check, Finding, Group, Rule, Scope, Space, SpaceSdk, Subject};
use crate::app::image::packages::lineage;
use crate::check::space::of_item;
use crate::facts::hardware::CPU_BASIC;
use crate::facts::python_packages::{BRINGS, GPU};
use crate::facts::python_platforms::TORCH_INDEX;

pub(super) const RULE: Rule = Rule::new(
    "cuda-torch-on-cpu",
    Group::Wasteful,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile, Subject::Source], check),
)
.only_in(&[SpaceSdk::Docker])
.of(Scope::SPACES)
.caused_by(Cause::Pip);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let installed = space.installed();
    let is_settled = installed.has_other_index || installed.needs_hashes;
    if is_settled || GPU.iter().any(|(name, needs_gpu)| *needs_gpu && installed.names(name)) {
        return;
    }
    let brings = |name: &str| BRINGS.iter().any(|(known, brought)| *known == name && brought.contains(&"torch"));
    let is_torch = |name: &str| name == "torch" || (brings(name) && !installed.names("torch"));
    let mut items = installed.items().filter_map(|(command, item)| {
        let package = item.package().filter(|package| is_torch(&package.name) && package.address.is_none())?;
        // A lock has its own
        if item.path.as_deref() == Some("pyproject.toml") {
            return None;
        }
        // A local version names its index
        let is_local = package.versions.exact().is_some_and(|version| version.to_string().contains('+'));
        (!is_local).then_some((command, item, package))
    });
    let Some((command, item, package)) = items.next() else { return };
    let image = space.docker().zip(command.at).and_then(|(dockerfile, (stage, _))| lineage(dockerfile, stage).1);
    // A base image may have its own
    if !image.is_some_and(|image| image.is_official()) || has_gpu(space) {
        return;
    }
    let message = if package.name == "torch" {
        "this `torch` is the build with CUDA, and the Space has no GPU".to_owned()
    } else {
        format!("`{}` installs the `torch` with CUDA, and the Space has no GPU", package.name)
    };
    let what = if item.path.is_none() { "to the command" } else { "the line" };
    let finding = Finding::new(of_item(item), message)
        .label("adds GBs that a CPU does not use")
        .help(format!("add {what} `--extra-index-url {TORCH_INDEX}cpu`, which has the builds for CPUs"));
    found.push(finding);
}

/// Words of code for a GPU.
const WORDS: [&str; 6] = ["cuda", "\"gpu\"", "spaces.GPU", "nvidia", "device_map", "bitsandbytes"];

/// Whether the Space has, or may have, a GPU.
fn has_gpu(space: &Space<'_>) -> bool {
    if let Some((hardware, _)) = space.text_of("suggested_hardware") {
        return !hardware.starts_with("cpu") && hardware != CPU_BASIC;
    }
    let mentions = |text: &str| WORDS.iter().any(|word| text.contains(word));
    space.python_files().iter().any(|file| mentions(file.text))
        || space.docker().is_some_and(|dockerfile| mentions(dockerfile.text) || dockerfile.text.contains("NVIDIA"))
}
