//! The folder that every client publishes.

use std::path::Path;

/// The size of the file that is uploaded in parts.
const LARGE: usize = (5 << 20) + 17;

/// Text, a binary file that is uploaded whole and one that is uploaded in parts, an empty file, a file that will be deleted, and two
/// that `.gitignore` names.
pub fn files() -> [(&'static str, Vec<u8>); 10] {
    let picture = [b"\x89PNG\r\n\x1a\n".to_vec(), (0..=255).collect()].concat();
    // A pattern whose length is not that of the parts
    let weights = (0..=250).cycle().take(LARGE).collect();
    let readme =
        "---\ntitle: My Space\nemoji: \u{1f433}\ncolorFrom: red\ncolorTo: gray\nsdk: docker\n---\n\n# My Space\n";
    [
        (".env", b"PASSWORD=neverSendThis\n".into()),
        (".gitignore", b".env\n*.log\n".into()),
        ("Dockerfile", b"FROM python:3.13\n".into()),
        ("README.md", readme.into()),
        ("app.py", b"print(\"hello\")\n".into()),
        ("assets/empty.txt", Vec::new()),
        ("assets/picture.png", picture),
        ("assets/weights.bin", weights),
        ("debug.log", b"neverSendThis\n".into()),
        ("old.txt", b"old\n".into()),
    ]
}

/// Writes the files into a folder.
pub fn write(folder: &Path) {
    for (path, content) in files() {
        let path = folder.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, content).unwrap();
    }
}
