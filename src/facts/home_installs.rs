//! What programs and libraries put into the home of the user who runs them, and how another place is named.
//!
//! Sources: the documentation of each, named in its row. A place in the home of root cannot be entered by other users: `/root` has mode
//! 700 in Debian and Alpine.

/// A command that downloads into the home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HomeCommand {
    /// The program, also as `python -m PROGRAM` and behind `npx`.
    pub program: &'static str,
    /// Its first argument; empty if any will do.
    pub verb: &'static str,
    /// Variables that name another place, the best one first.
    pub variables: &'static [&'static str],
    /// Options that name another place.
    pub options: &'static [&'static str],
    /// What is downloaded.
    pub what: &'static str,
}

/// Variables that move the Hub's cache.
/// Source: <https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables>.
const HUB: &[&str] =
    &["HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "TRANSFORMERS_CACHE", "HF_DATASETS_CACHE", "XDG_CACHE_HOME"];
/// Options and keywords that move it.
const HUB_OPTIONS: &[&str] = &["--local-dir", "--cache-dir", "cache_dir", "local_dir", "model_kwargs"];

const fn hub_command(program: &'static str) -> HomeCommand {
    HomeCommand { program, verb: "download", variables: HUB, options: HUB_OPTIONS, what: "files of the Hub" }
}

/// Commands that download into the home.
pub const HOME_COMMANDS: &[HomeCommand] = &[
    // <https://playwright.dev/docs/browsers>
    HomeCommand {
        program: "playwright",
        verb: "install",
        variables: &["PLAYWRIGHT_BROWSERS_PATH"],
        options: &["install-deps", "--dry-run", "--list"],
        what: "browsers",
    },
    // <https://github.com/Kaliiiiiiiiii-Vinyzu/patchright-python>: a copy of Playwright
    HomeCommand {
        program: "patchright",
        verb: "install",
        variables: &["PLAYWRIGHT_BROWSERS_PATH"],
        options: &["install-deps", "--dry-run", "--list"],
        what: "browsers",
    },
    // <https://pptr.dev/guides/configuration>
    HomeCommand {
        program: "puppeteer",
        verb: "browsers",
        variables: &["PUPPETEER_CACHE_DIR"],
        options: &["--path", "list", "clear"],
        what: "browsers",
    },
    // <https://camoufox.com/python/installation/>
    HomeCommand { program: "camoufox", verb: "fetch", variables: &["XDG_CACHE_HOME"], options: &[], what: "a browser" },
    // <https://www.nltk.org/data.html>
    HomeCommand {
        program: "nltk.downloader",
        verb: "",
        variables: &["NLTK_DATA"],
        options: &["-d"],
        what: "NLTK's data",
    },
    hub_command("hf"),
    hub_command("huggingface-cli"),
    // <https://docs.ollama.com/faq>
    HomeCommand { program: "ollama", verb: "pull", variables: &["OLLAMA_MODELS"], options: &[], what: "models" },
];

/// Variables with which uv puts its Pythons elsewhere, or downloads none.
/// Source: <https://docs.astral.sh/uv/reference/environment/>.
pub const UV_PYTHON_ELSEWHERE: &[&str] = &["UV_PYTHON_INSTALL_DIR", "XDG_DATA_HOME"];

/// Settings with which uv takes the Python of the system only.
/// Source: <https://docs.astral.sh/uv/concepts/python-versions/>.
pub const UV_SYSTEM_PYTHON: &[&str] = &[
    "python-preference",
    "python-downloads",
    "--no-managed-python",
    "--no-python-downloads",
    "--system",
    "UV_NO_MANAGED_PYTHON",
    "UV_PYTHON_DOWNLOADS",
    "UV_PYTHON_PREFERENCE",
    "UV_SYSTEM_PYTHON",
];

/// An installer that puts a program into the home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HomeInstaller {
    /// A part of its address.
    pub address: &'static str,
    /// The programs that it installs.
    pub programs: &'static [&'static str],
    /// Variables that name another place, the best one first.
    pub variables: &'static [&'static str],
}

