//! Which index has the builds of `torch` for the hardware of a Space.

use crate::answers::Spec;
use crate::facts::base_images::Runtime;
use crate::facts::python_packages::{BRINGS, GPU};
use crate::facts::python_platforms::TORCH_INDEX;
use crate::formats::requirements::Requirements;
use crate::values::Sdk;

/// The index with the builds for CPUs, if a starter app gets `torch` and its hardware has no GPU: those on `PyPI` bring CUDA.
pub(super) fn cpu_index(spec: &Spec) -> Option<String> {
    let is_starter = spec.app_file().is_none() && spec.base().is_none() && spec.runtime() == Runtime::Python;
    let has_gpu = spec.hardware().is_some_and(|hardware| !hardware.as_str().starts_with("cpu"));
    if spec.sdk() != Sdk::Docker || !is_starter || has_gpu {
        return None;
    }
    let lines: String = spec.pip().iter().map(|requirement| format!("{}\n", requirement.as_str())).collect();
    let requirements = Requirements::read(&lines);
    let needs_gpu = |name: &str| GPU.iter().any(|(known, needs)| *needs && *known == name);
    let brings = |name: &str| BRINGS.iter().any(|(known, brought)| *known == name && brought.contains(&"torch"));
    if requirements.packages().any(|(package, _)| needs_gpu(&package.name)) {
        return None;
    }
    // An address, or a version such as `2.11.0+cu128`, has decided
    let is_open = match requirements.package("torch") {
        Some((torch, _)) => {
            torch.address.is_none() && torch.versions.exact().is_none_or(|version| !version.to_string().contains('+'))
        }
        None => requirements.packages().any(|(package, _)| brings(&package.name)),
    };
    is_open.then(|| format!("{TORCH_INDEX}cpu"))
}
