//! What is said when packages are built from their sources, and by the tools of Go and Rust.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "rust-compiler-missing",
        patterns: &[
            "{}error: can't find Rust compiler",
            "{}Cargo, the Rust package manager, is not installed or is not on PATH",
        ],
        cause: "A Python package that is written in Rust has no wheel for this Python, so pip compiles it, and the image has no Rust.",
        fix: "Choose a version of the package, or of Python, that has a wheel (a newer release of tokenizers, tiktoken, pydantic-core ..), and do not pin an old one; only otherwise install Rust (`apt-get install -y cargo rustc`).",
        rules: &["old-package-on-new-python", "build-tool-missing"],
        example: "error: can't find Rust compiler",
        source: "https://github.com/PyO3/setuptools-rust",
        ..Message::BUILD
    },
    Message {
        id: "compiler-killed",
        patterns: &["{}: fatal error: Killed signal terminated program cc1"],
        cause: "The compiler was killed, almost always since the builder ran out of memory while it compiled several files at once.",
        fix: "Install a wheel in place of compiling (llama-cpp-python, dlib, flash-attn and others have prebuilt ones), or compile with fewer jobs: `ENV MAX_JOBS=1 CMAKE_BUILD_PARALLEL_LEVEL=1` and `MAKEFLAGS=-j1`.",
        rules: &["old-package-on-new-python"],
        example: "c++: fatal error: Killed signal terminated program cc1plus",
        source: "https://gcc.gnu.org/wiki/FAQ",
        ..Message::BUILD
    },
    Message {
        id: "openblas-missing",
        patterns: &[
            "{}ERROR: Dependency \"OpenBLAS\" not found, tried",
            "{}ERROR: Dependency lookup for OpenBLAS with method",
        ],
        cause: "scipy, or a package like it, has no wheel of that version for this Python, so pip compiles it, and the image has no OpenBLAS.",
        fix: "Require a newer version that has a wheel for this Python, or choose an older Python (`python_version` in README.md, or the base image). Compiling needs libopenblas-dev, gfortran and pkg-config, and takes long.",
        rules: &["old-package-on-new-python"],
        example: "ERROR: Dependency \"OpenBLAS\" not found, tried pkgconfig, framework and cmake",
        source: "https://github.com/scipy/scipy",
        ..Message::BUILD
    },
    Message {
        id: "meson-dependency-missing",
        patterns: &["{}meson.build:{line}: ERROR: Dependency \"{name}\" not found, tried"],
        cause: "A package is compiled, since it has no wheel for this Python, and the library {name} that it needs is not in the image.",
        fix: "Choose a version of the package, or of Python, that has wheels. Otherwise install the library's package whose name ends in `-dev`, and pkg-config, with apt above the `USER` line.",
        rules: &["build-tool-missing", "old-package-on-new-python"],
        example: "../meson.build:31:10: ERROR: Dependency \"cairo\" not found, tried pkgconfig and cmake",
        source: "https://github.com/scipy/scipy",
        ..Message::BUILD
    },
    Message {
        id: "cython-too-new",
        patterns: &["{}AttributeError: cython_sources"],
        cause: "PyYAML 5.4 and 6.0.0 cannot be built with Cython 3, and have no wheel for this Python.",
        fix: "Require `PyYAML>=6.0.1`; if another package pins an older one, update that package or choose an older Python.",
        rules: &["old-package-on-new-python"],
        example: "AttributeError: cython_sources",
        source: "https://github.com/yaml/pyyaml/issues/601",
        ..Message::BUILD
    },
    Message {
        id: "module-needed-to-build",
        patterns: &[
            "ModuleNotFoundError: No module named 'numpy'",
            "ModuleNotFoundError: No module named 'Cython'",
            "ModuleNotFoundError: No module named 'setuptools'",
            "ModuleNotFoundError: No module named 'packaging'",
            "ModuleNotFoundError: No module named 'wheel'",
            "ModuleNotFoundError: No module named 'pybind11'",
        ],
        near: &["did not run successfully"],
        cause: "The setup of an old package imports a module while it is built, and pip builds it in an environment of its own, in which that module is not installed.",
        fix: "Choose a newer version of the package that has a wheel or names what it needs. Otherwise install the module in an earlier `RUN` (pre-requirements.txt in a Gradio Space) and the package with `--no-build-isolation`.",
        rules: &["old-package-on-new-python"],
        example: "ModuleNotFoundError: No module named 'numpy'",
        source: "https://pip.pypa.io/en/stable/reference/build-system/",
        ..Message::BUILD
    },
    Message {
        id: "go-too-old",
        patterns: &["go: go.mod requires go >= {version} (running go {running}"],
        cause: "go.mod asks for Go {version} or later, and the image has an older one.",
        fix: "Choose the image `golang:{version}` or a newer one, or lower the line `go` in go.mod.",
        example: "go: go.mod requires go >= 1.23 (running go 1.21.13; GOTOOLCHAIN=local)",
        source: "https://go.dev/doc/toolchain",
        ..Message::BUILD
    },
    Message {
        id: "rust-too-old",
        patterns: &[
            "error: package `{package}` cannot be built because it requires rustc {version} or newer",
            "error: rustc {version} is not supported by the following package",
            "{}it requires rustc {version} or newer, while the currently active rustc version is",
            "Either upgrade rustc or select compatible dependency versions with",
        ],
        cause: "A package needs a newer Rust compiler than the image has.",
        fix: "Choose a newer `rust` image, or pin an older version of the package in Cargo.lock (`cargo update -p NAME --precise VERSION`).",
        example: "error: rustc 1.95.0 is not supported by the following package:",
        source: "own run of cargo 1.95",
        ..Message::BUILD
    },
    Message {
        id: "cargo-edition-too-new",
        patterns: &["feature `edition2024` is required"],
        cause: "A package, often one that another package needs, is written in Rust's edition 2024, which Cargo knows from 1.85 on, and the image has an older one.",
        fix: "Choose the image `rust:1.85` or a newer one, or commit a Cargo.lock with older versions of the package (`cargo update -p NAME --precise VERSION`) and build with `--locked`.",
        example: "feature `edition2024` is required",
        source: "https://doc.rust-lang.org/edition-guide/rust-2024/index.html",
        ..Message::BUILD
    },
    Message {
        id: "cargo-lock-outdated",
        patterns: &[
            "error: the lock file {file} needs to be updated but --locked was passed to prevent this",
            "error: cannot update the lock file {file} because --locked was passed to prevent this",
            "error: cannot create the lock file {file} because --locked was passed to prevent this",
        ],
        cause: "Cargo.lock is missing or does not fit Cargo.toml, and `--locked` refuses to write it.",
        fix: "Run `cargo build`, commit the new Cargo.lock, and copy it with Cargo.toml.",
        example: "error: the lock file /app/Cargo.lock needs to be updated but --locked was passed to prevent this",
        source: "own run of cargo 1.95",
        ..Message::BUILD
    },
    Message {
        id: "torch-needed-to-build",
        patterns: &["ModuleNotFoundError: No module named 'torch'"],
        near: &["Getting requirements to build wheel"],
        cause: "A package, such as flash-attn, imports torch while it is built, and pip builds it in an environment of its own, without torch.",
        fix: "Install torch in an earlier step (pre-requirements.txt in a Gradio Space), then the package with `--no-build-isolation`; a prebuilt wheel is better, since the builder has no GPU.",
        example: "ModuleNotFoundError: No module named 'torch'",
        source: "https://github.com/Dao-AILab/flash-attention",
        ..Message::BUILD
    },
    Message {
        id: "setuptools-too-new",
        patterns: &[
            "ModuleNotFoundError: No module named 'pkg_resources'",
            "AttributeError: module 'pkgutil' has no attribute 'ImpImporter'",
            "{}use_2to3 is invalid",
            "AttributeError: install_layout",
        ],
        cause: "An old package is built from source with a setuptools or a Python that is newer than it can take.",
        fix: "Choose a newer version of the package that has a wheel, or an older Python; `setuptools<81` brings pkg_resources back.",
        rules: &["old-package-on-new-python"],
        example: "AttributeError: module 'pkgutil' has no attribute 'ImpImporter'. Did you mean: 'zipimporter'?",
        source: "https://github.com/pypa/setuptools",
        ..Message::BUILD
    },
    Message {
        id: "setup-py-failed",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &[
            "error: metadata-generation-failed",
            "ERROR: Failed to build '{package}' when getting requirements to build wheel",
            "error: Failed to build '{package}'",
        ],
        cause: "A package without a wheel for this Python could not be prepared from its sources; the lines above say why.",
        fix: "Choose a version of the package, or of Python, that has wheels.",
        rules: &["old-package-on-new-python", "build-tool-missing"],
        example: "error: metadata-generation-failed",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "wheel-build-failed",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["ERROR: Failed building wheel for {package}"],
        cause: "{package} has no wheel for this Python and could not be compiled; the lines above say why.",
        fix: "Choose a version of {package}, or of Python, that has wheels; otherwise install the compiler and the libraries that it needs.",
        rules: &["old-package-on-new-python", "build-tool-missing"],
        example: "ERROR: Failed building wheel for numpy",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
];
