//! Requirements that no Linux image can install.
//!
//! Measured on 2026-11-26 with `pip download` on Linux, for Python 3.10, 3.12 and 3.13.

/// Packages that only install on Windows or macOS: they have no wheel for Linux, and no source that builds there, or require such a
/// package. By their normalised names, with the system.
pub const OF_OTHER_SYSTEMS: &[(&str, &str)] = &[
    ("pywin32", "Windows"),
    ("pypiwin32", "Windows"),
    ("pywinpty", "Windows"),
    ("windows-curses", "Windows"),
    ("wmi", "Windows"),
    ("win10toast", "Windows"),
    ("twisted-iocpsupport", "Windows"),
    ("pyaudiowpatch", "Windows"),
    ("pyobjc", "macOS"),
    ("pyobjc-core", "macOS"),
    ("tensorflow-macos", "macOS"),
    ("tensorflow-metal", "macOS"),
    ("python-magic-bin", "Windows and macOS"),
];

/// The beginning of the names of such packages.
pub const OF_OTHER_SYSTEMS_BEGIN: &[(&str, &str)] = &[("pyobjc-framework-", "macOS")];

/// Names that the index has no package for, or only one that refuses to install, with what is meant; none for a module that comes with
/// Python.
pub const NOT_PACKAGES: &[(&str, Option<&str>)] = &[
    ("cv2", Some("opencv-python-headless")),
    ("pil", Some("pillow")),
    ("skimage", Some("scikit-image")),
    ("sklearn", Some("scikit-learn")),
    ("yaml", Some("pyyaml")),
    ("base64", None),
    ("collections", None),
    ("copy", None),
    ("csv", None),
    ("glob", None),
    ("hashlib", None),
    ("io", None),
    ("itertools", None),
    ("json", None),
    ("math", None),
    ("os", None),
    ("pickle", None),
    ("random", None),
    ("re", None),
    ("shutil", None),
    ("sqlite3", None),
    ("subprocess", None),
    ("sys", None),
    ("tempfile", None),
    ("threading", None),
    ("time", None),
    ("tkinter", None),
    ("traceback", None),
    ("urllib", None),
    ("warnings", None),
];

/// A line that Debian's and Ubuntu's `pip freeze` adds, for a package that does not exist.
/// Source: <https://bugs.launchpad.net/ubuntu/+source/python-pip/+bug/1635463>.
pub const PKG_RESOURCES: &str = "pkg-resources";

/// The beginning of paths that only exist on the computer that wrote them: where conda builds its packages, and the homes of macOS.
/// Source: `pip freeze` in environments of conda.
pub const OTHER_COMPUTERS: &[&str] = &[
    "/croot/",
    "/home/conda/feedstock_root/",
    "/opt/conda/conda-bld/",
    "/tmp/build/80754af9/",
    "/private/var/",
    "/Users/",
    "/feedstock_root/",
];

/// Folders, at any depth, in which conda builds its packages.
/// Source: `pip freeze` in environments of conda.
pub const BUILD_FOLDERS: &[&str] = &["ci_py311", "perseverance-python-buildout"];

/// The index of `PyTorch`, which has the builds with a local version such as `+cu121`, each below its own name.
/// Source: <https://pytorch.org/get-started/previous-versions/>.
pub const TORCH_INDEX: &str = "https://download.pytorch.org/whl/";

/// Packages in that index.
pub const OF_TORCH: &[&str] = &["torch", "torchvision", "torchaudio", "torchtext", "xformers"];
