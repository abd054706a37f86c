//! Keywords and names of Python packages that some versions do not have.
//!
//! Every row was measured: each use was run with the last release that takes it and the first that refuses it, and the releases
//! between two that differ were searched until the border was found. Gradio 3.50.2, 4.0.2, 4.44.1, 5.0.0, 5.50.0, 6.0.0, 6.1.0 and 6.31.0;
//! Streamlit 1.26 to 1.67; `NumPy` 1.23.5, 1.24.0, 1.26.4, 2.0.0, 2.3.5, 2.4.0 and 2.4.6; Pillow 9.5, 10.0 and 13.0; openai 0.28.1, 1.0.0 and
//! 3.57.0; mcp 1.27.0 and 2.3.0; `huggingface_hub` 0.25.2, 0.26.0, 0.36.0, 1.0.0 and 2.4.0; `LangChain` 0.3.27, 1.0.0 and 1.5.2.

/// What some versions do not have. The paths are those below the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Api {
    /// A keyword of calls. `().launch` is a method of any object of the package.
    Keyword(&'static [&'static str], &'static str),
    /// Names: imported, called or mentioned. `().style` is a method of any object, `*.update` one of any class of the package.
    Names(&'static [&'static str]),
    /// Calls: the name itself is there, and refuses to be called.
    Calls(&'static [&'static str]),
    /// Submodules, and names of submodules that are still there, in imports.
    Imports(&'static [&'static str]),
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Removed {
    /// What is refused.
    pub api: Api,
    /// The first version without it.
    pub since: &'static [u32],
    /// The first version that has it again; empty if none does.
    pub until: &'static [u32],
    /// What to do instead, as an imperative.
    pub instead: &'static str,
}

/// A package, and what its versions do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package {
    /// Its name, as the index compares it.
    pub name: &'static str,
    /// The module that is imported.
    pub module: &'static str,
    /// The oldest Python that the newest versions run on: an older one gets an older version.
    pub python: (u64, u64),
    /// Packages of which an old version keeps an old version of this one.
    pub held_by: &'static [&'static str],
    /// The rows.
    pub rows: &'static [Removed],
}

const fn since(version: &'static [u32], api: Api, instead: &'static str) -> Removed {
    Removed { api, since: version, until: &[], instead }
}

const fn between(since: &'static [u32], until: &'static [u32], api: Api, instead: &'static str) -> Removed {
    Removed { api, since, until, instead }
}

/// Methods that add a listener of events.
const LISTENERS: &[&str] = &[
    "().blur",
    "().change",
    "().clear",
    "().click",
    "().input",
    "().like",
    "().load",
    "().release",
    "().select",
    "().stream",
    "().submit",
    "().success",
    "().then",
    "().upload",
    "on",
];

const MEDIA: &[&str] = &["Audio", "Gallery", "Image", "ImageEditor", "ImageMask", "ImageSlider", "Sketchpad", "Video"];
const OF_INTERFACE_3: &str = "remove it: Gradio 4 and later do not have it";
const OF_IMAGE_3: &str = "remove it, or use `gr.ImageEditor` for drawing";
const ON_LAUNCH: &str = "pass it to `launch()`";
const OF_CHAT_4: &str = "remove it: the chat has the button by itself";

