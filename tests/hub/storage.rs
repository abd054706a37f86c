//! Large files: what was uploaded, whole or in parts. They are hashed as they come and never held in memory.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use tempfile::{TempDir, tempdir};

use super::state::hex;

/// How much is read at once.
const BLOCK: usize = 1 << 20;

/// Uploaded large files, and those that are being uploaded in parts.
#[derive(Default)]
pub struct Storage {
    /// The sizes of the files that are there, by their hashes.
    pub objects: BTreeMap<String, u64>,
    pub uploads: BTreeMap<String, Upload>,
    folder: Option<TempDir>,
}

/// A file that is being uploaded in parts.
pub struct Upload {
    pub sha256: String,
    pub size: u64,
    pub part_size: u64,
    /// The sizes and tags of the parts that are there, by their numbers.
    pub parts: BTreeMap<u64, (u64, String)>,
}

impl Storage {
    /// Expects a file in parts. Gives the name of the upload.
    pub fn begin(&mut self, sha256: &str, size: u64, part_size: u64) -> String {
        let name = format!("upload-{}", self.uploads.len() + 1);
        let upload = Upload { sha256: sha256.into(), size, part_size, parts: BTreeMap::new() };
        self.uploads.insert(name.clone(), upload);
        name
    }

    /// Where a part is kept until its file is complete.
    pub fn part_file(&mut self, upload: &str, number: u64) -> std::path::PathBuf {
        let folder = self.folder.get_or_insert_with(|| tempdir().unwrap());
        folder.path().join(format!("{upload}.{number}"))
    }

    /// The size and the hash of all parts together.
    pub fn joined(&mut self, upload: &str) -> (u64, String) {
        let numbers: Vec<u64> = self.uploads[upload].parts.keys().copied().collect();
        let (mut hash, mut size, mut block) = (Sha256::new(), 0, vec![0; BLOCK]);
        for number in numbers {
            let mut file = fs_err::File::open(self.part_file(upload, number)).unwrap();
            loop {
                let count = file.read(&mut block).unwrap();
                if count == 0 {
                    break;
                }
                hash.update(&block[..count]);
                size += count as u64;
            }
        }
        (size, hex(&hash.finalize()))
    }
}

/// What came of reading a body.
pub struct Received {
    pub size: u64,
    pub sha256: String,
    pub first: Vec<u8>,
}

/// Reads a body, and keeps it in a file if one is given: with holes where it is zero, so that a large sparse file stays one.
pub fn receive(body: &mut impl Read, keep: Option<&std::path::Path>) -> std::io::Result<Received> {
    let (mut hash, mut size, mut first, mut block) = (Sha256::new(), 0, Vec::new(), vec![0; BLOCK]);
    let zeros = vec![0; BLOCK];
    let mut file = keep.map(fs_err::File::create).transpose()?;
    loop {
        let count = body.read(&mut block)?;
        if count == 0 {
            break;
        }
        let bytes = &block[..count];
        hash.update(bytes);
        if first.is_empty() {
            first = bytes[..count.min(64 * 1024)].to_vec();
        }
        if let Some(file) = &mut file {
            if bytes == &zeros[..count] {
                file.seek(SeekFrom::Current(i64::try_from(count).unwrap()))?;
            } else {
                file.write_all(bytes)?;
            }
        }
        size += count as u64;
    }
    if let Some(file) = &mut file {
        file.set_len(size)?;
    }
    Ok(Received { size, sha256: hex(&hash.finalize()), first })
}
