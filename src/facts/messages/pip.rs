//! What pip says.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "gradio-beside-sdk-version",
        patterns: &[
            "ERROR: Cannot install {}gradio{packages} because these package versions have conflicting dependencies",
        ],
        with: &["gradio[oauth"],
        cause: "requirements.txt pins another Gradio than the Space's `sdk_version`, which the builder installs in the same call; pip cannot have both.",
        fix: "Take gradio out of requirements.txt, or give `sdk_version` in README.md the same number.",
        rules: &["gradio-beside-sdk-version"],
        example: "ERROR: Cannot install gradio==4.44.1 and gradio[mcp,oauth]==5.33.0 because these package versions have conflicting dependencies.",
        source: "https://github.com/zlin0/wedefense/issues/93",
        ..Message::BUILD
    },
    Message {
        id: "pip-conflict",
        patterns: &["ERROR: Cannot install {packages} because these package versions have conflicting dependencies"],
        cause: "The requirements contradict each other: no set of versions satisfies {packages} together. The lines below the message say who requires what.",
        fix: "Loosen the version of one of the named packages, or leave it to the package that requires it; in a Gradio Space, leave gradio, spaces and huggingface_hub out.",
        example: "ERROR: Cannot install numpy<2 and numpy>=2 because these package versions have conflicting dependencies.",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-wheel-not-supported",
        patterns: &["ERROR: {wheel}.whl is not a supported wheel on this platform"],
        cause: "The wheel {wheel} was made for another Python version (`cp310` is 3.10), another processor or another system than the image has.",
        fix: "Choose the wheel for the image's Python and for `linux_x86_64`, or the Python version that the name of the wheel says (`python_version` in README.md, or the base image).",
        rules: &["unpinned-python", "requirement-not-on-linux"],
        example: "ERROR: flash_attn-2.7.4-cp37-cp37m-linux_x86_64.whl is not a supported wheel on this platform.",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-not-uninstalled",
        patterns: &[
            "{}It is a distutils installed project and thus we cannot accurately determine",
            "error: uninstall-distutils-installed-package",
        ],
        cause: "pip wants to replace a package that the system of the base image installed, and cannot remove it.",
        fix: "Install into a virtual environment (`python3 -m venv /opt/venv`, its `bin` on PATH), use an image of `python` in place of the system's Python, or add `--ignore-installed` for that package.",
        also: &["externally-managed-python"],
        example: "error: uninstall-distutils-installed-package",
        source: "https://pip.pypa.io/en/stable/cli/pip_uninstall/",
        ..Message::BUILD
    },
    Message {
        id: "pip-double-requirement",
        patterns: &["ERROR: Double requirement given: {requirement} (already in"],
        cause: "The requirements name the same package twice, with different versions: {requirement} and the one in the message.",
        fix: "Remove one of the two lines from requirements.txt, also from files that it includes with `-r`.",
        example: "ERROR: Double requirement given: numpy==1.26.4 (from -r requirements.txt (line 9)) (already in numpy==2.1.0 (from -r requirements.txt (line 2)), name='numpy')",
        source: "own reading of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-address-missing",
        patterns: &["ERROR: HTTP error 404 while getting {url}"],
        cause: "A requirement, or `spacy download`, names an address at which there is no file, or no longer one.",
        fix: "Open the address in a browser: correct the version in it, take one of the files that are there, or require the package from the index. The files of a private repository answer 404 too.",
        example: "ERROR: HTTP error 404 while getting https://github.com/acme/x/releases/download/v1/x-1.0-py3-none-any.whl",
        source: "own reading of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-timed-out",
        patterns: &["pip._vendor.urllib3.exceptions.ReadTimeoutError: {}Read timed out"],
        cause: "A download of pip stopped: the index, or the network, did not send anything for 15 seconds.",
        fix: "Build again (Factory rebuild). If it stays with a large package, add `--timeout 120 --retries 10`, or install a smaller build of it (torch from PyTorch's CPU index).",
        also: &["cuda-torch-on-cpu"],
        example: "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='index.example', port=443): Read timed out.",
        source: "own reading of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-resolution-impossible",
        weight: Weight::Follows,
        patterns: &["ERROR: ResolutionImpossible", "ResolutionImpossible"],
        cause: "pip found no set of versions that satisfies all requirements.",
        fix: "Look at the lines above it, which name the packages, and loosen one of their versions.",
        example: "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-resolution-too-deep",
        patterns: &["error: resolution-too-deep", "pip._vendor.resolvelib.resolvers.ResolutionTooDeep"],
        cause: "pip gave up after too many tries: the requirements leave so many versions open that it cannot find a set.",
        fix: "Pin the versions of the large packages exactly, or install with uv (`uv pip install`), which resolves faster.",
        example: "error: resolution-too-deep",
        source: "https://pip.pypa.io/en/stable/topics/dependency-resolution/",
        ..Message::BUILD
    },
    Message {
        id: "pip-index-not-reached",
        patterns: &["ERROR: Could not find a version that satisfies the requirement {package} (from versions: none)"],
        with: &["Retry(total=0, "],
        unless: &["Temporary failure in name resolution"],
        cause: "pip tried several times to reach the package index and gave up, so it knows no version of {package}. The name in requirements.txt is probably right.",
        fix: "Build again (Factory rebuild): usually the network fails only for a moment. If it stays, correct or remove `--index-url` and `--extra-index-url`, whose hosts must be reachable from the internet.",
        example: "ERROR: Could not find a version that satisfies the requirement fastapi==0.115.0 (from versions: none)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-local-version",
        patterns: &[
            "ERROR: Could not find a version that satisfies the requirement {package}+cu{version} (from versions",
            "ERROR: Could not find a version that satisfies the requirement {package}+cpu (from versions",
        ],
        cause: "{package} is required with the mark of a build that only PyTorch's own index has.",
        fix: "Name that index in requirements.txt (`--extra-index-url https://download.pytorch.org/whl/cu124`, or `/cpu`), or leave the mark out.",
        rules: &["requirement-not-on-linux"],
        example: "ERROR: Could not find a version that satisfies the requirement torch==2.1.2+cu121 (from versions: 1.13.0, 2.1.2)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-windows-package",
        patterns: &[
            "ERROR: Could not find a version that satisfies the requirement pywin32{rest}",
            "ERROR: Could not find a version that satisfies the requirement pywinpty{rest}",
            "ERROR: Could not find a version that satisfies the requirement pyobjc{rest}",
            "ERROR: Could not find a version that satisfies the requirement win32-setctime{rest}",
        ],
        unless: &["Temporary failure in name resolution"],
        cause: "requirements.txt names a package that exists for Windows or macOS only; usually it was written by `pip freeze` there.",
        fix: "Remove the line, or end it with `; sys_platform == \"win32\"`.",
        rules: &["requirement-not-on-linux"],
        example: "ERROR: Could not find a version that satisfies the requirement pywin32==306 (from versions: none)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-package-unknown",
        patterns: &["ERROR: Could not find a version that satisfies the requirement {package} (from versions: none)"],
        unless: &["Temporary failure in name resolution"],
        cause: "The index has no package {package} that fits: the name is misspelled, is that of an import (`cv2` is opencv-python, `PIL` is Pillow), or the package has no release for this Python.",
        fix: "Correct the name in requirements.txt, or choose another Python version; modules of Python itself need no requirement.",
        rules: &["requirement-not-on-linux", "old-package-on-new-python"],
        example: "ERROR: Could not find a version that satisfies the requirement this-package-does-not-exist-xyz (from versions: none)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-version-unknown",
        patterns: &[
            "ERROR: Could not find a version that satisfies the requirement {requirement} (from versions: {versions})",
        ],
        unless: &["(from versions: none)"],
        cause: "There is no version of {requirement} for this Python and for Linux: it does not exist, or its wheels are for older or newer Pythons.",
        fix: "Choose one of the versions that the message lists, or the Python version that has wheels of it (`python_version` in README.md, or the base image).",
        rules: &["old-package-on-new-python", "requirement-not-on-linux"],
        example: "ERROR: Could not find a version that satisfies the requirement tensorflow==2.10.0 (from versions: 2.16.0rc0, 2.16.1)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-no-distribution",
        weight: Weight::Follows,
        patterns: &["ERROR: No matching distribution found for {requirement}"],
        unless: &["Temporary failure in name resolution"],
        cause: "The index has no version of {requirement} for this Python and for Linux.",
        fix: "Correct the name or the version in requirements.txt, or choose another Python version.",
        rules: &["old-package-on-new-python", "requirement-not-on-linux"],
        example: "ERROR: No matching distribution found for torch==2.1.2+cu121",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-python-too-old",
        patterns: &["ERROR: Package '{package}' requires a different Python: {python} not in '{range}'"],
        cause: "A package needs another Python than the image has.",
        fix: "Choose a Python version in the range that the message names, or an older release of the package.",
        rules: &["unpinned-python", "old-package-on-new-python"],
        example: "ERROR: Package 'demo' requires a different Python: 3.9.18 not in '>=3.10'",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-requirement-empty",
        patterns: &["ERROR: Invalid requirement: ''"],
        cause: "pip is given an empty requirement: a variable, such as a build argument, has no value.",
        fix: "Give the `ARG` a default, or set the variable in the Space's settings.",
        rules: &["empty-build-argument"],
        example: "ERROR: Invalid requirement: ''",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-requirements-utf16",
        patterns: &["{}Invalid requirement: '{text}\\x00{rest}"],
        cause: "requirements.txt is in UTF-16, as PowerShell's `pip freeze > requirements.txt` writes it.",
        fix: "Save the file as UTF-8.",
        example: "ERROR: Invalid requirement: 's\\x00i\\x00x\\x00' (from line 1 of requirements.txt)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-requirement-invalid",
        patterns: &["ERROR: Invalid requirement: '{text}'", "ERROR: Invalid requirement: {text}"],
        cause: "A line of the requirements is not valid: `{text}`.",
        fix: "Correct that line; a version is written with `==`, a comment begins with ` #`.",
        example: "ERROR: Invalid requirement: 'gradio=1.0' (from line 1 of requirements.txt)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-requirements-file-missing",
        patterns: &["ERROR: Could not open requirements file: [Errno 2] No such file or directory: '{file}'"],
        cause: "{file} is not there when pip runs: no `COPY` before this step brings it, or it goes to another folder.",
        fix: "Copy {file} into the working folder before this `RUN`, and commit it. With `sdk: gradio`, the Hub installs before it copies any file: write the lines of {file} into requirements.txt.",
        rules: &["file-read-before-copy", "missing-copy-source", "dockerignored-source", "file-missing-at-install"],
        example: "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-local-path",
        patterns: &[
            "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '{path}'",
        ],
        cause: "A requirement points to a file of another machine: {path}. `pip freeze` in a conda environment writes such lines.",
        fix: "Replace the line by `name==version`.",
        rules: &["requirement-not-on-linux"],
        example: "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '/C:/ci/numpy'",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-not-writable",
        patterns: &[
            "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '{path}'",
            "ERROR: Could not install packages due to an EnvironmentError: [Errno 13] Permission denied: '{path}'",
        ],
        cause: "pip runs as a user who may not write {path}.",
        fix: "Run pip before `USER`, or let it install for the user: unset `PIP_TARGET` and `PYTHONUSERBASE`, and have a home that the user owns.",
        rules: &["user-without-home", "home-owned-by-root"],
        example: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/.local'",
        source: "https://github.com/pypa/pip",
        ..Message::BUILD
    },
    Message {
        id: "pip-disk-full",
        patterns: &[
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "OSError: [Errno 28] No space left on device",
        ],
        cause: "The disk is full: the packages, above all PyTorch with its CUDA libraries, need more than the builder or the container has.",
        fix: "Install with `--no-cache-dir`, and take torch from PyTorch's CPU index where the Space has no GPU.",
        rules: &["cuda-torch-on-cpu"],
        example: "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        source: "https://github.com/pypa/pip",
        ..Message::BUILD
    },
    Message {
        id: "pip-not-installable",
        patterns: &[
            "ERROR: Directory '{path}' is not installable. Neither 'setup.py' nor 'pyproject.toml' found",
            "ERROR: File \"setup.py\" or \"setup.cfg\" not found",
            "ERROR: {path} is not a valid editable requirement",
        ],
        cause: "A requirement names a folder that is not a package: the files that make it one are not copied yet, or `-e .` came in by `pip freeze`.",
        fix: "Copy pyproject.toml and the sources before this `RUN`, or remove the line.",
        rules: &["dockerignored-source"],
        example: "ERROR: Directory '.' is not installable. Neither 'setup.py' nor 'pyproject.toml' found.",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-hash-mismatch",
        patterns: &["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE"],
        cause: "A downloaded package has another hash than the requirements file: the file is of another release, or was edited.",
        fix: "Write the file anew with the tool that made it (`pip-compile --generate-hashes`, `uv export`); do not edit versions in it by hand.",
        example: "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
    Message {
        id: "pip-hash-missing",
        patterns: &[
            "ERROR: Hashes are required in --require-hashes mode",
            "ERROR: In --require-hashes mode, all requirements must have their versions pinned",
        ],
        cause: "One line of the requirements has a hash, so pip wants one for all, and at least one has none.",
        fix: "Write the file anew with its tool so that every line has a hash, and do not add requirements by hand.",
        example: "ERROR: Hashes are required in --require-hashes mode, but they are missing from some requirements.",
        source: "https://pip.pypa.io/en/stable/topics/secure-installs/",
        ..Message::BUILD
    },
    Message {
        id: "externally-managed",
        patterns: &["error: externally-managed-environment", "{}This environment is externally managed"],
        cause: "The Python of Debian 12 and Ubuntu 24.04 and later lets pip install nothing into the system.",
        fix: "Use an image of `python`, make a virtual environment (`python3 -m venv /opt/venv`, its `bin` on PATH), or add `--break-system-packages`.",
        rules: &["externally-managed-python"],
        example: "error: externally-managed-environment",
        source: "own run of Debian 12's pip",
        ..Message::BUILD
    },
    Message {
        id: "sklearn-name",
        patterns: &["{}The 'sklearn' PyPI package is deprecated, use 'scikit-learn'"],
        cause: "requirements.txt names `sklearn`, which is not the package: that is scikit-learn.",
        fix: "Write scikit-learn in requirements.txt.",
        example: "The 'sklearn' PyPI package is deprecated, use 'scikit-learn'",
        source: "https://github.com/scikit-learn/sklearn-pypi-package",
        ..Message::BUILD
    },
    Message {
        id: "index-not-reachable",
        is_ambiguous: true,
        patterns: &[
            "{}Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
            "{}pip._vendor{}: Failed to resolve '{host}' ([Errno -3]",
            "{}Temporary failure resolving '{host}'",
            "{}Could not resolve host: {host}",
            "{}npm error code EAI_AGAIN",
            "npm error code EAI_AGAIN",
        ],
        cause: "The builder could not find a host on the network. Usually it passes; a private host is never reachable from the Hub.",
        fix: "Build again (Factory rebuild); if it stays, check the spelling of the host, and that it is public.",
        example: "Could not resolve host: github.com",
        source: "own run of git 2.47",
        ..Message::BUILD
    },
    Message {
        id: "script-not-on-path-warning",
        weight: Weight::Warns,
        patterns: &[
            "WARNING: The script {script} is installed in '{folder}' which is not on PATH",
            "WARNING: The scripts {script} are installed in '{folder}' which is not on PATH",
        ],
        cause: "pip installed the program {script} to {folder}, and PATH does not name it, so the container cannot start it by its name.",
        fix: "Set `ENV PATH={folder}:$PATH`, or start it as `python -m ..`.",
        rules: &["script-not-on-path"],
        example: "WARNING: The script uvicorn is installed in '/home/user/.local/bin' which is not on PATH.",
        source: "own run of pip 23.2",
        ..Message::RUN
    },
];
