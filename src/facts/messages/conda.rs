//! What conda says.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "conda-package-missing",
        patterns: &[
            "PackagesNotFoundError: The following packages are not available from current channels",
            "PackagesNotFoundInChannelsError: The following packages are not available from current channels",
            "ResolvePackageNotFound:",
        ],
        cause: "environment.yml names packages, or builds of them, that conda does not have for Linux; an export from Windows or macOS has such lines.",
        fix: "Export with `conda env export --from-history`, and remove builds (`=h1234_0`) and packages of other systems.",
        example: "PackagesNotFoundError: The following packages are not available from current channels:",
        source: "https://github.com/conda/conda",
        ..Message::BUILD
    },
    Message {
        id: "conda-terms-not-accepted",
        patterns: &["CondaToSNonInteractiveError: Terms of Service have not been accepted"],
        cause: "conda uses Anaconda's default channels, and since 2025 these want their terms of service accepted first, which nobody can do by hand in a build.",
        fix: "Use conda-forge alone (`channels: [conda-forge, nodefaults]` in environment.yml, or Miniforge as base), or accept the terms in the Dockerfile with `RUN conda tos accept --override-channels --channel URL` for each address that the message lists.",
        example: "CondaToSNonInteractiveError: Terms of Service have not been accepted for the following channels.",
        source: "https://github.com/huifengzhao/RAPiDock/pull/4",
        ..Message::BUILD
    },
    Message {
        id: "conda-no-solution",
        patterns: &["LibMambaUnsatisfiableError: Encountered problems while solving"],
        cause: "conda found no set of packages that fits environment.yml; the lines below the message say which ones exclude each other or do not exist for Linux.",
        fix: "Export with `conda env export --from-history`, remove builds (`=h1234_0`) and packages of other systems (`vs2015_runtime`, `pywin32`), and loosen the version that the next lines name.",
        example: "LibMambaUnsatisfiableError: Encountered problems while solving:",
        source: "https://github.com/conda/conda-libmamba-solver",
        ..Message::BUILD
    },
    Message {
        id: "conda-not-initialised",
        patterns: &["CondaError: Run 'conda init' before 'conda activate'"],
        cause: "`conda activate` works only in a shell that conda has prepared, and each `RUN` starts a new shell without that.",
        fix: "Write `RUN conda run -n NAME pip install ..` and `CMD [\"conda\", \"run\", \"--no-capture-output\", \"-n\", \"NAME\", \"python\", \"app.py\"]`, or set `ENV PATH=/opt/conda/envs/NAME/bin:$PATH`.",
        example: "CondaError: Run 'conda init' before 'conda activate'",
        source: "https://github.com/conda/conda",
        ..Message::BUILD
    },
];
