//! What apt, apk and compilers say, and libraries that are missing.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "apt-package-gone",
        patterns: &["E: Package '{package}' has no installation candidate"],
        cause: "The base image moved to a Debian release (since August 2025 trixie) that no longer has the package {package}: a tag such as `python:3.12-slim` follows the newest release.",
        fix: "Install its successor (libgl1 and libglib2.0-0 for libgl1-mesa-glx), or pin the base image to a release that still has it, such as `-bookworm`.",
        rules: &["vanished-package", "floating-base"],
        example: "E: Package 'libgl1-mesa-glx' has no installation candidate",
        source: "https://github.com/ChrisPHP/PixelTextureForge/issues/7",
        ..Message::BUILD
    },
    Message {
        id: "apt-package-left-debian",
        patterns: &[
            "E: Unable to locate package software-properties-common",
            "E: Unable to locate package libgl1-mesa-glx",
        ],
        with: &["apt-get update"],
        cause: "The base image is on Debian 13 (trixie) or later, which no longer has this package: a tag such as `python:3.12-slim` follows the newest release since August 2025.",
        fix: "Leave software-properties-common out (Debian does not need it), install libgl1 and libglib2.0-0 in place of libgl1-mesa-glx, or pin the base image to the older release (`-bookworm`).",
        rules: &["vanished-package", "floating-base"],
        example: "E: Unable to locate package software-properties-common",
        source: "own run of apt 2.6",
        ..Message::BUILD
    },
    Message {
        id: "packages-txt-comment",
        patterns: &["E: Unable to locate package #"],
        cause: "packages.txt has a comment, and the builder takes each word of that file for the name of a package.",
        fix: "Remove the comments from packages.txt: it has one name of a Debian package on each line, and nothing else.",
        example: "E: Unable to locate package #",
        source: "https://huggingface.co/docs/hub/spaces-dependencies",
        ..Message::BUILD
    },
    Message {
        id: "apt-package-unknown",
        is_ambiguous: true,
        patterns: &["E: Unable to locate package {package}"],
        cause: "This release of the base image has no package {package}: the name is misspelled, `apt-get update` is missing in the same `RUN`, or the package has left Debian or is in another repository.",
        fix: "Run `apt-get update && apt-get install ..` in one `RUN`, look the name up for the image's release, leave out what is gone, or pin the base image (`-bookworm`).",
        rules: &["vanished-package", "floating-base"],
        example: "E: Unable to locate package git",
        source: "own run of apt 2.6",
        ..Message::BUILD
    },
    Message {
        id: "apt-version-missing",
        patterns: &["E: Version '{version}' for '{package}' was not found"],
        cause: "The Debian package {package} has no version {version} any more: mirrors keep only the newest one of a release.",
        fix: "Install it without a version, or with the one that the image's release has.",
        example: "E: Version '7.88.1-10+deb12u5' for 'curl' was not found",
        source: "own run of apt 2.6",
        ..Message::BUILD
    },
    Message {
        id: "apt-release-archived",
        patterns: &[
            "E: The repository '{mirror} buster{rest} Release file.",
            "E: The repository '{mirror} stretch{rest} Release file.",
            "E: The repository '{mirror} jessie{rest} Release file.",
            "E: The repository '{mirror} wheezy{rest} Release file.",
            "E: The repository '{mirror} oracular{rest} Release file.",
            "E: The repository '{mirror} mantic{rest} Release file.",
            "E: The repository '{mirror} lunar{rest} Release file.",
            "E: The repository '{mirror} kinetic{rest} Release file.",
            "E: The repository '{mirror} impish{rest} Release file.",
            "E: The repository '{mirror} hirsute{rest} Release file.",
            "E: The repository '{mirror} groovy{rest} Release file.",
            "E: The repository '{mirror} eoan{rest} Release file.",
            "E: The repository '{mirror} disco{rest} Release file.",
            "E: The repository '{mirror} cosmic{rest} Release file.",
            "E: Failed to fetch {url}/dists/buster{rest} 404",
            "E: Failed to fetch {url}/dists/stretch{rest} 404",
            "E: Failed to fetch {url}/dists/jessie{rest} 404",
        ],
        cause: "The packages of the base image's release have left the mirrors: it is no longer supported (Debian buster and stretch, old Ubuntu releases).",
        fix: "Choose a base image with a supported release, such as `python:3.12-slim-bookworm`.",
        rules: &["archived-release"],
        example: "E: The repository 'http://mirror.example.org/debian buster Release' does not have a Release file.",
        source: "own run of apt 2.6",
        ..Message::BUILD
    },
    Message {
        id: "apt-repository-unfit",
        is_ambiguous: true,
        patterns: &[
            "E: The repository '{repository}' does not have a Release file.",
            "E: The repository '{repository}' no longer has a Release file.",
        ],
        cause: "The repository {repository} has no packages for the release of the base image: it is that of a third party and knows other releases (a PPA is for Ubuntu only), or it has been closed.",
        fix: "Remove the repository, or name one that its owner offers for this release; or choose a base image of a release that it knows.",
        also: &["archived-release"],
        example: "E: The repository 'https://ppa.example.org/acme/ppa/ubuntu trixie Release' does not have a Release file.",
        source: "own run of apt 2.6",
        ..Message::BUILD
    },
    Message {
        id: "apt-list-outdated",
        is_ambiguous: true,
        patterns: &["E: Failed to fetch {url}.deb{} 404"],
        cause: "apt wants to download a version of a package that the mirror no longer has: the package list in the image is older than the mirror. Usually `apt-get update` ran in a `RUN` of its own, whose result was taken from the cache.",
        fix: "Put `apt-get update` and `apt-get install` into one `RUN` (`RUN apt-get update && apt-get install -y ..`), and build without the cache (Factory rebuild). If it stays, the release of the base image may be archived: choose a newer one.",
        also: &["archived-release"],
        example: "E: Failed to fetch http://mirror.example.org/debian/pool/main/f/ffmpeg/libavcodec59_5.1.4-0%2bdeb12u1_amd64.deb  404  Not Found [IP: 192.0.2.1 80]",
        source: "https://github.com/inovex/gitlab-ci-android/pull/18",
        ..Message::BUILD
    },
    Message {
        id: "apt-without-root",
        patterns: &[
            "E: Could not open lock file {file} - open (13: Permission denied)",
            "E: List directory /var/lib/apt/lists/partial is missing. - Acquire (13: Permission denied)",
            "E: Unable to acquire the dpkg frontend lock",
            "ERROR: Unable to lock database: Permission denied",
            "{}are you root?",
        ],
        cause: "apt (or apk) runs after the Dockerfile has switched to a user who is not root, and only root may install system packages.",
        fix: "Move this step above the `USER` line, or put `USER root` before it and `USER user` behind it.",
        rules: &["apt-after-user"],
        example: "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)",
        source: "https://github.com/SeleniumHQ/docker-selenium/issues/725",
        ..Message::BUILD
    },
    Message {
        id: "apt-missing",
        patterns: &[
            "{}: apt-get: not found",
            "{}: apt: not found",
            "{}: apt-get: command not found",
            "apt-get: command not found",
        ],
        cause: "The base image is not Debian or Ubuntu, so it has no apt: Alpine has apk, Red Hat's images have dnf.",
        fix: "Use the image's own package manager (`apk add --no-cache ..`), or choose a base image on Debian.",
        rules: &["missing-program"],
        example: "/bin/sh: apt-get: not found",
        source: "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper",
        ..Message::BUILD
    },
    Message {
        id: "apk-package-unknown",
        patterns: &["{package} (no such package):", "ERROR: unable to select packages:"],
        cause: "Alpine has no package of that name, at least not in this release.",
        fix: "Look the name up among Alpine's packages; Debian's names differ (build-base for build-essential).",
        example: "ERROR: unable to select packages:",
        source: "https://gitlab.alpinelinux.org/alpine/apk-tools",
        ..Message::BUILD
    },
    Message {
        id: "apt-signature-invalid",
        patterns: &[
            "{}The following signatures couldn't be verified because the public key is not available",
            "{}At least one invalid signature was encountered",
            "{}The following signatures were invalid",
        ],
        cause: "apt cannot verify a package list: its key is missing or has expired; an old base image, or a third party's repository, has an old key.",
        fix: "Choose a newer base image, or renew the key of the repository that the line names.",
        example: "GPG error: https://mirror.example.org/apt stable InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0000000000000000",
        source: "https://help.ubuntu.com/community/SecureApt",
        ..Message::BUILD
    },
    Message {
        id: "apt-dependencies-unmet",
        patterns: &["E: Unable to correct problems, you have held broken packages", "E: Unmet dependencies."],
        cause: "The packages that are asked for do not fit together, often since one is from another release or another repository than the image.",
        fix: "Remove versions and foreign repositories from the `RUN`, or choose a base image of the release that they are made for.",
        example: "E: Unable to correct problems, you have held broken packages.",
        source: "own run of apt 2.6",
        ..Message::BUILD
    },
    Message {
        id: "compiler-missing",
        patterns: &[
            "error: command 'gcc' failed: No such file or directory",
            "error: command 'g++' failed: No such file or directory",
            "error: command 'cc' failed: No such file or directory",
            "error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory",
            "{}unable to execute 'gcc': No such file or directory",
            "{}CMAKE_C_COMPILER not set",
            "{}CMAKE_CXX_COMPILER not set",
            "{}No CMAKE_C_COMPILER could be found",
            "{}No CMAKE_CXX_COMPILER could be found",
            "ERROR: Unknown compiler(s)",
            "{}error: linker `cc` not found",
            "error: Microsoft Visual C++",
        ],
        cause: "A Python package without a wheel for this Python is compiled, and the slim image has no compiler.",
        fix: "Choose a version of the package, or of Python, that has wheels; otherwise install `build-essential` (and `cmake` where it is asked for) with apt above the `USER` line.",
        rules: &["build-tool-missing"],
        example: "error: command 'gcc' failed: No such file or directory",
        source: "https://github.com/pypa/setuptools",
        ..Message::BUILD
    },
    Message {
        id: "python-headers-missing",
        patterns: &["{}fatal error: Python.h: No such file or directory"],
        cause: "A Python package is compiled, and the headers of Python are missing: those of the system's Python are in a package of their own.",
        fix: "Install `python3-dev` with apt, or use an image of `python`, which has them.",
        rules: &["build-tool-missing"],
        example: "fatal error: Python.h: No such file or directory",
        source: "https://docs.python.org/3/extending/building.html",
        ..Message::BUILD
    },
    Message {
        id: "library-headers-missing",
        patterns: &["{}fatal error: {header}.h: No such file or directory"],
        cause: "A package is compiled, and the header {header}.h of a system library is missing.",
        fix: "Install the library's package whose name ends in `-dev` with apt above the `USER` line (portaudio19-dev for portaudio.h, libsndfile1-dev, libpq-dev), or choose a version that has a wheel.",
        rules: &["build-tool-missing"],
        example: "fatal error: portaudio.h: No such file or directory",
        source: "https://people.csail.mit.edu/hubert/pyaudio/",
        ..Message::BUILD
    },
    Message {
        id: "pg-config-missing",
        patterns: &["{}Error: pg_config executable not found", "{}pg_config is required to build psycopg2 from source"],
        cause: "psycopg2 is compiled, and the files of PostgreSQL are missing.",
        fix: "Require `psycopg2-binary` in place of psycopg2, or install `libpq-dev` and `gcc` with apt.",
        rules: &["build-tool-missing"],
        example: "Error: pg_config executable not found.",
        source: "https://www.psycopg.org/docs/install.html",
        ..Message::BUILD
    },
    Message {
        id: "git-missing",
        patterns: &[
            "ERROR: Cannot find command 'git'",
            "{}Error [Errno 2] No such file or directory: 'git'",
            "error: Git executable not found",
            "{}: git: not found",
            "{}: git: command not found",
            "git: command not found",
        ],
        cause: "A requirement is installed from a git address, and the slim image has no git.",
        fix: "Install `git` with apt above the `USER` line, or require a release instead of the address.",
        rules: &["missing-program", "build-tool-missing"],
        example: "ERROR: Cannot find command 'git' - do you have 'git' installed and in your PATH?",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "make-missing",
        patterns: &[
            "{}: make: not found",
            "{}: make: command not found",
            "make: command not found",
            "{}: cmake: not found",
            "{}: cmake: command not found",
            "cmake: command not found",
            "{}CMake must be installed to build",
            "{}not find the build program corresponding to \"Ninja\"",
        ],
        cause: "A package is compiled, and the image has no make or CMake.",
        fix: "Install `build-essential` and `cmake` with apt above the `USER` line, or choose a version of the package that has a wheel.",
        rules: &["build-tool-missing"],
        example: "/bin/sh: 1: make: not found",
        source: "own run of dash 0.5",
        ..Message::BUILD
    },
    Message {
        id: "libgl-missing",
        patterns: &["ImportError: libGL.so.1: cannot open shared object file"],
        cause: "opencv-python needs the system library libGL, and the slim image does not have it.",
        fix: "Use opencv-python-headless in requirements.txt, or install libgl1 and libglib2.0-0 with apt-get in the Dockerfile (packages.txt in a Gradio Space).",
        rules: &["system-library-missing"],
        example: "ImportError: libGL.so.1: cannot open shared object file: No such file or directory",
        source: "https://github.com/StabRise/ScaleDP/issues/93",
        ..Message::RAISED
    },
    Message {
        id: "system-library-missing",
        patterns: &[
            "ImportError: {library}: cannot open shared object file",
            "OSError: {library}: cannot open shared object file",
            "OSError: cannot load library '{library}'",
            "OSError: {library} library not found",
            "{}error while loading shared libraries: {library}: cannot open shared object file",
        ],
        cause: "A Python package needs the system library {library}, which the image does not have.",
        fix: "Install the Debian package that has it with apt above the `USER` line (libglib2.0-0 for libgthread and libglib, libsndfile1, libgomp1, libsm6, libxext6), or list it in packages.txt of a Gradio Space.",
        rules: &["system-library-missing"],
        example: "ImportError: libgthread-2.0.so.0: cannot open shared object file: No such file or directory",
        source: "https://github.com/opencv/opencv-python",
        ..Message::RAISED
    },
    Message {
        id: "tesseract-missing",
        patterns: &[
            "TesseractNotFoundError: tesseract is not installed or it's not in your PATH",
            "{}: ffmpeg: not found",
            "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'",
            "FileNotFoundError: [Errno 2] No such file or directory: 'ffprobe'",
            "PDFInfoNotInstalledError: Unable to get page count. Is poppler installed and in PATH?",
            "ExecutableNotFound: failed to execute {program}",
        ],
        cause: "A Python package calls a program that the image does not have, such as tesseract, ffmpeg, poppler or graphviz.",
        fix: "Install it with apt above the `USER` line (tesseract-ocr, ffmpeg, poppler-utils, graphviz), or list it in packages.txt of a Gradio Space.",
        rules: &["system-library-missing"],
        example: "TesseractNotFoundError: tesseract is not installed or it's not in your PATH. See README file for more information.",
        source: "https://github.com/madmaze/pytesseract",
        ..Message::RAISED
    },
    Message {
        id: "glibc-too-old",
        patterns: &[
            "{}version `GLIBC_{version}' not found",
            "{}version `GLIBCXX_{version}' not found",
            "{}version 'GLIBC_{version}' not found",
        ],
        cause: "A program or library was built on a newer system than the image: it wants version {version} of the C library.",
        fix: "Choose a newer base image (`-bookworm` or `-trixie`), or build the program on the release on which it runs; a stage that compiles must have the release of the final stage.",
        example: "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by ./server)",
        source: "https://sourceware.org/glibc/wiki/FAQ",
        ..Message::RAISED
    },
    Message {
        id: "program-missing-in-build",
        patterns: &[
            "{}: curl: not found",
            "{}: wget: not found",
            "{}: unzip: not found",
            "{}: curl: command not found",
            "curl: command not found",
            "{}: wget: command not found",
            "wget: command not found",
            "{}: unzip: command not found",
            "unzip: command not found",
        ],
        cause: "The slim image does not have the program that this step calls (curl, wget or unzip).",
        fix: "Install it with apt in an earlier `RUN`, above the `USER` line.",
        rules: &["missing-program"],
        example: "/bin/sh: 1: curl: not found",
        source: "own run of dash 0.5",
        ..Message::BUILD
    },
];
