//! Packages whose versions below a certain one have no wheels for newer versions of Python.
//!
//! Measured on 2026-11-26 with `pip install --dry-run --only-binary :all: --python-version ..` for x86-64 Linux, from Python 3.10 to 3.14:
//! the oldest release with a wheel for each.

/// The oldest and the newest Python 3 that were measured.
pub const MEASURED: (u64, u64) = (10, 14);

/// The releases of a package before a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wheels {
    /// The package, by its normalised name.
    pub package: &'static str,
    /// The first release that has wheels for a newer Python.
    pub below: &'static [u32],
    /// The newest Python with wheels for the releases before it.
    pub newest: &'static str,
    /// Whether the index has their source, which pip then builds with a compiler. Without, it finds nothing to install.
    pub has_source: bool,
}

const fn row(package: &'static str, below: &'static [u32], newest: &'static str) -> Wheels {
    Wheels { package, below, newest, has_source: true }
}

const fn only_wheels(package: &'static str, below: &'static [u32], newest: &'static str) -> Wheels {
    Wheels { package, below, newest, has_source: false }
}

/// The rows of a package are ordered by version.
pub const WHEELS: &[Wheels] = &[
    row("asyncpg", &[0, 27], "3.10"),
    row("asyncpg", &[0, 29], "3.11"),
    row("asyncpg", &[0, 30], "3.12"),
    row("asyncpg", &[0, 31], "3.13"),
    row("cffi", &[1, 15, 1], "3.10"),
    row("cffi", &[1, 16], "3.11"),
    row("cffi", &[1, 17], "3.12"),
    row("cffi", &[2], "3.13"),
    only_wheels("faiss-cpu", &[1, 7, 3], "3.10"),
    only_wheels("faiss-cpu", &[1, 8], "3.11"),
    only_wheels("faiss-cpu", &[1, 9], "3.12"),
    only_wheels("faiss-cpu", &[1, 12], "3.13"),
    row("gevent", &[22, 10, 1], "3.10"),
    row("gevent", &[23, 7], "3.11"),
    row("gevent", &[24, 10, 1], "3.12"),
    row("gevent", &[25, 8, 1], "3.13"),
    row("greenlet", &[1, 1, 3], "3.10"),
    row("greenlet", &[3], "3.11"),
    row("greenlet", &[3, 1], "3.12"),
    row("greenlet", &[3, 2, 3], "3.13"),
    row("grpcio", &[1, 49], "3.10"),
    row("grpcio", &[1, 59], "3.11"),
    row("grpcio", &[1, 66, 2], "3.12"),
    row("grpcio", &[1, 75, 1], "3.13"),
    row("h5py", &[3, 8], "3.10"),
    row("h5py", &[3, 10], "3.11"),
    row("h5py", &[3, 12], "3.12"),
    row("h5py", &[3, 15], "3.13"),
    row("httptools", &[0, 5], "3.10"),
    row("httptools", &[0, 6, 1], "3.11"),
    row("httptools", &[0, 6, 2], "3.12"),
    row("httptools", &[0, 7, 1], "3.13"),
    row("lxml", &[4, 9, 1], "3.10"),
    row("lxml", &[4, 9, 3], "3.11"),
    row("lxml", &[5, 3], "3.12"),
    row("lxml", &[6, 0, 1], "3.13"),
    row("matplotlib", &[3, 6], "3.10"),
    row("matplotlib", &[3, 7, 3], "3.11"),
    row("matplotlib", &[3, 9, 2], "3.12"),
    row("matplotlib", &[3, 10, 5], "3.13"),
    only_wheels("mediapipe", &[0, 10, 13], "3.11"),
    only_wheels("mediapipe", &[0, 10, 30], "3.12"),
    row("numba", &[0, 57], "3.10"),
    row("numba", &[0, 59], "3.11"),
    row("numba", &[0, 61], "3.12"),
    row("numba", &[0, 63], "3.13"),
    row("numpy", &[1, 23, 2], "3.10"),
    row("numpy", &[1, 26], "3.11"),
    row("numpy", &[2, 1], "3.12"),
    row("numpy", &[2, 3, 2], "3.13"),
    only_wheels("onnxruntime", &[1, 15], "3.10"),
    only_wheels("onnxruntime", &[1, 17], "3.11"),
    only_wheels("onnxruntime", &[1, 20], "3.12"),
    only_wheels("onnxruntime", &[1, 24, 1], "3.13"),
    row("orjson", &[3, 7, 7], "3.10"),
    row("orjson", &[3, 9, 3], "3.11"),
    row("orjson", &[3, 10, 7], "3.12"),
    row("orjson", &[3, 11, 1], "3.13"),
    row("pandas", &[1, 5], "3.10"),
    row("pandas", &[2, 1, 1], "3.11"),
    row("pandas", &[2, 2, 3], "3.12"),
    row("pandas", &[2, 3, 3], "3.13"),
    row("pillow", &[9, 2], "3.10"),
    row("pillow", &[10], "3.11"),
    row("pillow", &[10, 4], "3.12"),
    row("pillow", &[11, 3], "3.13"),
    row("psycopg2-binary", &[2, 9, 5], "3.10"),
    row("psycopg2-binary", &[2, 9, 9], "3.11"),
    row("psycopg2-binary", &[2, 9, 10], "3.12"),
    row("psycopg2-binary", &[2, 9, 11], "3.13"),
    row("pyarrow", &[10, 0, 1], "3.10"),
    row("pyarrow", &[14], "3.11"),
    row("pyarrow", &[18], "3.12"),
    row("pyarrow", &[22], "3.13"),
    row("pyzmq", &[23, 2, 1], "3.10"),
    row("pyzmq", &[25, 1, 1], "3.11"),
    row("pyzmq", &[26, 1], "3.12"),
    row("pyzmq", &[27], "3.13"),
    row("regex", &[2022, 9, 11], "3.10"),
    row("regex", &[2023, 10, 3], "3.11"),
    row("regex", &[2024, 9, 11], "3.12"),
    row("regex", &[2025, 7, 29], "3.13"),
    row("scikit-learn", &[1, 1, 3], "3.10"),
    row("scikit-learn", &[1, 3, 1], "3.11"),
    row("scikit-learn", &[1, 5, 2], "3.12"),
    row("scikit-learn", &[1, 7, 2], "3.13"),
    row("scipy", &[1, 9, 2], "3.10"),
    row("scipy", &[1, 11, 2], "3.11"),
    row("scipy", &[1, 14, 1], "3.12"),
    row("scipy", &[1, 16, 1], "3.13"),
    row("shapely", &[1, 8, 5], "3.10"),
    row("shapely", &[2, 0, 2], "3.11"),
    row("shapely", &[2, 0, 6], "3.12"),
    row("shapely", &[2, 1, 2], "3.13"),
    row("spacy", &[3, 7], "3.11"),
    row("spacy", &[3, 8, 7], "3.12"),
    row("spacy", &[3, 8, 10], "3.13"),
    // These require numpy below 2 and, the oldest, Pillow below 10
    row("streamlit", &[1, 27, 2], "3.11"),
    row("streamlit", &[1, 36], "3.12"),
    only_wheels("tensorflow", &[2, 12], "3.10"),
    only_wheels("tensorflow", &[2, 16], "3.11"),
    only_wheels("tensorflow", &[2, 20], "3.12"),
    only_wheels("tensorflow", &[2, 22], "3.13"),
    row("tiktoken", &[0, 5, 2], "3.11"),
    row("tiktoken", &[0, 8], "3.12"),
    row("tiktoken", &[0, 12], "3.13"),
    row("tokenizers", &[0, 13, 2], "3.10"),
    row("tokenizers", &[0, 14], "3.11"),
    row("tokenizers", &[0, 15, 1], "3.12"),
    row("tokenizers", &[0, 20, 4], "3.13"),
    only_wheels("torch", &[1, 13], "3.10"),
    only_wheels("torch", &[2, 2], "3.11"),
    only_wheels("torch", &[2, 5], "3.12"),
    only_wheels("torch", &[2, 9], "3.13"),
    row("uvloop", &[0, 17], "3.10"),
    row("uvloop", &[0, 18], "3.11"),
    row("uvloop", &[0, 21], "3.12"),
    row("uvloop", &[0, 22, 1], "3.13"),
];
