//! What Python itself says.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "opencv-missing",
        patterns: &["ModuleNotFoundError: No module named 'cv2'"],
        cause: "Python finds no module `cv2`: OpenCV, whose package has another name, is not in the requirements.",
        fix: "Add `opencv-python-headless` to requirements.txt; `opencv-python` also needs libraries of a desktop, such as `libgl1`.",
        example: "ModuleNotFoundError: No module named 'cv2'",
        source: "https://github.com/opencv/opencv-python",
        ..Message::RAISED
    },
    Message {
        id: "audioop-removed",
        patterns: &[
            "ModuleNotFoundError: No module named 'audioop'",
            "ModuleNotFoundError: No module named 'pyaudioop'",
        ],
        cause: "Python 3.13 removed the module `audioop`, which pydub and older versions of Gradio import.",
        fix: "Pin the Python version (`python_version: \"3.12\"` in README.md, or the base image), or require `audioop-lts; python_version>=\"3.13\"`.",
        rules: &["pydub-on-new-python"],
        example: "ModuleNotFoundError: No module named 'pyaudioop'",
        source: "https://docs.python.org/3/whatsnew/3.13.html",
        ..Message::RAISED
    },
    Message {
        id: "standard-module-removed",
        patterns: &[
            "ModuleNotFoundError: No module named 'distutils'",
            "ModuleNotFoundError: No module named 'imp'",
            "ModuleNotFoundError: No module named 'cgi'",
            "ModuleNotFoundError: No module named 'telnetlib'",
            "ModuleNotFoundError: No module named 'asyncore'",
            "ModuleNotFoundError: No module named 'pipes'",
            "ModuleNotFoundError: No module named 'imghdr'",
            "ModuleNotFoundError: No module named 'sndhdr'",
        ],
        cause: "A package imports a module that newer versions of Python do not have (`distutils`, `imp` and `asyncore` left in 3.12, `cgi` and `imghdr` in 3.13).",
        fix: "Pin an older Python (`python_version` in README.md, or the base image), or update the package; setuptools brings `distutils` back.",
        rules: &["old-package-on-new-python", "unpinned-python"],
        example: "ModuleNotFoundError: No module named 'distutils'",
        source: "https://docs.python.org/3/whatsnew/3.12.html",
        ..Message::RAISED
    },
    Message {
        id: "collections-name-moved",
        patterns: &[
            "ImportError: cannot import name '{name}' from 'collections'",
            "AttributeError: module 'collections' has no attribute '{name}'",
        ],
        cause: "A package was written for a Python before 3.10, which had `{name}` in `collections`.",
        fix: "Update the package, or pin an older Python.",
        rules: &["old-package-on-new-python"],
        example: "ImportError: cannot import name 'Mapping' from 'collections'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "python-too-old-for-types",
        patterns: &[
            "TypeError: unsupported operand type(s) for |: 'type' and 'NoneType'",
            "TypeError: unsupported operand type(s) for |: 'type' and 'type'",
            "TypeError: unsupported operand type(s) for |: '_GenericAlias' and ",
            "TypeError: unsupported operand type(s) for |: 'types.GenericAlias' and ",
            "ModuleNotFoundError: No module named 'tomllib'",
            "ImportError: cannot import name 'Self' from 'typing'",
            "ImportError: cannot import name 'override' from 'typing'",
        ],
        cause: "The code needs a newer Python than the image has (`X | None` needs 3.10, `tomllib` and `Self` 3.11).",
        fix: "Choose a newer Python (`python_version` in README.md, or the base image).",
        rules: &["unpinned-python", "unquoted-version"],
        example: "TypeError: unsupported operand type(s) for |: 'type' and 'NoneType'",
        source: "https://docs.python.org/3/whatsnew/3.10.html",
        ..Message::RAISED
    },
    Message {
        id: "python-too-old-for-lists-of-types",
        is_ambiguous: true,
        patterns: &["TypeError: 'type' object is not subscriptable"],
        cause: "A class is used with brackets, as in `list[str]`, which needs Python 3.9; or the app's own code uses a class in place of an object.",
        fix: "Choose a newer Python (`python_version` in README.md, or the base image), or correct the line that the frames above name.",
        rules: &["unpinned-python", "unquoted-version"],
        example: "TypeError: 'type' object is not subscriptable",
        source: "https://docs.python.org/3/whatsnew/3.9.html",
        ..Message::RAISED
    },
    Message {
        id: "start-file-not-found",
        patterns: &["{}: can't open file '{file}': [Errno 2] No such file or directory"],
        cause: "The start command names {file}, which is not in the image.",
        fix: "Commit the file at that path, copy it into the working folder, or correct `app_file` or `CMD`.",
        rules: &["missing-app-file", "missing-start-file", "dockerignored-source"],
        example: "python: can't open file '/home/user/app/app.py': [Errno 2] No such file or directory",
        source: "own run of Python 3.11",
        ..Message::RUN
    },
    Message {
        id: "start-module-not-found",
        patterns: &["{}python{}: No module named {module}"],
        cause: "`python -m {module}` finds no such module: the package is not installed for this Python, or the file is not in the working folder.",
        fix: "Add the package to the requirements, install it with the Python that starts the app, or correct the name (without `.py`).",
        rules: &["missing-start-file"],
        example: "/usr/local/bin/python: No module named uvicorn",
        source: "own run of Python 3.11",
        ..Message::RUN
    },
    Message {
        id: "app-module-missing",
        patterns: &[
            "ModuleNotFoundError: No module named 'app'",
            "ModuleNotFoundError: No module named 'main'",
            "ModuleNotFoundError: No module named 'src'",
            "ModuleNotFoundError: No module named 'backend'",
        ],
        cause: "The start command, or an import, names a module of the app itself that Python does not find: `COPY` put the files elsewhere, or the working folder is not the one above them.",
        fix: "Let `WORKDIR` be the folder above the package, and copy the folder, not only its content (`COPY app app`); start `app.main:app` for app/main.py.",
        rules: &["missing-start-file", "gitignored-source", "import-differs-in-case"],
        example: "ModuleNotFoundError: No module named 'app'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "module-hides-package",
        patterns: &["ModuleNotFoundError: No module named '{module}'; '{package}' is not a package"],
        cause: "Python looks for `{module}` and found a single file of the name `{package}.py` (or an installed module of that name) instead of the folder `{package}`.",
        fix: "Rename either the file `{package}.py` or the folder `{package}`, and change the imports and the start command; or start from the folder above the package.",
        example: "ModuleNotFoundError: No module named 'app.services'; 'app' is not a package",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "app-submodule-missing",
        is_ambiguous: true,
        patterns: &[
            "ModuleNotFoundError: No module named 'app.{module}'",
            "ModuleNotFoundError: No module named 'src.{module}'",
            "ModuleNotFoundError: No module named 'backend.{module}'",
        ],
        unless: &["' is not a package"],
        cause: "Python finds the package of the app, but not `{module}` in it: the file or folder was never committed (.gitignore often hides `data/`, `lib/` and `models/`), was not copied, or its name differs in capitals.",
        fix: "Look whether the file is in the repository on the Hub. If not, take it out of .gitignore and commit it (`git add -f`); otherwise copy the whole folder in the Dockerfile, and write its name exactly as it is.",
        rules: &["gitignored-source", "import-differs-in-case", "dockerignored-source"],
        also: &["missing-start-file"],
        example: "ModuleNotFoundError: No module named 'src.data'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "module-missing",
        is_ambiguous: true,
        patterns: &["ModuleNotFoundError: No module named '{module}'"],
        cause: "Python finds no module `{module}`: its package is not in the requirements, or it is a file of the app that is not in the image (.gitignore often hides `lib/` and `data/`) or is written with other capitals.",
        fix: "Add the package that has `{module}` to requirements.txt; for a file of your own, commit and copy it, and write its name exactly as it is.",
        also: &["gitignored-source", "import-differs-in-case", "installed-for-root"],
        example: "ModuleNotFoundError: No module named 'sklearn_extra'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "source-not-utf-8",
        patterns: &[
            "SyntaxError: Non-UTF-8 code starting with '{byte}' in file {file}",
            "SyntaxError: (unicode error) 'utf-8' codec can't decode byte {byte}",
            "SyntaxError: source code cannot contain null bytes",
            "SyntaxError: invalid non-printable character U+FEFF",
        ],
        cause: "A source file is not in UTF-8: it was saved in UTF-16 or an old Windows encoding.",
        fix: "Save the file as UTF-8.",
        example: "SyntaxError: Non-UTF-8 code starting with '\\xff' in file /home/user/app/app.py on line 1, but no encoding declared",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "circular-import",
        patterns: &[
            "ImportError: cannot import name '{name}' from partially initialized module '{module}'",
            "AttributeError: partially initialized module '{module}' has no attribute '{name}'",
        ],
        cause: "Two files import each other, or a file of the app has the name of the package `{module}` and hides it.",
        fix: "Rename a file such as `gradio.py` or `openai.py`; otherwise move the common part into a third file.",
        example: "AttributeError: partially initialized module 'gradio' has no attribute 'Blocks' (most likely due to a circular import)",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "threads-exhausted",
        patterns: &[
            "RuntimeError: can't start new thread",
            "OpenBLAS blas_thread_init: pthread_create failed",
            "BlockingIOError: [Errno 11] Resource temporarily unavailable",
        ],
        cause: "The container has reached its limit of processes and threads.",
        fix: "Run fewer workers, and set `OMP_NUM_THREADS`, `OPENBLAS_NUM_THREADS` and `TOKENIZERS_PARALLELISM=false`.",
        example: "RuntimeError: can't start new thread",
        source: "https://docs.python.org/3/library/threading.html",
        ..Message::RAISED
    },
    Message {
        id: "files-exhausted",
        patterns: &["OSError: [Errno 24] Too many open files"],
        cause: "The process has more files and connections open than it may: some are never closed.",
        fix: "Close files and clients (`with`), and make one client for all requests.",
        example: "OSError: [Errno 24] Too many open files",
        source: "https://docs.python.org/3/library/errno.html",
        ..Message::RAISED
    },
    Message {
        id: "shared-memory-full",
        patterns: &[
            "{}DataLoader worker (pid{rest}) is killed by signal: Bus error",
            "RuntimeError: unable to write to file </torch_{name}>",
            "ERROR: Unexpected bus error encountered in worker",
        ],
        cause: "The shared memory of the container is full, which the workers of a DataLoader need.",
        fix: "Set `num_workers=0`.",
        example: "RuntimeError: DataLoader worker (pid 41) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory.",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
];
