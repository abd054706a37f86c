//! What the server knows: Spaces with their files and settings, and large files that were uploaded.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

use super::script::{Existing, Script};
use super::storage::Storage;

/// Everything that changes.
pub struct State {
    pub spaces: BTreeMap<String, Space>,
    pub storage: Storage,
}

/// A Space.
#[derive(Debug, Clone)]
pub struct Space {
    pub id: String,
    pub sdk: String,
    pub visibility: String,
    pub hardware: Option<String>,
    pub sleep_time: Option<i64>,
    /// Names and values; only names are ever answered.
    pub secrets: BTreeMap<String, String>,
    pub variables: BTreeMap<String, String>,
    pub files: BTreeMap<String, File>,
    pub commits: Vec<Commit>,
    pub paused: bool,
    /// The stage that the next request for the runtime gets.
    pub stage: usize,
}

/// A commit of a Space.
#[derive(Debug, Clone)]
pub struct Commit {
    pub id: String,
    pub summary: String,
}

/// A file of a Space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Regular(Vec<u8>),
    Large { sha256: String, size: u64 },
}

impl File {
    pub fn regular(content: impl Into<Vec<u8>>) -> Self {
        Self { content: Content::Regular(content.into()) }
    }

    /// The name of its content in git: of the pointer, if the file is large.
    pub fn blob(&self) -> String {
        match &self.content {
            Content::Regular(content) => blob_name(content),
            Content::Large { sha256, size } => blob_name(pointer(sha256, *size).as_bytes()),
        }
    }

    /// The name by which clients find out whether it has changed.
    pub fn compared(&self) -> String {
        match &self.content {
            Content::Regular(content) => blob_name(content),
            Content::Large { sha256, .. } => sha256.clone(),
        }
    }

    pub fn size(&self) -> u64 {
        match &self.content {
            Content::Regular(content) => content.len() as u64,
            Content::Large { size, .. } => *size,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Regular(content) => std::str::from_utf8(content).ok(),
            Content::Large { .. } => None,
        }
    }
}

/// What git stores in the place of a large file.
pub fn pointer(sha256: &str, size: u64) -> String {
    format!("version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n")
}

/// The name that git gives to a content.
pub fn blob_name(content: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", content.len()));
    hash.update(content);
    hex(&hash.finalize())
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The content of text in base64.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The endings that the Hub's own `.gitattributes` names.
/// Source: the first commit of every repository that is made on the Hub.
pub const TRACKED: &str = "7z arrow bin bz2 ckpt ftz gz h5 joblib mlmodel model msgpack npy npz onnx ot parquet pb pickle pkl pt pth \
                           rar safetensors tar tflite tgz wasm xz zip zst";

impl Space {
    pub fn new(id: &str, sdk: &str) -> Self {
        let rows = TRACKED.split_whitespace().map(|ending| format!("*.{ending} filter=lfs diff=lfs merge=lfs -text\n"));
        let name = id.rsplit('/').next().unwrap_or(id);
        let readme = format!(
            "---\ntitle: {name}\nemoji: \u{1f433}\ncolorFrom: red\ncolorTo: gray\nsdk: {sdk}\npinned: false\n---\n"
        );
        let files = [
            (".gitattributes".to_owned(), File::regular(rows.collect::<String>())),
            ("README.md".to_owned(), File::regular(readme)),
        ];
        let mut space = Self {
            id: id.into(),
            sdk: sdk.into(),
            visibility: "public".into(),
            hardware: None,
            sleep_time: None,
            secrets: BTreeMap::new(),
            variables: BTreeMap::new(),
            files: files.into(),
            commits: Vec::new(),
            paused: false,
            stage: 0,
        };
        space.commit("initial commit");
        space
    }

    /// Notes a commit of the files as they are now.
    pub fn commit(&mut self, summary: &str) -> String {
        let mut hash = Sha1::new();
        hash.update(format!("{} {} {summary}\n", self.id, self.commits.len()));
        for (path, file) in &self.files {
            hash.update(format!("{path} {}\n", file.compared()));
        }
        let id = hex(&hash.finalize());
        self.commits.push(Commit { id: id.clone(), summary: summary.into() });
        self.start();
        id
    }

    /// Builds and starts, as after a commit.
    pub fn start(&mut self) {
        (self.stage, self.paused) = (0, false);
    }

    pub fn head(&self) -> &str {
        self.commits.last().map_or("", |commit| &commit.id)
    }

    pub fn is_private(&self) -> bool {
        self.visibility == "private"
    }

    pub fn owner(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

impl State {
    pub fn new(script: &Script) -> Self {
        let spaces = script.spaces.iter().map(|Existing { id, sdk, private }| {
            let mut space = Space::new(id, sdk);
            if *private {
                space.visibility = "private".into();
            }
            (id.clone(), space)
        });
        Self { spaces: spaces.collect(), storage: Storage::default() }
    }
}
