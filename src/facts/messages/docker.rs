//! What `BuildKit` and Docker say.

use super::{CopySource, Message, Weight};

/// What a `COPY` says of a path that does not exist, whether it takes it from the build context or from a stage.
const SOURCE_MISSING: &[&str] = &[
    "{}failed to calculate checksum of ref {ref}: \"{path}\": not found",
    "{}failed to compute cache key: \"{path}\" not found: not found",
    "{}failed to compute cache key: \"{path}\": not found",
    "{}failed to compute cache key: {}: lstat {}buildkit-mount{}/{path}: no such file or directory",
    "ADD failed: stat {path}: no such file or directory",
    "COPY failed: stat {path}: file does not exist",
    "COPY failed: stat {path}: no such file or directory",
];

const NOT_IN_CONTEXT: &str = "The Dockerfile copies `{path}`, and that is not in the build context: it is not committed, is in another folder, or is kept out by .dockerignore.";

const COMMIT_IT: &str = "Commit it at the path that the `COPY` names, correct the path, or take it out of .dockerignore. A `COPY` knows no shell: `||` and `2>/dev/null` are taken for files.";

const NOT_IN_CONTEXT_RULES: &[&str] =
    &["missing-copy-source", "dockerignored-source", "shell-in-copy", "gitignored-source"];

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "copy-from-source-missing",
        copies: Some(CopySource::Stage),
        patterns: SOURCE_MISSING,
        cause: "The instruction takes `{path}` from another stage or image (`--from`), which has no such path. The build context is not read, so neither .dockerignore nor what is committed matters.",
        fix: "Write the path as it is in that stage or image: below the `WORKDIR` of the stage, with the name that its build gives the output (`dist`, `build`, `out`). `RUN ls -la` at the end of that stage shows what it has.",
        example: "failed to calculate checksum of ref 8b4a2281-8212::a1udyhgtxx0o: \"/app/dist\": not found",
        source: "https://docs.docker.com/reference/dockerfile/#copy---from",
        ..Message::BUILD
    },
    Message {
        id: "copy-source-not-in-context",
        patterns: &[
            "ADD failed: file not found in build context or excluded by .dockerignore: stat {path}: file does not exist",
            "COPY failed: file not found in build context or excluded by .dockerignore: stat {path}: file does not exist",
        ],
        cause: NOT_IN_CONTEXT,
        fix: COMMIT_IT,
        rules: NOT_IN_CONTEXT_RULES,
        example: "COPY failed: file not found in build context or excluded by .dockerignore: stat requirements.txt: file does not exist",
        source: "https://github.com/moby/moby/blob/master/daemon/builder/dockerfile/copy.go",
        ..Message::BUILD
    },
    Message {
        id: "copy-source-missing",
        copies: Some(CopySource::Context),
        patterns: SOURCE_MISSING,
        cause: NOT_IN_CONTEXT,
        fix: COMMIT_IT,
        rules: NOT_IN_CONTEXT_RULES,
        example: "failed to calculate checksum of ref 8b4a2281-8212::a1udyhgtxx0o: \"/requirements.txt\": not found",
        source: "https://github.com/therealthoren/python-selenium-scraper-template/issues/1",
        ..Message::BUILD
    },
    Message {
        id: "copy-source-missing-somewhere",
        is_ambiguous: true,
        patterns: SOURCE_MISSING,
        cause: "The Dockerfile copies `{path}`, which does not exist where it is taken from. Without `--from` that is the build context: it is not committed, is in another folder, or is kept out by .dockerignore. With `--from` it is another stage or image, which has no such path.",
        fix: "Without `--from`, commit it at the path that the `COPY` names, or take it out of .dockerignore; with `--from`, write the path as it is in that stage. A `COPY` knows no shell: `||` and `2>/dev/null` are taken for files.",
        rules: NOT_IN_CONTEXT_RULES,
        example: "failed to calculate checksum of ref 8b4a2281-8212::a1udyhgtxx0o: \"/requirements.txt\": not found",
        source: "https://github.com/moby/buildkit/blob/master/cache/contenthash/checksum.go",
        ..Message::BUILD
    },
    Message {
        id: "unknown-instruction",
        patterns: &[
            "{}dockerfile parse error on line {line}: unknown instruction: {word}",
            "{}Dockerfile parse error line {line}: unknown instruction: {word}",
            "{}dockerfile parse error line {line}: unknown instruction: {word}",
        ],
        cause: "Line {line} of the Dockerfile begins with `{word}`, which is not an instruction. Usually the backslash at the end of the line before is missing, or a block was pasted without its `RUN`.",
        fix: "End each continued line with a backslash, or put the line behind its instruction.",
        rules: &["dockerfile-syntax"],
        example: "dockerfile parse error on line 7: unknown instruction: PORT=7860",
        source: "https://github.com/RchGrav/claudebox/issues/4",
        ..Message::BUILD
    },
    Message {
        id: "heredoc-not-ended",
        patterns: &[
            "{}parse error on line {line}: unterminated heredoc",
            "{}parse error line {line}: unterminated heredoc",
        ],
        cause: "Line {line} of the Dockerfile begins a here-document (`<<EOF`), and no line that consists of its end word alone follows.",
        fix: "Add a line with the end word alone (`EOF`), without blanks before or after it.",
        rules: &["dockerfile-syntax"],
        example: "dockerfile parse error on line 9: unterminated heredoc",
        source: "https://github.com/moby/buildkit/issues/5265",
        ..Message::BUILD
    },
    Message {
        id: "dockerfile-syntax",
        patterns: &["{}Syntax error - can't find = in \"{word}\"", "{}dockerfile parse error on line {line}: {what}"],
        cause: "The Dockerfile has a syntax error.",
        fix: "Correct the line that the message names. A comment needs a line of its own: a `#` behind an instruction is part of it.",
        rules: &["env-with-blanks", "dockerfile-syntax"],
        example: "Syntax error - can't find = in \"#\". Must be of the form: name=value",
        source: "https://github.com/moby/buildkit",
        ..Message::BUILD
    },
    Message {
        id: "dockerfile-missing",
        patterns: &[
            "{}failed to read dockerfile: open {file}: no such file or directory",
            "unable to prepare context: unable to evaluate symlinks in Dockerfile path",
        ],
        cause: "There is no Dockerfile at the root of what is built.",
        fix: "Name the file `Dockerfile` and put it at the root of the repository; no key of README.md names another one.",
        rules: &["missing-dockerfile"],
        example: "ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory",
        source: "https://github.com/moby/buildkit",
        ..Message::BUILD
    },
    Message {
        id: "image-name-in-capitals",
        patterns: &[
            "{}invalid reference format: repository name {name} must be lowercase",
            "{}invalid reference format: repository name must be lowercase",
        ],
        cause: "The name of a base image has a capital letter, which no registry accepts.",
        fix: "Write the name after `FROM` in lower case.",
        rules: &["invalid-image"],
        example: "invalid reference format: repository name must be lowercase",
        source: "https://docs.docker.com/reference/cli/docker/image/tag/",
        ..Message::BUILD
    },
    Message {
        id: "base-image-name-empty",
        patterns: &["{}base name ({name}) should not be blank"],
        cause: "`FROM` names a variable without a value: an `ARG` that is declared after it, or nowhere.",
        fix: "Declare `ARG` with a default before the first `FROM`, or write the image itself.",
        rules: &["undeclared-base-image"],
        example: "base name ($BASE) should not be blank",
        source: "https://github.com/moby/buildkit",
        ..Message::BUILD
    },
    Message {
        id: "invalid-image-name",
        patterns: &["{}invalid reference format"],
        cause: "What stands after `FROM`, or after `COPY --from=`, is not the name of an image: often a variable without a value, or a placeholder in angle brackets.",
        fix: "Write the full name of a public image with its tag.",
        rules: &["undeclared-base-image", "invalid-image"],
        example: "failed to parse stage name \"python:\": invalid reference format",
        source: "https://github.com/moby/buildkit",
        ..Message::BUILD
    },
    Message {
        id: "copy-from-unknown",
        patterns: &["{}invalid from flag value {name}: pull access denied for"],
        cause: "`COPY --from={name}` names neither a stage of the Dockerfile nor an image that can be loaded: usually the name of a stage is misspelled. What is not a stage is taken for an image.",
        fix: "Write the name after `--from=` exactly as the `AS` of the stage has it (`FROM node:22-slim AS build`, `COPY --from=build ..`).",
        rules: &["unpublished-image"],
        example: "invalid from flag value biulder: pull access denied for biulder, repository does not exist or may require 'docker login'",
        source: "https://github.com/moby/moby/blob/master/daemon/builder/dockerfile/dispatchers.go",
        ..Message::BUILD
    },
    Message {
        id: "image-access-denied",
        patterns: &[
            "{}pull access denied, repository does not exist or may require authorization",
            "{}pull access denied for {image}, repository does not exist",
            "{}failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token",
        ],
        cause: "The image after `FROM` or `COPY --from=` does not exist in that registry, or is private. A tag of an image that was only built on your computer is not known to the Hub, and the misspelled name of a stage is taken for an image.",
        fix: "Name a public image with its registry, such as `ghcr.io/owner/name:tag`; make a private one public, or build from a public base. Write a stage exactly as its `AS` names it.",
        rules: &["unpublished-image", "vanished-image"],
        example: "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
        source: "https://github.com/OpenSourceHelpCommunity/Questions/issues/24",
        ..Message::BUILD
    },
    Message {
        id: "image-tag-missing",
        patterns: &[
            "ERROR: docker.io/{image}: not found",
            "docker.io/{image}: not found",
            "{}failed to solve: docker.io/{image}: not found",
            "{}failed to solve: ghcr.io/{image}: not found",
            "ERROR: ghcr.io/{image}: not found",
            "ERROR: quay.io/{image}: not found",
            "ERROR: nvcr.io/{image}: not found",
            "{}failed to resolve source metadata for {image}: not found",
            "{}manifest unknown",
            "{}manifest for {image} not found",
        ],
        cause: "The base image has no such tag, or no longer: NVIDIA and others delete old ones.",
        fix: "Look at the registry's list of tags and choose one that exists, such as `python:3.12-slim`, `node:22-slim`, or `nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04` with its full version.",
        rules: &["vanished-image"],
        example: "docker.io/nvidia/cuda:9.2-devel-ubuntu18.04: not found",
        source: "https://github.com/real-stanford/cloth-funnels/issues/5",
        ..Message::BUILD
    },
    Message {
        id: "image-for-another-processor",
        patterns: &["{}no match for platform in manifest"],
        cause: "The base image is not published for linux/amd64, on which Spaces run.",
        fix: "Choose an image or a tag for linux/amd64.",
        example: "no match for platform in manifest: not found",
        source: "https://github.com/containerd/containerd",
        ..Message::BUILD
    },
    Message {
        id: "registry-not-reachable",
        is_ambiguous: true,
        patterns: &[
            "{}failed to do request: Head {url}: dial tcp: lookup {host}: no such host",
            "{}failed to do request: Head {url}: dial tcp: lookup {host} on {server}: no such host",
        ],
        cause: "The builder could not find the registry {host}, from which it takes the base image: a failure of the network that passes, or a name that exists only on your computer.",
        fix: "Build again (Factory rebuild). If it stays, look whether {host} is spelled correctly after `FROM` and can be reached by everybody.",
        also: &["unpublished-image"],
        example: "failed to do request: Head \"https://registry.example/v2/library/python/manifests/3.11-slim\": dial tcp: lookup registry.example: no such host",
        source: "https://github.com/moby/moby/issues/42867",
        ..Message::BUILD
    },
    Message {
        id: "registry-rate-limit",
        patterns: &["{}toomanyrequests: "],
        cause: "The registry refuses more downloads from the builder's address for now. Nothing is wrong with the Dockerfile.",
        fix: "Build again later (Factory rebuild), or take the image from another registry, such as public.ecr.aws/docker/library.",
        example: "toomanyrequests: You have reached your pull rate limit",
        source: "https://docs.docker.com/docker-hub/usage/",
        ..Message::BUILD
    },
    Message {
        id: "stage-missing",
        patterns: &["{}target stage {name} could not be found", "{}failed to reach build target {name} in Dockerfile"],
        cause: "The build asks for a stage that the Dockerfile does not have.",
        fix: "Name a stage with `FROM image AS name`, exactly as the build asks for it.",
        example: "target stage \"prod\" could not be found",
        source: "https://github.com/moby/buildkit",
        ..Message::BUILD
    },
    Message {
        id: "example-secret-missing",
        patterns: &["{}secret SECRET_EXAMPLE: not found"],
        cause: "The Dockerfile still has the example of the documentation in it: no Space has a secret of the name SECRET_EXAMPLE.",
        fix: "Delete these lines, or put the name of a secret of the Space in place of SECRET_EXAMPLE.",
        rules: &["example-secret"],
        example: "ERROR: secret SECRET_EXAMPLE: not found",
        source: "https://huggingface.co/docs/hub/spaces-sdks-docker",
        ..Message::BUILD
    },
    Message {
        id: "build-secret-missing",
        patterns: &["{}secret {name} not found: not found", "{}secret {name}: not found"],
        cause: "The `RUN` mounts the secret {name} as required, and the Space has no secret of exactly that name.",
        fix: "Add the secret {name} in the Space's settings, or correct `id=`; with `required=false` a copy of the Space builds without it.",
        example: "ERROR: failed to solve: secret HF_TOKEN: not found",
        source: "https://huggingface.co/docs/hub/spaces-sdks-docker",
        ..Message::BUILD
    },
    Message {
        id: "secret-not-mounted",
        patterns: &[
            "cat: /run/secrets/{name}: No such file or directory",
            "cat: can't open '/run/secrets/{name}': No such file or directory",
            "{}cannot open /run/secrets/{name}: No such file",
        ],
        cause: "The `RUN` reads /run/secrets/{name} and does not mount that secret. A secret exists only in a `RUN` that mounts it.",
        fix: "Write `RUN --mount=type=secret,id={name},mode=0444,required=true` in front of the command, and have a secret of exactly that name in the Space's settings.",
        rules: &["secret-without-mount"],
        example: "cat: /run/secrets/HF_TOKEN: No such file or directory",
        source: "https://github.com/docker/build-push-action/issues/701",
        ..Message::BUILD
    },
    Message {
        id: "mount-needs-buildkit",
        patterns: &["{}the --mount option requires BuildKit", "{}Unknown flag: mount"],
        cause: "This builder is Docker's old one, and `RUN --mount` needs BuildKit. The Hub has BuildKit.",
        fix: "Build with `docker buildx build` or `DOCKER_BUILDKIT=1 docker build`.",
        example: "the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled",
        source: "https://github.com/moby/moby",
        ..Message::BUILD
    },
    Message {
        id: "copy-owner-missing",
        patterns: &[
            "{}invalid user index: {user}",
            "{}unable to convert uid/gid chown string to host mapping: can't find uid for user {user}",
        ],
        cause: "`COPY --chown` names a user that does not exist yet at that line.",
        fix: "Put the `useradd` above the `COPY`, or write the number: `COPY --chown=1000:1000`.",
        rules: &["copy-owned-by-root", "unknown-user"],
        example: "unable to convert uid/gid chown string to host mapping: can't find uid for user user: no such user: user",
        source: "https://github.com/moby/moby",
        ..Message::BUILD
    },
    Message {
        id: "add-address-missing",
        patterns: &["{}invalid response status {status}"],
        cause: "`ADD` could not download its address: the server answered {status}.",
        fix: "Correct the address, or take the file into the repository.",
        example: "ERROR: failed to load cache key: invalid response status 404",
        source: "https://github.com/moby/buildkit",
        ..Message::BUILD
    },
    Message {
        id: "killed-while-building",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["{}did not complete successfully: exit code: 137"],
        cause: "The step was killed (exit code 137 is SIGKILL), almost always since it used more memory than the builder has.",
        fix: "Use less memory in this step: install wheels instead of compiling, build with fewer jobs (`MAX_JOBS=1`), give Node a limit, do not load models at build time.",
        example: "did not complete successfully: exit code: 137",
        source: "https://docs.docker.com/engine/containers/run/#exit-status",
        ..Message::BUILD
    },
    Message {
        id: "build-disk-full",
        patterns: &["{}no space left on device"],
        cause: "The builder's disk, or the container's, is full.",
        fix: "Download less at build time, leave CUDA libraries out where no GPU is (`torch` from PyTorch's CPU index), install with `--no-cache-dir`, and delete what a step made in the same `RUN`.",
        rules: &["cuda-torch-on-cpu"],
        example: "write /usr/local/lib/libcublas.so: no space left on device",
        source: "https://docs.docker.com/build/building/best-practices/",
        ..Message::BUILD
    },
];
