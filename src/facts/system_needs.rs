//! What Python packages need of the system: libraries, programs, and compilers where the index has no wheel.
//!
//! Sources: the installation page of each package. "Measured" is with `pip download`, on 2026-11-26: whether a version has a wheel for
//! Linux, and with `readelf`: which libraries a wheel loads without containing them.

/// When something that is missing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// The package has no wheel for Linux: installing it stops.
    Install,
    /// Importing the module raises an error.
    Import,
    /// A call raises an error.
    Call,
}

/// What a Python package needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Need {
    /// The Python package, by its normalised name.
    pub package: &'static str,
    /// Its versions below this one; none for all.
    pub below: Option<&'static [u32]>,
    /// When it shows.
    pub when: When,
    /// The module that needs it.
    pub module: &'static str,
    /// The Debian packages.
    pub debian: &'static [&'static str],
    /// The library or program that is looked for.
    pub what: &'static str,
    /// A package that needs nothing, with the same module.
    pub instead: Option<&'static str>,
    /// Parts of the code without one of which it is not needed; empty if it always is.
    pub only_with: &'static [&'static str],
}

const fn need(
    package: &'static str,
    when: When,
    module: &'static str,
    debian: &'static [&'static str],
    what: &'static str,
) -> Need {
    Need { package, below: None, when, module, debian, what, instead: None, only_with: &[] }
}

const fn built(package: &'static str, debian: &'static [&'static str], what: &'static str) -> Need {
    need(package, When::Install, "", debian, what)
}

/// Measured: every `opencv-python` from 4.5.5 to 5.1 brings Qt, which loads both; the headless wheels do not.
pub const OPENCV: &[&str] = &["libgl1", "libglib2.0-0"];

const C: &[&str] = &["gcc", "libc6-dev"];
const CPP: &[&str] = &["g++"];

/// The needs.
///
/// `soundfile` from 0.12, `librosa`, `lxml`, `pillow`, `moviepy`, `easyocr`, `pyodbc` and `psycopg2-binary` need none: their wheels, or
/// those of their dependencies, contain everything.
pub const NEEDS: &[Need] = &[
    Need {
        instead: Some("opencv-python-headless"),
        ..need("opencv-python", When::Import, "cv2", OPENCV, "libGL.so.1")
    },
    Need {
        instead: Some("opencv-contrib-python-headless"),
        ..need("opencv-contrib-python", When::Import, "cv2", OPENCV, "libGL.so.1")
    },
    // They require `opencv-python`
    need("ultralytics", When::Import, "ultralytics", OPENCV, "libGL.so.1"),
    need("paddleocr", When::Import, "paddleocr", OPENCV, "libGL.so.1"),
    // Libraries that are loaded by name
    need("weasyprint", When::Import, "weasyprint", WEASYPRINT, "libpango-1.0-0"),
    need("cairosvg", When::Import, "cairosvg", &["libcairo2"], "libcairo.so.2"),
    need("python-magic", When::Import, "magic", &["libmagic1"], "libmagic.so.1"),
    need("pyzbar", When::Import, "pyzbar", &["libzbar0"], "libzbar.so.0"),
    need("sounddevice", When::Import, "sounddevice", &["libportaudio2"], "libportaudio.so.2"),
    need("lightgbm", When::Import, "lightgbm", &["libgomp1"], "libgomp.so.1"),
    // `git.refresh()` runs when it is imported. Source: <https://gitpython.readthedocs.io/en/stable/intro.html>
    need("gitpython", When::Import, "git", &["git"], "git"),
    // Measured: the first wheels for Linux with the library are those of 0.12
    Need { below: Some(&[0, 12]), ..need("soundfile", When::Import, "soundfile", &["libsndfile1"], "libsndfile.so.1") },
    // Programs that a package calls. Sources: the README of each
    need("pydub", When::Call, "pydub", &["ffmpeg"], "ffmpeg"),
    need("ffmpeg-python", When::Call, "ffmpeg", &["ffmpeg"], "ffmpeg"),
    need("openai-whisper", When::Call, "whisper", &["ffmpeg"], "ffmpeg"),
    need("pytesseract", When::Call, "pytesseract", &["tesseract-ocr"], "tesseract"),
    need("pdf2image", When::Call, "pdf2image", &["poppler-utils"], "pdftoppm"),
    // Streamlit draws a graph in the browser: only a drawing on the server needs the program
    Need {
        only_with: &[".render(", ".pipe(", ".view("],
        ..need("graphviz", When::Call, "graphviz", &["graphviz"], "dot")
    },
    Need {
        only_with: &[".write_", ".create_", ".create("],
        ..need("pydot", When::Call, "pydot", &["graphviz"], "dot")
    },
    need("pypandoc", When::Call, "pypandoc", &["pandoc"], "pandoc"),
    need("tabula-py", When::Call, "tabula", &["default-jre-headless"], "java"),
    need("language-tool-python", When::Call, "language_tool_python", &["default-jre-headless"], "java"),
    need("pyspark", When::Call, "pyspark", &["default-jre-headless"], "java"),
    need("phonemizer", When::Call, "phonemizer", &["espeak-ng"], "espeak-ng"),
    need("tesserocr", When::Call, "tesserocr", &["tesseract-ocr"], "tesseract's languages"),
    // Measured: no release has a wheel for Linux
    built("psycopg2", &["gcc", "libc6-dev", "libpq-dev"], "pg_config"),
    built("mysqlclient", &["default-libmysqlclient-dev", "gcc", "libc6-dev", "pkg-config"], "pkg-config"),
    built("pyaudio", &["gcc", "libc6-dev", "portaudio19-dev"], "gcc"),
    built("python-ldap", &["gcc", "libc6-dev", "libldap2-dev", "libsasl2-dev"], "gcc"),
    built("pycairo", &["gcc", "libc6-dev", "libcairo2-dev", "pkg-config"], "gcc"),
    built("llama-cpp-python", CPP, "g++"),
    built("dlib", &["cmake", "g++", "make"], "cmake"),
    built("hnswlib", CPP, "g++"),
    built("annoy", CPP, "g++"),
    built("fasttext", CPP, "g++"),
    built("webrtcvad", C, "gcc"),
    built("uwsgi", C, "gcc"),
    built("netifaces", C, "gcc"),
    // It requires `dlib`
    built("face-recognition", &["cmake", "g++", "make"], "cmake"),
];

const WEASYPRINT: &[&str] = &["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"];