/// Installers that put a program into the home.
pub const HOME_INSTALLERS: &[HomeInstaller] = &[
    // <https://docs.deno.com/runtime/getting_started/installation/>
    HomeInstaller { address: "deno.land/install.sh", programs: &["deno"], variables: &["DENO_INSTALL"] },
    HomeInstaller { address: "deno.land/x/install", programs: &["deno"], variables: &["DENO_INSTALL"] },
    // <https://bun.sh/docs/installation>
    HomeInstaller { address: "bun.sh/install", programs: &["bun", "bunx"], variables: &["BUN_INSTALL"] },
    HomeInstaller { address: "bun.com/install", programs: &["bun", "bunx"], variables: &["BUN_INSTALL"] },
    // <https://docs.astral.sh/uv/reference/installer/>
    HomeInstaller {
        address: "astral.sh/uv/",
        programs: &["uv", "uvx"],
        variables: &["UV_INSTALL_DIR", "UV_UNMANAGED_INSTALL", "XDG_BIN_HOME", "XDG_DATA_HOME"],
    },
    // <https://rust-lang.github.io/rustup/environment-variables.html>
    HomeInstaller { address: "sh.rustup.rs", programs: &["cargo", "rustc"], variables: &["CARGO_HOME"] },
    // <https://github.com/nvm-sh/nvm#install--update-script>
    HomeInstaller {
        address: "nvm-sh/nvm",
        programs: &["node", "npm", "npx", "nvm", "yarn", "pnpm"],
        variables: &["NVM_DIR", "XDG_CONFIG_HOME"],
    },
    // <https://python-poetry.org/docs/#installing-with-the-official-installer>
    HomeInstaller { address: "install.python-poetry.org", programs: &["poetry"], variables: &["POETRY_HOME"] },
    // <https://pnpm.io/installation>
    HomeInstaller { address: "get.pnpm.io", programs: &["pnpm", "pnpx"], variables: &["PNPM_HOME", "XDG_DATA_HOME"] },
    // <https://pixi.sh/latest/installation/>
    HomeInstaller { address: "pixi.sh/install.sh", programs: &["pixi"], variables: &["PIXI_HOME", "PIXI_BIN_DIR"] },
];

/// A call in Python that downloads into the home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HomeCall {
    /// The module that must be imported.
    pub module: &'static str,
    /// The end of the call's name, with its bracket.
    pub calls: &'static [&'static str],
    /// Variables that name another place, the best one first.
    pub variables: &'static [&'static str],
    /// Keywords that name another place.
    pub keywords: &'static [&'static str],
    /// What is downloaded.
    pub what: &'static str,
}

const fn of_hub(module: &'static str, calls: &'static [&'static str]) -> HomeCall {
    HomeCall { module, calls, variables: HUB, keywords: HUB_OPTIONS, what: "files of the Hub" }
}

/// Calls that download into the home. Text to search for, since a command holds the program as one word.
pub const HOME_CALLS: &[HomeCall] = &[
    // <https://www.sbert.net/docs/package_reference/sentence_transformer/SentenceTransformer.html>
    HomeCall {
        module: "sentence_transformers",
        calls: &["SentenceTransformer(", "CrossEncoder("],
        variables: &[
            "HF_HOME",
            "SENTENCE_TRANSFORMERS_HOME",
            "HF_HUB_CACHE",
            "HUGGINGFACE_HUB_CACHE",
            "TRANSFORMERS_CACHE",
            "XDG_CACHE_HOME",
        ],
        keywords: &["cache_folder", "cache_dir"],
        what: "models of the Hub",
    },
    of_hub("transformers", &["pipeline(", ".from_pretrained("]),
    of_hub("diffusers", &[".from_pretrained("]),
    of_hub("huggingface_hub", &["snapshot_download(", "hf_hub_download("]),
    of_hub("datasets", &["load_dataset("]),
    // <https://github.com/SYSTRAN/faster-whisper>
    HomeCall {
        module: "faster_whisper",
        calls: &["WhisperModel(", "download_model("],
        variables: HUB,
        keywords: &["download_root", "output_dir", "cache_dir"],
        what: "models of the Hub",
    },
    // <https://github.com/openai/whisper/blob/main/whisper/__init__.py>
    HomeCall {
        module: "whisper",
        calls: &["whisper.load_model(", "load_model("],
        variables: &["XDG_CACHE_HOME"],
        keywords: &["download_root"],
        what: "Whisper's models",
    },
    // <https://docs.pytorch.org/docs/stable/hub.html#where-are-my-downloaded-models-saved>
    HomeCall {
        module: "torch",
        calls: &["hub.load(", "load_state_dict_from_url("],
        variables: &["TORCH_HOME", "XDG_CACHE_HOME"],
        keywords: &["model_dir", "set_dir"],
        what: "models of PyTorch",
    },
    // <https://www.nltk.org/api/nltk.downloader.html>
    HomeCall {
        module: "nltk",
        calls: &["nltk.download(", "download("],
        variables: &["NLTK_DATA"],
        keywords: &["download_dir"],
        what: "NLTK's data",
    },
    // <https://stanfordnlp.github.io/stanza/download_models.html>
    HomeCall {
        module: "stanza",
        calls: &["stanza.download(", "stanza.Pipeline("],
        variables: &["STANZA_RESOURCES_DIR"],
        keywords: &["model_dir", "dir="],
        what: "Stanza's models",
    },
    // <https://www.jaided.ai/easyocr/documentation/>
    HomeCall {
        module: "easyocr",
        calls: &["easyocr.Reader(", "Reader("],
        variables: &["EASYOCR_MODULE_PATH", "MODULE_PATH"],
        keywords: &["model_storage_directory"],
        what: "models of EasyOCR",
    },
];
