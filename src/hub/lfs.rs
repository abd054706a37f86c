//! File endings that go through Git LFS (or Xet).
//!
//! A push with a binary file as a plain git blob is refused, whatever its size. The first groups are the Hub's own
//! default `.gitattributes`; the others are the binary kinds which that default misses and refused pushes have named.

/// A group of patterns with the heading they stand under in `.gitattributes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// Heading, for the reader of the file.
    pub title: &'static str,
    /// File endings without the dot. Each is written in lower and in upper case, since patterns know the difference.
    pub extensions: &'static [&'static str],
}

/// The Hub's patterns that are no plain ending.
pub const SPECIAL_PATTERNS: &[&str] = &["*.lfs.*", "*.tar.*", "*tfevents*", "saved_model/**/*"];

/// Every ending, by what it is for.
pub const GROUPS: &[Group] = &[
    Group {
        title: "models and arrays",
        extensions: &[
            "arrow",
            "bin",
            "ckpt",
            "feather",
            "ftz",
            "gguf",
            "h5",
            "hdf5",
            "joblib",
            "keras",
            "mlmodel",
            "model",
            "msgpack",
            "npy",
            "npz",
            "onnx",
            "ot",
            "parquet",
            "pb",
            "pickle",
            "pkl",
            "pt",
            "pth",
            "safetensors",
            "tflite",
        ],
    },
    Group {
        title: "archives and programs",
        extensions: &[
            "7z", "bz2", "exe", "gz", "jar", "lz4", "rar", "so", "tar", "tgz", "wasm", "whl", "xz", "zip", "zst",
        ],
    },
    Group { title: "images", extensions: &["avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "tiff", "webp"] },
    Group { title: "fonts", extensions: &["eot", "otf", "ttf", "woff", "woff2"] },
    Group { title: "sound and video", extensions: &["flac", "mov", "mp3", "mp4", "ogg", "wav", "webm"] },
    Group {
        title: "documents, databases and 3D",
        extensions: &["db", "docx", "glb", "pdf", "pptx", "sqlite", "sqlite3", "stl", "xlsx"],
    },
];

/// Largest text file that a push takes without LFS, in bytes.
pub const TEXT_MAX_BYTES: u64 = 10 * 1024 * 1024;
