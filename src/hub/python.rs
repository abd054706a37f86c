//! Python versions that a Space can ask for.

/// Minor versions with an official `python:<version>-slim-trixie` image, oldest first.
pub const IMAGE_VERSIONS: &[&str] = &["3.10", "3.11", "3.12", "3.13", "3.14"];

/// The version used when nothing else is said.
pub const DEFAULT: &str = "3.13";

/// Versions that ZeroGPU runs, the preferred one first.
/// Source: <https://huggingface.co/docs/hub/spaces-zerogpu>.
pub const ZERO_GPU_VERSIONS: &[&str] = &["3.12.12", "3.10.13"];

/// The Debian release that generated Python images stand on. A tag without one moves to the next release by itself,
/// and packages then vanish from under the build.
pub const IMAGE_SUFFIX: &str = "slim-trixie";

/// A version that every Gradio of before then runs on; Spaces had it by default at the time.
pub const FOR_OLD_GRADIO: &str = "3.10";

/// From this version on Gradio requires `audioop-lts` on Python 3.13, for the pydub that it needs.
/// Source: its requirements on `PyPI`, version by version.
pub const GRADIO_WITH_AUDIOOP: &[u32] = &[5, 4];
