//! What the Hub says: on a push, about the front matter, and on the page of a Space.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "push-with-binary-files",
        patterns: &["Your push was rejected because it contains binary files"],
        cause: "A binary file is stored as a plain git object, in this commit or an earlier one, and the Hub accepts binary files only through Git LFS or Xet.",
        fix: "Track the listed files before they are committed, as with `git lfs track \"*.png\"`. If they are in the history already, run `git lfs migrate import --everything --include=\"*.png\"`, or push one orphan commit; `hf upload` does it by itself.",
        rules: &["binary-without-lfs", "attributes-wiped", "junk-pushed"],
        example: "Your push was rejected because it contains binary files.",
        source: "https://github.com/qdonnars/ohmywind/pull/289",
        ..Message::PUSH
    },
    Message {
        id: "push-with-large-files",
        patterns: &["Your push was rejected because it contains files larger than {size}"],
        cause: "A file in the pushed history has more than 10 MiB and is stored as a plain git object. The limit holds for text files too.",
        fix: "Track the listed files with `git lfs track`, rewrite the commits that have them with `git lfs migrate import --everything`, and push again.",
        rules: &["large-text-file"],
        example: "Your push was rejected because it contains files larger than 10 MiB.",
        source: "https://github.com/huggingface/huggingface_hub/issues/91",
        ..Message::PUSH
    },
    Message {
        id: "repository-storage-limit",
        patterns: &["{}Repository storage limit reached"],
        cause: "The repository of the Space has reached the Hub's size limit. The history of files in Git LFS counts too.",
        fix: "Put models and data into a model or dataset repository and download them at build or run time; delete old files from LFS in the settings of the Space.",
        example: "Repository storage limit reached (Max: 1 GB)",
        source: "https://huggingface.co/docs/hub/storage-limits",
        ..Message::PUSH
    },
    Message {
        id: "private-storage-limit",
        patterns: &["{}Private repository storage limit reached"],
        cause: "The private repositories of the account together have reached the storage of its plan.",
        fix: "Make the repository public, delete files from LFS, or raise the plan in the billing settings.",
        example: "403 Forbidden: Private repository storage limit reached, please upgrade your plan",
        source: "https://github.com/huggingface/huggingface_hub/issues/3049",
        ..Message::PUSH
    },
    Message {
        id: "short-description-too-long",
        patterns: &["{}\"short_description\" length must be less than or equal to 60 characters long"],
        cause: "The `short_description` in README.md has more than 60 characters.",
        fix: "Shorten `short_description` to at most 60 characters and push again.",
        rules: &["long-short-description"],
        example: "- Error: \"short_description\" length must be less than or equal to 60 characters long",
        source: "https://github.com/qdonnars/ohmywind/pull/160",
        ..Message::PUSH
    },
    Message {
        id: "unknown-color",
        patterns: &["{}\"colorFrom\" must be one of [", "{}\"colorTo\" must be one of ["],
        cause: "`colorFrom` or `colorTo` in README.md is not one of the Hub's eight colours.",
        fix: "Write red, yellow, green, blue, indigo, purple, pink or gray; hex codes and other names are refused.",
        rules: &["unknown-color"],
        example: "- Error: \"colorFrom\" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]",
        source: "https://github.com/huggingface/OpenEnv/pull/1016",
        ..Message::PUSH
    },
    Message {
        id: "unknown-license",
        patterns: &["{}\"license\" must be one of ["],
        cause: "`license` in README.md is not one of the Hub's identifiers.",
        fix: "Write an identifier of the Hub in lower case, such as `apache-2.0` or `mit`; `other` with `license_name` stands for any other licence.",
        rules: &["unknown-license"],
        example: "- Error: \"license\" must be one of [apache-2.0, mit, openrail]",
        source: "https://huggingface.co/docs/hub/repositories-licenses",
        ..Message::PUSH
    },
    Message {
        id: "unknown-header",
        patterns: &["{}\"header\" must be one of ["],
        cause: "`header` in README.md has a value that does not exist.",
        fix: "Write `header: mini` or `header: default`.",
        rules: &["unknown-header"],
        example: "- Error: \"header\" must be one of [default, mini]",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::PUSH
    },
    Message {
        id: "unknown-value-in-front-matter",
        patterns: &["{}\"{key}\" must be one of [{values}]"],
        cause: "`{key}` in README.md has a value that the Hub does not know.",
        fix: "Write one of the listed values for `{key}`: {values}.",
        rules: &["refused-metadata", "unknown-hardware", "unknown-sdk"],
        example: "- Error: \"sdk\" must be one of [gradio, docker, static]",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::PUSH
    },
    Message {
        id: "app-port-too-low",
        patterns: &["{}\"app_port\" must be greater than or equal to 1025"],
        cause: "`app_port` in README.md is below 1025, and UID 1000 cannot open such ports.",
        fix: "Let the server listen on a port above 1024, such as 7860, and write the same number for `app_port`.",
        rules: &["app-port-too-low"],
        example: "- Error: \"app_port\" must be greater than or equal to 1025",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::PUSH
    },
    Message {
        id: "wrong-type-in-front-matter",
        patterns: &[
            "{}\"{key}\" must be a boolean",
            "{}\"{key}\" must be a string",
            "{}\"{key}\" must be a number",
            "{}\"{key}\" must be an array",
        ],
        cause: "`{key}` in README.md has a value of another type than the Hub expects.",
        fix: "Write `{key}` as the message asks: `true` or `false` for a boolean, quotes for a string, a list for an array.",
        rules: &["wrong-type"],
        example: "- Error: \"pinned\" must be a boolean",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::PUSH
    },
    Message {
        id: "duplicate-key-in-front-matter",
        patterns: &["{}duplicated mapping key"],
        cause: "A key stands twice in the front matter of README.md.",
        fix: "Remove one of the two lines.",
        rules: &["duplicate-key"],
        example: "duplicated mapping key (6:1)",
        source: "https://github.com/11ty/buildawesome/issues/1530",
        ..Message::PUSH
    },
    Message {
        id: "pattern-in-front-matter",
        patterns: &["{}\"{key}\" with value \"{value}\" fails to match the required pattern"],
        cause: "`{key}` in README.md has a value of another form than the Hub expects: \"{value}\".",
        fix: "Write one emoji for `emoji`, a duration such as `1h` for `startup_duration_timeout`, a path that begins with `/` for `base_path`.",
        rules: &["invalid-emoji", "malformed-startup-timeout", "relative-base-path", "malformed-preload"],
        example: "- Error: \"emoji\" with value \"rocket\" fails to match the required pattern: /\\p{Extended_Pictographic}/u",
        source: "https://joi.dev/api/",
        ..Message::PUSH
    },
    Message {
        id: "number-in-front-matter",
        patterns: &[
            "{}\"{key}\" must be less than or equal to {most}",
            "{}\"{key}\" must be greater than or equal to {most}",
        ],
        cause: "`{key}` in README.md is outside of what the Hub allows; the limit is {most}.",
        fix: "Write a number within the limit.",
        rules: &["long-oauth-expiration", "refused-metadata"],
        example: "- Error: \"hf_oauth_expiration_minutes\" must be less than or equal to 43200",
        source: "https://joi.dev/api/",
        ..Message::PUSH
    },
    Message {
        id: "empty-value-in-front-matter",
        patterns: &["{}\"{key}\" is not allowed to be empty", "{}\"{key}\" is required"],
        cause: "`{key}` in README.md has no value.",
        fix: "Give `{key}` a value, or remove the line where it is optional.",
        rules: &["refused-metadata"],
        example: "- Error: \"title\" is not allowed to be empty",
        source: "https://joi.dev/api/",
        ..Message::PUSH
    },
    Message {
        id: "front-matter-not-yaml",
        patterns: &[
            "{}bad indentation of a mapping entry",
            "{}can not read a block mapping entry; a multiline key may not be an implicit key",
            "{}can not read an implicit mapping pair; a colon is missed",
            "{}incomplete explicit mapping pair",
            "{}end of the stream or a document separator is expected",
            "{}mapping values are not allowed in this context",
            "{}did not find expected key",
        ],
        cause: "The front matter of README.md is not valid YAML: often a value with a colon without quotes, a missing blank after a colon, or a tab.",
        fix: "Put the value that the message points to into quotes, and indent with blanks.",
        rules: &["invalid-yaml"],
        example: "can not read a block mapping entry; a multiline key may not be an implicit key",
        source: "https://github.com/11ty/buildawesome/issues/1156",
        ..Message::PUSH
    },
    Message {
        id: "metadata-refused",
        weight: Weight::Follows,
        patterns: &["Sorry, your push was rejected during YAML metadata verification"],
        cause: "The Hub's validator refuses the front matter of README.md; the lines below the message say which key and why.",
        fix: "Change the key that the next line names, and push again. `spaces-new check` finds the same without a push.",
        rules: &["refused-metadata"],
        example: "Sorry, your push was rejected during YAML metadata verification:",
        source: "https://github.com/qdonnars/ohmywind/pull/160",
        ..Message::PUSH
    },
    Message {
        id: "paid-plan-required",
        patterns: &[
            "{}402 Client Error: Payment Required for url: https://huggingface.co/api/repos/create",
            "{}402 Client Error: Payment Required for url: https://huggingface.co/api/spaces/{path}/duplicate",
            "{}Client error '402 Payment Required' for url 'https://huggingface.co/api/repos/create'",
            "{}Client error '402 Payment Required' for url 'https://huggingface.co/api/spaces/{path}/duplicate'",
            "{}Gradio and Docker Spaces require a paid plan",
            "{}hosting Gradio and Docker Spaces on free cpu-basic requires a PRO subscription",
        ],
        cause: "Creating a Gradio or Docker Space requires a paid plan: PRO for an account, Team or Enterprise for an organization.",
        fix: "Subscribe to PRO, make a static Space, or a Gradio Space on ZeroGPU (`--flavor zero-a10g`), of which a free account may have two. Existing Spaces go on to work.",
        example: "HfHubHTTPError: Client error '402 Payment Required' for url 'https://huggingface.co/api/repos/create'",
        source: "https://github.com/ed-donner/agents/issues/1469",
        ..Message::PUSH
    },
    Message {
        id: "password-instead-of-token",
        patterns: &["Password authentication in git is no longer supported"],
        cause: "The account's password was given to git, and the Hub accepts an access token or an SSH key only.",
        fix: "Make a token with write rights in the account's settings and give it in place of the password (`hf auth login --add-to-git-credential` stores it), or use an SSH key.",
        example: "remote: Password authentication in git is no longer supported. You must use a user access token or an SSH key instead.",
        source: "https://github.com/mlcommons/cm4mlops/issues/184",
        ..Message::PUSH
    },
    Message {
        id: "missing-configuration",
        patterns: &[
            "missing configuration in README",
            "Missing configuration in README",
            "ConfigError: missing configuration in README",
        ],
        cause: "README.md has no metadata block at its very top. Often a README from elsewhere was pushed over the one that the Space had, or something stands before the first `---`.",
        fix: "Put the front matter between two lines of `---` at the top of README.md, with title, emoji, colorFrom, colorTo and sdk; nothing may be before it, not even a byte order mark.",
        rules: &["missing-front-matter", "text-before-front-matter", "byte-order-mark", "unclosed-front-matter"],
        example: "Missing configuration in README",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::CONFIGURATION
    },
    Message {
        id: "missing-sdk",
        patterns: &["{}missing field `sdk`", "{}Missing SDK in configuration"],
        cause: "The front matter of README.md has no `sdk`.",
        fix: "Add `sdk: docker`, `sdk: gradio` or `sdk: static`.",
        rules: &["missing-sdk"],
        example: "missing field `sdk`",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::CONFIGURATION
    },
    Message {
        id: "unknown-sdk",
        patterns: &[
            "{}sdk: unknown variant `{sdk}`, expected one of",
            "{}unknown variant `{sdk}`, expected one of {values}",
        ],
        cause: "The front matter of README.md has a value that the builder does not know: `{sdk}`.",
        fix: "Write one of the values that the message lists; for `sdk` these are gradio, docker and static. A Flask, FastAPI or Streamlit app is `sdk: docker`.",
        rules: &["unknown-sdk"],
        example: "sdk: unknown variant `flask`, expected one of",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::CONFIGURATION
    },
    Message {
        id: "gradio-version-unknown",
        patterns: &["Gradio version does not exist", "ConfigError: Gradio version does not exist"],
        cause: "`sdk_version` in README.md is not the full number of a published Gradio release. Without quotes, YAML reads `5.10` as the number 5.1.",
        fix: "Write an exact version that exists, in quotes, such as `sdk_version: \"6.31.0\"`.",
        rules: &["inexact-gradio-version"],
        example: "Gradio version does not exist",
        source: "https://github.com/Vision-CAIR/MiniGPT-4/issues/255",
        ..Message::CONFIGURATION
    },
    Message {
        id: "too-many-preloads",
        patterns: &["{}preload models limited to {most}"],
        cause: "`preload_from_hub` in README.md has more than ten items.",
        fix: "Keep at most ten items of `preload_from_hub`; download the others at build time, or when the app starts.",
        rules: &["too-many-preloads"],
        example: "preload models limited to 10 at line 1 column 900",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::CONFIGURATION
    },
    Message {
        id: "no-application-file",
        patterns: &["No application file", "no application file"],
        cause: "The Hub finds nothing to run: no Dockerfile at the root of a Docker Space, or not the file that `app_file` names.",
        fix: "Commit the Dockerfile at the root of the repository, or the file that `app_file` names (`app.py` unless it says otherwise).",
        rules: &["missing-app-file", "missing-dockerfile"],
        example: "No application file",
        source: "https://huggingface.co/docs/hub/spaces-config-reference",
        ..Message::CONFIGURATION
    },
    Message {
        id: "memory-limit",
        patterns: &["{}Memory limit exceeded ({size})", "{}memory limit exceeded ({size})"],
        cause: "The app used more memory than the hardware of the Space has ({size}), and was stopped.",
        fix: "Load smaller models or fewer of them, run one worker, load in half precision; or choose hardware with more memory.",
        example: "Memory limit exceeded (16Gi)",
        source: "https://github.com/mhrice/RemFx/issues/47",
        ..Message::RUN
    },
    Message {
        id: "disk-limit",
        patterns: &["{}storage limit exceeded ({size})"],
        cause: "The app wrote more to its disk than the Space has ({size}); models and caches count too.",
        fix: "Download less, delete what is no longer needed while the app runs, or mount a storage bucket for large data.",
        example: "Workload evicted, storage limit exceeded (50G)",
        source: "https://github.com/aaronmueller/MIB/issues/4",
        ..Message::RUN
    },
    Message {
        id: "no-hardware-capacity",
        patterns: &["{}Scheduling failure: not enough hardware capacity"],
        cause: "The Hub had no free machine of the kind that the Space requests. Nothing is wrong with the repository.",
        fix: "Restart the Space later, or choose other hardware in its settings.",
        example: "Scheduling failure: not enough hardware capacity",
        source: "https://github.com/orpatashnik/local-prompt-mixing/issues/4",
        ..Message::RUN
    },
    Message {
        id: "launch-timed-out",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["{}Launch timed out, workload was not healthy after {minutes}"],
        cause: "The container ran, but nothing answered on the Space's `app_port` (7860 unless README.md says otherwise) in time: the server listens on another port or on 127.0.0.1, or it starts too slowly.",
        fix: "Let the server listen on 0.0.0.0 and on the port of `app_port`; open the port first and load models after that, or at build time; `startup_duration_timeout: 1h` gives more time.",
        rules: &[
            "port-mismatch",
            "expose-mismatch",
            "default-port-of-base-image",
            "port-of-base-image",
            "streamlit-port-set",
        ],
        example: "Launch timed out, workload was not healthy after 30 min",
        source: "https://github.com/KyanChen/RSPrompter/issues/105",
        ..Message::RUN
    },
];
