//! A build command that needs a GPU.
//!
//! ## What it does
//! Looks for `nvidia-smi` in a `RUN`, and for `torch.cuda` calls that need a device.
//!
//! ## Why it matters
//! There is no GPU at build time, whatever the hardware of the Space: `nvidia-smi: not found`, or `No CUDA GPUs are
//! available`.
//!
//! ## Example
//! ```Dockerfile
//! FROM nvidia/cuda:12.9.1-runtime-ubuntu22.04
//! RUN nvidia-smi
//! CMD ["python3", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM nvidia/cuda:12.9.1-runtime-ubuntu22.04
//! CMD ["sh", "-c", "nvidia-smi; exec python3 -m http.server 7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Command, Dockerfile};

pub(super) const RULE: Rule = Rule::new("gpu-at-build", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (_, run) in dockerfile.runs() {
        // `nvidia-smi || true` is there to be looked at
        if run.commands.iter().any(|command| matches!(command.program(), Some("true" | "echo" | ":"))) {
            continue;
        }
        for command in run.commands.iter().filter(|command| command.program() == Some("nvidia-smi")) {
            let finding = Finding::new(in_dockerfile(command.range()), "there is no GPU at build time")
                .label("fails here")
                .help("remove it, or run it when the container starts");
            found.push(finding);
        }
        for command in run.commands.iter().filter(|command| needs_a_device(command)) {
            let finding = Finding::new(in_dockerfile(command.range()), "there is no GPU at build time")
                .label("needs a device")
                .help("remove it, or run it when the container starts");
            found.push(finding);
        }
    }
}

/// `python -c` with a call that fails without a device. `torch.cuda.is_available()` does not.
fn needs_a_device(command: &Command<'_>) -> bool {
    const CALLS: [&str; 6] = [
        "torch.cuda.current_device(",
        "torch.cuda.get_device_",
        "torch.cuda.mem_get_info(",
        ".cuda()",
        ".to('cuda')",
        ".to(\"cuda\")",
    ];
    command.program().is_some_and(|program| program.starts_with("python"))
        && command
            .option(&["-c"])
            .is_some_and(|(code, _)| CALLS.iter().any(|call| code.contains(call)) && !code.contains("is_available"))
}
