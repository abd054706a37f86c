//! Owners and modes in the headers of a tar archive, as `docker cp ID:PATH -` writes it: nothing in the image is run, so
//! this also works where it has no shell.

use std::io::{self, Read};

const BLOCK: usize = 512;

/// A longer name than this, in an extended header, is not read.
const NAME_MOST: u64 = 64 * 1024;

/// A file or folder of an image, with its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path in the archive.
    pub(super) path: String,
    pub(super) uid: u64,
    pub(super) gid: u64,
    pub(super) mode: u32,
}

/// Reads headers from a stream, skipping contents.
pub(super) struct Headers<R> {
    stream: R,
    skip: u64,
}

impl<R: Read> Headers<R> {
    pub(super) fn new(stream: R) -> Self {
        Self { stream, skip: 0 }
    }

    /// The next entry; none at the end of the archive.
    ///
    /// # Errors
    /// If the stream fails, or is not an archive.
    pub(super) fn next(&mut self) -> io::Result<Option<Entry>> {
        let mut long_name = None;
        loop {
            let skipped = io::copy(&mut (&mut self.stream).take(self.skip), &mut io::sink())?;
            if skipped < self.skip {
                return Ok(None);
            }
            self.skip = 0;
            let mut block = [0; BLOCK];
            if !fills(&mut self.stream, &mut block)? || block[0] == 0 {
                return Ok(None);
            }
            let size = number(&block[124..136]).ok_or_else(malformed)?;
            let padded = size.checked_next_multiple_of(BLOCK as u64).ok_or_else(malformed)?;
            match block[156] {
                // The name of the next entry, by GNU and by POSIX
                kind @ (b'L' | b'x') if size <= NAME_MOST => {
                    let mut content = vec![0; usize::try_from(padded).map_err(io::Error::other)?];
                    if !fills(&mut self.stream, &mut content)? {
                        return Ok(None);
                    }
                    content.truncate(usize::try_from(size).map_err(io::Error::other)?);
                    long_name = if kind == b'L' { Some(text(&content)) } else { path_record(&content).or(long_name) };
                }
                b'g' | b'x' | b'L' | b'K' => self.skip = padded,
                _ => {
                    self.skip = padded;
                    let numbers = (number(&block[108..116]), number(&block[116..124]), number(&block[100..108]));
                    let (Some(uid), Some(gid), Some(mode)) = numbers else { return Err(malformed()) };
                    return Ok(Some(Entry {
                        path: long_name.unwrap_or_else(|| short_name(&block)),
                        uid,
                        gid,
                        mode: u32::try_from(mode & 0o7777).unwrap_or_default(),
                    }));
                }
            }
        }
    }
}

impl Entry {
    /// Whether a user who is in no group of the file can certainly not write it, its group aside.
    pub(super) fn is_closed_to(&self, uid: u64) -> bool {
        let of_all = self.mode & 0o002 != 0;
        let of_group = self.mode & 0o020 != 0;
        if self.uid == uid { self.mode & 0o200 == 0 } else { !of_all && !of_group }
    }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the archive of the engine is malformed")
}

/// Whether the stream fills a buffer. An archive may end early, if nobody needs the rest.
fn fills(stream: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match stream.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn short_name(block: &[u8; BLOCK]) -> String {
    let (name, prefix) = (text(&block[..100]), text(&block[345..500]));
    let has_prefix = block[257..263] == *b"ustar\0" && !prefix.is_empty();
    if has_prefix { format!("{prefix}/{name}") } else { name }
}

/// A number in octal, or in binary if it is too large for that.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let bytes = field.iter().enumerate().map(|(at, byte)| if at == 0 { byte & 0x7f } else { *byte });
        return bytes.into_iter().try_fold(0u64, |sum, byte| sum.checked_mul(256)?.checked_add(byte.into()));
    }
    let digits = text(field);
    match digits.trim() {
        "" => Some(0),
        digits => u64::from_str_radix(digits, 8).ok(),
    }
}

/// The record `path` of an extended header: `LENGTH path=VALUE`, then a line break.
fn path_record(content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    let mut lines = text.split('\n').filter_map(|line| line.split_once(' ')?.1.strip_prefix("path="));
    lines.next_back().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, kind: u8, (uid, mode): (u64, u32), size: u64) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[100..107].copy_from_slice(format!("{mode:07o}").as_bytes());
        block[108..115].copy_from_slice(format!("{uid:07o}").as_bytes());
        block[116..123].copy_from_slice(b"0000144");
        block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
        block[156] = kind;
        block
    }

    fn padded(content: &[u8]) -> Vec<u8> {
        let mut bytes = content.to_vec();
        bytes.resize(content.len().next_multiple_of(BLOCK), 0);
        bytes
    }

    fn all(archive: &[u8]) -> io::Result<Vec<(String, u64, u32)>> {
        let mut headers = Headers::new(archive);
        let mut found = Vec::new();
        while let Some(entry) = headers.next()? {
            assert_eq!(entry.gid, 100);
            found.push((entry.path, entry.uid, entry.mode));
        }
        Ok(found)
    }

    #[test]
    fn owners_are_read_and_contents_skipped() {
        let long = format!("{}/b.txt", "a".repeat(120));
        let record = format!("{} path={long}\n", long.len() + 10);
        let archive = [
            header("app/", b'5', (1000, 0o755), 0),
            header("app/data", b'0', (0, 0o644), 700),
            padded(&[7; 700]),
            header("x", b'x', (0, 0), record.len() as u64),
            padded(record.as_bytes()),
            header("short", b'0', (1000, 0o600), 0),
            vec![0; 1024],
        ];
        let found = all(&archive.concat()).unwrap();
        let expected = [("app/", 1000, 0o755), ("app/data", 0, 0o644), (long.as_str(), 1000, 0o600)];
        assert_eq!(found, expected.map(|(path, uid, mode)| (path.to_owned(), uid, mode)));
    }

    #[test]
    fn a_broken_archive_ends_or_fails_and_takes_no_memory() {
        let cut = header("app/", b'5', (0, 0o755), 1 << 32);
        assert_eq!(all(&cut).unwrap().len(), 1);
        assert_eq!(all(&header("x", b'x', (0, 0), 1 << 30)).unwrap().len(), 0);
        assert_eq!(all(&[]).unwrap().len(), 0);
        let mut odd = header("app/", b'0', (0, 0o755), 0);
        odd[124..128].copy_from_slice(b"zzzz");
        assert!(all(&odd).is_err());
        let mut large = header("app/", b'0', (0, 0o755), 0);
        large[124..136].fill(0xff);
        assert!(all(&large).is_err());
    }

    #[test]
    fn what_a_user_cannot_write_is_certain() {
        let entry = |uid, mode| Entry { path: String::new(), uid, gid: 0, mode };
        for (uid, mode, is_closed) in [
            (0, 0o755, true),
            (0, 0o777, false),
            // The group of a user is not known
            (0, 0o775, false),
            (1000, 0o755, false),
            (1000, 0o555, true),
        ] {
            assert_eq!(entry(uid, mode).is_closed_to(1000), is_closed, "{uid} {mode:o}");
        }
    }
}
