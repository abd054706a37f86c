//! What is said when a container is started.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "start-user-missing",
        patterns: &["{}unable to find user {user}: no matching entries in passwd file"],
        cause: "`USER {user}` names a user that the final image does not have: the `useradd` is missing, is in another stage, or makes another name.",
        fix: "Create the user in the final stage, before `USER`: `RUN useradd -m -u 1000 {user}`.",
        rules: &["unknown-user", "copy-owned-by-root"],
        example: "unable to find user user: no matching entries in passwd file",
        source: "https://github.com/moby/moby/issues/22323",
        ..Message::RUN
    },
    Message {
        id: "image-without-shell",
        patterns: &[
            "{}exec: \"/bin/sh\": stat /bin/sh: no such file or directory",
            "{}exec: \"/bin/bash\": stat /bin/bash: no such file or directory",
            "{}exec: \"bash\": executable file not found in $PATH",
            "{}exec: \"sh\": executable file not found in $PATH",
        ],
        cause: "The image does not have the shell that the message names: distroless images and `scratch` have no shell at all, Alpine has `sh` but no `bash`.",
        fix: "Start the program without a shell, as a JSON list (`CMD [\"/app/server\"]`), and run commands in an earlier stage that has a shell; on Alpine, use `sh` or install bash with `apk add bash`.",
        example: "exec: \"/bin/sh\": stat /bin/sh: no such file or directory: unknown",
        source: "https://github.com/GoogleContainerTools/distroless/issues/419",
        ..Message::RUN
    },
    Message {
        id: "assignment-as-command",
        patterns: &["{}exec: \"{name}={value}\": executable file not found in $PATH"],
        cause: "The start command begins with an assignment, `{name}={value}`, which only a shell understands.",
        fix: "Set the variable with `ENV {name}={value}`, or start through a shell: `CMD [\"sh\", \"-c\", \"{name}={value} exec ..\"]`.",
        rules: &["assignment-as-command"],
        example: "exec: \"PORT=7860\": executable file not found in $PATH",
        source: "https://docs.docker.com/reference/dockerfile/#cmd",
        ..Message::RUN
    },
    Message {
        id: "start-program-missing",
        patterns: &["{}exec: \"{program}\": executable file not found in $PATH"],
        cause: "The container cannot find the program {program}: it is not installed in the final image, or is in a folder that PATH does not name, as ~/.local/bin after `pip install` as a user.",
        fix: "Set `ENV PATH=/home/user/.local/bin:$PATH`, start it as `python -m {program}` where it is a Python package, or install it in the final stage.",
        rules: &["script-not-on-path", "installed-for-root"],
        example: "exec: \"uvicorn\": executable file not found in $PATH",
        source: "https://github.com/huggingface/OpenEnv/issues/244",
        ..Message::RUN
    },
    Message {
        id: "start-file-not-executable",
        patterns: &["{}exec: \"{file}\": permission denied", "{}exec {file}: permission denied"],
        cause: "{file} is not executable: git has it with the mode 100644, or it belongs to another user.",
        fix: "Run `git update-index --chmod=+x {file}` and commit, copy it with `COPY --chmod=755`, or start it as `CMD [\"sh\", \"{file}\"]`.",
        rules: &["script-not-executable"],
        example: "exec: \"./entrypoint.sh\": permission denied",
        source: "https://docs.docker.com/reference/dockerfile/#copy---chmod",
        ..Message::RUN
    },
    Message {
        id: "wrong-binary-format",
        patterns: &["{}: exec format error", "{}: Exec format error", "{}user process caused \"exec format error\""],
        cause: "The file that is started is a program for another processor, such as arm64, or a script without `#!` in its first line.",
        fix: "Build for linux/amd64 (`docker build --platform linux/amd64`), or begin the script with `#!/bin/sh`.",
        rules: &["script-not-executable"],
        example: "exec /entrypoint.sh: exec format error",
        source: "https://github.com/unoconv/unoserver-docker/issues/91",
        ..Message::RUN
    },
    Message {
        id: "start-file-missing",
        patterns: &["{}exec: \"{file}\": stat {path}: no such file or directory"],
        cause: "{file} does not exist in the image that is started: it was not copied to the final stage, is in another folder, or the start command is one text where a list of words is expected.",
        fix: "Copy the file to the final stage and write its path as it is in the image; write each word of the start command by itself: `CMD [\"/app/server\", \"--port\", \"7860\"]`.",
        rules: &["missing-start-file"],
        example: "exec: \"/app/server\": stat /app/server: no such file or directory: unknown",
        source: "https://github.com/opencontainers/runc/blob/main/libcontainer/standard_init_linux.go",
        ..Message::RUN
    },
    Message {
        id: "start-file-missing-or-crlf",
        is_ambiguous: true,
        patterns: &["exec {file}: no such file or directory"],
        cause: "{file} does not exist in the image, or what it needs to be started does not. For a compiled program that is its loader: it was linked against the C library of another kind of Linux, usually glibc (Debian, Ubuntu) in an Alpine image. For a script it is the shell of its first line: the line ends in CRLF, or names a shell that the image does not have.",
        fix: "A compiled program: build it in a stage with the same kind of base image as the final one, link it statically (`CGO_ENABLED=0` for Go, a musl target for Rust), or choose a Debian image. A script: save it with LF line ends and add `*.sh text eol=lf` to .gitattributes; Alpine has no bash. If the file is not there, correct the path or copy it.",
        rules: &["script-with-crlf", "missing-start-file"],
        example: "exec ./entrypoint.sh: no such file or directory",
        source: "https://man7.org/linux/man-pages/man2/execve.2.html",
        ..Message::RUN
    },
    Message {
        id: "start-file-missing-or-crlf-unnamed",
        is_ambiguous: true,
        patterns: &[
            "{}exec user process caused \"no such file or directory\"",
            "{}exec user process caused: no such file or directory",
        ],
        cause: "The start command of the container names a file that does not exist in the image, or a script whose first line (such as `#!/bin/sh`) ends in CRLF or names a shell that the image does not have, or a program that was compiled for another kind of Linux, such as Debian, in an Alpine image.",
        fix: "Save the script with LF line ends and add `*.sh text eol=lf` to .gitattributes; otherwise correct the path in `CMD` or `ENTRYPOINT`, or copy the file. Alpine has no bash; compile a program in a stage with the same kind of base image as the final one, or link it statically.",
        rules: &["script-with-crlf", "missing-start-file"],
        example: "standard_init_linux.go:228: exec user process caused: no such file or directory",
        source: "https://github.com/GoogleContainerTools/distroless/issues/562",
        ..Message::RUN
    },
    Message {
        id: "init-not-first",
        is_ambiguous: true,
        patterns: &["{}s6-overlay-suexec: fatal: can only run as pid 1"],
        cause: "The base image is started by s6-overlay (`/init`), which must be the first process of the container, and something else is: a shell in `ENTRYPOINT` or `CMD`, or an init of the platform.",
        fix: "Keep the `ENTRYPOINT [\"/init\"]` of the image, as a JSON list and without a shell before it; or start the program itself without s6, or choose a base image without it.",
        also: &["inherited-entrypoint", "entrypoint-without-cmd"],
        example: "s6-overlay-suexec: fatal: can only run as pid 1",
        source: "https://github.com/just-containers/s6-overlay",
        ..Message::RUN
    },
    Message {
        id: "jar-not-found",
        patterns: &["Error: Unable to access jarfile {file}"],
        cause: "Java finds no {file} in the working folder of the container: the build did not make it, it has another name (with a version), or it was not copied to the final stage.",
        fix: "Copy it under a fixed name: `COPY --from=build /app/target/*.jar app.jar` (`build/libs/` with Gradle), and start `java -jar app.jar` in that folder.",
        also: &["missing-start-file"],
        example: "Error: Unable to access jarfile app.jar",
        source: "own run of Java 17",
        ..Message::RUN
    },
    Message {
        id: "r-package-missing",
        patterns: &[
            "Error in library({package}) : there is no package called",
            "Error in loadNamespace({package}) : there is no package called",
        ],
        cause: "R finds no package {package}: it is not installed in the image, often since its installation failed during the build, which R does not treat as an error.",
        fix: "Install it in the Dockerfile (`RUN install2.r --error NAME` in a rocker image, or `apt-get install r-cran-NAME`), and look at the build for its system libraries.",
        example: "Error in library(dplyr) : there is no package called ‘dplyr’",
        source: "https://rocker-project.org/use/extending.html",
        ..Message::RUN
    },
    Message {
        id: "crlf-in-shebang",
        patterns: &[
            "{}bash\\r{}: No such file or directory",
            "{}sh\\r{}: No such file or directory",
            "{}python3\\r{}: No such file or directory",
            "{}python\\r{}: No such file or directory",
            "{}node\\r{}: No such file or directory",
            "{}^M: bad interpreter",
            "{}: $'{path}\\r': command not found",
            "{}: $'{path}\\r': No such file or directory",
        ],
        cause: "A script was committed with Windows line ends (CRLF), so the system looks for a program whose name ends in a carriage return.",
        fix: "Save the script with LF line ends, add `*.sh text eol=lf` to .gitattributes, and commit it again (`git add --renormalize .`).",
        rules: &["script-with-crlf"],
        example: "/usr/bin/env: ‘bash\\r’: No such file or directory",
        source: "https://github.com/nick-zh/docker-kafka-eagle/issues/18",
        ..Message::RUN
    },
    Message {
        id: "crlf-in-script",
        patterns: &[
            "{}set: Illegal option -",
            "{}set: illegal option -",
            "{}set: -: invalid option",
            "{}$'\\r': command not found",
        ],
        unless: &["set: Illegal option -o pipefail"],
        cause: "A shell script was committed with Windows line ends (CRLF): the shell reads a carriage return at the end of each line.",
        fix: "Save the script with LF line ends, add `*.sh text eol=lf` to .gitattributes, and commit it again (`git add --renormalize .`).",
        rules: &["script-with-crlf"],
        example: "start.sh: 1: set: Illegal option -",
        source: "own run of dash 0.5",
        ..Message::RUN
    },
    Message {
        id: "pipefail-without-bash",
        patterns: &["{}set: Illegal option -o pipefail", "{}set: illegal option -o pipefail"],
        cause: "The script uses `set -o pipefail`, which `sh` of Debian before 13 does not know.",
        fix: "Start the script with bash: `#!/bin/bash`, and `CMD [\"bash\", \"start.sh\"]`.",
        example: "start.sh: 2: set: Illegal option -o pipefail",
        source: "own run of dash 0.5",
        ..Message::RUN
    },
    Message {
        id: "exec-form-as-text",
        patterns: &["{}: [{program}: not found", "{}: [{program}: command not found"],
        cause: "`CMD` or `ENTRYPOINT` is not valid JSON, usually for its single quotes, so a shell is given the bracket and looks for `[{program}`.",
        fix: "Write a JSON list in double quotes, such as `CMD [\"uvicorn\", \"app:app\"]`.",
        rules: &["invalid-exec-form"],
        example: "/bin/sh: 1: [uvicorn,: not found",
        source: "https://github.com/nextcloud/docker/issues/1873",
        ..Message::RUN
    },
    Message {
        id: "command-of-image-unknown",
        patterns: &["Error: unknown command \"{command}\" for \"{program}\""],
        cause: "The base image has an `ENTRYPOINT`, {program}, to which Docker hands the start command as arguments.",
        fix: "Set `ENTRYPOINT []` in the Dockerfile before `CMD`, or write `CMD` as arguments of {program}.",
        rules: &["inherited-entrypoint"],
        example: "Error: unknown command \"sh\" for \"ollama\"",
        source: "https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact",
        ..Message::RUN
    },
    Message {
        id: "start-folder-missing",
        patterns: &[
            "{}OCI runtime create failed: {}: chdir to cwd (\"{path}\") set in config.json failed: permission denied",
        ],
        cause: "UID 1000 may not enter {path}, the folder of `WORKDIR`.",
        fix: "Choose a folder that the user owns, such as `WORKDIR /home/user/app`, never one below /root.",
        rules: &["installed-for-root", "workdir-owned-by-root"],
        example: "OCI runtime create failed: runc create failed: unable to start container process: error during container init: chdir to cwd (\"/root/app\") set in config.json failed: permission denied",
        source: "https://github.com/opencontainers/runc",
        ..Message::RUN
    },
];
