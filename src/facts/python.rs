//! Python versions that a Space can use.

/// Minor versions with an official `python:<version>-slim-trixie` image, oldest first.
pub const IMAGE_VERSIONS: &[&str] = &["3.10", "3.11", "3.12", "3.13", "3.14"];

/// The default version.
pub const DEFAULT: &str = "3.13";

/// Versions that ZeroGPU supports, the preferred one first.
/// Source: <https://huggingface.co/docs/hub/spaces-zerogpu>.
pub const ZERO_GPU_VERSIONS: &[&str] = &["3.12.12", "3.10.13"];

/// The oldest `PyTorch` that `ZeroGPU` supports.
/// Source: <https://huggingface.co/docs/hub/spaces-zerogpu>.
pub const ZERO_GPU_TORCH: &[u32] = &[2, 8];

/// The Debian release of the generated Python images. A tag without one moves to the next release by itself,
/// and packages that the build needs may then be missing.
pub const IMAGE_SUFFIX: &str = "slim-trixie";

/// A version that runs every Gradio up to that time; it was the default of Spaces then.
pub const FOR_OLD_GRADIO: &str = "3.10";

/// The last version with the module `audioop`, which older Gradio needs.
/// Source: <https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library>.
pub const LAST_WITH_AUDIOOP: &str = "3.12";

/// From this version on Gradio requires `audioop-lts` on Python 3.13, for the pydub that it needs.
/// Source: its requirements on `PyPI`, version by version.
pub const GRADIO_WITH_AUDIOOP: &[u32] = &[5, 4];

/// A package that breaks with a newer one, although both can be installed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Break {
    /// The old package.
    pub package: &'static str,
    /// Its first version that is known to break.
    pub from: &'static [u32],
    /// Its first version that is not known to break.
    pub before: &'static [u32],
    /// The newer one, by its normalised name.
    pub other: &'static str,
    /// The first version that breaks it.
    pub since: &'static [u32],
    /// The fix.
    pub pin: &'static str,
    /// Packages that prevent the problem, or may.
    pub held_by: &'static [&'static str],
}

/// Gradio 4 certainly breaks; it is not known which release of Gradio 5 fixed the first two faults, and Gradio 5 requires `starlette<1`
/// itself. Measured with Python 3.11: 4.0.2 and 4.44.1 start and answer with all three pins (starlette 0.52.1); with starlette 1.10.0, the page
/// of 4.44.1 fails with `TypeError: unhashable type: 'dict'`. Gradio 3.39.0 and 3.50.2 start beside `huggingface_hub` 2.4.0 and pydantic 2.14.4, with
/// `starlette<0.40` and, for 3.39.0, `gradio_client<0.11`: 3.50.2 fails in the same way with starlette 1.10.0, and 3.39.0 with `No module named
/// 'gradio_client.serializing'` with `gradio_client` 2.7.2. The releases from 3.28 to 3.39 require no upper bound of it, and later ones pin it.
/// Sources: <https://github.com/Zeyi-Lin/HivisionIDPhotos/issues/281>, <https://github.com/gradio-app/gradio/issues/11116>.
pub const BREAKS: &[Break] = &[
    Break {
        package: "gradio",
        from: &[4],
        before: &[5],
        other: "huggingface-hub",
        since: &[1],
        pin: "huggingface_hub<1",
        held_by: &[
            "accelerate",
            "datasets",
            "diffusers",
            "peft",
            "sentence-transformers",
            "spaces",
            "timm",
            "tokenizers",
            "transformers",
        ],
    },
    Break {
        package: "gradio",
        from: &[4],
        before: &[5],
        other: "pydantic",
        since: &[2, 11],
        pin: "pydantic==2.10.6",
        held_by: &[],
    },
    Break {
        package: "gradio",
        from: &[4],
        before: &[5],
        other: "starlette",
        since: &[1],
        pin: "starlette<1",
        held_by: &["fastapi"],
    },
    Break {
        package: "gradio",
        from: &[3],
        before: &[4],
        other: "starlette",
        since: &[1],
        pin: "starlette<0.40",
        held_by: &["fastapi"],
    },
    Break {
        package: "gradio",
        from: &[3, 28],
        before: &[3, 40],
        other: "gradio-client",
        since: &[0, 11],
        pin: "gradio_client<0.11",
        held_by: &[],
    },
];

/// The words that cannot be names.
/// Source: <https://docs.python.org/3/reference/lexical_analysis.html#keywords>.
pub(crate) const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
