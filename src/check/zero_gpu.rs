//! Whether a Space is made for `ZeroGPU`.

use super::space::Space;

/// Whether the front matter suggests its hardware, or a function is marked for it.
pub(super) fn is_zero_gpu(space: &Space<'_>) -> bool {
    suggests_zero_gpu(space) || space.python_files().iter().any(|file| file.has("spaces.GPU"))
}

/// Whether the front matter suggests its hardware.
pub(super) fn suggests_zero_gpu(space: &Space<'_>) -> bool {
    space.text_of("suggested_hardware").is_some_and(|(hardware, _)| hardware.starts_with("zero-"))
}