const GRADIO: &[Removed] = &[
    // 6.0
    between(&[6], &[6, 1], Api::Keyword(&["Blocks", "Interface"], "theme"), ON_LAUNCH),
    between(&[6], &[6, 1], Api::Keyword(&["Blocks", "Interface"], "css"), ON_LAUNCH),
    between(&[6], &[6, 1], Api::Keyword(&["Blocks", "Interface"], "css_paths"), ON_LAUNCH),
    between(&[6], &[6, 1], Api::Keyword(&["Blocks", "Interface"], "js"), ON_LAUNCH),
    between(&[6], &[6, 1], Api::Keyword(&["Blocks", "Interface"], "head"), ON_LAUNCH),
    between(&[6], &[6, 1], Api::Keyword(&["Blocks", "Interface"], "head_paths"), ON_LAUNCH),
    since(&[6], Api::Keyword(&["ChatInterface", "TabbedInterface"], "theme"), ON_LAUNCH),
    since(&[6], Api::Keyword(&["ChatInterface", "TabbedInterface"], "css"), ON_LAUNCH),
    since(&[6], Api::Keyword(&["ChatInterface", "TabbedInterface"], "js"), ON_LAUNCH),
    since(&[6], Api::Keyword(&["ChatInterface", "TabbedInterface"], "head"), ON_LAUNCH),
    between(&[4], &[6], Api::Keyword(&["().launch"], "theme"), "pass it to `gr.Blocks()` or `gr.Interface()`"),
    between(&[4], &[6], Api::Keyword(&["().launch"], "css"), "pass it to `gr.Blocks()` or `gr.Interface()`"),
    since(&[6], Api::Keyword(&["().launch"], "show_api"), "remove it, or list the links to show in `footer_links`"),
    since(&[6], Api::Keyword(LISTENERS, "show_api"), "write `api_visibility=\"private\"` for `show_api=False`"),
    since(
        &[6],
        Api::Keyword(&["Interface", "ChatInterface", "Examples", "ClearButton"], "show_api"),
        "write `api_visibility=\"private\"` for `show_api=False`",
    ),
    since(&[6], Api::Keyword(&["Interface"], "allow_flagging"), "write `flagging_mode`"),
    since(&[6], Api::Keyword(&["Chatbot", "ChatInterface"], "type"), "remove it: messages are the only format"),
    since(&[6], Api::Keyword(&["Chatbot"], "bubble_full_width"), "remove it"),
    since(&[6], Api::Keyword(&["Chatbot"], "resizeable"), "write `resizable`"),
    since(&[6], Api::Keyword(&["Chatbot"], "show_copy_all_button"), "write `buttons=[\"copy_all\"]`"),
    since(
        &[6],
        Api::Keyword(
            &["Chatbot", "DataFrame", "Dataframe", "Markdown", "Text", "TextArea", "Textbox"],
            "show_copy_button",
        ),
        "write `buttons=[\"copy\"]`",
    ),
    since(&[6], Api::Keyword(MEDIA, "show_download_button"), "write `buttons=[\"download\"]`"),
    since(&[6], Api::Keyword(MEDIA, "show_share_button"), "write `buttons=[\"share\"]`"),
    since(&[6], Api::Keyword(&["Chatbot"], "show_share_button"), "write `buttons=[\"share\"]`"),
    since(
        &[6],
        Api::Keyword(
            &[
                "AnnotatedImage",
                "Dataframe",
                "Gallery",
                "Image",
                "ImageEditor",
                "ImageMask",
                "ImageSlider",
                "Sketchpad",
            ],
            "show_fullscreen_button",
        ),
        "write `buttons=[\"fullscreen\"]`",
    ),
    since(
        &[6],
        Api::Keyword(&["Image", "Video"], "mirror_webcam"),
        "write `webcam_options=gr.WebcamOptions(mirror=..)`",
    ),
    since(
        &[6],
        Api::Keyword(&["Image", "Video"], "webcam_constraints"),
        "write `webcam_options=gr.WebcamOptions(constraints=..)`",
    ),
    since(&[6], Api::Keyword(&["Audio", "Video"], "min_length"), "check the length in a `validator` of the event"),
    since(&[6], Api::Keyword(&["Audio", "Video"], "max_length"), "check the length in a `validator` of the event"),
    since(&[6], Api::Keyword(&["ImageEditor", "ImageMask", "Sketchpad"], "crop_size"), "write `canvas_size`"),
    since(&[6], Api::Keyword(&["Slider"], "show_reset_button"), "write `buttons=[\"reset\"]`"),
    // 5.0
    since(&[5], Api::Keyword(&["Dataframe", "DataFrame"], "height"), "write `max_height`"),
    since(&[5], Api::Keyword(&["ChatInterface"], "retry_btn"), OF_CHAT_4),
    since(&[5], Api::Keyword(&["ChatInterface"], "undo_btn"), OF_CHAT_4),
    since(&[5], Api::Keyword(&["ChatInterface"], "clear_btn"), OF_CHAT_4),
    since(&[5], Api::Keyword(&["Chatbot"], "likeable"), "remove it, and listen with `.like()`"),
    since(&[5], Api::Keyword(&["Interface"], "thumbnail"), "remove it"),
    since(&[5], Api::Keyword(&["LoginButton"], "signed_in_value"), "write `logout_value`"),
    since(&[5], Api::Keyword(&["FileExplorer"], "root"), "write `root_dir`"),
    since(&[5], Api::Keyword(LISTENERS, "every"), "use a `gr.Timer` and its `.tick()`"),
    since(&[5], Api::Names(&["LogoutButton"]), "use `gr.LoginButton`, which signs out too"),
    since(&[5], Api::Names(&["make_waveform"]), "remove it: `gr.Audio` draws the wave itself"),
    since(&[5], Api::Names(&["HuggingFaceDatasetSaver"]), "write the data with `huggingface_hub`"),
    // 4.0
    since(&[4], Api::Keyword(&["().queue"], "concurrency_count"), "write `default_concurrency_limit`"),
    since(&[4], Api::Keyword(&["().queue"], "client_position_to_load_data"), OF_INTERFACE_3),
    since(&[4], Api::Keyword(&["().queue"], "default_enabled"), OF_INTERFACE_3),
    since(&[4], Api::Keyword(&["().launch"], "enable_queue"), "call `queue()` before `launch()`"),
    since(&[4], Api::Keyword(&["().launch"], "file_directories"), "write `allowed_paths`"),
    since(&[4], Api::Keyword(&["().launch"], "show_tips"), OF_INTERFACE_3),
    since(&[4], Api::Keyword(&["().launch"], "encrypt"), OF_INTERFACE_3),
    since(&[4], Api::Keyword(LISTENERS, "_js"), "write `js`"),
    since(&[4], Api::Keyword(LISTENERS, "status_tracker"), "use `gr.Progress`"),
    since(&[4], Api::Keyword(&["Interface"], "enable_queue"), "call `queue()` before `launch()`"),
    since(&[4], Api::Keyword(&["Interface"], "interpretation"), OF_INTERFACE_3),
    since(&[4], Api::Keyword(&["Interface"], "layout"), "arrange the parts in `gr.Blocks`"),
    since(&[4], Api::Keyword(&["Interface"], "capture_session"), OF_INTERFACE_3),
    since(&[4], Api::Keyword(&["Audio", "Image", "Video"], "source"), "write `sources=[..]`"),
    since(&[4], Api::Keyword(&["Image"], "tool"), OF_IMAGE_3),
    since(&[4], Api::Keyword(&["Image"], "brush_radius"), OF_IMAGE_3),
    since(&[4], Api::Keyword(&["Image"], "shape"), "write `height` and `width`, and resize in your function"),
    since(&[4], Api::Keyword(&["Image"], "invert_colors"), "invert the colours in your function"),
    since(&[4], Api::Keyword(&["Gallery"], "grid"), "write `columns`"),
    since(&[4], Api::Keyword(&["File"], "keep_filename"), "remove it: names are kept"),
    since(&[4], Api::Names(&["inputs", "outputs"]), "write `gr.Textbox` for `gr.inputs.Textbox`"),
    since(&[4], Api::Names(&["().style"]), "pass its arguments where the component is made"),
    since(&[4], Api::Names(&["*.update"]), "return a component with the new values, or `gr.update(..)`"),
    since(&[4], Api::Names(&["Box"]), "use `gr.Group`"),
    since(&[4], Api::Names(&["Variable"]), "use `gr.State`"),
    since(&[4], Api::Names(&["Series", "Parallel", "mix"]), "call the functions one after the other"),
    since(&[4], Api::Names(&["StatusTracker", "Carousel", "interpretation"]), OF_INTERFACE_3),
];

