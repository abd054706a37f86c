//! What Gradio says.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "gradio-without-hffolder",
        patterns: &["ImportError: cannot import name 'HfFolder' from 'huggingface_hub'"],
        cause: "Gradio 4 imports a name that huggingface_hub 1.0 removed, and sets no upper bound on it.",
        fix: "Raise Gradio (`sdk_version` or requirements.txt) to 5 or later, or require `huggingface_hub<1`.",
        rules: &["packages-that-break-together"],
        example: "ImportError: cannot import name 'HfFolder' from 'huggingface_hub'",
        source: "https://github.com/Zeyi-Lin/HivisionIDPhotos/issues/281",
        ..Message::RAISED
    },
    Message {
        id: "gradio-schema-of-pydantic",
        patterns: &["TypeError: argument of type 'bool' is not iterable"],
        near: &["gradio_client"],
        cause: "An older gradio_client cannot read the API schema that pydantic 2.11 and later writes; a complaint about localhost only follows from that.",
        fix: "Raise `sdk_version` (or gradio in requirements.txt) to a release that fixes it, or pin `pydantic==2.10.6`; `share=True` does not help.",
        rules: &["packages-that-break-together"],
        example: "TypeError: argument of type 'bool' is not iterable",
        source: "https://github.com/gradio-app/gradio/issues/11116",
        ..Message::RAISED
    },
    Message {
        id: "gradio-template-of-starlette",
        patterns: &["TypeError: unhashable type: 'dict'"],
        near: &["TemplateResponse"],
        cause: "An older Gradio calls the templates of starlette as version 1.0 does not allow any more.",
        fix: "Raise `sdk_version` (or gradio in requirements.txt), or require `starlette<1`.",
        rules: &["packages-that-break-together"],
        example: "TypeError: unhashable type: 'dict'",
        source: "https://github.com/gradio-app/gradio",
        ..Message::RAISED
    },
    Message {
        id: "gradio-localhost",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["ValueError: When localhost is not accessible, a shareable link must be created"],
        cause: "Gradio asked its own page and got no good answer: the app fails with an error further up, listens on another address, or a proxy variable is set.",
        fix: "Look for the first error above it; in a container set `GRADIO_SERVER_NAME=0.0.0.0`; `share=True` does not help.",
        rules: &["gradio-on-loopback"],
        example: "ValueError: When localhost is not accessible, a shareable link must be created. Please set share=True or check your proxy settings to allow access to localhost.",
        source: "own reading of gradio 6.31",
        ..Message::RUN
    },
    Message {
        id: "gradio-on-loopback",
        weight: Weight::Unreachable,
        patterns: &["* Running on local URL: {}http://127.0.0.1:{port}"],
        cause: "Gradio listens on 127.0.0.1 alone, which nothing outside of the container can reach, so the Hub never gets an answer.",
        fix: "Set `ENV GRADIO_SERVER_NAME=0.0.0.0` in the Dockerfile, or call `demo.launch(server_name=\"0.0.0.0\")`.",
        rules: &["gradio-on-loopback", "loopback-bind"],
        example: "* Running on local URL:  http://127.0.0.1:7860",
        source: "own reading of gradio 6.31",
        ..Message::RUN
    },
    Message {
        id: "gradio-share-warning",
        weight: Weight::Warns,
        patterns: &["{}Setting share=True is not supported on Hugging Face Spaces"],
        cause: "`launch(share=True)` has no effect in a Space, which has an address already.",
        fix: "Remove `share=True`.",
        rules: &["gradio-share"],
        example: "UserWarning: Setting share=True is not supported on Hugging Face Spaces",
        source: "own reading of gradio 6.31",
        ..Message::RUN
    },
    Message {
        id: "gradio-ports-taken",
        patterns: &["OSError: Cannot find empty port in range: {range}"],
        cause: "Another server of the container already has the port, or the app launches twice.",
        fix: "Launch once; do not launch a second interface on the same port.",
        example: "OSError: Cannot find empty port in range: 7860-7860.",
        source: "own reading of gradio 6.31",
        ..Message::RAISED
    },
    Message {
        id: "gradio-oauth-extra-missing",
        patterns: &["ImportError: Cannot initialize OAuth"],
        cause: "A login button needs packages that plain `gradio` does not install.",
        fix: "Require `gradio[oauth]`.",
        rules: &["oauth-extra-missing"],
        example: "ImportError: Cannot initialize OAuth to due a missing library.",
        source: "own reading of gradio 6.31",
        ..Message::RAISED
    },
    Message {
        id: "gradio-oauth-not-declared",
        patterns: &["ValueError: OAuth is required but {name} environment variable is not set"],
        cause: "The app has a login button, and the Space does not offer sign-in.",
        fix: "Add `hf_oauth: true` to the front matter of README.md.",
        rules: &["oauth-not-declared"],
        example: "ValueError: OAuth is required but OAUTH_CLIENT_ID environment variable is not set.",
        source: "own reading of gradio 6.31",
        ..Message::RAISED
    },
    Message {
        id: "gradio-path-not-listed",
        patterns: &["InvalidPathError: Cannot move {path} to the gradio cache dir"],
        cause: "Gradio serves files of the working folder and of the temporary folder only, and {path} is in neither.",
        fix: "Write it below the working folder or the temporary folder, or name its folder in `launch(allowed_paths=[..])`.",
        rules: &["unlisted-gradio-path"],
        example: "gradio.exceptions.InvalidPathError: Cannot move /data/out.png to the gradio cache dir because it was not created by the application",
        source: "own reading of gradio 6.31",
        ..Message::RAISED
    },
    Message {
        id: "gradio-keyword-removed",
        patterns: &[
            "TypeError: Blocks.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Blocks.launch() got an unexpected keyword argument '{name}'",
            "TypeError: Blocks.queue() got an unexpected keyword argument '{name}'",
            "TypeError: Interface.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: ChatInterface.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: TabbedInterface.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Chatbot.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: EventListener._setup.<locals>.event_trigger() got an unexpected keyword argument '{name}'",
        ],
        cause: "The installed Gradio does not take the argument `{name}` there: newer versions removed it, or older ones do not have it yet.",
        fix: "Pin the Gradio that the code was written for (`sdk_version` in README.md, or requirements.txt), or remove the argument.",
        rules: &["removed-api"],
        example: "TypeError: Chatbot.__init__() got an unexpected keyword argument 'type'",
        source: "own run of gradio 6.31",
        ..Message::RAISED
    },
    Message {
        id: "gradio-component-keyword",
        // An app may have a class of this name
        patterns: &[
            "TypeError: Textbox.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Image.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Audio.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Video.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: File.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Gallery.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Dataframe.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Dropdown.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Button.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: Slider.__init__() got an unexpected keyword argument '{name}'",
        ],
        last_frame: &["gradio", "gr."],
        cause: "The installed Gradio does not take the argument `{name}` for this component: newer versions removed it, or older ones do not have it yet.",
        fix: "Pin the Gradio that the code was written for (`sdk_version` in README.md, or requirements.txt), or remove the argument.",
        rules: &["removed-api"],
        example: "TypeError: Image.__init__() got an unexpected keyword argument 'tool'",
        source: "https://github.com/gradio-app/gradio/issues/7799",
        ..Message::RAISED
    },
    Message {
        id: "keyword-removed",
        is_ambiguous: true,
        patterns: &[
            "TypeError: {call}.__init__() got an unexpected keyword argument '{name}'",
            "TypeError: {call}() got an unexpected keyword argument '{name}'",
        ],
        last_frame: &["-packages/"],
        cause: "A package calls `{call}` with the argument `{name}`, which the installed version does not take: two packages have versions that do not belong together.",
        fix: "Pin one of the two packages to the version that the other was written for; the frames above the message name them.",
        rules: &["removed-api"],
        example: "TypeError: Session.request() got an unexpected keyword argument 'use_dns_cache'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "gradio-method-removed",
        near: &["gradio", ".style(", ".update("],
        patterns: &[
            "AttributeError: '{component}' object has no attribute 'style'",
            "AttributeError: type object '{component}' has no attribute 'update'",
        ],
        cause: "Gradio 4 removed `.style()` and `.update()` of its components, and the code was written for Gradio 3.",
        fix: "Give the arguments of `style` to the component itself, and return a component with the new values, such as `gr.Dropdown(choices=..)`, in place of `gr.Dropdown.update(..)`; or pin the version that the code was written for (`sdk_version: 3.50.2` in README.md, or `gradio<4`).",
        rules: &["removed-api"],
        example: "AttributeError: 'Button' object has no attribute 'style'",
        source: "https://github.com/gradio-app/gradio/blob/main/gradio/CHANGELOG.md",
        ..Message::RAISED
    },
    Message {
        id: "name-removed",
        patterns: &[
            "AttributeError: module 'gradio' has no attribute 'inputs'",
            "AttributeError: module 'gradio' has no attribute 'outputs'",
            "AttributeError: module 'gradio' has no attribute 'Box'",
            "AttributeError: module 'gradio' has no attribute 'Variable'",
            "AttributeError: module 'streamlit' has no attribute 'cache'",
            "AttributeError: module 'streamlit' has no attribute 'beta_columns'",
            "AttributeError: module 'streamlit' has no attribute 'experimental_{name}'",
        ],
        cause: "Newer versions of the package do not have this name any more.",
        fix: "Use what replaces it (`gr.inputs` and `gr.outputs` are plain components now, `gr.Box` is `gr.Group`, `gr.Variable` is `gr.State`, `st.cache` is `st.cache_data`, `st.experimental_rerun` is `st.rerun`), or pin the version that the code was written for.",
        rules: &["removed-api"],
        example: "AttributeError: module 'streamlit' has no attribute 'cache'",
        source: "own run of streamlit 1.67",
        ..Message::RAISED
    },
    Message {
        id: "name-unknown",
        is_ambiguous: true,
        patterns: &[
            "AttributeError: module 'gradio' has no attribute '{name}'",
            "AttributeError: module 'streamlit' has no attribute '{name}'",
        ],
        cause: "The installed version of the package has no `{name}`: it is misspelled, newer ones removed it, or older ones do not have it yet.",
        fix: "Compare the name with the package's documentation; pin the version that the code was written for.",
        rules: &["removed-api"],
        example: "AttributeError: module 'streamlit' has no attribute 'pills'",
        source: "https://docs.streamlit.io/develop/quick-reference/release-notes",
        ..Message::RAISED
    },
    Message {
        id: "static-variables-elsewhere",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}Cannot read properties of undefined (reading 'variables')"],
        cause: "`window.huggingface.variables` exists only in the pages of a static Space.",
        fix: "In a Docker or Gradio Space, let the server hand its variables to the page.",
        rules: &["variables-of-static-space"],
        example: "TypeError: Cannot read properties of undefined (reading 'variables')",
        source: "https://huggingface.co/docs/hub/spaces-sdks-static",
        ..Message::RUN
    },
];
