//! The names, owners and modes in a tar archive: enough to read what `docker cp` gives.

/// A file or folder in an archive.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub uid: u64,
    pub mode: u64,
}

const BLOCK: usize = 512;

/// The entries of an archive. Names over 100 bytes are cut, which is enough to identify the file.
pub fn entries(archive: &[u8]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut rest = archive;
    while rest.len() >= BLOCK && rest[0] != 0 {
        let name = text(&rest[..100]);
        let (mode, uid, size) = (octal(&rest[100..108]), octal(&rest[108..116]), octal(&rest[124..136]));
        // The kinds in letters describe the entry that follows them
        if !rest[156].is_ascii_alphabetic() {
            found.push(Entry { name, uid, mode });
        }
        let blocks = 1 + usize::try_from(size).unwrap().div_ceil(BLOCK);
        rest = rest.get(blocks * BLOCK..).unwrap_or_default();
    }
    found
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn octal(field: &[u8]) -> u64 {
    let digits = text(field);
    u64::from_str_radix(digits.trim(), 8).unwrap_or_else(|_| panic!("not a number in octal: `{digits}`"))
}