const STREAMLIT: &[Removed] = &[
    since(&[1, 37], Api::Names(&["experimental_rerun"]), "call `st.rerun()`"),
    since(&[1, 37], Api::Names(&["experimental_memo"]), "use `st.cache_data`"),
    since(&[1, 37], Api::Names(&["experimental_singleton"]), "use `st.cache_resource`"),
    since(&[1, 37], Api::Names(&["experimental_data_editor"]), "use `st.data_editor`"),
    since(&[1, 37], Api::Names(&["experimental_connection"]), "use `st.connection`"),
    since(&[1, 49], Api::Names(&["experimental_dialog"]), "use `st.dialog`"),
    since(&[1, 49], Api::Names(&["experimental_fragment"]), "use `st.fragment`"),
    since(
        &[1, 54],
        Api::Names(&["experimental_get_query_params", "experimental_set_query_params"]),
        "use `st.query_params`",
    ),
    since(&[1, 54], Api::Names(&["experimental_user"]), "use `st.user`"),
    since(&[1, 62], Api::Names(&["cache"]), "use `st.cache_data`, or `st.cache_resource` for models"),
];

const BEFORE_1: &[&str] = &[
    "ChatCompletion.acreate",
    "ChatCompletion.create",
    "Completion.acreate",
    "Completion.create",
    "Edit.create",
    "Embedding.acreate",
    "Embedding.create",
    "FineTune.create",
    "Image.create",
    "Image.create_edit",
    "Image.create_variation",
    "Model.list",
    "Model.retrieve",
    "Moderation.create",
];

const OPENAI: &[Removed] = &[
    since(&[1], Api::Calls(BEFORE_1), "make a client, `client = openai.OpenAI()`, and call that"),
    since(&[1], Api::Imports(&["error"]), "import the errors from `openai`"),
];

const HUGGINGFACE_HUB: &[Removed] = &[
    since(&[0, 26], Api::Names(&["cached_download"]), "use `hf_hub_download`"),
    since(&[1], Api::Names(&["Repository"]), "use `snapshot_download`, and `HfApi().upload_folder`"),
    since(&[1], Api::Names(&["HfFolder"]), "use `get_token`, and `login`"),
    since(&[1], Api::Names(&["InferenceApi"]), "use `InferenceClient`"),
];

