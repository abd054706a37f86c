//! The lines of a log: a stream of any length, in pieces of bounded length.

use std::io::{self, BufRead, BufReader, Cursor, Read};

/// A longer line comes in pieces of this length.
const PIECE: usize = 64 * 1024;

/// What two pieces of a line share, so that no message is cut.
const SHARED: usize = 1024;

/// The beginning of a log, which shows what it is.
const HEAD: u64 = 8 * 1024;

/// Calls `take` with each piece of each line and its number, from 1. None of it has a line feed. The log is not read further when
/// `take` returns false. A binary file has no lines.
///
/// # Errors
/// If the log cannot be read.
pub(super) fn each(mut log: impl Read, take: impl FnMut(u64, &[u8])) -> io::Result<u64> {
    let mut head = Vec::new();
    log.by_ref().take(HEAD).read_to_end(&mut head)?;
    let unit = Unit::of(&head);
    let is_binary = unit == Unit::Byte && is_binary(&head);
    // A terminal that was told to end would be read again
    let rest = if (head.len() as u64) < HEAD { 0 } else { u64::MAX };
    let whole = Cursor::new(head).chain(log.take(rest));
    match unit {
        _ if is_binary => Ok(0),
        Unit::Byte => pieces(BufReader::with_capacity(PIECE, whole), take),
        Unit::Little => pieces(BufReader::with_capacity(PIECE, Narrowed::new(whole, u16::from_le_bytes)), take),
        Unit::Big => pieces(BufReader::with_capacity(PIECE, Narrowed::new(whole, u16::from_be_bytes)), take),
    }
}

fn pieces(mut log: impl BufRead, mut take: impl FnMut(u64, &[u8])) -> io::Result<u64> {
    let mut piece = Vec::with_capacity(PIECE);
    let (mut line, mut taken) = (1, 0);
    loop {
        let room = (PIECE - piece.len()) as u64;
        let is_end = log.by_ref().take(room).read_until(b'\n', &mut piece)? == 0;
        if is_end && piece.is_empty() {
            return Ok(taken);
        }
        taken = line;
        let has_end = piece.last() == Some(&b'\n');
        take(line, piece.strip_suffix(b"\n").unwrap_or(&piece));
        if piece.len() < PIECE && !has_end {
            return Ok(taken);
        }
        if has_end {
            piece.clear();
            line += 1;
            continue;
        }
        // From a blank on: what begins within a word may be the rest of a token
        let shared = &piece[piece.len().saturating_sub(SHARED)..];
        let kept = shared.iter().position(|byte| *byte == b' ').map_or(0, |at| shared.len() - at);
        piece.drain(..piece.len() - kept);
        if piece.is_empty() {
            skip_word(&mut log)?;
        }
    }
}

/// Reads to the end of a word that has no end in sight.
fn skip_word(log: &mut impl BufRead) -> io::Result<()> {
    loop {
        let some = log.fill_buf()?;
        let end = some.iter().position(|byte| matches!(byte, b' ' | b'\n'));
        let length = end.unwrap_or(some.len());
        log.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

/// How many bytes a character has at least, and in which order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Byte,
    Little,
    Big,
}

impl Unit {
    /// UTF-16, as `PowerShell` writes, begins with a mark, or every second byte is zero.
    fn of(head: &[u8]) -> Self {
        let pairs = head.chunks_exact(2);
        let most = pairs.len() - pairs.len() / 5;
        let zeros = |at: usize| pairs.clone().filter(|pair| pair[at] == 0 && pair[1 - at] != 0).count();
        match head {
            [0xff, 0xfe, ..] => Self::Little,
            [0xfe, 0xff, ..] => Self::Big,
            _ if pairs.len() < 8 => Self::Byte,
            _ if zeros(1) >= most => Self::Little,
            _ if zeros(0) >= most => Self::Big,
            _ => Self::Byte,
        }
    }
}

/// Whether a tenth of the bytes are none of a text.
fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|byte| matches!(byte, 0..=7 | 14..=26 | 28..=31 | 127)).count();
    let foreign: usize = head.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    (controls + foreign) * 10 > head.len()
}

