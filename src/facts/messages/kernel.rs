//! What the kernel and the shell say.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "illegal-instruction",
        is_ambiguous: true,
        patterns: &[
            "Illegal instruction",
            "{}Illegal instruction (core dumped)",
            "Fatal Python error: Illegal instruction",
        ],
        cause: "A compiled package uses instructions that the processor of the Space does not have (such as AVX-512): it was built for the machine that compiled it.",
        fix: "Install a wheel that is made for all processors, or build with `-DGGML_NATIVE=OFF` and without `-march=native`.",
        example: "Illegal instruction (core dumped)",
        source: "https://github.com/abetlen/llama-cpp-python",
        ..Message::RUN
    },
    Message {
        id: "segmentation-fault",
        is_ambiguous: true,
        patterns: &[
            "Segmentation fault",
            "{}Segmentation fault (core dumped)",
            "Fatal Python error: Segmentation fault",
        ],
        cause: "A compiled library crashed, often since two versions of it were loaded or do not belong together.",
        fix: "Pin the compiled packages (torch, faiss, opencv, ..) to versions that were released together, and load them in one place.",
        example: "Segmentation fault (core dumped)",
        source: "https://man7.org/linux/man-pages/man7/signal.7.html",
        ..Message::RUN
    },
    Message {
        id: "process-killed",
        is_ambiguous: true,
        patterns: &["Killed$", "{}: line {line}: {pid} Killed {command}"],
        cause: "The system killed the process with SIGKILL, almost always since it used more memory than there is: a Space on free hardware has 16 GB, and a build has a limit of its own.",
        fix: "When the app runs: load smaller models, in half precision or quantized, run one worker, or choose hardware with more memory. While the image is built: do not load models, install wheels in place of compiling, build with fewer jobs.",
        example: "Killed",
        source: "https://man7.org/linux/man-pages/man7/signal.7.html",
        ..Message::RUN
    },
    Message {
        id: "killed-exit-code",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["Exit code: 137{rest}"],
        cause: "The container was killed with SIGKILL (exit code 137), usually since it used more memory than the hardware has.",
        fix: "Load smaller models, in half precision or quantized, one worker; or choose hardware with more memory.",
        example: "Exit code: 137. Reason:",
        source: "https://docs.docker.com/engine/containers/run/#exit-status",
        ..Message::RUN
    },
    Message {
        id: "script-missing-or-crlf",
        patterns: &["{}sh: {file}.sh: not found", "{}: line {line}: {file}.sh: No such file or directory"],
        cause: "The script does not exist at that path in the image, or its first line (such as `#!/bin/bash`) names a shell that the image does not have. A line that ends in CRLF, as Windows writes it, has the same effect.",
        fix: "If the script is in the image, save it with LF line ends and add `*.sh text eol=lf` to .gitattributes (Alpine has no bash: use `#!/bin/sh`). Otherwise commit it, copy it, and correct the path: a script of the working folder is started as `./start.sh`.",
        rules: &["script-with-crlf", "missing-start-file"],
        also: &["dockerignored-source"],
        example: "/bin/sh: 1: ./start.sh: not found",
        source: "own run of dash 0.5",
        ..Message::RUN
    },
    Message {
        id: "interpreter-missing",
        patterns: &["{}: {file}: cannot execute: required file not found"],
        cause: "`{file}` exists, and what it needs to be started does not: of a script, the shell or program that its first line names (a line that ends in CRLF names one that does not exist); of a compiled program, the loader of another kind of Linux, such as that of Debian on Alpine.",
        fix: "Save a script with LF line ends, add `*.sh text eol=lf` to .gitattributes, and name a shell that the image has. Compile a program in a stage with the same kind of base image as the final one.",
        rules: &["script-with-crlf"],
        example: "bash: line 1: ./start.sh: cannot execute: required file not found",
        source: "own run of bash 5.2",
        ..Message::RUN
    },
    Message {
        id: "shell-script-not-found",
        patterns: &[
            "{}: 0: cannot open {file}: No such file",
            "{}sh: can't open '{file}': No such file or directory",
            "bash: {file}.sh: No such file or directory",
        ],
        cause: "The start command gives a script to a shell, and the script is not in the working folder of the container.",
        fix: "Commit it, copy it into the folder of `WORKDIR`, and write its path as it is in the image. Capital and small letters differ on Linux.",
        rules: &["missing-start-file", "dockerignored-source"],
        example: "sh: 0: cannot open start.sh: No such file",
        source: "own run of dash 0.5",
        ..Message::RUN
    },
    Message {
        id: "program-missing-or-not-loadable",
        is_ambiguous: true,
        patterns: &[
            "{}sh: ./{file}: not found",
            "{}sh: {line}: ./{file}: not found",
            "{}sh: /{file}: not found",
            "{}sh: {line}: /{file}: not found",
            "{}: line {line}: ./{file}: not found",
            "{}: line {line}: /{file}: not found",
            "bash: ./{file}: No such file or directory",
        ],
        cause: "The program does not exist at that path in the image, or what it needs to be started does not. For a compiled program that is its loader: it was linked against the C library of another kind of Linux, usually glibc (Debian, Ubuntu) in an Alpine image. For a script it is the shell of its first line: the line ends in CRLF, or names a shell that the image does not have.",
        fix: "If the file is there: build a program in a stage with the same kind of base image as the final one, or link it statically (`CGO_ENABLED=0` for Go, a musl target for Rust); save a script with LF line ends. Otherwise copy it, and correct the path.",
        rules: &["script-with-crlf", "missing-start-file"],
        also: &["dockerignored-source"],
        example: "/bin/sh: ./server: not found",
        source: "https://man7.org/linux/man-pages/man2/execve.2.html",
        ..Message::RUN
    },
    Message {
        id: "command-missing",
        patterns: &[
            "/bin/sh: {line}: {program}: not found",
            "/bin/sh: {program}: not found",
            "/bin/bash: line {line}: {program}: command not found",
            "bash: {program}: command not found",
            "{}: line {line}: {program}: command not found",
            "/usr/bin/env: ‘{program}’: No such file or directory",
            "env: ‘{program}’: No such file or directory",
            "env: can't execute '{program}': No such file or directory",
        ],
        cause: "The image has no program `{program}`, or PATH does not name its folder.",
        fix: "Install the package that has it above the `USER` line, set PATH, or correct the command.",
        rules: &["script-not-on-path", "installed-for-root"],
        example: "/bin/sh: 1: foo: not found",
        source: "own run of dash 0.5",
        ..Message::BUILD
    },
];