const NUMPY: &[Removed] = &[
    since(&[1, 24], Api::Names(&["float", "int", "object", "str", "complex"]), "use Python's own type of that name"),
    between(&[1, 24], &[2], Api::Names(&["bool"]), "use Python's own `bool`"),
    since(&[2], Api::Names(&["float_"]), "use `np.float64`"),
    since(&[2], Api::Names(&["complex_"]), "use `np.complex128`"),
    since(&[2], Api::Names(&["unicode_"]), "use `np.str_`"),
    since(&[2], Api::Names(&["string_"]), "use `np.bytes_`"),
    since(&[2], Api::Names(&["NaN"]), "use `np.nan`"),
    since(&[2], Api::Names(&["Inf", "infty"]), "use `np.inf`"),
    since(&[2], Api::Names(&["product", "cumproduct"]), "use `np.prod`, or `np.cumprod`"),
    since(&[2], Api::Names(&["alltrue", "sometrue"]), "use `np.all`, or `np.any`"),
    since(&[2], Api::Names(&["mat"]), "use `np.asmatrix`"),
    since(&[2, 4], Api::Names(&["in1d"]), "use `np.isin`"),
    since(&[2, 4], Api::Names(&["trapz"]), "use `np.trapezoid`"),
];

const PILLOW: &[Removed] = &[
    since(&[10], Api::Names(&["Image.ANTIALIAS"]), "use `Image.LANCZOS`"),
    since(&[10], Api::Names(&["Image.LINEAR"]), "use `Image.BILINEAR`"),
    since(&[10], Api::Names(&["Image.CUBIC"]), "use `Image.BICUBIC`"),
    since(&[10], Api::Names(&["ImageDraw.Draw().textsize"]), "use `textbbox`"),
    since(
        &[10],
        Api::Names(&["ImageFont.truetype().getsize", "ImageFont.load_default().getsize"]),
        "use `getbbox`, or `getlength`",
    ),
];

/// Modules that are in no package any more, or in another one.
const MOVED: &[&str] = &[
    "cache",
    "callbacks",
    "chains",
    "docstore",
    "document_loaders",
    "globals",
    "indexes",
    "llms",
    "memory",
    "output_parsers",
    "prompts",
    "retrievers",
    "schema",
    "text_splitter",
    "utilities",
    "vectorstores",
];

const LANGCHAIN: &[Removed] = &[
    since(&[1], Api::Imports(MOVED), "import it from `langchain_classic`, `langchain_community` or `langchain_core`"),
    since(
        &[1],
        Api::Imports(&[
            "LLMChain",
            "OpenAI",
            "PromptTemplate",
            "agents.AgentExecutor",
            "agents.initialize_agent",
            "chat_models.ChatOpenAI",
            "embeddings.OpenAIEmbeddings",
            "hub",
            "tools.Tool",
        ]),
        "import it from `langchain_classic`, or from the package of its provider",
    ),
];

const MCP: &[Removed] = &[since(
    &[2],
    Api::Imports(&["server.fastmcp"]),
    "import `MCPServer` from `mcp.server.mcpserver`, which takes the place of `FastMCP`",
)];

/// Every package.
pub const REMOVED: &[Package] = &[
    Package {
        name: "gradio",
        module: "gradio",
        python: (3, 10),
        held_by: &["fastapi", "gradio-client", "huggingface-hub", "pydantic", "starlette", "transformers"],
        rows: GRADIO,
    },
    Package {
        name: "streamlit",
        module: "streamlit",
        python: (3, 11),
        held_by: &["pandas", "protobuf"],
        rows: STREAMLIT,
    },
    Package {
        name: "openai",
        module: "openai",
        python: (3, 9),
        held_by: &["httpx", "langchain", "pydantic"],
        rows: OPENAI,
    },
    Package {
        name: "huggingface-hub",
        module: "huggingface_hub",
        python: (3, 9),
        held_by: &["datasets", "diffusers", "gradio", "sentence-transformers", "tokenizers", "transformers"],
        rows: HUGGINGFACE_HUB,
    },
    Package {
        name: "numpy",
        module: "numpy",
        python: (3, 11),
        held_by: &["gradio", "numba", "opencv-python", "pandas", "scikit-learn", "scipy", "tensorflow", "torch"],
        rows: NUMPY,
    },
    Package {
        name: "pillow",
        module: "PIL",
        python: (3, 10),
        held_by: &["gradio", "matplotlib", "streamlit"],
        rows: PILLOW,
    },
    Package {
        name: "langchain",
        module: "langchain",
        python: (3, 10),
        held_by: &["langchain-community", "langchain-core", "langchain-openai", "openai", "pydantic"],
        rows: LANGCHAIN,
    },
    Package { name: "mcp", module: "mcp", python: (3, 10), held_by: &["fastmcp", "gradio", "pydantic"], rows: MCP },
];
