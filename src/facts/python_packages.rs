//! Python packages: their import names, what they install, and what they need of the system.
//!
//! Sources: the "top level" names and the dependencies on the `PyPI` page of each package, and its installation page.

/// Import names, and the package that provides them, if the two differ.
pub const IMPORTS: &[(&str, &str)] = &[
    ("Bio", "biopython"),
    ("Crypto", "pycryptodome"),
    ("IPython", "ipython"),
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyopenssl"),
    ("PIL", "pillow"),
    ("PyPDF2", "PyPDF2"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("cairosvg", "CairoSVG"),
    ("cv2", "opencv-python-headless"),
    ("dash_bootstrap_components", "dash-bootstrap-components"),
    ("dateutil", "python-dateutil"),
    ("decouple", "python-decouple"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("faiss", "faiss-cpu"),
    ("ffmpeg", "ffmpeg-python"),
    ("fitz", "pymupdf"),
    ("flask_cors", "flask-cors"),
    ("flask_sqlalchemy", "flask-sqlalchemy"),
    ("github", "PyGithub"),
    ("google.generativeai", "google-generativeai"),
    ("google.genai", "google-genai"),
    ("jose", "python-jose"),
    ("jwt", "PyJWT"),
    ("llama_cpp", "llama-cpp-python"),
    ("magic", "python-magic"),
    ("multipart", "python-multipart"),
    ("pptx", "python-pptx"),
    ("psycopg2", "psycopg2-binary"),
    ("pydantic_settings", "pydantic-settings"),
    ("pypdf", "pypdf"),
    ("sentence_transformers", "sentence-transformers"),
    ("serial", "pyserial"),
    ("skimage", "scikit-image"),
    ("sklearn", "scikit-learn"),
    ("slugify", "python-slugify"),
    ("speech_recognition", "SpeechRecognition"),
    ("umap", "umap-learn"),
    ("whisper", "openai-whisper"),
    ("yaml", "pyyaml"),
    ("youtube_transcript_api", "youtube-transcript-api"),
    ("zmq", "pyzmq"),
];

/// Alternative packages with the same import name, one of which is enough.
pub const ALTERNATIVES: &[(&str, &[&str])] = &[
    ("cv2", &["opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless", "opencv-python-headless"]),
    ("faiss", &["faiss-cpu", "faiss-gpu", "faiss-gpu-cu11", "faiss-gpu-cu12"]),
    ("psycopg2", &["psycopg2", "psycopg2-binary"]),
    ("tensorflow", &["tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tf-nightly"]),
    ("onnxruntime", &["onnxruntime", "onnxruntime-gpu", "onnxruntime-openvino"]),
    ("Crypto", &["pycryptodome", "pycrypto"]),
    ("fitz", &["pymupdf"]),
    ("magic", &["python-magic", "python-magic-bin"]),
    ("whisper", &["openai-whisper"]),
    ("pkg_resources", &["setuptools"]),
    ("jwt", &["pyjwt"]),
    ("sklearn", &["scikit-learn", "sklearn"]),
];

/// Packages that a package always installs, by their normalised names; with an extra, `name[extra]`.
pub const BRINGS: &[(&str, &[&str])] = &[
    ("accelerate", &["huggingface-hub", "numpy", "psutil", "pyyaml", "safetensors", "torch"]),
    ("chainlit", &["aiofiles", "fastapi", "httpx", "pydantic", "python-dotenv", "starlette", "uvicorn"]),
    ("dash", &["flask", "plotly", "requests", "werkzeug"]),
    ("datasets", &["huggingface-hub", "numpy", "pandas", "pyarrow", "pyyaml", "requests", "tqdm"]),
    ("diffusers", &["huggingface-hub", "numpy", "pillow", "requests", "safetensors"]),
    ("fastapi", &["pydantic", "starlette"]),
    (
        "fastapi[all]",
        &["httpx", "itsdangerous", "jinja2", "python-multipart", "pyyaml", "uvicorn", "pydantic-settings"],
    ),
    ("fastapi[standard]", &["httpx", "jinja2", "python-multipart", "uvicorn"]),
    ("flask", &["click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"]),
    (
        "gradio",
        &[
            "fastapi",
            "ffmpy",
            "gradio-client",
            "httpx",
            "huggingface-hub",
            "jinja2",
            "markupsafe",
            "numpy",
            "orjson",
            "pandas",
            "pillow",
            "pydantic",
            "pydub",
            "python-multipart",
            "pyyaml",
            "starlette",
            "uvicorn",
        ],
    ),
    ("langchain", &["langchain-core", "pydantic", "pyyaml", "requests", "sqlalchemy"]),
    (
        "langchain-community",
        &["aiohttp", "langchain", "langchain-core", "numpy", "pyyaml", "requests", "sqlalchemy", "tenacity"],
    ),
    ("librosa", &["joblib", "numba", "numpy", "scikit-learn", "scipy", "soundfile"]),
    ("litestar[standard]", &["jinja2", "uvicorn"]),
    ("marimo", &["click", "jedi", "markdown", "starlette", "uvicorn"]),
    ("matplotlib", &["numpy", "pillow", "python-dateutil"]),
    ("nicegui", &["aiofiles", "fastapi", "httpx", "jinja2", "python-multipart", "starlette", "uvicorn"]),
    ("openai", &["httpx", "pydantic", "tqdm"]),
    ("pandas", &["numpy", "python-dateutil"]),
    ("panel", &["bokeh", "numpy", "pandas", "param", "requests"]),
    ("plotly", &["packaging"]),
    ("scikit-image", &["imageio", "numpy", "pillow", "scipy"]),
    ("scikit-learn", &["joblib", "numpy", "scipy", "threadpoolctl"]),
    ("scipy", &["numpy"]),
    ("seaborn", &["matplotlib", "numpy", "pandas"]),
    ("sentence-transformers", &["huggingface-hub", "numpy", "scikit-learn", "scipy", "torch", "tqdm", "transformers"]),
    ("shiny", &["htmltools", "starlette", "uvicorn"]),
    ("spacy", &["numpy", "pydantic", "requests", "tqdm"]),
    (
        "streamlit",
        &[
            "altair",
            "numpy",
            "packaging",
            "pandas",
            "pillow",
            "protobuf",
            "pyarrow",
            "requests",
            "tenacity",
            "toml",
            "tornado",
        ],
    ),
    ("tensorflow", &["h5py", "keras", "numpy", "protobuf", "requests"]),
    ("torchvision", &["numpy", "pillow", "torch"]),
    ("torchaudio", &["torch"]),
    (
        "transformers",
        &["huggingface-hub", "numpy", "packaging", "pyyaml", "regex", "safetensors", "tokenizers", "tqdm"],
    ),
    (
        "ultralytics",
        &["matplotlib", "numpy", "opencv-python", "pillow", "pyyaml", "requests", "scipy", "torch", "torchvision"],
    ),
    ("requests", &["certifi", "charset-normalizer", "idna", "urllib3"]),
    ("beautifulsoup4", &["soupsieve"]),
    ("nltk", &["click", "joblib", "regex", "tqdm"]),
];

/// Debian packages that a package needs in addition to its wheel, by its normalised name.
///
/// `soundfile`, `librosa`, `lxml`, `pillow`, `moviepy`, `easyocr` and `psycopg2-binary` need none: their wheels, or those of
/// their dependencies, contain everything.
pub const DEBIAN: &[(&str, &[&str])] = &[
    // libGL.so.1 and libgthread-2.0.so.0. Source: the FAQ of opencv-python, which names the headless package instead
    ("opencv-python", &["libgl1", "libglib2.0-0"]),
    ("opencv-contrib-python", &["libgl1", "libglib2.0-0"]),
    ("ultralytics", &["libgl1", "libglib2.0-0"]),
    ("paddleocr", &["libgl1", "libglib2.0-0"]),
    // No wheel: built with pg_config and a compiler. Source: <https://www.psycopg.org/docs/install.html>
    ("psycopg2", &["gcc", "libc6-dev", "libpq-dev"]),
    // No wheel for Linux. Source: <https://github.com/PyMySQL/mysqlclient#linux>
    ("mysqlclient", &["default-libmysqlclient-dev", "gcc", "libc6-dev", "pkg-config"]),
    // Programs that a package calls. Sources: the README of each
    ("pydub", &["ffmpeg"]),
    ("ffmpeg-python", &["ffmpeg"]),
    ("openai-whisper", &["ffmpeg"]),
    ("pytesseract", &["tesseract-ocr"]),
    ("tesserocr", &["tesseract-ocr"]),
    ("pdf2image", &["poppler-utils"]),
    ("graphviz", &["graphviz"]),
    ("pydot", &["graphviz"]),
    ("pypandoc", &["pandoc"]),
    ("gitpython", &["git"]),
    ("tabula-py", &["default-jre-headless"]),
    ("language-tool-python", &["default-jre-headless"]),
    ("pyspark", &["default-jre-headless"]),
    ("phonemizer", &["espeak-ng"]),
    // Libraries that are loaded by name at run time
    ("weasyprint", &["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]),
    ("cairosvg", &["libcairo2"]),
    ("python-magic", &["libmagic1"]),
    ("pyzbar", &["libzbar0"]),
    // Source: <https://people.csail.mit.edu/hubert/pyaudio/>: no wheel for Linux
    ("pyaudio", &["gcc", "libc6-dev", "portaudio19-dev"]),
    ("sounddevice", &["libportaudio2"]),
    ("lightgbm", &["libgomp1"]),
];

/// Packages that can use or need a GPU, by their normalised names.
pub const GPU: &[(&str, bool)] = &[
    ("torch", false),
    ("tensorflow", false),
    ("jax", false),
    ("tensorflow-gpu", true),
    ("onnxruntime-gpu", true),
    ("faiss-gpu", true),
    ("vllm", true),
    ("flash-attn", true),
    ("bitsandbytes", true),
    ("xformers", true),
    ("deepspeed", true),
    ("auto-gptq", true),
    ("autoawq", true),
    ("cupy-cuda12x", true),
    ("cupy-cuda11x", true),
    ("paddlepaddle-gpu", true),
    ("tensorrt", true),
];

/// From this version on Streamlit's own requirements limit the versions of numpy, altair and protobuf.
/// Source: its requirements on `PyPI`, version by version.
pub const STREAMLIT_HELD_BACK: &[u32] = &[1, 25];

/// Packages whose versions below a certain one have no wheels beyond a version of Python, ordered by version.
/// Source: the files of each release on `PyPI`.
pub const WHEELS: &[(&str, &[u32], &str)] = &[
    ("numpy", &[1, 23, 2], "3.10"),
    ("numpy", &[1, 26], "3.11"),
    ("numpy", &[2, 1], "3.12"),
    ("pandas", &[1, 5], "3.10"),
    ("pandas", &[2, 1, 1], "3.11"),
    ("pandas", &[2, 2, 3], "3.12"),
    // These require numpy below 2 and, the oldest, Pillow below 10
    ("streamlit", &[1, 27, 2], "3.11"),
    ("streamlit", &[1, 36], "3.12"),
    ("torch", &[1, 13], "3.10"),
    ("torch", &[2, 2], "3.11"),
    ("torch", &[2, 5], "3.12"),
];