/// UTF-16 as UTF-8.
struct Narrowed<R> {
    log: R,
    unit: fn([u8; 2]) -> u16,
    /// What was read and is not decoded yet: an odd byte, the first half of a pair.
    rest: Vec<u8>,
    decoded: Cursor<Vec<u8>>,
}

impl<R: Read> Narrowed<R> {
    fn new(log: R, unit: fn([u8; 2]) -> u16) -> Self {
        Self { log, unit, rest: Vec::new(), decoded: Cursor::default() }
    }

    /// Decodes some more; false at the end.
    fn decode(&mut self) -> io::Result<bool> {
        let mut bytes = std::mem::take(&mut self.rest);
        let read = self.log.by_ref().take(PIECE as u64).read_to_end(&mut bytes)?;
        let mut units: Vec<u16> = bytes.chunks_exact(2).map(|pair| (self.unit)([pair[0], pair[1]])).collect();
        let mut used = units.len() * 2;
        if read > 0 && units.last().is_some_and(|last| (0xd800..0xdc00).contains(last)) {
            units.pop();
            used -= 2;
        }
        self.rest = bytes.split_off(used);
        let text: String = char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.decoded = Cursor::new(text.into_bytes());
        Ok(read > 0)
    }
}

impl<R: Read> Read for Narrowed<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.decoded.read(to)?;
            if read > 0 || !self.decode()? {
                return Ok(read);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(log: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Vec::new();
        let count = each(log, |line, piece| lines.push((line, String::from_utf8_lossy(piece).into_owned()))).unwrap();
        assert_eq!(lines.last().map_or(0, |(line, _)| *line), count);
        lines
    }

    #[test]
    fn lines_are_counted_by_their_line_feeds() {
        assert_eq!(lines(b""), []);
        let three = [(1, "a\r".to_owned()), (2, String::new()), (3, "b".to_owned())];
        assert_eq!(lines(b"a\r\n\nb"), three);
        assert_eq!(lines(b"a\r\n\nb\n"), three);
    }

    #[test]
    fn a_long_line_comes_in_pieces_that_begin_at_a_blank() {
        let word = "w".repeat(700);
        let long = vec![word.as_str(); 500].join(" ");
        let pieces = lines(format!("{long} end\nnext").as_bytes());
        assert!(pieces.len() > 5 && pieces.iter().all(|(_, piece)| piece.len() <= PIECE));
        assert!(pieces[1..pieces.len() - 1].iter().all(|(line, piece)| *line == 1 && piece.starts_with(' ')));
        assert!(pieces[pieces.len() - 2].1.ends_with(" end"));
        assert_eq!(pieces.last().unwrap(), &(2, "next".to_owned()));
        // A word without an end is left out
        let pieces = lines(format!("{} end\nnext", "w".repeat(3 * PIECE)).as_bytes());
        assert_eq!(
            pieces.iter().map(|(line, piece)| (*line, piece.len())).collect::<Vec<_>>(),
            [(1, PIECE), (1, 4), (2, 4)]
        );
    }

    #[test]
    fn utf_16_is_read_and_binary_files_are_not() {
        let text = "a ‘b’ 😀 is there\nsecond line of it\n";
        for (mark, bytes) in [
            (&[0xff_u8, 0xfe][..], text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            (&[0xfe, 0xff], text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            (&[], text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ] {
            let lines = lines(&[mark, &bytes].concat());
            assert_eq!(lines[0].1.trim_start_matches('\u{feff}'), "a ‘b’ 😀 is there");
            assert_eq!(lines[1].1, "second line of it");
        }
        // A pair of halves at the border of what is read at once
        let long = format!("{}😀", "x ".repeat(PIECE / 4 - 2 * 1024).trim_end()).repeat(3);
        let text: String = lines(&long.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
            .into_iter()
            .map(|(_, piece)| piece)
            .collect();
        assert!(!text.contains(char::REPLACEMENT_CHARACTER));
        assert_eq!(lines(&[0; 100]), []);
        assert_eq!(lines(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0\x01\0\0\0 message"), []);
        assert_eq!(lines(b"one \0 of a few, and a long enough text\n").len(), 1);
    }
}
